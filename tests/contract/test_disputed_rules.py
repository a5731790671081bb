# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules that published policies contradict: a setting decides, and its default accepts what was published."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject
from simulator.profile import PROMPT

from .graph_client import POLICIES, GraphClient, error_of
from .sample_policies import (
    BLOCK_WORKLOADS,
    CHANGE_PASSWORD,
    EVERY_TIME,
    EXCHANGE,
    REMEDIATE,
    REQUIRE_MFA,
    STRENGTH_MULTIFACTOR,
    varied,
)

STRENGTH = {"id": STRENGTH_MULTIFACTOR}
RESTRICTIONS = {"applicationEnforcedRestrictions": {"isEnabled": True}}
STRICT_LOCATION = {"continuousAccessEvaluation": {"mode": "strictLocation"}}
ALL_GUESTS = {
    "guestOrExternalUserTypes": "internalGuest,b2bCollaborationGuest,b2bCollaborationMember,b2bDirectConnectUser,"
    "otherExternalUser,serviceProvider",
    "externalTenants": {
        "@odata.type": "#microsoft.graph.conditionalAccessAllExternalTenants",
        "membershipKind": "all",
    },
}


@dataclass(frozen=True)
class Dispute:
    """A policy that ``setting`` lets through or refuses with ``refusal``."""

    setting: str
    policy: JsonObject
    refusal: str
    version: str = "v1.0"


DISPUTES = {
    "guests excluded twice": Dispute(
        "guests_selected_twice",
        varied(
            REQUIRE_MFA,
            conditions__users={
                "includeUsers": ["All"],
                "excludeUsers": ["GuestsOrExternalUsers"],
                "excludeGuestsOrExternalUsers": ALL_GUESTS,
            },
        ),
        "'excludeUsers' with 'GuestsOrExternalUsers' cannot go with 'excludeGuestsOrExternalUsers'.",
    ),
    "guests included twice": Dispute(
        "guests_selected_twice",
        varied(
            REQUIRE_MFA,
            conditions__users={
                "includeUsers": ["GuestsOrExternalUsers"],
                "includeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "internalGuest"},
            },
        ),
        "'includeUsers' with 'GuestsOrExternalUsers' cannot go with 'includeGuestsOrExternalUsers'.",
    ),
    "password change with a strength": Dispute(
        "password_change_with_strength",
        varied(
            CHANGE_PASSWORD,
            grantControls={
                "operator": "AND",
                "builtInControls": ["passwordChange"],
                "authenticationStrength": STRENGTH,
            },
        ),
        "1032: ConditionalActionPolicy validation failed due to InvalidPasswordResetControl.",
    ),
    "risk remediation with mfa": Dispute(
        "risk_remediation_with_mfa",
        varied(REMEDIATE, grantControls={"operator": "AND", "builtInControls": ["mfa", "riskRemediation"]}),
        "The control 'riskRemediation' needs an authentication strength and the operator AND.",
    ),
    "risk remediation with another control": Dispute(
        "risk_remediation_with_other_controls",
        varied(REMEDIATE, grantControls__builtInControls=["riskRemediation", "compliantDevice"]),
        "The control 'riskRemediation' cannot be combined with further controls.",
    ),
    "restrictions on all applications": Dispute(
        "enforced_restrictions_on_all_applications",
        varied(REQUIRE_MFA, sessionControls=RESTRICTIONS),
        "1032: ConditionalActionPolicy validation failed due to InvalidControls.",
    ),
    "workloads and users null": Dispute(
        "workload_policies_without_users",
        varied(BLOCK_WORKLOADS, conditions__users=None),
        "Policies for workload identities need 'includeUsers' = ['None'].",
    ),
    "workloads and users empty": Dispute(
        "workload_policies_without_users",
        varied(BLOCK_WORKLOADS, conditions__users={"includeUsers": []}),
        "Policies for workload identities need 'includeUsers' = ['None'].",
    ),
    "evaluation of workloads": Dispute(
        "continuous_evaluation_for_workloads",
        varied(BLOCK_WORKLOADS, state="disabled", sessionControls=STRICT_LOCATION),
        "Policies for workload identities support the grant control 'block' only.",
        "beta",
    ),
    "evaluation in report-only": Dispute(
        "continuous_evaluation_in_report_only",
        varied(REQUIRE_MFA, sessionControls=STRICT_LOCATION),
        "Policies with 'continuousAccessEvaluation' cannot be in report-only mode.",
        "beta",
    ),
}
# What stays refused or accepted whichever value the setting has: the setting reaches no further than its dispute.
ALWAYS_REFUSED = {
    "password change with a strength and OR": varied(
        DISPUTES["password change with a strength"].policy, grantControls__operator="OR"
    ),
    "password change with a strength and another control": varied(
        DISPUTES["password change with a strength"].policy,
        grantControls__builtInControls=["passwordChange", "compliantDevice"],
    ),
    "risk remediation with mfa and OR": varied(
        DISPUTES["risk remediation with mfa"].policy, grantControls__operator="OR"
    ),
    "risk remediation with mfa and strength": varied(
        DISPUTES["risk remediation with mfa"].policy, grantControls__authenticationStrength=STRENGTH
    ),
    "risk remediation alone": varied(
        REMEDIATE, grantControls={"operator": "AND", "builtInControls": ["riskRemediation"]}
    ),
    "restrictions on one other application": varied(
        REQUIRE_MFA,
        conditions__applications__includeApplications=["MicrosoftAdminPortals"],
        sessionControls=RESTRICTIONS,
    ),
    "workloads and a session control": varied(
        BLOCK_WORKLOADS, sessionControls=STRICT_LOCATION | {"signInFrequency": EVERY_TIME}
    ),
}
ALWAYS_ACCEPTED = {
    "guests by keyword": varied(REQUIRE_MFA, conditions__users={"includeUsers": ["GuestsOrExternalUsers"]}),
    "one way each": varied(
        REQUIRE_MFA,
        conditions__users={
            "includeUsers": ["GuestsOrExternalUsers"],
            "excludeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "internalGuest"},
        },
    ),
    "password change with mfa": CHANGE_PASSWORD,
    "risk remediation with a strength": REMEDIATE,
    "restrictions on Exchange": varied(
        REQUIRE_MFA, conditions__applications__includeApplications=[EXCHANGE], sessionControls=RESTRICTIONS
    ),
    "workloads": BLOCK_WORKLOADS,
    "evaluation, switched off": varied(REQUIRE_MFA, state="disabled", sessionControls=STRICT_LOCATION),
    "evaluation, enforced": varied(REQUIRE_MFA, state="enabled", sessionControls=STRICT_LOCATION),
}
SETTINGS = sorted({dispute.setting for dispute in DISPUTES.values()})


@pytest.fixture(autouse=True)
def workloads_are_licensed(simulator: TestSimulator) -> None:
    simulator.set_profile(workload_identity_licence_enforced=False)


@pytest.mark.parametrize("name", DISPUTES)
def test_what_was_published_is_accepted(client: GraphClient, name: str) -> None:
    dispute = DISPUTES[name]
    assert getattr(PROMPT, dispute.setting) == "accept"
    client.created(POLICIES, dispute.policy, version=dispute.version)


@pytest.mark.parametrize("name", DISPUTES)
def test_a_setting_refuses_it(client: GraphClient, simulator: TestSimulator, name: str) -> None:
    dispute = DISPUTES[name]
    simulator.set_profile(**{dispute.setting: "refuse"})
    refused = client.post(POLICIES, dispute.policy, version=dispute.version)
    assert error_of(refused) == (400, "BadRequest", dispute.refusal)
    assert client.get(POLICIES).json()["value"] == []


@pytest.mark.parametrize("name", DISPUTES)
def test_the_other_settings_have_no_say(client: GraphClient, simulator: TestSimulator, name: str) -> None:
    dispute = DISPUTES[name]
    simulator.set_profile(**{setting: "refuse" for setting in SETTINGS if setting != dispute.setting})
    client.created(POLICIES, dispute.policy, version=dispute.version)


@pytest.mark.parametrize("choice", ["accept", "refuse"])
def test_settings_reach_no_further(client: GraphClient, simulator: TestSimulator, choice: str) -> None:
    simulator.set_profile(**dict.fromkeys(SETTINGS, choice))
    for name, policy in ALWAYS_ACCEPTED.items():
        assert client.post(POLICIES, policy, version="beta").status_code == 201, name
    for name, policy in ALWAYS_REFUSED.items():
        assert client.post(POLICIES, policy, version="beta").status_code == 400, name


def test_guests_read_as_they_were_written(client: GraphClient) -> None:
    """No published policy suggests that the keyword or the condition on guests comes by itself."""
    only_condition = varied(
        REQUIRE_MFA, conditions__users={"includeUsers": ["All"], "excludeGuestsOrExternalUsers": ALL_GUESTS}
    )
    only_keyword = varied(
        REQUIRE_MFA, conditions__users={"includeUsers": ["All"], "excludeUsers": ["GuestsOrExternalUsers"]}
    )
    assert client.created_policy(only_condition)["conditions"]["users"]["excludeUsers"] == []
    assert client.created_policy(only_keyword)["conditions"]["users"]["excludeGuestsOrExternalUsers"] is None
