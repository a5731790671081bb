# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The portal's two objects, with members that nobody knows: every write leaves alone what was not asked for."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject, JsonValue

from .conftest import MakeClient
from .portal_wishes import (
    OTHERS,
    PATHS,
    REFRESH,
    REGISTRATION,
    RESET,
    STAFF,
    USUAL,
    Portal,
    as_shown,
    before_the_write,
    portal_in,
    said_by,
    second_answer,
    some_of,
    unknown_members,
)
from .whole_product import WholeProduct

SEEDS = range(3)
SERVICES: tuple[JsonObject, ...] = (
    {},
    {"portal_incomplete_objects": "reset", "portal_write_status": 200},
    {
        "consistency_delay_seconds": 0.2,
        "portal_password_reset": "with_unknown_members",
        "portal_mfa_registration": "with_unknown_members",
    },
)

MakePortal = Callable[..., Portal]


@pytest.fixture
def make_portal(simulator: TestSimulator, make_client: MakeClient, tmp_path: Path) -> MakePortal:
    """Make a tenant whose portal's objects have these members besides the usual ones."""

    def make(reset: JsonObject | None = None, registration: JsonObject | None = None) -> Portal:
        return portal_in(WholeProduct(tmp_path, simulator), make_client, reset, registration)

    return make


@pytest.mark.parametrize("service", SERVICES, ids=repr)
@pytest.mark.parametrize("noun", [RESET, REGISTRATION])
@pytest.mark.parametrize("seed", SEEDS)
def test_only_what_is_said_changes(make_portal: MakePortal, noun: str, seed: int, service: JsonObject) -> None:
    dice = random.Random(seed)
    portal = make_portal(unknown_members(dice), unknown_members(dice))
    portal.product.simulator.set_profile(**service)
    for _number in range(3):
        wanted, before = some_of(dice, noun), portal.stored(noun)
        announced = portal.run(noun, wanted, check_mode=True)
        assert set(portal.sent()) == {"GET"}
        assert set(portal.sent("graph")) <= {"GET"}
        done = portal.run(noun, wanted)
        assert announced["plan"] == done["plan"]
        writes = [method for method in portal.sent() if method != "GET"]
        assert writes == ([{RESET: "PUT", REGISTRATION: "PATCH"}[noun]] if done["changed"] else [])
        after = portal.stored(noun)
        assert {name for name in before if before[name] != after.get(name)} <= said_by(noun, wanted)
        assert {name for name in after if name not in before} <= UNKNOWN_OF_THE_SERVICE
        assert done[noun]["compliant"] is True
        again = portal.run(noun, wanted)
        assert (again["changed"], set(portal.sent())) == (False, {"GET"})


#: What the simulator adds to its objects when it is told to have unknown members.
UNKNOWN_OF_THE_SERVICE = {"resetExperienceVersion", "isVerifiedIdResetEnabled", "stagedRollout"}


@pytest.mark.parametrize("noun", [RESET, REGISTRATION])
@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_is_brought_back(make_portal: MakePortal, noun: str, seed: int) -> None:
    """What the portal showed before a change, wanted again, gives back the whole object."""
    dice = random.Random(seed)
    portal = make_portal(unknown_members(dice), unknown_members(dice))
    portal.run(noun, some_of(dice, noun))
    before, wanted = portal.stored(noun), some_of(dice, noun)
    shown = as_shown(portal.run(noun, wanted, check_mode=True)[noun])
    portal.run(noun, wanted)
    portal.run(noun, {name: value for name, value in shown.items() if value is not None})
    said_nothing = {name for name, value in shown.items() if value is None}
    after = portal.stored(noun)
    assert {name for name in before if before[name] != after[name]} <= said_by(noun, dict.fromkeys(said_nothing))


@pytest.mark.parametrize("noun", [RESET, REGISTRATION])
def test_a_change_by_somebody_else_is_kept(make_portal: MakePortal, noun: str) -> None:
    portal = make_portal({"rings": [1]}, {"rings": [1]})
    option, name, value = {
        RESET: ("notify_on_admin_password_reset", "notifyOnAdminPasswordReset", True),
        REGISTRATION: ("registration_window_in_days", "RegistrationWindowInDays", 7),
    }[noun]
    other, new = {RESET: ("emailOptionEnabled", False), REGISTRATION: ("ExcludeGroups", [STAFF])}[noun]

    def interfere() -> None:
        portal.somebody_else_writes(noun, rings=[1, 2], **{other: new})

    result = portal.run(noun, {option: value}, prepare=before_the_write(interfere))
    assert result["changed"] is True
    stored = portal.stored(noun)
    assert (stored["rings"], stored[other], stored[name]) == ([1, 2], new, value)


@pytest.mark.parametrize("noun", [RESET, REGISTRATION])
def test_a_change_of_the_same_by_somebody_else_is_refused(make_portal: MakePortal, noun: str) -> None:
    portal = make_portal()
    option, name, value, theirs = {
        RESET: ("registration_reconfirm_interval_in_days", "registrationReconfirmIntevalInDays", 90, 30),
        REGISTRATION: ("registration_window_in_days", "RegistrationWindowInDays", 7, 21),
    }[noun]
    interfering = before_the_write(lambda: portal.somebody_else_writes(noun, **{name: theirs}))
    with pytest.raises(portal.error("GuardRefused"), match=f"somebody else has changed it .*{name}"):
        portal.run(noun, {option: value}, prepare=interfering)
    assert set(portal.sent()) == {"GET"}
    assert portal.stored(noun)[name] == theirs


@pytest.mark.parametrize("noun", [RESET, REGISTRATION])
@pytest.mark.parametrize("setting", ["missing", "another_shape"])
def test_an_object_that_is_not_as_recorded(make_portal: MakePortal, noun: str, setting: str) -> None:
    portal = make_portal()
    names = {RESET: "portal_password_reset", REGISTRATION: "portal_mfa_registration"}
    portal.product.simulator.set_profile(**{names[noun]: setting})
    for check_mode in (True, False):
        with pytest.raises(portal.error("EntraError")):
            portal.run(noun, some_of(random.Random(1), noun), check_mode=check_mode)
        assert set(portal.sent()) == {"GET"}
    assert portal.stored(noun) == USUAL[noun]()


@pytest.mark.parametrize(
    ("noun", "member", "value"),
    [
        (RESET, "enablementType", 3),
        (RESET, "enablementType", True),
        (RESET, "objectId", "other"),
        (RESET, "emailOptionEnabled", "true"),
        (RESET, "numberOfQuestionsToReset", None),
        (RESET, "passwordResetEnabledGroupIds", "all"),
        (RESET, "passwordResetEnabledGroupIds", [STAFF, {"id": STAFF}]),
        (RESET, "passwordResetEnabledGroupIds", [7]),
        (RESET, "passwordResetEnabledGroupIds", ["Staff"]),
        (REGISTRATION, "IsEnabled", 1),
        (REGISTRATION, "IncludeGroups", None),
        (REGISTRATION, "IncludeGroups", [{"id": STAFF}]),
        (REGISTRATION, "ExcludeGroups", [STAFF, 7]),
        (REGISTRATION, "ExcludeGroups", ["Staff"]),
        (REGISTRATION, "RegistrationWindowInDays", "14"),
    ],
)
def test_a_member_that_is_not_as_recorded(make_portal: MakePortal, noun: str, member: str, value: JsonValue) -> None:
    portal = make_portal()
    portal.somebody_else_writes(noun, **{member: value})
    with pytest.raises(portal.error("GuardRefused"), match=f"(?i){member}.*lane: evidence"):
        portal.run(noun, some_of(random.Random(1), noun))
    assert set(portal.sent()) == {"GET"}


def test_id_of_nobody_is_an_id(make_portal: MakePortal) -> None:
    nobody = ["00000000-0000-0000-0000-000000000000"]
    portal = make_portal({"passwordResetEnabledGroupIds": nobody}, {"ExcludeGroups": nobody})
    assert portal.run(REGISTRATION, {"is_enabled": True}, check_mode=True)["changed"] is True
    assert portal.run(RESET, {"enablement_type": "all"})["changed"] is True
    assert portal.run(RESET, {"enablement_type": "all"})["changed"] is False


LATER: dict[str, tuple[JsonObject, list[JsonObject]]] = {
    RESET: (
        {"notify_on_admin_password_reset": True},
        [
            {"objectId": "other"},
            {"emailOptionEnabled": "true"},
            {"numberOfQuestionsToReset": {"value": 3}},
            {"passwordResetEnabledGroupIds": {STAFF: True}},
            {"rings": "none"},
        ],
    ),
    REGISTRATION: (
        {"registration_window_in_days": 7},
        [{"objectId": "other"}, {"IsEnabled": 1}, {"ExcludeGroups": STAFF}, {"rings": {}}],
    ),
}


@pytest.mark.parametrize(
    ("noun", "members"), [(noun, members) for noun, (_wanted, later) in LATER.items() for members in later]
)
def test_another_object_right_before_the_write(make_portal: MakePortal, noun: str, members: JsonObject) -> None:
    """It has another id by then, or members that are of another type, the unknown ones among them."""
    portal = make_portal({"rings": [1]}, {"rings": [1]})
    (name,) = members
    interfering = second_answer(lambda answer: answer | members)
    with pytest.raises(portal.error("GuardRefused"), match=rf"{noun}.*no longer looked as it did.*{name}"):
        portal.run(noun, LATER[noun][0], prepare=interfering)
    assert set(portal.sent()) == {"GET"}


@pytest.mark.parametrize(("noun", "name"), [(RESET, "smsAllowed"), (REGISTRATION, "SecurityDefaults")])
def test_member_that_is_missing_right_before_the_write(make_portal: MakePortal, noun: str, name: str) -> None:
    portal = make_portal({"smsAllowed": True})

    def lose(answer: JsonObject) -> JsonObject:
        return {member: value for member, value in answer.items() if member != name}

    with pytest.raises(portal.error("GuardRefused"), match=rf"no longer looked as it did.*: {name}\."):
        portal.run(noun, LATER[noun][0], prepare=second_answer(lose))
    assert set(portal.sent()) == {"GET"}


def test_both_in_one_plan(make_portal: MakePortal) -> None:
    dice = random.Random(7)
    portal = make_portal(unknown_members(dice), unknown_members(dice))
    before = {noun: portal.stored(noun) for noun in PATHS}
    wanted: JsonObject = {
        "portal": portal.options,
        RESET: {"lane": "portal", "enablement_type": "selected", "password_reset_enabled_group": "o'hara & OTHERS"},
        REGISTRATION: {"lane": "portal", "is_enabled": True, "exclude_groups": {"add": ["Staff"]}},
        "authorization_policy": {"allowed_to_use_sspr": False},
    }
    announced = portal.task("tenant_configuration", wanted, check_mode=True)
    assert set(portal.sent()) | set(portal.sent("graph")) == {"GET"}
    done = portal.task("tenant_configuration", wanted)
    assert announced["plan"] == done["plan"]
    assert [one["resource"] for one in done["plan"]] == ["authorization_policy", REGISTRATION, RESET]
    assert [method for method in portal.sent() if method != "GET"] == ["PATCH", "PUT"]
    assert portal.stored(RESET) == before[RESET] | {"enablementType": 1, "passwordResetEnabledGroupIds": [OTHERS]}
    registration = portal.stored(REGISTRATION)
    assert registration == before[REGISTRATION] | {
        "IsEnabled": True,
        "ExcludeGroups": [STAFF],
    }
    assert {noun: done["tenant_configuration"][noun]["compliant"] for noun in PATHS} == dict.fromkeys(PATHS, True)
    assert portal.task("tenant_configuration", wanted)["plan"] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_evidence_lane_reads_and_leaves_the_portal_alone(make_portal: MakePortal, seed: int) -> None:
    dice = random.Random(seed)
    portal = make_portal(unknown_members(dice), unknown_members(dice))
    before = {noun: portal.stored(noun) for noun in PATHS}
    for noun in PATHS:
        result = portal.task(noun, some_of(dice, noun))
        assert (result["changed"], result["plan"], result[noun]["lane"]) == (False, [], "evidence")
        assert (portal.sent(), set(portal.sent("graph"))) == ([], {"GET"})
    wanted = {noun: some_of(dice, noun) for noun in PATHS}
    result = portal.task("tenant_configuration", wanted)
    assert result["changed"] is False
    assert (portal.sent(), set(portal.sent("graph"))) == ([], {"GET"})
    assert {noun: portal.stored(noun) for noun in PATHS} == before


@pytest.mark.parametrize("noun", [RESET, REGISTRATION])
@pytest.mark.parametrize(
    ("action", "error"),
    [
        ({"kind": "status", "status": 400}, "ServiceRefused"),
        ({"kind": "status", "status": 403}, "ServiceRefused"),
        ({"kind": "reset"}, "OutcomeUnknown"),
        ({"kind": "commit_then_fail", "status": 504}, "OutcomeUnknown"),
    ],
)
def test_a_write_that_fails(make_portal: MakePortal, noun: str, action: JsonObject, error: str) -> None:
    portal = make_portal()
    simulator = portal.product.simulator
    simulator.set_faults({"method": {RESET: "PUT", REGISTRATION: "PATCH"}[noun], "path": ".", "action": action})
    wanted = {RESET: {"enablement_type": "all"}, REGISTRATION: {"is_enabled": True}}[noun]
    with pytest.raises(portal.error(error), match=noun) as failure:
        portal.run(noun, wanted)
    assert "of-kim" not in f"{failure.value} {failure.value.__dict__}"
    simulator.set_faults()
    portal.run(noun, wanted)
    assert portal.run(noun, wanted)["changed"] is False


def test_a_tenant_whose_last_write_fails(make_portal: MakePortal) -> None:
    """What was done before stays and is told, and so is what was not."""
    portal = make_portal()
    portal.product.simulator.set_faults({"method": "PUT", "path": ".", "action": {"kind": "status", "status": 403}})
    wanted: JsonObject = {
        "portal": portal.options,
        RESET: {"lane": "portal", "enablement_type": "all"},
        REGISTRATION: {"lane": "portal", "is_enabled": True},
    }
    with pytest.raises(portal.error("ServiceRefused"), match=f"^{RESET} 'self-service password reset': ") as failure:
        portal.task("tenant_configuration", wanted)
    details = failure.value.details  # type: ignore[attr-defined]
    assert [one["resource"] for one in details["done"]] == [REGISTRATION]
    assert [one["resource"] for one in details["not_done"]] == [RESET]
    assert (portal.stored(REGISTRATION)["IsEnabled"], portal.stored(RESET)["enablementType"]) == (True, 0)


@pytest.mark.parametrize("noun", [RESET, REGISTRATION])
def test_licence_that_the_portal_asks_for(
    simulator: TestSimulator, make_client: MakeClient, tmp_path: Path, noun: str
) -> None:
    """Where the product cannot know better the portal's own refusal is told, and nothing has changed."""
    client = make_client("free", application={"refresh_tokens": [copy.deepcopy(REFRESH)]})
    portal = Portal(WholeProduct(tmp_path, simulator), client)
    wanted = {RESET: {"enablement_type": "all"}, REGISTRATION: {"is_enabled": True}}[noun]
    with pytest.raises(portal.error("EntraError"), match=r"(?i)licen[cs]e|p2"):
        portal.run(noun, wanted)
    assert portal.stored(noun) == USUAL[noun]()
