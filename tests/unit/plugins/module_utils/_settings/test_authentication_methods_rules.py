# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the service does not accept of the authentication methods policy, each fault by its option path."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._reconcile.canonical import canonical
from ansible_collections.m365.entra.plugins.module_utils._settings.authentication_methods_rules import (
    check_given_methods_policy,
    check_methods_policy,
)
from ansible_collections.m365.entra.plugins.module_utils._settings.authentication_methods_shape import (
    AUTHENTICATION_METHODS_POLICY,
    CAMPAIGN,
)

Json = dict[str, t.Any]
PATH = "registration_enforcement.authentication_methods_registration_campaign"
AUTHENTICATOR = {"id": "all_users", "targetedAuthenticationMethod": "microsoftAuthenticator"}
PASSKEY = {"id": "all_users", "targetedAuthenticationMethod": "fido2"}


def told(campaign: Json, option: str = "") -> str:
    """What is said of a campaign; nothing when all is well."""
    content = canonical(AUTHENTICATION_METHODS_POLICY, {"registrationEnforcement": {CAMPAIGN: campaign}})
    try:
        check_methods_policy(content, option)
    except OptionError as error:
        return error.message
    return ""


@pytest.mark.parametrize(
    "campaign",
    [
        {},
        {"state": "default", "snoozeDurationInDays": 0},
        {"state": "enabled", "snoozeDurationInDays": 14, "includeTargets": [AUTHENTICATOR]},
        {"state": "disabled", "includeTargets": [{**PASSKEY, "id": "one"}, {**PASSKEY, "id": "two"}]},
        {"state": "disabled", "includeTargets": []},
    ],
)
def test_sound_campaigns(campaign: Json) -> None:
    assert told(campaign) == ""


@pytest.mark.parametrize(
    ("campaign", "words"),
    [
        ({"snoozeDurationInDays": 15}, "snooze_duration_in_days must be between 0 and 14"),
        ({"snoozeDurationInDays": -1}, "snooze_duration_in_days must be between 0 and 14"),
        ({"state": "enabled"}, "include_targets must not be empty while the campaign is enabled"),
        (
            {"includeTargets": [{"id": "all_users"}]},
            "include_targets needs targeted_authentication_method for each target: microsoftAuthenticator or fido2",
        ),
        (
            {"includeTargets": [{**AUTHENTICATOR, "id": "one"}, {**PASSKEY, "id": "two"}]},
            "include_targets can speak of one targeted_authentication_method at a time",
        ),
    ],
)
def test_faults(campaign: Json, words: str) -> None:
    assert told(campaign) == f"{PATH}.{words}."
    assert told(campaign, "authentication_methods_policy") == f"authentication_methods_policy.{PATH}.{words}."


def test_all_faults_at_once() -> None:
    found = told({"state": "enabled", "snoozeDurationInDays": 99})
    assert found.count(PATH) == 2


@pytest.mark.parametrize("given", [{}, {"registrationEnforcement": None}, {"registrationEnforcement": {CAMPAIGN: {}}}])
def test_nothing_given_is_no_fault(given: Json) -> None:
    check_given_methods_policy(given, "")


def test_ranges_of_what_was_given() -> None:
    given = {"registrationEnforcement": {CAMPAIGN: {"snoozeDurationInDays": 30, "state": "enabled"}}}
    with pytest.raises(OptionError, match=rf"^policy\.{PATH}\.snooze_duration_in_days must be between 0 and 14\.$"):
        check_given_methods_policy(given, "policy")


@pytest.mark.parametrize("everybody", ["all_users", "ALL_USERS", {"id": "all_users"}])
@pytest.mark.parametrize("form", ["list", "add"])
def test_campaign_cannot_exclude_everybody(everybody: t.Any, form: str) -> None:
    excluded = [AUTHENTICATOR["id"][::-1], everybody]
    campaign = {"excludeTargets": excluded if form == "list" else {"add": excluded}}
    with pytest.raises(OptionError, match=rf"^policy\.{PATH}\.exclude_targets cannot exclude all_users; state: dis"):
        check_given_methods_policy({"registrationEnforcement": {CAMPAIGN: campaign}}, "policy")


@pytest.mark.parametrize("excluded", [None, [], ["Staff"], {"add": None}, {"remove": ["all_users"]}])
def test_campaign_may_leave_out_others(excluded: t.Any) -> None:
    check_given_methods_policy({"registrationEnforcement": {CAMPAIGN: {"excludeTargets": excluded}}}, "")
