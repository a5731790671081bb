# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the service writes what it was given (facts section 2.4)."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .graph_client import POLICIES, GraphClient
from .sample_policies import EXCHANGE, REQUIRE_MFA, varied

PREFER = {"Prefer": "include-unknown-enum-members"}


def test_what_was_not_given(client: GraphClient) -> None:
    policy = client.created_policy(REQUIRE_MFA)
    assert policy["conditions"] == {
        "userRiskLevels": [],
        "signInRiskLevels": [],
        "clientAppTypes": ["all"],
        "servicePrincipalRiskLevels": [],
        "insiderRiskLevels": None,
        "platforms": None,
        "locations": None,
        "devices": None,
        "clientApplications": None,
        "authenticationFlows": None,
        "applications": {
            "includeApplications": ["All"],
            "excludeApplications": [],
            "includeUserActions": [],
            "includeAuthenticationContextClassReferences": [],
            "applicationFilter": None,
        },
        "users": {
            "includeUsers": ["All"],
            "excludeUsers": [],
            "includeGroups": [],
            "excludeGroups": [],
            "includeRoles": [],
            "excludeRoles": [],
            "includeGuestsOrExternalUsers": None,
            "excludeGuestsOrExternalUsers": None,
        },
    }
    controls = dict(policy["grantControls"])
    assert controls.pop("authenticationStrength@odata.context")
    assert controls == {
        "operator": "OR",
        "builtInControls": ["mfa"],
        "customAuthenticationFactors": [],
        "termsOfUse": [],
        "authenticationStrength": None,
    }
    assert policy["sessionControls"] is None
    assert policy["description"] is None


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (
            {"isEnabled": True, "type": "hours", "value": 4},
            {
                "isEnabled": True,
                "type": "hours",
                "value": 4,
                "frequencyInterval": "timeBased",
                "authenticationType": "primaryAndSecondaryAuthentication",
            },
        ),
        (
            {"isEnabled": True, "frequencyInterval": "everyTime"},
            {
                "isEnabled": True,
                "type": None,
                "value": None,
                "frequencyInterval": "everyTime",
                "authenticationType": "primaryAndSecondaryAuthentication",
            },
        ),
    ],
)
def test_sign_in_frequency(client: GraphClient, given: JsonObject, shown: JsonObject) -> None:
    policy = client.created_policy(varied(REQUIRE_MFA, sessionControls={"signInFrequency": given}))
    assert policy["sessionControls"]["signInFrequency"] == shown
    others = {name: value for name, value in policy["sessionControls"].items() if name != "signInFrequency"}
    assert set(others.values()) == {None}


def test_controls_that_are_switched_off_vanish(client: GraphClient) -> None:
    controls = {
        "persistentBrowser": {"mode": "never", "isEnabled": True},
        "cloudAppSecurity": {"cloudAppSecurityType": "monitorOnly", "isEnabled": False},
    }
    policy = client.created_policy(varied(REQUIRE_MFA, sessionControls=controls))
    assert policy["sessionControls"]["cloudAppSecurity"] is None
    assert policy["sessionControls"]["persistentBrowser"] == {"mode": "never", "isEnabled": True}
    off = {"cloudAppSecurity": {"cloudAppSecurityType": "monitorOnly", "isEnabled": False}}
    alone = client.post(POLICIES, varied(REQUIRE_MFA, grantControls=None, sessionControls=off))
    assert alone.status_code == 400


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (
            "serviceProvider,internalGuest,b2bCollaborationMember",
            "internalGuest,b2bCollaborationMember,serviceProvider",
        ),
        ("b2bDirectConnectUser, otherExternalUser", "b2bDirectConnectUser,otherExternalUser"),
        ("INTERNALGUEST", "internalGuest"),
    ],
)
def test_flags_are_joined_in_the_order_of_their_bits(client: GraphClient, given: str, shown: str) -> None:
    guests = {"guestOrExternalUserTypes": given}
    policy = client.created_policy(varied(REQUIRE_MFA, conditions__users__excludeGuestsOrExternalUsers=guests))
    assert policy["conditions"]["users"]["excludeGuestsOrExternalUsers"] == {
        "guestOrExternalUserTypes": shown,
        "externalTenants": None,
    }


def test_flags_of_other_conditions(client: GraphClient) -> None:
    policy = client.created_policy(
        varied(
            REQUIRE_MFA,
            conditions__authenticationFlows={"transferMethods": "authenticationTransfer,deviceCodeFlow"},
            conditions__insiderRiskLevels="elevated,minor",
        )
    )
    assert policy["conditions"]["authenticationFlows"] == {"transferMethods": "deviceCodeFlow,authenticationTransfer"}
    assert policy["conditions"]["insiderRiskLevels"] == "minor,elevated"


@pytest.mark.parametrize(
    ("changes", "path", "shown"),
    [
        ({"conditions__users__includeUsers": ["all"]}, ("users", "includeUsers"), ["All"]),
        ({"conditions__clientAppTypes": ["All"]}, ("clientAppTypes",), ["all"]),
        ({"conditions__platforms": {"includePlatforms": ["IOS"]}}, ("platforms", "includePlatforms"), ["iOS"]),
        (
            {"conditions__applications__includeApplications": [EXCHANGE.upper()]},
            ("applications", "includeApplications"),
            [EXCHANGE],
        ),
        (
            {"conditions__applications__includeApplications": ["office365", "microsoftadminportals"]},
            ("applications", "includeApplications"),
            ["Office365", "MicrosoftAdminPortals"],
        ),
    ],
)
def test_spelling(client: GraphClient, changes: JsonObject, path: tuple[str, ...], shown: Any) -> None:
    value: Any = client.created_policy(varied(REQUIRE_MFA, **changes))["conditions"]
    for name in path:
        value = value[name]
    assert value == shown


def test_annotations_of_types_stay_only_where_types_differ(client: GraphClient) -> None:
    guests = {
        "@odata.type": "#microsoft.graph.conditionalAccessGuestsOrExternalUsers",
        "guestOrExternalUserTypes": "internalGuest",
        "externalTenants": {
            "@odata.type": "#microsoft.graph.conditionalAccessEnumeratedExternalTenants",
            "membershipKind": "enumerated",
            "members": ["77777777-7777-7777-7777-777777777777"],
        },
    }
    policy = client.created_policy(varied(REQUIRE_MFA, conditions__users__excludeGuestsOrExternalUsers=guests))
    shown = policy["conditions"]["users"]["excludeGuestsOrExternalUsers"]
    assert "@odata.type" not in shown
    assert shown["externalTenants"] == {
        "@odata.type": "#microsoft.graph.conditionalAccessEnumeratedExternalTenants",
        "members": ["77777777-7777-7777-7777-777777777777"],
        "membershipKind": "enumerated",
    }


def test_members_after_the_sentinel_need_the_prefer_header(client: GraphClient, simulator: TestSimulator) -> None:
    linux = varied(REQUIRE_MFA, conditions__platforms={"includePlatforms": ["linux", "windows"]})
    policy = client.created_policy(linux)
    masked, clear = ["unknownFutureValue", "windows"], ["linux", "windows"]
    assert policy["conditions"]["platforms"]["includePlatforms"] == masked
    assert client.policy(policy["id"])["conditions"]["platforms"]["includePlatforms"] == masked
    preferred = client.policy(policy["id"], headers=PREFER)
    assert preferred["conditions"]["platforms"]["includePlatforms"] == clear
    listed = client.get(POLICIES, headers=PREFER).json()["value"][0]
    assert listed["conditions"]["platforms"]["includePlatforms"] == clear
    simulator.set_profile(mask_unknown_enum_members=False)
    assert client.policy(policy["id"])["conditions"]["platforms"]["includePlatforms"] == clear


def test_an_object_that_was_read_masked_cannot_be_written_back(client: GraphClient) -> None:
    linux = varied(REQUIRE_MFA, conditions__platforms={"includePlatforms": ["linux"]})
    policy = client.created_policy(linux)
    answer = client.patch(
        f"{POLICIES}/{policy['id']}", {"conditions": {"platforms": policy["conditions"]["platforms"]}}
    )
    assert answer.json()["error"]["message"].startswith("1007: ")
