# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Graph policies to begin with."""

from __future__ import annotations

import copy
import typing as t

from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids

Json = dict[str, t.Any]

REPORT_ONLY = "enabledForReportingButNotEnforced"
ENABLED = "enabled"
DISABLED = "disabled"

MFA: Json = {"operator": "OR", "builtInControls": ["mfa"]}
UNLESS_TOLD: t.Any = object()
BLOCK: Json = {"operator": "OR", "builtInControls": ["block"]}


def policy(
    name: str = "MFA",
    *,
    users: Json | None = None,
    applications: Json | None = None,
    grant: Json | None = UNLESS_TOLD,
    session: Json | None = None,
    **conditions: t.Any,
) -> Json:
    """A small policy in Graph's names, without id and state: MFA for everyone everywhere unless told otherwise."""
    return copy.deepcopy(
        {
            "displayName": name,
            "conditions": {
                "clientAppTypes": ["all"],
                "users": users if users is not None else {"includeUsers": ["All"]},
                "applications": applications if applications is not None else {"includeApplications": ["All"]},
                **conditions,
            },
            "grantControls": MFA if grant is UNLESS_TOLD else grant,
            "sessionControls": session,
        }
    )


def stored(name: str = "MFA", state: str = REPORT_ONLY, identifier: str = ids.POLICY_ONE, **parts: t.Any) -> Json:
    """The same as an object of the service, with id and state."""
    return {"id": identifier, "state": state, **policy(name, **parts)}


def everything() -> Json:
    """A policy in which every property of the schema has a value (facts section 2.5); no tenant would accept it."""
    return {
        "displayName": "Everything",
        "description": "A text",
        "conditions": {
            "users": {
                "includeUsers": [ids.ADA],
                "excludeUsers": [ids.BOB],
                "includeGroups": [ids.STAFF],
                "excludeGroups": [ids.PRINTERS],
                "includeRoles": [ids.GLOBAL_ADMINISTRATOR],
                "excludeRoles": [ids.SYNCHRONIZATION_ACCOUNTS],
                "includeGuestsOrExternalUsers": {
                    "guestOrExternalUserTypes": "internalGuest,serviceProvider",
                    "externalTenants": {"membershipKind": "enumerated", "members": [ids.OTHER_TENANT]},
                },
                "excludeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "b2bCollaborationGuest"},
            },
            "applications": {
                "includeApplications": [ids.PORTAL],
                "excludeApplications": ["Office365"],
                "includeUserActions": ["urn:user:registersecurityinfo"],
                "includeAuthenticationContextClassReferences": ["c1"],
                "applicationFilter": {"mode": "include", "rule": 'CustomSecurityAttribute.A_b -eq "x"'},
            },
            "clientApplications": {
                "includeServicePrincipals": ["ServicePrincipalsInMyTenant"],
                "excludeServicePrincipals": [ids.PORTAL],
                "servicePrincipalFilter": {"mode": "exclude", "rule": 'CustomSecurityAttribute.A_b -eq "y"'},
            },
            "clientAppTypes": ["browser", "other"],
            "platforms": {"includePlatforms": ["all"], "excludePlatforms": ["linux", "macOS"]},
            "locations": {"includeLocations": ["All"], "excludeLocations": ["AllTrusted", ids.OFFICE]},
            "devices": {"deviceFilter": {"mode": "exclude", "rule": "device.isCompliant -eq True"}},
            "authenticationFlows": {"transferMethods": "deviceCodeFlow"},
            "signInRiskLevels": ["high"],
            "userRiskLevels": ["medium"],
            "servicePrincipalRiskLevels": ["low"],
            "insiderRiskLevels": "elevated",
        },
        "grantControls": {
            "operator": "AND",
            "builtInControls": ["compliantDevice", "mfa"],
            "customAuthenticationFactors": ["custom"],
            "termsOfUse": ["7d2f3f2e-0000-4000-8000-000000000001"],
            "authenticationStrength": {"id": ids.MFA_STRENGTH},
        },
        "sessionControls": {
            "applicationEnforcedRestrictions": {"isEnabled": True},
            "cloudAppSecurity": {"isEnabled": True, "cloudAppSecurityType": "blockDownloads"},
            "persistentBrowser": {"isEnabled": True, "mode": "never"},
            "secureSignInSession": {"isEnabled": True},
            "signInFrequency": {
                "isEnabled": True,
                "type": "hours",
                "value": 4,
                "authenticationType": "primaryAndSecondaryAuthentication",
                "frequencyInterval": "timeBased",
            },
            "disableResilienceDefaults": True,
        },
    }


def everything_in_preview() -> Json:
    """The same with every property, member and keyword that only the beta endpoint has (facts section 2.5)."""
    found = everything()
    conditions, session = found["conditions"], found["sessionControls"]
    conditions["users"]["includeUsers"] = [ids.ADA, "AllAgentIdUsers"]
    conditions["applications"] |= {
        "includeApplications": [ids.PORTAL, "AllAgentIdResources"],
        "includeUserActions": ["urn:user:accountrecovery", "urn:user:registersecurityinfo"],
        "globalSecureAccess": {"trafficProfile": "internet"},
        "networkAccess": {"@odata.type": "#microsoft.graph.x", "trafficProfiles": ["m365"]},
    }
    conditions["clientApplications"] |= {
        "includeAgentIdServicePrincipals": ["All"],
        "excludeAgentIdServicePrincipals": [ids.OFFICE],
        "agentIdServicePrincipalFilter": {"mode": "include", "rule": "x -eq 1"},
    }
    conditions |= {
        "agentIdRiskLevels": "medium,high",
        "agents": {
            "includeAgentUsers": ["All"],
            "excludeAgentUsers": [ids.BOB],
            "agentFilter": {"mode": "exclude", "rule": "y -eq 2"},
        },
        "agentContext": {"includeAgentContexts": ["onBehalfOf"], "excludeAgentContexts": ["autonomous"]},
        "times": {"includedRanges": [{"days": ["monday"], "from": "08:00"}]},
    }
    found["grantControls"]["builtInControls"] = ["compliantDevice", "mfa", "verifiedID"]
    session |= {
        "continuousAccessEvaluation": {"mode": "strictLocation"},
        "globalSecureAccessFilteringProfile": {"isEnabled": True, "profileId": ids.PRINTERS},
        "networkAccessSecurity": {"isEnabled": True, "policyId": "strict"},
    }
    return found


def with_value(source: Json, path: str, value: t.Any) -> Json:
    """A copy of *source* with *value* at the dotted *path* of Graph names."""
    result = copy.deepcopy(source)
    *parents, last = path.split(".")
    target = result
    for parent in parents:
        target = target[parent]
    target[last] = value
    return result


def value_at(source: Json, path: str) -> t.Any:
    """The value at the dotted *path*."""
    value: t.Any = source
    for name in path.split("."):
        value = value[name]
    return value
