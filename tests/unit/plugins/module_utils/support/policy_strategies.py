# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random policies in Graph's names, within the schemas of v1.0 and beta but with no regard to the service's rules."""

from __future__ import annotations

import typing as t

from hypothesis import strategies as st

from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids

Json = dict[str, t.Any]
Strategy = st.SearchStrategy[t.Any]

GUEST_TYPES = (
    "internalGuest",
    "b2bCollaborationGuest",
    "b2bCollaborationMember",
    "b2bDirectConnectUser",
    "otherExternalUser",
    "serviceProvider",
)
CONTROLS = ("block", "mfa", "compliantDevice", "domainJoinedDevice", "passwordChange", "riskRemediation", "verifiedID")


def _subset(*values: str, least: int = 0) -> Strategy:
    return st.lists(st.sampled_from(values), unique=True, min_size=least)


def _flags(*values: str) -> Strategy:
    return st.none() | _subset(*values, least=1).map(",".join)


def _optional(members: dict[str, Strategy]) -> Strategy:
    """Null, or an object in which each member may be missing."""
    return st.none() | st.fixed_dictionaries({}, optional=members)


def _filter() -> Strategy:
    return st.none() | st.fixed_dictionaries(
        {"mode": st.sampled_from(["include", "exclude"]), "rule": st.sampled_from(["a -eq 1", "b -ne 2"])}
    )


def _opaque() -> Strategy:
    """An object of which nobody knows what is in it."""
    return st.none() | st.dictionaries(st.sampled_from(["a", "b"]), st.sampled_from([None, "x", 1, ["y"], {"z": []}]))


def _guests() -> Strategy:
    listed = st.fixed_dictionaries(
        {"membershipKind": st.just("enumerated"), "members": _subset(ids.TENANT, ids.OTHER_TENANT, least=1)}
    )
    tenants = st.none() | st.just({"membershipKind": "all"}) | listed
    return _optional({"guestOrExternalUserTypes": _flags(*GUEST_TYPES), "externalTenants": tenants})


_USERS = _optional(
    {
        "includeUsers": _subset("All", "None", "GuestsOrExternalUsers", "AllAgentIdUsers", ids.ADA),
        "excludeUsers": _subset("GuestsOrExternalUsers", ids.ADA, ids.BOB),
        "includeGroups": _subset(ids.STAFF, ids.PRINTERS),
        "excludeGroups": _subset(ids.STAFF, ids.PRINTERS),
        "includeRoles": _subset(ids.GLOBAL_ADMINISTRATOR, ids.SYNCHRONIZATION_ACCOUNTS),
        "excludeRoles": _subset(ids.GLOBAL_ADMINISTRATOR),
        "includeGuestsOrExternalUsers": _guests(),
        "excludeGuestsOrExternalUsers": _guests(),
    }
)
_APPLICATIONS = _optional(
    {
        "includeApplications": _subset("All", "None", "Office365", "AllAgentIdResources", ids.PORTAL),
        "excludeApplications": _subset("Office365", "MicrosoftAdminPortals", ids.PORTAL),
        "includeUserActions": _subset(
            "urn:user:registersecurityinfo", "urn:user:registerdevice", "urn:user:accountrecovery"
        ),
        "includeAuthenticationContextClassReferences": _subset("c1", "c2"),
        "applicationFilter": _filter(),
        "globalSecureAccess": _opaque(),
        "networkAccess": _opaque(),
    }
)
_WORKLOADS = _optional(
    {
        "includeServicePrincipals": _subset("ServicePrincipalsInMyTenant", ids.PORTAL),
        "excludeServicePrincipals": _subset(ids.PORTAL),
        "servicePrincipalFilter": _filter(),
        "includeAgentIdServicePrincipals": _subset("All", ids.PORTAL),
        "excludeAgentIdServicePrincipals": _subset(ids.PORTAL, ids.OFFICE),
        "agentIdServicePrincipalFilter": _filter(),
    }
)
_CONDITIONS = _optional(
    {
        "users": _USERS,
        "applications": _APPLICATIONS,
        "clientApplications": _WORKLOADS,
        "clientAppTypes": st.just(["all"]) | _subset("browser", "exchangeActiveSync", "other", least=1),
        "platforms": _optional(
            {"includePlatforms": _subset("all", "iOS", "linux"), "excludePlatforms": _subset("macOS", "windowsPhone")}
        ),
        "locations": _optional(
            {"includeLocations": _subset("All", ids.OFFICE), "excludeLocations": _subset("AllTrusted", ids.OFFICE)}
        ),
        "devices": _optional({"deviceFilter": _filter()}),
        "authenticationFlows": _optional({"transferMethods": _flags("deviceCodeFlow", "authenticationTransfer")}),
        "signInRiskLevels": _subset("low", "medium", "high"),
        "userRiskLevels": _subset("low", "medium", "high"),
        "servicePrincipalRiskLevels": _subset("low", "high"),
        "insiderRiskLevels": _flags("minor", "moderate", "elevated"),
        "agentIdRiskLevels": _flags("low", "medium", "high"),
        "times": _opaque(),
        "agents": _optional({"includeAgentUsers": _subset("All", ids.BOB), "agentFilter": _filter()}),
        "agentContext": _optional({"includeAgentContexts": _subset("one", "Two")}),
    }
)
_STRENGTHS = st.sampled_from([ids.MFA_STRENGTH, ids.PHISHING_RESISTANT_STRENGTH])
_GRANT = st.none() | st.fixed_dictionaries(
    {"operator": st.sampled_from(["AND", "OR"])},
    optional={
        "builtInControls": _subset(*CONTROLS),
        "customAuthenticationFactors": _subset("custom"),
        "termsOfUse": _subset(ids.OFFICE, ids.PORTAL),
        "authenticationStrength": st.none() | _STRENGTHS.map(lambda identifier: {"id": identifier}),
    },
)


def _control(**members: Strategy) -> Strategy:
    return st.none() | st.fixed_dictionaries({"isEnabled": st.booleans(), **members})


_FREQUENCY = st.none() | st.one_of(
    st.fixed_dictionaries(
        {
            "isEnabled": st.just(True),
            "type": st.sampled_from(["hours", "days"]),
            "value": st.integers(1, 23),
            "authenticationType": st.sampled_from([None, "secondaryAuthentication"]),
            "frequencyInterval": st.sampled_from([None, "timeBased"]),
        }
    ),
    st.just({"isEnabled": True, "frequencyInterval": "everyTime"}),
)
_SESSION = _optional(
    {
        "applicationEnforcedRestrictions": _control(),
        "cloudAppSecurity": _control(cloudAppSecurityType=st.sampled_from([None, "monitorOnly", "blockDownloads"])),
        "persistentBrowser": _control(mode=st.sampled_from(["always", "never"])),
        "secureSignInSession": _control(),
        "signInFrequency": _FREQUENCY,
        "disableResilienceDefaults": st.sampled_from([None, True, False]),
        "continuousAccessEvaluation": _optional({"mode": st.sampled_from(["strictEnforcement", "strictLocation"])}),
        "globalSecureAccessFilteringProfile": _control(profileId=st.just(ids.PRINTERS)),
        "networkAccessSecurity": _control(policyId=st.sampled_from(["strict", "lax"])),
    }
)

policies: st.SearchStrategy[Json] = st.fixed_dictionaries(
    {
        "displayName": st.sampled_from(["One", "Two"]),
        "description": st.sampled_from([None, "", "A text"]),
        "conditions": _CONDITIONS,
        "grantControls": _GRANT,
        "sessionControls": _SESSION,
    }
)
