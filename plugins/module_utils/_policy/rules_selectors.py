# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules for whom and what a policy applies to (facts sections 2.5 and 2.6)."""

from __future__ import annotations

import re
import typing as t

from .._reconcile.canonical import is_guid
from .._reconcile.fault import Fault
from .._reconcile.shape import Json, snake_case
from .policy_view import PolicyView

USERS = "conditions.users"
APPLICATIONS = "conditions.applications"

USER_SELECTORS = ("includeUsers", "includeGroups", "includeRoles", "includeGuestsOrExternalUsers")
GUEST_CONDITIONS = ("includeGuestsOrExternalUsers", "excludeGuestsOrExternalUsers")
_APPLICATION_SELECTORS = ("includeApplications", "includeUserActions", "includeAuthenticationContextClassReferences")
_TRAFFIC_PROFILES = ("globalSecureAccess", "networkAccess")

_LONGEST_NAME = 256
_CONTEXT_LIKE = re.compile(r"c\d+", re.IGNORECASE)
_CONTEXT = re.compile(r"c[1-9][0-9]?")


def needs_a_name(view: PolicyView) -> t.Iterator[Fault]:
    """A policy has a name of at most 256 characters."""
    name = view.policy["displayName"] or ""
    if not name:
        yield Fault("display_name", "a policy needs a name", "Give display_name.")
    elif len(name) > _LONGEST_NAME:
        yield Fault("display_name", f"a name has at most {_LONGEST_NAME} characters", "Shorten it.")


def needs_a_target(view: PolicyView) -> t.Iterator[Fault]:
    """Exactly one kind of application selector (rules 2 and 5); an including filter may stand for applications."""
    given = [snake_case(name) for name in _APPLICATION_SELECTORS if view.applications.get(name)]
    if not given and not _is_targeted_otherwise(view.applications):
        yield Fault(
            APPLICATIONS,
            "a policy needs applications, a user action or an authentication context",
            "Give include_applications: [All], or [None] to begin with.",
        )
    elif len(given) > 1:
        yield Fault(APPLICATIONS, f"{' and '.join(given)} exclude each other", "Make one policy for each.")


def _is_targeted_otherwise(applications: Json) -> bool:
    including = (applications.get("applicationFilter") or {}).get("mode") == "include"
    return including or any(applications.get(name) for name in _TRAFFIC_PROFILES)


def needs_a_subject(view: PolicyView) -> t.Iterator[Fault]:
    """Users or workload identities (rule 3)."""
    if view.workloads or view.is_for_agents or any(view.users.get(name) for name in USER_SELECTORS):
        return
    yield Fault(
        USERS,
        "a policy needs users, groups, roles or guests that it applies to",
        "Give include_users, include_groups, include_roles or include_guests_or_external_users.",
    )


def keywords_stand_alone(view: PolicyView) -> t.Iterator[Fault]:
    """All and None are not mixed with other values in one list (rule 6); None may stand beside other lists."""
    lists = (
        (f"{USERS}.include_users", view.users.get("includeUsers")),
        (f"{APPLICATIONS}.include_applications", view.applications.get("includeApplications")),
        ("conditions.locations.include_locations", view.locations.get("includeLocations")),
        ("conditions.platforms.include_platforms", view.platforms.get("includePlatforms")),
        ("conditions.client_app_types", view.conditions.get("clientAppTypes")),
    )
    for path, values in lists:
        alone = {"All", "None", "all"} & set(values or [])
        if alone and len(values or []) > 1:
            yield Fault(
                path, f"{' and '.join(sorted(alone))} cannot stand beside other values", "Leave the others out."
            )


def keywords_that_only_include(view: PolicyView) -> t.Iterator[Fault]:
    """None is no user to exclude, and neither All nor None are applications to exclude (facts section 2.5)."""
    lists = (
        (f"{USERS}.exclude_users", view.users.get("excludeUsers"), {"None"}),
        (f"{APPLICATIONS}.exclude_applications", view.applications.get("excludeApplications"), {"All", "None"}),
    )
    for path, values, keywords in lists:
        for keyword in sorted(keywords & set(values or [])):
            yield Fault(path, f"{keyword} cannot be excluded", "Remove it, or disable the policy.")


def exclusions_need_inclusions(view: PolicyView) -> t.Iterator[Fault]:
    """What is excluded must have been included first: an exclusion alone would reach nobody or everybody."""
    exclusions = (
        (APPLICATIONS, view.applications, "Applications", "[All]"),
        ("conditions.locations", view.locations, "Locations", "[All]"),
        ("conditions.platforms", view.platforms, "Platforms", "[all]"),
    )
    for path, condition, noun, everything in exclusions:
        if not condition.get(f"exclude{noun}") or condition.get(f"include{noun}"):
            continue
        if condition is view.applications and _is_targeted_otherwise(condition):
            continue
        included = snake_case(f"include{noun}")
        yield Fault(
            f"{path}.{snake_case(f'exclude{noun}')}",
            f"exclusions need {included}",
            f"Give {included}: {everything}, or remove the exclusions.",
        )


def guests_have_types(view: PolicyView) -> t.Iterator[Fault]:
    """A condition on guests says which types, and names home tenants by their ids (facts section 2.5)."""
    for name in GUEST_CONDITIONS:
        guests = view.users.get(name) or {}
        path = f"{USERS}.{snake_case(name)}"
        if guests and not guests["guestOrExternalUserTypes"]:
            yield Fault(
                f"{path}.guest_or_external_user_types",
                "a condition on guests needs at least one type of guest",
                "Give the types, or remove the condition.",
            )
        members = (guests.get("externalTenants") or {}).get("members") or []
        strange = [str(member) for member in members if not is_guid(str(member))]
        if strange:
            yield Fault(
                f"{path}.external_tenants.members",
                f"{', '.join(strange)}: a home tenant is named by its id",
                "Give each tenant's GUID.",
            )


def authentication_contexts_exist(view: PolicyView) -> t.Iterator[Fault]:
    """The ids of authentication contexts go from c1 to c99 (facts section 3.3); what is no id may be a name."""
    given = view.applications.get("includeAuthenticationContextClassReferences") or []
    wrong = [one for one in given if _CONTEXT_LIKE.fullmatch(one) and not _CONTEXT.fullmatch(one)]
    if wrong:
        yield Fault(
            f"{APPLICATIONS}.include_authentication_context_class_references",
            f"{', '.join(wrong)}: the ids of authentication contexts go from c1 to c99",
            "Give one of them.",
        )


def filters_have_rules(view: PolicyView) -> t.Iterator[Fault]:
    """A filter has a mode and a rule (rule 29)."""
    filters = (
        ("conditions.devices.device_filter", (view.conditions.get("devices") or {}).get("deviceFilter")),
        (f"{APPLICATIONS}.application_filter", view.applications.get("applicationFilter")),
        ("conditions.client_applications.service_principal_filter", view.workloads.get("servicePrincipalFilter")),
        (
            "conditions.client_applications.agent_id_service_principal_filter",
            view.workloads.get("agentIdServicePrincipalFilter"),
        ),
    )
    for path, value in filters:
        if value and not (value["mode"] and value["rule"]):
            yield Fault(path, "a filter needs a mode and a rule", "Give both.")


def placeholders_of_templates(view: PolicyView) -> t.Iterator[Fault]:
    """Microsoft's templates carry a text where an id belongs (rule 32)."""
    if any("current administrator" in value.lower() for value in view.users.get("excludeUsers") or []):
        yield Fault(
            f"{USERS}.exclude_users",
            "the template's text about the current administrator is no user",
            "Put the emergency access accounts in its place.",
        )
