# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shape agrees with the schemas of Graph v1.0 and beta, member by member (facts section 2.5 and appendix A)."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._policy import vocabulary
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_shape import (
    APPLICATIONS,
    CONDITIONS,
    GRANT_CONTROLS,
    POLICY,
    SESSION_CONTROLS,
    USERS,
)
from ansible_collections.m365.entra.plugins.module_utils._reconcile.compare import full_body
from ansible_collections.m365.entra.plugins.module_utils._reconcile.shape import Part
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids

MEMBERS = {
    POLICY: "displayName description conditions grantControls sessionControls",
    CONDITIONS: "applications authenticationFlows clientApplications clientAppTypes devices insiderRiskLevels "
    "locations platforms servicePrincipalRiskLevels signInRiskLevels userRiskLevels users",
    USERS: "includeUsers excludeUsers includeGroups excludeGroups includeRoles excludeRoles "
    "includeGuestsOrExternalUsers excludeGuestsOrExternalUsers",
    APPLICATIONS: "applicationFilter excludeApplications includeApplications "
    "includeAuthenticationContextClassReferences includeUserActions",
    GRANT_CONTROLS: "builtInControls customAuthenticationFactors operator termsOfUse authenticationStrength",
    SESSION_CONTROLS: "applicationEnforcedRestrictions cloudAppSecurity disableResilienceDefaults persistentBrowser "
    "secureSignInSession signInFrequency",
}


WORKLOADS = t.cast(Part, CONDITIONS.field("clientApplications"))


@pytest.mark.parametrize("part", MEMBERS, ids=lambda part: part.name)
def test_members_are_those_of_the_schema(part: Part) -> None:
    assert {field.name for field in part.fields if not field.preview} == set(MEMBERS[part].split())


def test_members_that_only_beta_has() -> None:
    parts = (POLICY, CONDITIONS, USERS, APPLICATIONS, WORKLOADS, GRANT_CONTROLS, SESSION_CONTROLS)
    assert {field.name for part in parts for field in part.fields if field.preview} == {
        "agentIdRiskLevels",
        "times",
        "globalSecureAccess",
        "networkAccess",
        "includeAgentIdServicePrincipals",
        "excludeAgentIdServicePrincipals",
        "agentIdServicePrincipalFilter",
        "continuousAccessEvaluation",
        "globalSecureAccessFilteringProfile",
        "networkAccessSecurity",
        "agents",
        "agentContext",
    }
    assert {value for part in parts for field in part.fields for value in field.preview_values} == {
        "AllAgentIdUsers",
        "AllAgentIdResources",
        "urn:user:accountrecovery",
        "verifiedID",
    }


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (vocabulary.CLIENT_APP_TYPES, "all browser mobileAppsAndDesktopClients exchangeActiveSync easSupported other"),
        (vocabulary.INSIDER_RISK_LEVELS, "minor moderate elevated"),
        (vocabulary.TRANSFER_METHODS, "deviceCodeFlow authenticationTransfer"),
        (
            vocabulary.GUEST_OR_EXTERNAL_USER_TYPES,
            "internalGuest b2bCollaborationGuest b2bCollaborationMember b2bDirectConnectUser otherExternalUser "
            "serviceProvider",
        ),
        (
            vocabulary.BUILT_IN_CONTROLS,
            "block mfa compliantDevice domainJoinedDevice approvedApplication compliantApplication passwordChange "
            "riskRemediation verifiedID",
        ),
    ],
)
def test_words_stand_in_the_order_of_the_schema(words: tuple[str, ...], expected: str) -> None:
    assert words == tuple(expected.split())


@pytest.mark.parametrize(
    ("tenants", "expected"),
    [
        ({"membershipKind": "all", "members": []}, "conditionalAccessAllExternalTenants"),
        ({"membershipKind": "enumerated", "members": [ids.TENANT]}, "conditionalAccessEnumeratedExternalTenants"),
    ],
)
def test_bodies_say_the_type_of_external_tenants(tenants: dict[str, object], expected: str) -> None:
    guests = USERS.field("includeGuestsOrExternalUsers")
    assert isinstance(guests, Part)
    external = guests.field("externalTenants")
    assert isinstance(external, Part)
    assert (full_body(external, tenants) or {})["@odata.type"] == f"#microsoft.graph.{expected}"
