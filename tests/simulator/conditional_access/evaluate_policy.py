# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a stored policy applies to a sign-in, one dimension after the other (facts section 2.10).

A dimension is True, False, or None where the sign-in does not say what it takes. The order of the dimensions is that of
the facts; whether the service looks at missing details before or after what fails is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from ..json_types import JsonObject
from ..profile import Profile
from .evaluate_device import UnknownRule, device_matches
from .evaluate_location import location_matches
from .evaluate_request import Person, SignInRequest, Workload

NOT_SET = "notSet"
NOT_ENOUGH = "notEnoughInformation"
Dimension = Callable[[JsonObject, SignInRequest], bool | None]

ACTIONS = {
    "registerSecurityInformation": "urn:user:registersecurityinfo",
    "registerOrJoinDevices": "urn:user:registerdevice",
}
# Which known applications belong to the groups that Microsoft puts together (general knowledge).
OFFICE = frozenset(
    {
        "00000002-0000-0ff1-ce00-000000000000",
        "00000003-0000-0ff1-ce00-000000000000",
        "cc15fd57-2c6c-4117-a88c-83b1d56b4bbe",
    }
)
ADMIN_PORTALS = frozenset({"c44b4083-3bb0-49c1-b47d-974e53cbdf3c"})
MEMBERS = {"Office365": OFFICE, "MicrosoftAdminPortals": ADMIN_PORTALS}


def analysis_reason(policy: JsonObject, sign_in: SignInRequest, profile: Profile) -> str:
    """Return ``notSet`` for a policy that applies, or why it does not."""
    if policy["state"] == "disabled":
        return "policyNotEnabled"
    if not policy["grantControls"] and not policy["sessionControls"]:
        return "emptyPolicy"
    conditions = policy["conditions"]
    missing = False
    try:
        for reason, holds in _dimensions(conditions, sign_in, profile):
            if holds is False:
                return reason
            missing = missing or holds is None
    except UnknownRule:
        return "invalidCondition"
    return NOT_ENOUGH if missing else NOT_SET


def _dimensions(
    conditions: JsonObject, sign_in: SignInRequest, profile: Profile
) -> Collection[tuple[str, bool | None]]:
    said = sign_in.conditions
    return (
        _identity(conditions, sign_in),
        _target(conditions["applications"], sign_in.context, profile),
        ("clientApps", _one_of(conditions["clientAppTypes"], said.get("clientAppType"))),
        ("devicePlatform", _platform(conditions["platforms"], said.get("devicePlatform"))),
        ("location", location_matches(conditions["locations"], sign_in)),
        ("signInRisk", _risk(conditions, sign_in)),
        ("userRisk", _one_of(conditions["userRiskLevels"], said.get("userRiskLevel"))),
        ("insiderRisk", _one_of(_flags(conditions["insiderRiskLevels"]), said.get("insiderRiskLevel"))),
        ("devices", device_matches(conditions["devices"], said.get("deviceInfo") or {})),
        ("authenticationFlow", _flow(conditions["authenticationFlows"], said.get("authenticationFlow"))),
    )


def _identity(conditions: JsonObject, sign_in: SignInRequest) -> tuple[str, bool | None]:
    clients = conditions["clientApplications"]
    match sign_in.who:
        case Person() as person:
            return "users", clients is None and _is_for_person(conditions["users"], person)
        case Workload() as workload:
            return "workloadIdentities", clients is not None and _is_for_workload(clients, workload)


def _is_for_person(users: JsonObject, person: Person) -> bool | None:
    included = _selects(users, "include", person)
    excluded = _selects(users, "exclude", person)
    if included is False or excluded is True:
        return False
    return None if None in (included, excluded) else True


def _selects(users: JsonObject, direction: str, person: Person) -> bool | None:
    named = {item.lower() for item in users[f"{direction}Users"]}
    if {"all", person.user_id} & named:
        return True
    if "guestsorexternalusers" in named and person.external_type is not None:
        return True
    if person.groups & {item.lower() for item in users[f"{direction}Groups"]}:
        return True
    if person.roles & {item.lower() for item in users[f"{direction}Roles"]}:
        return True
    return _selects_guest(users[f"{direction}GuestsOrExternalUsers"], person)


def _selects_guest(guests: JsonObject | None, person: Person) -> bool | None:
    if guests is None or person.external_type not in _flags(guests["guestOrExternalUserTypes"]):
        return False
    tenants = guests.get("externalTenants") or {}
    if tenants.get("membershipKind") != "enumerated":
        return True
    if person.external_tenant is None:
        return None
    return person.external_tenant in {member.lower() for member in tenants["members"]}


def _is_for_workload(clients: JsonObject, workload: Workload) -> bool | None:
    """Custom security attributes are not simulated, so that a filter leaves open whom it means."""
    if clients.get("servicePrincipalFilter"):
        return None
    included = {item.lower() for item in clients["includeServicePrincipals"]}
    excluded = {item.lower() for item in clients["excludeServicePrincipals"]}
    names = {workload.principal_id} | ({"serviceprincipalsinmytenant"} if workload.ours else set())
    return bool(names & included) and not names & excluded


def _target(applications: JsonObject, context: JsonObject, profile: Profile) -> tuple[str, bool | None]:
    actions = applications["includeUserActions"]
    contexts = applications["includeAuthenticationContextClassReferences"]
    reason = "userActions" if actions else "authenticationContext" if contexts else "application"
    included = applications["includeApplications"]
    if "userAction" in context:
        action = ACTIONS[context["userAction"]]
        by_all = action != ACTIONS["registerOrJoinDevices"] or profile.all_resources_include_device_registration
        return reason, action in actions or ("All" in included and by_all)
    if "authenticationContextValue" in context:
        by_all = profile.all_resources_include_authentication_contexts
        return reason, context["authenticationContextValue"] in contexts or ("All" in included and by_all)
    return reason, _is_for_applications(applications, context.get("includeApplications") or [])


def _is_for_applications(applications: JsonObject, wanted: list[str]) -> bool | None:
    if not wanted or applications["applicationFilter"]:
        return None
    included, excluded = applications["includeApplications"], applications["excludeApplications"]
    return any(_names(included, item.lower()) and not _names(excluded, item.lower()) for item in wanted)


def _names(listed: list[str], application: str) -> bool:
    if "All" in listed:
        return True
    return any(application == item.lower() or application in MEMBERS.get(item, ()) for item in listed)


def _one_of(wanted: Collection[str], value: str | None) -> bool | None:
    if not wanted or "all" in wanted:
        return True
    return None if value is None else value in wanted


def _risk(conditions: JsonObject, sign_in: SignInRequest) -> bool | None:
    """The bit for the risk of a service principal is not known; it is taken to be that of sign-ins."""
    if isinstance(sign_in.who, Workload):
        return _one_of(conditions["servicePrincipalRiskLevels"], sign_in.conditions.get("servicePrincipalRiskLevel"))
    return _one_of(conditions["signInRiskLevels"], sign_in.conditions.get("signInRiskLevel"))


def _platform(platforms: JsonObject | None, value: str | None) -> bool | None:
    if platforms is None:
        return True
    excluded = platforms["excludePlatforms"]
    if value is None:
        return True if "all" in platforms["includePlatforms"] and not excluded else None
    return bool({value, "all"} & set(platforms["includePlatforms"])) and value not in excluded


def _flow(flows: JsonObject | None, said: JsonObject | None) -> bool | None:
    if flows is None or not _flags(flows["transferMethods"]):
        return True
    if said is None or "transferMethod" not in said:
        return None
    return bool(_flags(said["transferMethod"]) & _flags(flows["transferMethods"]))


def _flags(value: str | None) -> set[str]:
    return {member.strip() for member in (value or "").split(",")} - {"", "none"}
