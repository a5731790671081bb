# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the collection and the simulator judge a policy differently, and why that is so.

Each difference names one rule of the stricter side, by the name of its function, and the policies it is about.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from simulator.conditional_access.rules.sessions import ENFORCEABLE_APPLICATIONS
from simulator.json_types import JsonObject

from .rule_cases import REGISTER_DEVICE
from .sample_policies import BLOCK_WORKLOADS, REQUIRE_MFA, varied

RESTRICTIONS = {"applicationEnforcedRestrictions": {"isEnabled": True}}


@dataclass(frozen=True)
class Difference:
    """``rule`` refuses what the other side accepts; ``applies`` takes the body that would be sent."""

    rule: str
    reason: str
    applies: Callable[[JsonObject], bool]
    example: JsonObject


def _part(body: JsonObject, *path: str) -> JsonObject:
    """Return an object inside a body, or an empty one where it is missing."""
    found = body
    for name in path:
        found = found.get(name) or {}
    return found


def _restricts_other_applications_too(body: JsonObject) -> bool:
    included = set(_part(body, "conditions", "applications").get("includeApplications", ()))
    return included <= {"None"} or bool(included & {"All", *ENFORCEABLE_APPLICATIONS})


def _has_only_a_risk_of_agents(body: JsonObject) -> bool:
    included = [name for name in _part(body, "conditions", "users") if name.startswith("include")]
    others = included or _part(body, "conditions", "clientApplications")
    return not others and bool(_part(body, "conditions").get("agentIdRiskLevels"))


def _excludes_what_only_includes(body: JsonObject) -> bool:
    users = set(_part(body, "conditions", "users").get("excludeUsers", ()))
    applications = set(_part(body, "conditions", "applications").get("excludeApplications", ()))
    return "None" in users or bool({"All", "None"} & applications)


def _excludes_without_including(body: JsonObject) -> bool:
    nouns = {"applications": "Applications", "locations": "Locations", "platforms": "Platforms"}
    parts = {noun: _part(body, "conditions", name) for name, noun in nouns.items()}
    return any(part.get(f"exclude{noun}") and not part.get(f"include{noun}") for noun, part in parts.items())


def _names_tenants_of_no_guests(body: JsonObject) -> bool:
    users = _part(body, "conditions", "users")
    conditions = (users.get(f"{direction}GuestsOrExternalUsers") or {} for direction in ("include", "exclude"))
    return any(guests and not guests.get("guestOrExternalUserTypes") for guests in conditions)


# What the simulator refuses and the collection does not.
STRICTER_SIMULATOR = (
    Difference(
        "name_is_possible",
        "The collection refuses a name without characters; that the service refuses one of blanks too is not known.",
        lambda body: not body["displayName"].strip(),
        varied(REQUIRE_MFA, displayName=" "),
    ),
    Difference(
        "operator_is_known",
        "The collection checks the members of enumerations before the rules, where it reads options and definitions.",
        lambda body: _part(body, "grantControls").get("operator") not in (None, "AND", "OR"),
        varied(REQUIRE_MFA, grantControls={"operator": "XOR", "builtInControls": ["mfa", "compliantDevice"]}),
    ),
    Difference(
        "users_are_selected",
        "The collection takes a risk of agents for a subject; rule 3 knows clientApplications as the only other one.",
        _has_only_a_risk_of_agents,
        varied(REQUIRE_MFA, conditions__users=None, conditions__agentIdRiskLevels="high"),
    ),
    Difference(
        "enforced_restrictions_fit",
        "The collection is content when one application knows the restrictions, and when none is named; rule 17 speaks "
        "of applications that do not know them, and its source is not sure how far it goes.",
        _restricts_other_applications_too,
        varied(
            REQUIRE_MFA,
            conditions__applications__includeApplications=["Office365", "MicrosoftAdminPortals"],
            sessionControls=RESTRICTIONS,
        ),
    ),
    Difference(
        "settings_are_given",
        "The collection asks for no profile with a Global Secure Access filter; that the service does is not known.",
        lambda body: not _part(body, "sessionControls", "globalSecureAccessFilteringProfile").get("profileId"),
        varied(REQUIRE_MFA, sessionControls__globalSecureAccessFilteringProfile={"isEnabled": True}),
    ),
)

# What the collection refuses and the simulator does not.
STRICTER_COLLECTION = (
    Difference(
        "keywords_that_only_include",
        "Facts section 2.5 lists no such keywords for exclusions; what the service does with them is not known.",
        _excludes_what_only_includes,
        varied(REQUIRE_MFA, conditions__users__excludeUsers=["None"]),
    ),
    Difference(
        "exclusions_need_inclusions",
        "An exclusion from nothing is a mistake of its author; what the service does with it is not known.",
        _excludes_without_including,
        varied(REQUIRE_MFA, conditions__platforms={"excludePlatforms": ["windows"]}),
    ),
    Difference(
        "guests_have_types",
        "Tenants without types of guests say nothing; the documentation has them together, the service's answer to it "
        "is not known.",
        _names_tenants_of_no_guests,
        varied(
            REQUIRE_MFA,
            conditions__users__excludeGuestsOrExternalUsers={
                "guestOrExternalUserTypes": "none",
                "externalTenants": {
                    "@odata.type": "#microsoft.graph.conditionalAccessEnumeratedExternalTenants",
                    "membershipKind": "enumerated",
                    "members": ["11111111-2222-3333-4444-555555555555"],
                },
            },
        ),
    ),
    Difference(
        "workloads_are_included",
        "An exclusion from nothing again, of workload identities.",
        lambda body: all(name.startswith("exclude") for name in _part(body, "conditions", "clientApplications")),
        varied(
            BLOCK_WORKLOADS,
            conditions__clientApplications={"excludeServicePrincipals": ["ServicePrincipalsInMyTenant"]},
        ),
    ),
    Difference(
        "block_stands_alone",
        "Rule 15 does not name custom controls; they are grant controls like the others.",
        lambda body: bool(_part(body, "grantControls").get("customAuthenticationFactors")),
        varied(
            BLOCK_WORKLOADS,
            grantControls={"operator": "OR", "builtInControls": ["block"], "customAuthenticationFactors": ["Duo"]},
        ),
    ),
    Difference(
        "device_registration",
        "Rule 22 says which grant controls are possible; whether there must be one is not known.",
        lambda body: not _part(body, "grantControls"),
        varied(
            REGISTER_DEVICE,
            grantControls=None,
            sessionControls={"persistentBrowser": {"isEnabled": True, "mode": "never"}},
        ),
    ),
)
