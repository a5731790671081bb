# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small tenant, and random policies and sign-ins in it for two evaluations that know nothing of each other.

Left out is what no source decides, where the two differ on purpose: filters of custom security attributes, a list
beside a filter, exclusions without inclusions, agents, and applications of which nobody knows the group.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from simulator.json_types import JsonObject

from .sample_policies import EXCHANGE, GLOBAL_ADMINISTRATOR
from .test_evaluate import GUEST, HOME, INNER, OFFICE, OTHER_TENANT, OUTER, UNIT_ROLE, USER

OURS, THEIRS = "dddddddd-0000-4000-8000-000000000001", "dddddddd-0000-4000-8000-000000000002"
OUR_APPLICATION = "dddddddd-0000-4000-8000-00000000000a"
AZURE_PORTAL = "c44b4083-3bb0-49c1-b47d-974e53cbdf3c"
MFA_TRUSTED_IPS = "00000000-0000-0000-0000-000000000000"
RULES = (
    "device.isCompliant -eq True",
    "device.isCompliant -ne True",
    'device.trustType -in ["AzureAD", "ServerAD"]',
    'device.trustType -notIn ["ServerAD"] -and -not (device.isCompliant -eq False)',
    'device.model -startsWith "Surf" -or device.manufacturer -contains "micro" -and device.isCompliant -eq True',
    'device.model -notStartsWith "surf"',
    '(device.model -endsWith "x" -or device.trustType -eq "workplace") -and device.manufacturer -ne "a -or b"',
    'device.systemLabels -contains "M365Managed"',
    'device.model -notEndsWith "4" -and device.model -notContains "face"',
)

Strategy = st.SearchStrategy[Any]


def service_principals(tenant: str) -> list[JsonObject]:
    """Return one service principal that the tenant registered and one that it did not."""
    return [
        {"id": OURS, "appId": OUR_APPLICATION, "displayName": "Ours", "appOwnerOrganizationId": tenant},
        {"id": THEIRS, "appId": EXCHANGE, "displayName": "Theirs", "appOwnerOrganizationId": OTHER_TENANT},
    ]


def _some(*values: str, least: int = 0) -> Strategy:
    return st.lists(st.sampled_from(values), unique=True, min_size=least, max_size=3)


def _joined(*values: str) -> Strategy:
    return _some(*values, least=1).map(",".join)


def _guests() -> Strategy:
    enumerated = {
        "@odata.type": "#microsoft.graph.conditionalAccessEnumeratedExternalTenants",
        "membershipKind": "enumerated",
    }
    everywhere = {"@odata.type": "#microsoft.graph.conditionalAccessAllExternalTenants", "membershipKind": "all"}
    listed = st.sampled_from([OTHER_TENANT, USER]).map(lambda tenant: enumerated | {"members": [tenant]})
    types = _joined("internalGuest", "b2bCollaborationGuest", "b2bCollaborationMember", "serviceProvider")
    return st.none() | st.fixed_dictionaries(
        {"guestOrExternalUserTypes": types, "externalTenants": st.just(everywhere) | listed}
    )


USERS = st.fixed_dictionaries(
    {
        "includeUsers": st.sampled_from([["All"], ["All"], ["None"], [USER], ["GuestsOrExternalUsers"], []]),
        "excludeUsers": st.sampled_from([[], [], [USER], ["GuestsOrExternalUsers"]]),
        "includeGroups": st.sampled_from([[], [INNER], [OUTER]]),
        "excludeGroups": st.sampled_from([[], [], [OUTER]]),
        "includeRoles": st.sampled_from([[], [GLOBAL_ADMINISTRATOR], [UNIT_ROLE]]),
        "excludeRoles": st.sampled_from([[], [], [GLOBAL_ADMINISTRATOR]]),
        "includeGuestsOrExternalUsers": _guests(),
        "excludeGuestsOrExternalUsers": st.none() | _guests(),
    }
)
APPLICATIONS = st.one_of(
    st.fixed_dictionaries(
        {
            "includeApplications": st.sampled_from(
                [["All"], ["All"], ["None"], [EXCHANGE], ["Office365"], ["MicrosoftAdminPortals", OUR_APPLICATION]]
            ),
            "excludeApplications": st.sampled_from([[], [], [EXCHANGE], ["Office365"], [OUR_APPLICATION]]),
        }
    ),
    st.builds(
        lambda actions: {"includeUserActions": actions},
        _some("urn:user:registersecurityinfo", "urn:user:registerdevice", least=1),
    ),
    st.builds(lambda found: {"includeAuthenticationContextClassReferences": found}, _some("c1", "c2", least=1)),
)
WORKLOADS = st.fixed_dictionaries(
    {
        "includeServicePrincipals": _some("ServicePrincipalsInMyTenant", OURS, THEIRS, least=1),
        "excludeServicePrincipals": _some(OURS, THEIRS),
    }
)
LOCATIONS = st.fixed_dictionaries(
    {
        "includeLocations": st.sampled_from([["All"], ["AllTrusted"], [OFFICE], [HOME], [HOME, OFFICE]]),
        "excludeLocations": st.sampled_from([[], ["AllTrusted"], [OFFICE], [HOME], [MFA_TRUSTED_IPS]]),
    }
)
PLATFORMS = st.fixed_dictionaries(
    {
        "includePlatforms": st.sampled_from([["all"], ["iOS"], ["linux", "windows"]]),
        "excludePlatforms": _some("iOS", "linux"),
    }
)
FILTERS = st.fixed_dictionaries({"mode": st.sampled_from(["include", "exclude"]), "rule": st.sampled_from(RULES)})
LEVELS = ("low", "medium", "high", "none")


CLIENTS = _some("browser", "mobileAppsAndDesktopClients", "exchangeActiveSync", "other", least=1)
FLOWS = _joined("deviceCodeFlow", "authenticationTransfer").map(lambda flows: {"transferMethods": flows})
# What narrows a policy for people; those for workloads have fewer conditions.
FOR_PEOPLE: dict[str, Strategy] = {
    "users": USERS,
    "applications": APPLICATIONS,
    "clientAppTypes": CLIENTS,
    "locations": LOCATIONS,
    "platforms": PLATFORMS,
    "devices": FILTERS.map(lambda found: {"deviceFilter": found}),
    "signInRiskLevels": _some(*LEVELS, least=1),
    "userRiskLevels": _some(*LEVELS, least=1),
    "insiderRiskLevels": _joined("minor", "moderate", "elevated"),
    "authenticationFlows": FLOWS,
}
FOR_WORKLOADS: dict[str, Strategy] = {
    "clientApplications": WORKLOADS,
    "applications": APPLICATIONS,
    "locations": LOCATIONS,
    "servicePrincipalRiskLevels": _some(*LEVELS, least=1),
}
EVERYBODY: JsonObject = {
    "users": {"includeUsers": ["All"]},
    "applications": {"includeApplications": ["All"]},
    "clientAppTypes": ["all"],
}
OUR_WORKLOADS: JsonObject = EVERYBODY | {
    "users": {"includeUsers": ["None"]},
    "clientApplications": {"includeServicePrincipals": ["ServicePrincipalsInMyTenant"]},
}


def _narrowed(widest: JsonObject, conditions: dict[str, Strategy]) -> Strategy:
    """Conditions that hold for all but for two or three that are random, so that policies apply often enough."""
    chosen = st.lists(st.sampled_from(list(conditions)), unique=True, max_size=3)
    drawn = chosen.flatmap(lambda names: st.fixed_dictionaries({name: conditions[name] for name in names}))
    return drawn.map(lambda found: widest | found)


CONDITIONS = st.one_of(
    _narrowed(EVERYBODY, FOR_PEOPLE), _narrowed(EVERYBODY, FOR_PEOPLE), _narrowed(OUR_WORKLOADS, FOR_WORKLOADS)
)
POLICIES = st.fixed_dictionaries(
    {
        "displayName": st.just("Random"),
        "state": st.sampled_from(["enabled", "enabled", "enabledForReportingButNotEnforced", "disabled"]),
        "conditions": CONDITIONS,
        "grantControls": st.sampled_from(
            [{"operator": "OR", "builtInControls": ["mfa"]}, {"operator": "OR", "builtInControls": ["block"]}, None]
        ),
    }
)


def _typed(name: str, **members: Any) -> JsonObject:
    return {"@odata.type": f"#microsoft.graph.{name}", **members}


IDENTITIES = st.sampled_from(
    [
        _typed("userSignIn", userId=USER),
        _typed("userSignIn", userId=USER),
        _typed("userSignIn", userId=GUEST),
        _typed("userSignIn", userId=GUEST, externalTenantId=OTHER_TENANT),
        _typed("userSignIn", userId=GUEST, externalUserType="serviceProvider", externalTenantId=OTHER_TENANT),
        _typed("userSignIn", userId=GUEST, externalUserType="internalGuest"),
        _typed("servicePrincipalSignIn", servicePrincipalId=OURS),
        _typed("servicePrincipalSignIn", servicePrincipalId=THEIRS),
    ]
)
CONTEXTS = st.sampled_from(
    [
        _typed("applicationContext", includeApplications=[EXCHANGE]),
        _typed("applicationContext", includeApplications=[EXCHANGE]),
        _typed("applicationContext", includeApplications=[OUR_APPLICATION]),
        _typed("applicationContext", includeApplications=[AZURE_PORTAL]),
        _typed("userActionContext", userAction="registerSecurityInformation"),
        _typed("userActionContext", userAction="registerOrJoinDevices"),
        _typed("authContext", authenticationContextValue="c1"),
    ]
)
DEVICES = st.fixed_dictionaries(
    {"isCompliant": st.booleans()},
    optional={
        "trustType": st.sampled_from(["AzureAD", "ServerAD", "Workplace"]),
        "model": st.sampled_from(["Surface 4", "Other"]),
        "manufacturer": st.sampled_from(["Microsoft", "a -or b"]),
        "systemLabels": st.sampled_from([[], ["M365Managed"], ["x", "m365managed"]]),
    },
)
DETAILS = st.fixed_dictionaries(
    {
        "devicePlatform": st.sampled_from(["iOS", "linux", "windows"]),
        "clientAppType": st.sampled_from(["browser", "mobileAppsAndDesktopClients", "exchangeActiveSync", "other"]),
        "signInRiskLevel": st.sampled_from(LEVELS),
        "userRiskLevel": st.sampled_from(LEVELS),
        "servicePrincipalRiskLevel": st.sampled_from(LEVELS),
        "insiderRiskLevel": st.sampled_from(["none", "minor", "moderate", "elevated"]),
        "country": st.sampled_from(["CH", "ch", "FR"]),
        "ipAddress": st.sampled_from(["203.0.113.9", "198.51.100.1", "2001:db8::1"]),
        "authenticationFlow": st.sampled_from(["none", "deviceCodeFlow", "authenticationTransfer"]).map(
            lambda method: {"transferMethod": method}
        ),
        "deviceInfo": DEVICES,
    }
)
FORGETTABLE = ("devicePlatform", "clientAppType", "signInRiskLevel", "country", "ipAddress", "deviceInfo")


def _forgetting(said: JsonObject, forgotten: list[str]) -> JsonObject:
    return {name: value for name, value in said.items() if name not in forgotten}


SAID = st.builds(_forgetting, DETAILS, _some(*FORGETTABLE))
REQUESTS = st.fixed_dictionaries({"signInIdentity": IDENTITIES, "signInContext": CONTEXTS, "signInConditions": SAID})
