# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A rule about exclusions that take away what the same policy includes: the exclusion always wins."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._evaluation.application_groups import is_in_group
from .._evaluation.matching_places import MFA_TRUSTED_IPS
from .._evaluation.sign_in import Application
from .._policy.policy_view import PolicyView
from .._reconcile.shape import Json
from .finding import ERROR, WARNING, Observation
from .linted_tenant import LintedTenant
from .selectors import EXCLUDE, GUEST, INCLUDE, is_within, keywords_of, selectors


@dataclass(frozen=True)
class _Swallowed:
    """What is included and excluded again under the option *path*, and whether anything is left."""

    path: str
    what: tuple[str, ...]
    leaves_some: bool


def exclusion_swallows_inclusion(tenant: LintedTenant) -> t.Iterator[Observation]:
    """What stands in an inclusion and, by itself or as part of more, in the exclusion beside it (facts 2.5, 2.10)."""
    for policy in tenant.live:
        view = PolicyView(policy.content)
        for found in (
            _users(view.users),
            _applications(view.applications),
            _locations(view.locations, tenant.trusted_locations),
            _platforms(view.platforms),
            _workloads(view.workloads),
        ):
            if found.what:
                what = ", ".join(tenant.named(one) for one in found.what)
                outcome = "" if found.leaves_some else ", and nothing else is included: the policy never applies"
                yield Observation(
                    WARNING if found.leaves_some else ERROR,
                    f"what is included is excluded again: {what}{outcome}",
                    "Take it out of one of the two lists.",
                    (policy,),
                    found.path,
                    frozenset(found.what),
                )


def _users(users: Json) -> _Swallowed:
    """Types of guests count together: all but some of them is a common way to say which are meant."""
    included, excluded = selectors(users, INCLUDE), selectors(users, EXCLUDE)
    guests = {one for one in included if one.kind == GUEST}
    void = {one for one in included - guests if is_within(one, excluded)}
    void |= guests if all(is_within(one, excluded) for one in guests) else set()
    others = set(keywords_of(users.get("includeUsers"))) - {"None", "GuestsOrExternalUsers"}
    return _Swallowed(
        "conditions.users", tuple(sorted({one.value for one in void})), bool(others) or void != set(included)
    )


def _applications(applications: Json) -> _Swallowed:
    included = [one for one in applications.get("includeApplications") or [] if one != "None"]
    excluded = applications.get("excludeApplications") or []
    void = [one for one in included if any(_is_part(one, other) for other in excluded)]
    filtered = (applications.get("applicationFilter") or {}).get("mode") == "include"
    traffic = bool(applications.get("globalSecureAccess") or applications.get("networkAccess"))
    return _swallowed("conditions.applications", included, void, filtered or traffic)


def _is_part(application: str, excluded: str) -> bool:
    return application == excluded or is_in_group(excluded, Application(application)).is_yes


def _locations(locations: Json, trusted: frozenset[str]) -> _Swallowed:
    excluded = set(locations.get("excludeLocations") or [])
    if "AllTrusted" in excluded:
        excluded |= trusted | {MFA_TRUSTED_IPS}
    return _with_keyword("conditions.locations", locations.get("includeLocations") or [], excluded, "All")


def _platforms(platforms: Json) -> _Swallowed:
    excluded = set(platforms.get("excludePlatforms") or [])
    return _with_keyword("conditions.platforms", platforms.get("includePlatforms") or [], excluded, "all")


def _with_keyword(path: str, included: t.Sequence[str], excluded: t.Collection[str], every: str) -> _Swallowed:
    return _swallowed(path, included, [one for one in included if one in excluded or every in excluded])


def _workloads(workloads: Json) -> _Swallowed:
    included = workloads.get("includeServicePrincipals") or []
    excluded = workloads.get("excludeServicePrincipals") or []
    void = [one for one in included if one in excluded]
    filtered = (workloads.get("servicePrincipalFilter") or {}).get("mode") == "include"
    agents = bool(workloads.get("includeAgentIdServicePrincipals") or workloads.get("agentIdServicePrincipalFilter"))
    return _swallowed("conditions.client_applications", included, void, filtered or agents)


def _swallowed(path: str, included: t.Sequence[str], void: t.Sequence[str], has_more: bool = False) -> _Swallowed:
    return _Swallowed(path, tuple(void), has_more or len(void) < len(included))
