# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a policy is refused: what does not rest on it is done, and what does is left out and named."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import ServiceRefused
from ansible_collections.m365.entra.plugins.module_utils._module import tenant_configuration
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    LOCATIONS,
    POLICIES,
    FakeSession,
    Fault,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_settings import (
    AUTHORIZATION_POLICY,
    METHODS,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.people_session import (
    requirements,
    user_of,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    DISABLED,
    ENABLED,
    stored,
)

Json = dict[str, t.Any]
REFUSED, OTHER = ids.POLICY_ONE, ids.POLICY_TWO
MFA = "eeeeeeee-0000-4000-8000-0000000000aa"
WANTED: Json = {
    "conditional_access_policies": {"policies": [{"display_name": "MFA"}], "unmanaged": "disable"},
    "authentication_method_configurations": [
        {"id": "Voice", "method_state": "enabled"},
        {"id": "Sms", "method_state": "enabled", "exclude_targets": ["Staff"]},
    ],
    "authorization_policy": {"allowed_to_use_sspr": False},
    "named_locations": [{"display_name": "Office", "state": "absent"}],
    "per_user_mfa": {"users": ["ada@contoso.example"]},
}


def tenant() -> FakeSession:
    """A tenant with an enforced policy that is wanted, two that are not, and Ada with MFA of her own."""
    session = FakeSession(
        [
            stored("MFA", ENABLED, MFA),
            stored("Refused", ENABLED, REFUSED),
            stored("Other", ENABLED, OTHER),
        ]
    )
    session.collections["/users"] = [user_of(ids.ADA, "ada@contoso.example")]
    session.collections[LOCATIONS] = [
        {"@odata.type": "#microsoft.graph.ipNamedLocation", "id": ids.OFFICE, "displayName": "Office"}
    ]
    session.settings.per_user_mfa = {ids.ADA: "enforced"}
    return session


def run(session: FakeSession) -> Json:
    """One run with an empty journal."""
    session.requests.clear()
    return tenant_configuration.run(fake_module(tenant_configuration.SPEC, WANTED), lambda: session)


def refuse(session: FakeSession) -> ServiceRefused:
    """The error of a run in which the service does not let one policy go out of effect."""
    error = ServiceRefused("400 BadRequest: this policy is protected", status=400, request_id="r-1")
    session.faults = [Fault("PATCH", f"{POLICIES}/{REFUSED}", error)]
    with pytest.raises(ServiceRefused) as failure:
        run(session)
    return failure.value


def test_settings_are_written_all_the_same() -> None:
    session = tenant()
    refuse(session)
    assert session.writes == [
        ("PATCH", f"{METHODS}/Voice"),
        ("PATCH", f"{METHODS}/Sms"),
        ("PATCH", f"{POLICIES}/{OTHER}"),
        ("PATCH", f"{POLICIES}/{REFUSED}"),
        ("PATCH", AUTHORIZATION_POLICY),
    ]
    assert (session.policy("Refused")["state"], session.policy("Other")["state"]) == (ENABLED, DISABLED)
    assert session.settings.authorization_policy["allowedToUseSSPR"] is False
    assert session.settings.method("Sms")["state"] == "enabled"


def test_what_rests_on_the_policies_is_left_out_and_named() -> None:
    session = tenant()
    error = refuse(session)
    assert session.settings.per_user_mfa == {ids.ADA: "enforced"}
    assert [one["id"] for one in session.collections[LOCATIONS]] == [ids.OFFICE]
    left_out, refused = error.message.split("The service refused: ")
    assert left_out.startswith("Left undone, because what was refused may still need it: ")
    assert "delete named_location 'Office'" in left_out
    assert "update per_user_mfa 'ada@contoso.example'" in left_out
    assert "authorization_policy" not in error.message
    assert refused.startswith("conditional_access_policy 'Refused': 400 BadRequest")
    assert (error.status, error.request_id) == (400, "r-1")
    assert {one["resource"] for one in error.details["not_done"]} == {
        "conditional_access_policy",
        "named_location",
        "per_user_mfa",
    }


def test_next_run_ends_it() -> None:
    session = tenant()
    refuse(session)
    assert run(session)["changed"] is True
    assert session.writes == [
        ("PATCH", f"{POLICIES}/{REFUSED}"),
        ("PATCH", requirements(ids.ADA)),
        ("DELETE", f"{LOCATIONS}/{ids.OFFICE}"),
    ]
    assert run(session)["changed"] is False


def test_nothing_left_out_is_said() -> None:
    session = tenant()
    error = ServiceRefused("400 BadRequest: this policy is protected", status=400)
    session.faults = [Fault("PATCH", f"{POLICIES}/{REFUSED}", error)]
    wanted: Json = {"conditional_access_policies": {"policies": [{"display_name": "MFA"}], "unmanaged": "disable"}}
    with pytest.raises(ServiceRefused, match=r"^Everything else was done\. The service refused: "):
        tenant_configuration.run(fake_module(tenant_configuration.SPEC, wanted), lambda: session)
