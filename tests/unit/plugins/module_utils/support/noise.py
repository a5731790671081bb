# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts into a policy what means nothing: what exports, the service and people write differently for the same thing.

Each kind of noise is a function that rewrites one object of a policy, given its name, its members and dice;
`with_noise` applies it at every depth. What kind a property is of is said here by hand (facts section 2.5), not by the
code under test.
"""

from __future__ import annotations

import copy
import random
import typing as t

Json = dict[str, t.Any]
Noise = t.Callable[[str, Json, random.Random], Json]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ENUMS = _words("mode operator membershipKind cloudAppSecurityType authenticationType frequencyInterval type")
FLAGS = _words("guestOrExternalUserTypes transferMethods insiderRiskLevels agentIdRiskLevels")
ENUM_LISTS = _words(
    "clientAppTypes includePlatforms excludePlatforms signInRiskLevels userRiskLevels "
    "servicePrincipalRiskLevels builtInControls includeUserActions"
)
ID_LISTS = _words(
    "includeUsers excludeUsers includeGroups excludeGroups includeRoles excludeRoles members "
    "includeApplications excludeApplications includeServicePrincipals excludeServicePrincipals "
    "includeAgentIdServicePrincipals excludeAgentIdServicePrincipals includeLocations excludeLocations "
    "termsOfUse"
)
TEXT_LISTS = _words(
    "customAuthenticationFactors includeAuthenticationContextClassReferences includeAgentUsers excludeAgentUsers "
    "includeAgentContexts excludeAgentContexts"
)
LISTS = ENUM_LISTS | ID_LISTS | TEXT_LISTS
TEXTS = frozenset({"displayName", "description", "rule", "profileId", "policyId"})
CONTROLS = _words(
    "applicationEnforcedRestrictions cloudAppSecurity persistentBrowser secureSignInSession "
    "signInFrequency globalSecureAccessFilteringProfile networkAccessSecurity"
)
FILTERS = _words("applicationFilter servicePrincipalFilter deviceFilter agentIdServicePrincipalFilter agentFilter")
GUESTS = frozenset({"includeGuestsOrExternalUsers", "excludeGuestsOrExternalUsers"})
OPAQUE = frozenset({"globalSecureAccess", "networkAccess", "times"})
PARTS = (
    CONTROLS
    | FILTERS
    | GUESTS
    | OPAQUE
    | _words(
        "conditions users applications clientApplications platforms locations devices authenticationFlows "
        "grantControls sessionControls externalTenants continuousAccessEvaluation agents agentContext"
    )
)

OBJECTS = PARTS | {"policy", "authenticationStrength"}

# What each object of a policy may have beside what it was given.
MEMBERS: dict[str, str] = {
    "policy": "displayName description conditions grantControls sessionControls",
    "conditions": "users applications clientApplications clientAppTypes platforms locations devices "
    "authenticationFlows signInRiskLevels userRiskLevels servicePrincipalRiskLevels insiderRiskLevels "
    "agentIdRiskLevels times agents agentContext",
    "users": "includeUsers excludeUsers includeGroups excludeGroups includeRoles excludeRoles "
    "includeGuestsOrExternalUsers excludeGuestsOrExternalUsers",
    "applications": "includeApplications excludeApplications includeUserActions applicationFilter "
    "includeAuthenticationContextClassReferences globalSecureAccess networkAccess",
    "clientApplications": "includeServicePrincipals excludeServicePrincipals servicePrincipalFilter "
    "includeAgentIdServicePrincipals excludeAgentIdServicePrincipals agentIdServicePrincipalFilter",
    "agents": "includeAgentUsers excludeAgentUsers agentFilter",
    "agentContext": "includeAgentContexts excludeAgentContexts",
    "platforms": "includePlatforms excludePlatforms",
    "locations": "includeLocations excludeLocations",
    "devices": "deviceFilter",
    "grantControls": "builtInControls customAuthenticationFactors termsOfUse authenticationStrength",
    "sessionControls": " ".join([*sorted(CONTROLS), "disableResilienceDefaults", "continuousAccessEvaluation"]),
}


def with_noise(policy: Json, noise: Noise, dice: random.Random) -> Json:
    """*policy* with one kind of noise in all its objects; the argument is left as it is."""
    return _rewritten("policy", copy.deepcopy(policy), noise, dice)


def _rewritten(name: str, value: t.Any, noise: Noise, dice: random.Random) -> t.Any:
    if isinstance(value, dict):
        members = {member: _rewritten(member, content, noise, dice) for member, content in value.items()}
        return noise(name, members, dice)
    if isinstance(value, list):
        return [_rewritten(name, member, noise, dice) for member in value]
    return value


def annotations(name: str, value: Json, dice: random.Random) -> Json:
    """The service annotates objects and their members."""
    if name not in OBJECTS:
        return value
    result = {"@odata.type": f"#microsoft.graph.{name}", **value}
    for member in list(value):
        if dice.random() < 0.3:
            result[f"{member}@odata.context"] = "https://graph.microsoft.com/v1.0/$metadata#x"
    return {**result, "#microsoft.graph.restore": {"target": "x"}} if name == "policy" else result


def read_only(name: str, value: Json, dice: random.Random) -> Json:
    """What the service says of a policy besides what it does."""
    if name != "policy":
        return value
    facts = {"id": "x", "createdDateTime": "2026-01-01T00:00:00.1234567Z", "modifiedDateTime": None, "templateId": "y"}
    return {**value, **facts, "deletedDateTime": None, "state": dice.choice(["enabled", "disabled"])}


def key_order(name: str, value: Json, dice: random.Random) -> Json:
    """Members of an object have no order."""
    members = list(value.items())
    dice.shuffle(members)
    return dict(members)


def list_order(name: str, value: Json, dice: random.Random) -> Json:
    """Nor have those of a list, and twice is once."""
    return {member: _shuffled(content, dice) if member in LISTS else content for member, content in value.items()}


def _shuffled(content: t.Any, dice: random.Random) -> t.Any:
    if not content:
        return content
    members = [*content, *dice.choices(content, k=dice.randint(0, 2))]
    dice.shuffle(members)
    return members


def upper_or_lower(name: str, value: Json, dice: random.Random) -> Json:
    """Ids, keywords and members of enumerations have no case."""
    return {member: _cased(member, content, dice) for member, content in value.items()}


def _cased(member: str, content: t.Any, dice: random.Random) -> t.Any:
    if member in ENUM_LISTS | ID_LISTS and content:
        return [_any_case(one, dice) for one in content]
    if member in ENUMS | FLAGS and isinstance(content, str):
        return _any_case(content, dice)
    if member in FLAGS and content:
        return [_any_case(one, dice) for one in content]
    return content


def _any_case(text: str, dice: random.Random) -> str:
    return dice.choice([text, text.upper(), text.lower(), text.swapcase()])


def spelling_of_flags(name: str, value: Json, dice: random.Random) -> Json:
    """Flags are one text in any order with any blanks, or a list; none of them is null, nothing or ``none``."""
    result = dict(value)
    for member in FLAGS & set(value):
        content = value[member]
        flags = content.split(",") if isinstance(content, str) else list(content or [])
        dice.shuffle(flags)
        nothing = dice.choice([None, "", "none", "None", []])
        result[member] = dice.choice([flags, ",".join(flags), " , ".join(flags)]) if any(flags) else nothing
    return result


def nothings(name: str, value: Json, dice: random.Random) -> Json:
    """Missing, null, an empty list and an empty object are one."""
    if name in OPAQUE:
        return value
    result = dict.fromkeys(MEMBERS.get(name, "").split()) | value
    for member, content in list(result.items()):
        if content in (None, [], {}, "") and content is not False:
            nothing = dice.choice(["missing", None, *_nothings(member)])
            if nothing == "missing":
                del result[member]
            else:
                result[member] = nothing
    return result


def _nothings(member: str) -> list[t.Any]:
    if member in PARTS or member in LISTS:
        return [[], {}]
    return [""] if member in TEXTS else []


def expanded_strength(name: str, value: Json, dice: random.Random) -> Json:
    """A strength is written as its id and shown in full."""
    found = value.get("authenticationStrength")
    if name != "grantControls" or not found:
        return value
    identifier = found["id"] if isinstance(found, dict) else found
    in_full = {
        "id": identifier.upper(),
        "displayName": "A strength",
        "allowedCombinations": ["fido2"],
        "combinationConfigurations@odata.context": "x",
        "combinationConfigurations": [],
    }
    return {**value, "authenticationStrength": dice.choice([{"id": identifier}, identifier, in_full])}


def switched_off(name: str, value: Json, dice: random.Random) -> Json:
    """A session control that is off is none, whatever it says besides."""
    settings: dict[str, Json] = {
        "cloudAppSecurity": {"cloudAppSecurityType": "blockDownloads"},
        "persistentBrowser": {"mode": "always"},
        "signInFrequency": {"type": "hours", "value": 9},
        "globalSecureAccessFilteringProfile": {"profileId": "x"},
        "networkAccessSecurity": {"policyId": "x"},
    }
    result = dict(value)
    if name == "sessionControls":
        for control in CONTROLS:
            if not value.get(control) and dice.random() < 0.5:
                result[control] = {**settings.get(control, {}), "isEnabled": dice.choice([False, None])}
        if not value.get("disableResilienceDefaults"):
            result["disableResilienceDefaults"] = dice.choice([None, False])
    return result


def defaults(name: str, value: Json, dice: random.Random) -> Json:
    """What the service puts in may be written out or left out."""
    result = dict(value)
    known: dict[str, Json] = {
        "signInFrequency": {
            "authenticationType": "primaryAndSecondaryAuthentication",
            "frequencyInterval": "timeBased",
        },
        "cloudAppSecurity": {"cloudAppSecurityType": "mcasConfigured"},
    }
    for member, default in known.get(name, {}).items():
        if str(value.get(member) or default).lower() == default.lower():
            result[member] = dice.choice([None, default])
    if name == "conditions" and [str(one).lower() for one in value.get("clientAppTypes") or ["all"]] == ["all"]:
        result["clientAppTypes"] = dice.choice([None, [], ["all"]])
    if name == "signInFrequency" and str(result.get("frequencyInterval")).lower() == "everytime":
        result.update(dice.choice([{}, {"type": "hours", "value": 1}, {"type": None, "value": None}]))
    return result


def all_tenants(name: str, value: Json, dice: random.Random) -> Json:
    """All home tenants is what no list of home tenants means."""
    tenants = value.get("externalTenants")
    if name not in GUESTS or (tenants and str(tenants.get("membershipKind")).lower() == "enumerated"):
        return value
    return {**value, "externalTenants": dice.choice([None, {"membershipKind": "all"}, {"membershipKind": "All"}])}


def operator_of_one(name: str, value: Json, dice: random.Random) -> Json:
    """With one control, AND and OR are the same."""
    lists = ("builtInControls", "customAuthenticationFactors", "termsOfUse")
    count = sum(len({str(one).lower() for one in value.get(member) or []}) for member in lists)
    count += bool(value.get("authenticationStrength"))
    return {**value, "operator": dice.choice(["AND", "OR"])} if name == "grantControls" and count == 1 else value


def unknown_and_empty(name: str, value: Json, dice: random.Random) -> Json:
    """What nobody knows and says nothing: Graph grows such members all the time."""
    if name not in OBJECTS:
        return value
    return {**value, dice.choice(["clients", "deviceStates", "brandNew"]): dice.choice([None, [], {}])}


NOISES: tuple[Noise, ...] = (
    annotations,
    read_only,
    key_order,
    list_order,
    upper_or_lower,
    spelling_of_flags,
    nothings,
    expanded_strength,
    switched_off,
    defaults,
    all_tenants,
    operator_of_one,
    unknown_and_empty,
)
