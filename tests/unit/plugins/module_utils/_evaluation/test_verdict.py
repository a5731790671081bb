# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a policy applies: every dimension by itself, each case worked out by hand from the facts."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._evaluation.evaluated_policy import EvaluatedPolicy
from ansible_collections.m365.entra.plugins.module_utils._evaluation.matching_places import Locations
from ansible_collections.m365.entra.plugins.module_utils._evaluation.sign_in import (
    UNKNOWN_COUNTRY,
    Application,
    Device,
    Place,
    Risks,
    SignIn,
    Target,
    UserIdentity,
    WorkloadIdentity,
)
from ansible_collections.m365.entra.plugins.module_utils._evaluation.verdict import verdict
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    DISABLED,
    ENABLED,
    REPORT_ONLY,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.sign_ins import (
    EXCHANGE,
    HOME,
    LOCATIONS,
    ROBOT,
    evaluated,
    sign_in,
)

APPLIES = "notSet"
AZURE_PORTAL = "c44b4083-3bb0-49c1-b47d-974e53cbdf3c"
AZURE_MANAGEMENT = "797f4846-ba00-4fd7-ba43-dac1f8f63013"
UNKNOWN_APPLICATION = "dddddddd-0000-4000-8000-0000000000ff"
MFA_TRUSTED_IPS = "00000000-0000-0000-0000-000000000000"
ALL_COMPLIANT_NETWORKS = "3d46dbda-8382-466a-856d-eb00cbc6b910"
WORKLOADS = {"includeServicePrincipals": ["ServicePrincipalsInMyTenant"]}
CONFIDENTIAL = {"mode": "include", "rule": 'CustomSecurityAttribute.Data_Class -eq "secret"'}


def reason(policy: EvaluatedPolicy, of: SignIn, locations: Locations = LOCATIONS) -> str:
    """Graph's word for the verdict; what is missing where it cannot be told."""
    found = verdict(policy, of, locations)
    if found.applies.value is None:
        assert found.reason == "notEnoughInformation"
        return ", ".join(sorted(found.applies.missing))
    assert found.applies.is_yes is (found.reason == APPLIES)
    return found.reason


def guest(kind: str | None, home: str | None = None) -> UserIdentity:
    """A user who may come from outside."""
    return UserIdentity(ids.ADA, frozenset(), frozenset(), kind, home)


def guests(types: str, *tenants: str) -> dict[str, t.Any]:
    """Graph's object for types of external users, of listed tenants or of all."""
    kind = {"membershipKind": "enumerated", "members": list(tenants)} if tenants else {"membershipKind": "all"}
    return {"guestOrExternalUserTypes": types, "externalTenants": kind}


@pytest.mark.parametrize(
    ("state", "expected"), [(ENABLED, APPLIES), (REPORT_ONLY, APPLIES), (DISABLED, "policyNotEnabled")]
)
def test_states(state: str, expected: str) -> None:
    assert reason(evaluated(state=state), sign_in()) == expected


def test_a_state_of_the_future_is_not_judged() -> None:
    assert reason(evaluated(state="paused"), sign_in()) == "the state paused"


def test_empty_policies_do_not_apply() -> None:
    assert reason(evaluated(grant=None), sign_in()) == "emptyPolicy"
    assert reason(evaluated(applications={}), sign_in()) == "emptyPolicy"


ADA = UserIdentity(ids.ADA, frozenset({ids.STAFF}), frozenset({ids.GLOBAL_ADMINISTRATOR}), "member")
UNTOLD = UserIdentity(ids.ADA)


@pytest.mark.parametrize(
    ("users", "who", "expected"),
    [
        ({"includeUsers": ["All"]}, ADA, APPLIES),
        ({"includeUsers": ["None"]}, ADA, "users"),
        ({"includeUsers": [ids.ADA]}, ADA, APPLIES),
        ({"includeUsers": [ids.ADA.upper()]}, ADA, APPLIES),
        ({"includeUsers": [ids.BOB]}, ADA, "users"),
        ({"includeUsers": ["All"], "excludeUsers": [ids.ADA]}, ADA, "users"),
        ({"includeGroups": [ids.STAFF]}, ADA, APPLIES),
        ({"includeGroups": [ids.PRINTERS]}, ADA, "users"),
        ({"includeGroups": [ids.STAFF]}, UNTOLD, "the groups of the user"),
        ({"includeUsers": ["All"], "excludeGroups": [ids.STAFF]}, ADA, "users"),
        ({"includeUsers": ["All"], "excludeGroups": [ids.STAFF]}, UNTOLD, "the groups of the user"),
        ({"includeUsers": ["All"], "excludeUsers": [ids.ADA], "excludeGroups": [ids.STAFF]}, UNTOLD, "users"),
        ({"includeUsers": [ids.BOB], "excludeGroups": [ids.STAFF]}, UNTOLD, "users"),
        ({"includeRoles": [ids.GLOBAL_ADMINISTRATOR]}, ADA, APPLIES),
        ({"includeRoles": [ids.SYNCHRONIZATION_ACCOUNTS]}, ADA, "users"),
        ({"includeRoles": [ids.GLOBAL_ADMINISTRATOR]}, UNTOLD, "the roles of the user"),
        ({"includeUsers": ["All"], "excludeRoles": [ids.GLOBAL_ADMINISTRATOR]}, ADA, "users"),
        ({"includeUsers": ["None"], "includeRoles": [ids.GLOBAL_ADMINISTRATOR]}, ADA, APPLIES),
        ({"includeUsers": ["GuestsOrExternalUsers"]}, ADA, "users"),
        ({"includeUsers": ["GuestsOrExternalUsers"]}, UNTOLD, "guest_type"),
        ({"includeUsers": ["GuestsOrExternalUsers"]}, guest("b2bCollaborationGuest"), APPLIES),
        ({"includeUsers": ["All"], "excludeUsers": ["GuestsOrExternalUsers"]}, guest("internalGuest"), "users"),
        ({"includeUsers": ["All"]}, guest("serviceProvider"), APPLIES),
        ({"includeGuestsOrExternalUsers": guests("internalGuest")}, guest("internalGuest"), APPLIES),
        ({"includeGuestsOrExternalUsers": guests("internalGuest")}, guest("serviceProvider"), "users"),
        ({"includeGuestsOrExternalUsers": guests("internalGuest")}, ADA, "users"),
        ({"includeGuestsOrExternalUsers": guests("internalGuest")}, UNTOLD, "guest_type"),
        (
            {"includeGuestsOrExternalUsers": guests("serviceProvider", ids.OTHER_TENANT)},
            guest("serviceProvider", ids.OTHER_TENANT),
            APPLIES,
        ),
        (
            {"includeGuestsOrExternalUsers": guests("serviceProvider", ids.OTHER_TENANT)},
            guest("serviceProvider", ids.TENANT),
            "users",
        ),
        (
            {"includeGuestsOrExternalUsers": guests("serviceProvider", ids.OTHER_TENANT)},
            guest("serviceProvider"),
            "external_tenant_id",
        ),
        (
            {"includeUsers": ["All"], "excludeGuestsOrExternalUsers": guests("serviceProvider")},
            guest("serviceProvider"),
            "users",
        ),
    ],
)
def test_users(users: dict[str, t.Any], who: UserIdentity, expected: str) -> None:
    assert reason(evaluated(users=users), sign_in(who)) == expected


def test_policies_for_users_are_not_for_workloads_and_the_other_way_round() -> None:
    assert reason(evaluated(), sign_in(ROBOT)) == "workloadIdentities"
    assert reason(evaluated(users={"includeUsers": ["None"]}, clientApplications=WORKLOADS), sign_in()) == "users"


@pytest.mark.parametrize(
    ("workloads", "who", "expected"),
    [
        (WORKLOADS, ROBOT, APPLIES),
        (WORKLOADS, WorkloadIdentity(ids.PORTAL, False), "workloadIdentities"),
        (
            WORKLOADS,
            WorkloadIdentity(ids.PORTAL),
            "whether the service principal was registered in this tenant",
        ),
        ({"includeServicePrincipals": [ids.PORTAL]}, WorkloadIdentity(ids.PORTAL), APPLIES),
        ({"includeServicePrincipals": [ids.OFFICE]}, ROBOT, "workloadIdentities"),
        ({**WORKLOADS, "excludeServicePrincipals": [ids.PORTAL]}, ROBOT, "workloadIdentities"),
        (
            {"servicePrincipalFilter": CONFIDENTIAL},
            WorkloadIdentity(ids.PORTAL, True, {"Data_Class": "secret"}),
            APPLIES,
        ),
        ({"servicePrincipalFilter": CONFIDENTIAL}, ROBOT, "workloadIdentities"),
        (
            {"servicePrincipalFilter": CONFIDENTIAL},
            WorkloadIdentity(ids.PORTAL, True),
            "the custom security attributes of the service principal",
        ),
        (
            {**WORKLOADS, "servicePrincipalFilter": {**CONFIDENTIAL, "mode": "exclude"}},
            WorkloadIdentity(ids.PORTAL, True, {"Data_Class": "secret"}),
            "workloadIdentities",
        ),
        (
            {**WORKLOADS, "servicePrincipalFilter": CONFIDENTIAL},
            ROBOT,
            "no source says whether a list and a filter of inclusion add up or narrow each other",
        ),
        (
            {**WORKLOADS, "servicePrincipalFilter": CONFIDENTIAL},
            WorkloadIdentity(ids.PORTAL, True, {"Data_Class": ("public", "secret")}),
            APPLIES,
        ),
        ({"includeAgentIdServicePrincipals": ["All"]}, ROBOT, "agent identities are not evaluated here"),
    ],
)
def test_workloads(workloads: dict[str, t.Any], who: WorkloadIdentity, expected: str) -> None:
    assert reason(evaluated(users={"includeUsers": ["None"]}, clientApplications=workloads), sign_in(who)) == expected


def to(application: str, is_of_microsoft: bool | None = None, **attributes: str) -> Target:
    """A target that is an application."""
    return Target(application=Application(application, is_of_microsoft, attributes))


@pytest.mark.parametrize(
    ("applications", "target", "expected"),
    [
        ({"includeApplications": ["All"]}, to(EXCHANGE), APPLIES),
        ({"includeApplications": ["None"]}, to(EXCHANGE), "application"),
        ({"includeApplications": [EXCHANGE]}, to(EXCHANGE), APPLIES),
        ({"includeApplications": [EXCHANGE]}, to(ids.PORTAL), "application"),
        ({"includeApplications": ["All"], "excludeApplications": [EXCHANGE]}, to(EXCHANGE), "application"),
        ({"includeApplications": ["Office365"]}, to(EXCHANGE), APPLIES),
        ({"includeApplications": ["Office365"]}, to("Office365"), APPLIES),
        ({"includeApplications": ["Office365"]}, to(AZURE_MANAGEMENT), "application"),
        ({"includeApplications": ["Office365"]}, to(ids.PORTAL, False), "application"),
        (
            {"includeApplications": ["Office365"]},
            to(UNKNOWN_APPLICATION),
            f"whether the application {UNKNOWN_APPLICATION} belongs to Office365",
        ),
        ({"includeApplications": [EXCHANGE]}, to("Office365"), "which application of Office365 is signed in to"),
        ({"includeApplications": [AZURE_MANAGEMENT]}, to("MicrosoftAdminPortals"), "application"),
        ({"includeApplications": ["MicrosoftAdminPortals"]}, to(AZURE_PORTAL), APPLIES),
        ({"includeApplications": ["MicrosoftAdminPortals"]}, to(AZURE_MANAGEMENT), "application"),
        ({"includeApplications": ["MicrosoftAdminPortals"]}, to("MicrosoftAdminPortals"), APPLIES),
        ({"includeApplications": ["All"], "excludeApplications": ["Office365"]}, to(EXCHANGE), "application"),
        ({"includeApplications": ["AllAgentIdResources"]}, to(EXCHANGE), "application"),
        ({"applicationFilter": CONFIDENTIAL}, to(EXCHANGE, Data_Class="secret"), APPLIES),
        ({"applicationFilter": CONFIDENTIAL}, to(EXCHANGE, Data_Class="public"), "application"),
        (
            {"applicationFilter": CONFIDENTIAL},
            Target(application=Application(EXCHANGE)),
            "the custom security attributes of the application",
        ),
        (
            {"includeApplications": ["All"], "applicationFilter": {**CONFIDENTIAL, "mode": "exclude"}},
            to(EXCHANGE, Data_Class="secret"),
            "application",
        ),
        ({"includeUserActions": ["urn:user:registerdevice"]}, to(EXCHANGE), "userActions"),
        (
            {"includeUserActions": ["urn:user:registerdevice"]},
            Target(user_action="urn:user:registerdevice"),
            APPLIES,
        ),
        (
            {"includeUserActions": ["urn:user:registerdevice"]},
            Target(user_action="urn:user:registersecurityinfo"),
            "userActions",
        ),
        ({"includeApplications": ["All"]}, Target(user_action="urn:user:registersecurityinfo"), APPLIES),
        ({"includeApplications": ["Office365"]}, Target(user_action="urn:user:registersecurityinfo"), "application"),
        (
            {"includeApplications": ["All"]},
            Target(user_action="urn:user:registerdevice"),
            "no source says whether a policy for all resources holds for the user action urn:user:registerdevice",
        ),
        ({"includeAuthenticationContextClassReferences": ["c1"]}, Target(authentication_context="c1"), APPLIES),
        (
            {"includeAuthenticationContextClassReferences": ["c1"]},
            Target(authentication_context="c2"),
            "authenticationContext",
        ),
        ({"includeAuthenticationContextClassReferences": ["c1"]}, to(EXCHANGE), "authenticationContext"),
        ({"includeApplications": ["All"]}, Target(authentication_context="c1"), "application"),
        ({"includeApplications": ["None"]}, Target(authentication_context="c1"), "application"),
        (
            {"includeApplications": [EXCHANGE]},
            Target(application=Application(EXCHANGE), authentication_context="c1"),
            APPLIES,
        ),
        (
            {"globalSecureAccess": {"trafficProfile": "internet"}},
            to(EXCHANGE),
            "traffic of Global Secure Access is not evaluated here",
        ),
    ],
)
def test_target_resources(applications: dict[str, t.Any], target: Target, expected: str) -> None:
    assert reason(evaluated(applications=applications), sign_in(target=target)) == expected


def test_a_context_alone_leaves_open_which_application_asks_for_it() -> None:
    found = verdict(evaluated(), sign_in(target=Target(authentication_context="c1")), LOCATIONS)
    assert found.applies.missing == {"application"}
    nobody = verdict(
        evaluated(applications={"includeApplications": ["None"]}),
        sign_in(target=Target(authentication_context="c1")),
        LOCATIONS,
    )
    assert nobody.applies.is_no


def place(address: str | None = None, country: str | None = None, **more: t.Any) -> Place:
    """Where a sign-in comes from."""
    return Place(address, country, **more)


def placed(include: list[str], exclude: list[str] | None = None) -> EvaluatedPolicy:
    """A policy for locations."""
    return evaluated(locations={"includeLocations": include, "excludeLocations": exclude or []})


@pytest.mark.parametrize(
    ("include", "exclude", "where", "expected"),
    [
        (["All"], [], place(), APPLIES),
        (["All"], [ids.OFFICE], place("203.0.113.77"), "location"),
        (["All"], [ids.OFFICE], place("203.0.114.77"), APPLIES),
        (["All"], [ids.OFFICE], place("2001:db8:1::1"), "location"),
        (["All"], [ids.OFFICE], place(), "ip_address"),
        (["All"], ["AllTrusted"], place("203.0.113.1"), "location"),
        (["All"], ["AllTrusted"], place("198.51.100.1"), APPLIES),
        (["All"], ["AllTrusted"], place(is_trusted=True), "location"),
        (["All"], ["AllTrusted"], place("203.0.113.1", is_trusted=False), APPLIES),
        (["AllTrusted"], [], place(locations=frozenset({ids.OFFICE})), APPLIES),
        (["AllTrusted"], [], place(locations=frozenset({MFA_TRUSTED_IPS})), APPLIES),
        (["AllTrusted"], [], place(locations=frozenset({HOME})), "location"),
        ([HOME], [], place(country="CH"), APPLIES),
        ([HOME], [], place(country="de"), APPLIES),
        ([HOME], [], place(country="FR"), "location"),
        ([HOME], [], place(country=UNKNOWN_COUNTRY), "location"),
        ([HOME], [], place("203.0.113.1"), "country"),
        ([HOME, ids.OFFICE], [], place("203.0.113.1"), APPLIES),
        ([HOME], [], place(locations=frozenset({HOME})), APPLIES),
        ([HOME], [], place(country="CH", locations=frozenset({ids.OFFICE})), "location"),
        ([ALL_COMPLIANT_NETWORKS], [], place("203.0.113.1", "CH"), "locations"),
        ([ALL_COMPLIANT_NETWORKS], [], place(locations=frozenset({ALL_COMPLIANT_NETWORKS})), APPLIES),
        ([ids.PRINTERS], [], place("203.0.113.1", "CH"), "locations"),
        ([], [ids.OFFICE], place("203.0.113.1"), "a policy with exclusions and nothing included is not evaluated here"),
    ],
)
def test_locations(include: list[str], exclude: list[str], where: Place, expected: str) -> None:
    assert reason(placed(include, exclude), sign_in(place=where)) == expected


def test_legacy_trusted_addresses_are_known_only_when_they_are_said() -> None:
    policy = placed(["All"], [MFA_TRUSTED_IPS])
    from_there = sign_in(place=place("192.0.2.8"))
    assert reason(policy, from_there, Locations()) == "locations"
    assert reason(policy, from_there, Locations(mfa_trusted_ips=("192.0.2.0/24",))) == "location"
    assert reason(policy, from_there, Locations(mfa_trusted_ips=())) == APPLIES
    trusted = placed(["AllTrusted"])
    assert reason(trusted, from_there, Locations(mfa_trusted_ips=("192.0.2.0/24",))) == APPLIES
    assert reason(trusted, from_there, Locations()) == "location"


def test_a_location_by_gps_is_not_where_the_address_is() -> None:
    location = {"countriesAndRegions": ["CH"], "countryLookupMethod": "authenticatorAppGps"}
    found = reason(placed([HOME]), sign_in(place=place(country="CH")), Locations({HOME: location}))
    assert found == "locations"


def test_unknown_countries_may_be_part_of_a_location() -> None:
    location = {"countriesAndRegions": ["CH"], "includeUnknownCountriesAndRegions": True}
    nowhere = sign_in(place=place(country=UNKNOWN_COUNTRY))
    assert reason(placed([HOME]), nowhere, Locations({HOME: location})) == APPLIES


@pytest.mark.parametrize(
    ("conditions", "details", "expected"),
    [
        ({"clientAppTypes": ["all"]}, {}, APPLIES),
        ({"clientAppTypes": ["browser"]}, {"client_app_type": "browser"}, APPLIES),
        ({"clientAppTypes": ["exchangeActiveSync", "other"]}, {"client_app_type": "browser"}, "clientApps"),
        ({"clientAppTypes": ["browser"]}, {}, "client_app_type"),
        ({"platforms": {"includePlatforms": ["all"]}}, {}, APPLIES),
        ({"platforms": {"includePlatforms": ["all"], "excludePlatforms": ["iOS"]}}, {}, "device_platform"),
        (
            {"platforms": {"includePlatforms": ["all"], "excludePlatforms": ["iOS"]}},
            {"device_platform": "iOS"},
            "devicePlatform",
        ),
        (
            {"platforms": {"includePlatforms": ["all"], "excludePlatforms": ["iOS"]}},
            {"device_platform": "linux"},
            APPLIES,
        ),
        ({"platforms": {"includePlatforms": ["iOS"]}}, {"device_platform": "linux"}, "devicePlatform"),
        (
            {"platforms": {"excludePlatforms": ["iOS"]}},
            {"device_platform": "linux"},
            "a policy with exclusions and nothing included is not evaluated here",
        ),
        ({"signInRiskLevels": ["high", "medium"]}, {"risks": Risks(sign_in="high")}, APPLIES),
        ({"signInRiskLevels": ["high"]}, {"risks": Risks(sign_in="none")}, "signInRisk"),
        ({"signInRiskLevels": ["none"]}, {"risks": Risks(sign_in="none")}, APPLIES),
        ({"signInRiskLevels": ["high"]}, {}, "sign_in_risk_level"),
        ({"userRiskLevels": ["high"]}, {"risks": Risks(user="high")}, APPLIES),
        ({"userRiskLevels": ["high"]}, {"risks": Risks(user="low")}, "userRisk"),
        ({"userRiskLevels": ["high"]}, {"risks": Risks(sign_in="high")}, "user_risk_level"),
        ({"insiderRiskLevels": "elevated"}, {"risks": Risks(insider="elevated")}, APPLIES),
        ({"insiderRiskLevels": "elevated"}, {"risks": Risks(insider="none")}, "insiderRisk"),
        ({"insiderRiskLevels": "elevated"}, {}, "insider_risk_level"),
        (
            {"devices": {"deviceFilter": {"mode": "exclude", "rule": "device.isCompliant -eq True"}}},
            {"device": Device(properties={"isCompliant": True})},
            "devices",
        ),
        (
            {"devices": {"deviceFilter": {"mode": "exclude", "rule": "device.isCompliant -eq True"}}},
            {"device": Device(is_registered=False)},
            APPLIES,
        ),
        (
            {"devices": {"deviceFilter": {"mode": "include", "rule": "device.isCompliant -eq True"}}},
            {},
            "device.is_compliant",
        ),
        (
            {"devices": {"deviceFilter": {"mode": "include", "rule": "device.isCompliant -eq True"}}},
            {"device": Device(properties={"isCompliant": False})},
            "devices",
        ),
        (
            {"authenticationFlows": {"transferMethods": "deviceCodeFlow"}},
            {"authentication_flow": "deviceCodeFlow"},
            APPLIES,
        ),
        (
            {"authenticationFlows": {"transferMethods": "deviceCodeFlow"}},
            {"authentication_flow": "none"},
            "authenticationFlow",
        ),
        ({"authenticationFlows": {"transferMethods": "deviceCodeFlow"}}, {}, "authentication_flow"),
        ({"times": {"includedRanges": [{"days": ["monday"]}]}}, {}, "the condition times"),
        ({"agentIdRiskLevels": "high"}, {}, "the condition agentIdRiskLevels"),
    ],
)
def test_other_conditions(conditions: dict[str, t.Any], details: dict[str, t.Any], expected: str) -> None:
    assert reason(evaluated(**conditions), sign_in(**details)) == expected


def test_the_risk_of_a_service_principal() -> None:
    policy = evaluated(
        users={"includeUsers": ["None"]}, clientApplications=WORKLOADS, servicePrincipalRiskLevels=["high"]
    )
    assert reason(policy, sign_in(ROBOT, risks=Risks(service_principal="high"))) == APPLIES
    assert reason(policy, sign_in(ROBOT, risks=Risks(service_principal="none"))) == "signInRisk"
    assert reason(policy, sign_in(ROBOT)) == "service_principal_risk_level"


def test_what_surely_fails_decides_whatever_is_missing() -> None:
    policy = evaluated(
        users={"includeUsers": [ids.BOB]}, signInRiskLevels=["high"], platforms={"includePlatforms": ["iOS"]}
    )
    assert reason(policy, sign_in()) == "users"
    later = evaluated(signInRiskLevels=["high"], authenticationFlows={"transferMethods": "deviceCodeFlow"})
    assert reason(later, sign_in(authentication_flow="none")) == "authenticationFlow"


def test_the_first_dimension_that_fails_is_named() -> None:
    policy = evaluated(
        applications={"includeApplications": ["None"]}, clientAppTypes=["other"], userRiskLevels=["high"]
    )
    assert reason(policy, sign_in(client_app_type="browser", risks=Risks(user="none"))) == "application"


def test_all_that_is_missing_is_named() -> None:
    policy = evaluated(signInRiskLevels=["high"], clientAppTypes=["other"])
    assert reason(policy, sign_in()) == "client_app_type, sign_in_risk_level"
