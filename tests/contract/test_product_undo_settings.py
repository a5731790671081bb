# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings that are reached in ways of their own come back too: MFA of single users, and what only the portal holds."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import METHOD_CONFIGURATIONS, POLICIES, SECURITY_DEFAULTS
from .portal_wishes import REGISTRATION, RESET, Portal, portal_in, unknown_members
from .sample_policies import REQUIRE_MFA
from .undo_cases import GLASS, PEOPLE, apply, held, undo
from .whole_product import WholeProduct

REQUIREMENTS = "/users/authentication/requirements"
ADA, BOB = (f"aaaaaaaa-0000-4000-8000-{number:012d}" for number in (1, 2))
STATES: JsonObject = {ADA: "enforced", BOB: "enabled"}
STAFF = "bbbbbbbb-0000-4000-8000-000000000001"


@pytest.fixture
def product(simulator: TestSimulator, tmp_path: Path) -> WholeProduct:
    return WholeProduct(tmp_path, simulator)


def test_mfa_of_single_users(product: WholeProduct, make_client: MakeClient) -> None:
    people = [{"id": one, "userPrincipalName": f"{one}@fabrikam.example", "displayName": one} for one in STATES]
    client = make_client(
        state={
            **PEOPLE,
            SECURITY_DEFAULTS: {"isEnabled": False},
            "/users": [*PEOPLE["/users"], *people],
            POLICIES: [{**REQUIRE_MFA, "state": "enabled"}],
            REQUIREMENTS: [{"id": user, "perUserMfaState": state} for user, state in STATES.items()],
        }
    )
    done = product.run("per_user_mfa", client.entry, {"users": list(STATES)})
    assert len(done["per_user_mfa"]["turned_off"]) == len(STATES)
    result, _task = undo(product, client)
    assert [(step["phase"], step["id"]) for step in result["plan"]] == [("turn on per-user MFA", None)] * len(STATES)
    found = {user: client.get(f"/users/{user}/authentication/requirements", version="beta").json() for user in STATES}
    assert {user: one["perUserMfaState"] for user, one in found.items()} == STATES
    assert undo(product, client)[0]["plan"] == []


def test_members_of_targets_that_said_nothing(product: WholeProduct, make_client: MakeClient) -> None:
    """A target that could not be used to sign in cannot again."""
    target = {"id": STAFF, "targetType": "group", "isUsableForSignIn": False}
    client = make_client(
        state={
            **PEOPLE,
            "/groups": [{"id": STAFF, "displayName": "Staff"}],
            METHOD_CONFIGURATIONS: [{"id": "Sms", "state": "enabled", "includeTargets": [target]}],
        }
    )
    before = held(client)
    wanted = {"id": "Sms", "include_targets": [{"id": "Staff", "is_usable_for_sign_in": True}]}
    assert apply(product, client, {"authentication_method_configurations": [wanted]})["changed"]
    assert held(client) != before
    undo(product, client)
    assert held(client) == before


@pytest.fixture
def portal(product: WholeProduct, make_client: MakeClient) -> Portal:
    dice = random.Random(7)
    return portal_in(product, make_client, unknown_members(dice), unknown_members(dice))


WISHES: list[tuple[str, JsonObject]] = [
    (RESET, {"enablement_type": "selected", "password_reset_enabled_group": "Staff"}),
    (
        RESET,
        {"enablement_type": "all", "notify_on_admin_password_reset": True, "custom_helpdesk_email_or_url": "x@y.z"},
    ),
    (REGISTRATION, {"is_enabled": True, "registration_window_in_days": 7}),
    (REGISTRATION, {"exclude_groups": ["Staff"]}),
]


@pytest.mark.parametrize(("noun", "wanted"), WISHES)
def test_what_only_the_portal_holds(portal: Portal, noun: str, wanted: JsonObject) -> None:
    before = portal.stored(noun)
    done = portal.run(noun, wanted)
    assert portal.stored(noun) != before
    portal.somebody_else_writes(noun, somebody="else")
    result = portal.task("tenant_undo", {"from_snapshot": "latest", "portal": portal.options})
    assert result["tenant_undo"]["not_undone"] == []
    assert portal.stored(noun) == {**before, "somebody": "else"}
    # Of what nobody has published, only what is known is kept.
    (kept,) = json.loads(Path(done["snapshot"]).read_text(encoding="utf-8"))["objects"]
    assert kept["before"]["raw"] == {}
    assert set(kept["before"]["content"]) == set(kept["planned"]["content"])
    assert not {*unknown_members(random.Random(7))} & set(kept["before"]["content"])


def test_portal_without_a_person(portal: Portal) -> None:
    portal.run(RESET, {"number_of_authentication_methods_required": 2})
    after = portal.stored(RESET)
    portal.product.simulator.clear_requests()
    result, task = portal.product.task("tenant_undo", portal.client.entry, {"from_snapshot": "latest"})
    assert [one["resource"] for one in result["tenant_undo"]["not_undone"]] == [RESET]
    assert [warning for warning in task.warnings if "give portal, with the credential of a signed-in person" in warning]
    assert (result["changed"], portal.stored(RESET)) == (False, after)
    assert portal.sent() == []


def test_settings_beside_one_that_the_service_would_refuse(product: WholeProduct, make_client: MakeClient) -> None:
    """A policy that nobody could write today is told; all else comes back."""
    old = {**REQUIRE_MFA["grantControls"], "builtInControls": ["mfa", "approvedApplication"]}
    retired = {**REQUIRE_MFA, "displayName": "Retired", "grantControls": old}
    client = make_client(state={**PEOPLE, SECURITY_DEFAULTS: {"isEnabled": False}, POLICIES: [retired]})
    before = held(client)
    grant = {"operator": "OR", "built_in_controls": ["mfa"]}
    wanted = {
        "conditional_access_policies": {"policies": [{"display_name": "Retired", "grant_controls": grant}]},
        "authorization_policy": {"allowed_to_use_sspr": False},
        "emergency_access": GLASS,
    }
    apply(product, client, wanted)
    result, _task = undo(product, client)
    (told,) = result["tenant_undo"]["not_undone"]
    assert (told["name"], "approvedApplication" in told["reason"]) == ("Retired", True)
    now = held(client)
    assert now["/policies/authorizationPolicy"] == before["/policies/authorizationPolicy"]
    assert now[POLICIES] != before[POLICIES]
