# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The portal's object for password reset: there and back, and what is wrong with a wish."""

from __future__ import annotations

import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused, OptionError
from ansible_collections.m365.entra.plugins.module_utils._settings.password_reset_shape import (
    RECORDED,
    check_given_password_reset,
    check_password_reset,
    from_the_wire,
    to_the_wire,
)
from ansible_collections.m365.entra.plugins.module_utils._settings.recorded_object import require_recorded_form
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_settings import password_reset
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import PRINTERS, STAFF

Json = dict[str, t.Any]
NOBODY = "00000000-0000-0000-0000-000000000000"


@pytest.mark.parametrize(("number", "name"), [(0, "none"), (1, "selected"), (2, "all")])
def test_scope_has_a_name(number: int, name: str) -> None:
    raw = password_reset(enablementType=number)
    content = from_the_wire(raw)
    assert content["enablementType"] == name
    back = to_the_wire(raw, {**content, "enablementType": "?"}, content)
    assert back["enablementType"] == number
    assert isinstance(back["enablementType"], int)


@pytest.mark.parametrize(
    ("groups", "found"),
    [([], None), (None, None), ([NOBODY], None), ([STAFF.upper()], STAFF), ([NOBODY, STAFF, PRINTERS], STAFF)],
)
def test_one_group_counts(groups: list[str] | None, found: str | None) -> None:
    assert from_the_wire(password_reset(passwordResetEnabledGroupIds=groups))["passwordResetEnabledGroup"] == found


def test_group_is_written_by_id_for_the_portal_to_name() -> None:
    raw = password_reset(passwordResetEnabledGroupIds=[PRINTERS], passwordResetEnabledGroupName="Printers")
    content = from_the_wire(raw)
    body = to_the_wire(raw, content, {**content, "passwordResetEnabledGroup": STAFF})
    assert body == raw | {"passwordResetEnabledGroupIds": [STAFF], "passwordResetEnabledGroupName": ""}
    assert (
        to_the_wire(raw, content, {**content, "passwordResetEnabledGroup": None})["passwordResetEnabledGroupIds"] == []
    )


def test_the_portals_spelling_of_the_interval() -> None:
    raw = password_reset()
    content = from_the_wire(raw)
    body = to_the_wire(raw, content, {**content, "registrationReconfirmIntervalInDays": 90})
    assert body == raw | {"registrationReconfirmIntevalInDays": 90}


VALUES: dict[str, t.Any] = {
    "enablementType": st.sampled_from(["none", "selected", "all"]),
    "passwordResetEnabledGroup": st.sampled_from([None, STAFF, PRINTERS]),
    "numberOfAuthenticationMethodsRequired": st.integers(1, 2),
    "registrationReconfirmIntervalInDays": st.integers(0, 730),
    "emailOptionEnabled": st.booleans(),
    "notifyOnAdminPasswordReset": st.booleans(),
    "customHelpdeskEmailOrUrl": st.sampled_from([None, "help@contoso.example"]),
}


@given(st.fixed_dictionaries({}, optional=VALUES), st.dictionaries(st.text(), st.none() | st.text() | st.integers()))
def test_there_and_back(changes: Json, unknown: Json) -> None:
    raw = {**unknown, **password_reset()}
    before = from_the_wire(raw)
    after = {**before, **changes}
    body = to_the_wire(raw, before, after)
    assert from_the_wire(body) == after
    assert {name for name in raw if body[name] != raw[name]} <= {
        "registrationReconfirmIntevalInDays" if name == "registrationReconfirmIntervalInDays" else name
        for name in changes
    } | ({"passwordResetEnabledGroupIds"} if "passwordResetEnabledGroup" in changes else set())
    assert to_the_wire(body, after, before) == raw


def test_every_recorded_member_is_needed() -> None:
    require_recorded_form(password_reset(), RECORDED, "password reset")
    for member in RECORDED:
        raw = password_reset()
        del raw[member.name]
        with pytest.raises(GuardRefused, match=f"{member.name} is missing"):
            require_recorded_form(raw, RECORDED, "password reset")


@pytest.mark.parametrize("strange", [{"id": STAFF}, 7, None, True, "Staff", "", [STAFF], f"{STAFF} "])
def test_list_of_groups_that_holds_other_things_than_ids(strange: t.Any) -> None:
    raw = password_reset(passwordResetEnabledGroupIds=[STAFF, strange])
    with pytest.raises(GuardRefused, match="passwordResetEnabledGroupIds holds other things than ids"):
        require_recorded_form(raw, RECORDED, "password reset")


def test_id_of_nobody_is_one() -> None:
    for groups in ([NOBODY], [NOBODY, STAFF], [], None):
        require_recorded_form(password_reset(passwordResetEnabledGroupIds=groups), RECORDED, "password reset")


def told(option: str = "", **changes: t.Any) -> str:
    """What is said of a wanted content; nothing when all is well."""
    try:
        check_password_reset({**from_the_wire(password_reset()), **changes}, option)
    except OptionError as error:
        return error.message
    return ""


RANGES = [
    ("numberOfAuthenticationMethodsRequired", "number_of_authentication_methods_required", 1, 2),
    ("numberOfQuestionsToRegister", "number_of_questions_to_register", 3, 5),
    ("numberOfQuestionsToReset", "number_of_questions_to_reset", 3, 5),
    ("registrationReconfirmIntervalInDays", "registration_reconfirm_interval_in_days", 0, 730),
]


@pytest.mark.parametrize(("name", "option", "least", "most"), RANGES)
def test_ranges(name: str, option: str, least: int, most: int) -> None:
    for value in (least, most, None):
        check_given_password_reset({name: value}, "")
    for value in (least - 1, most + 1):
        with pytest.raises(OptionError, match=rf"^reset\.{option} must be between {least} and {most}\.$"):
            check_given_password_reset({name: value}, "reset")


def test_a_range_that_the_portal_itself_oversteps_is_no_fault_of_ours() -> None:
    assert told(registrationReconfirmIntervalInDays=731) == ""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"enablementType": "selected"}, "password_reset_enabled_group is needed with enablement_type: selected"),
        (
            {"enablementType": "all", "emailOptionEnabled": False, "numberOfAuthenticationMethodsRequired": 2},
            "number_of_authentication_methods_required is more than the methods that are enabled",
        ),
        (
            {"numberOfQuestionsToRegister": 3, "numberOfQuestionsToReset": 4},
            "number_of_questions_to_reset must not be more than number_of_questions_to_register",
        ),
        (
            {"customizeHelpdeskLink": True},
            "custom_helpdesk_email_or_url is needed with customize_helpdesk_link: true",
        ),
    ],
)
def test_sense(changes: Json, words: str) -> None:
    assert told(**changes) == f"{words}."
    assert told("self_service_password_reset", **changes) == f"self_service_password_reset.{words}."


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"enablementType": "selected", "passwordResetEnabledGroup": STAFF},
        {"enablementType": "none", "emailOptionEnabled": False, "mobilePhoneOptionEnabled": False},
        {"customizeHelpdeskLink": True, "customHelpdeskEmailOrUrl": "help@contoso.example"},
    ],
)
def test_sound_wishes(changes: Json) -> None:
    assert told(**changes) == ""
