# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether one policy surely applies to every sign-in that another one applies to.

What cannot be told from the two policies is not so.
"""

from __future__ import annotations

import typing as t

from .._evaluation.application_groups import is_in_group
from .._evaluation.matching_targets import REGISTER_SECURITY_INFORMATION
from .._evaluation.sign_in import Application
from .._policy.policy_view import PolicyView
from .._reconcile.shape import Json
from .selectors import EXCLUDE, GUESTS, INCLUDE, includes_everyone, is_within, keywords_of, selectors

# A sign-in has one value of these; more values in a policy reach more sign-ins.
_SETS = ("signInRiskLevels", "userRiskLevels", "insiderRiskLevels")
# What is in the narrower policy alone only narrows it further.
_NARROWING = ("devices", "servicePrincipalRiskLevels", "times")
# Nothing tells how these bear on other policies.
_OF_AGENTS = ("agents", "agentContext", "agentIdRiskLevels")
_OTHER_TARGETS = ("applicationFilter", "globalSecureAccess", "networkAccess")
_READ_KEYWORDS = frozenset({"All", "None", GUESTS})


def covers(wider: PolicyView, narrower: PolicyView) -> bool:
    """Whether *wider* applies whenever *narrower* does; policies for workload identities are not told."""
    if wider.workloads or narrower.workloads:
        return False
    return (
        _covers_users(wider.users, narrower.users)
        and _covers_targets(wider.applications, narrower.applications)
        and _has_all(wider.conditions, narrower.conditions, "clientAppTypes", "all")
        and _covers_range(wider.locations, narrower.locations, "Locations", "All")
        and _covers_range(wider.platforms, narrower.platforms, "Platforms", "all")
        and all(_covers_set(wider.conditions.get(name), narrower.conditions.get(name)) for name in _SETS)
        and _covers_set(_flows(wider), _flows(narrower))
        and all(_is_same_or_absent(wider.conditions.get(name), narrower.conditions.get(name)) for name in _NARROWING)
        and all(wider.conditions.get(name) == narrower.conditions.get(name) for name in _OF_AGENTS)
    )


def _covers_users(wider: Json, narrower: Json) -> bool:
    unread = {*keywords_of(narrower.get("includeUsers"))} - _READ_KEYWORDS
    if unread or {*keywords_of(wider.get("excludeUsers"))} - {GUESTS}:
        return False
    included, reached = selectors(narrower, INCLUDE), selectors(wider, INCLUDE)
    includes_all = includes_everyone(wider) or (
        bool(included) and not includes_everyone(narrower) and all(is_within(one, reached) for one in included)
    )
    left_out = selectors(narrower, EXCLUDE)
    return includes_all and all(is_within(one, left_out) for one in selectors(wider, EXCLUDE))


def _covers_targets(wider: Json, narrower: Json) -> bool:
    if wider == narrower:
        return True
    if any(wider.get(name) for name in _OTHER_TARGETS) or any(narrower.get(name) for name in _OTHER_TARGETS):
        return False
    contexts = "includeAuthenticationContextClassReferences"
    return (
        _covers_actions(wider, narrower)
        and set(narrower.get(contexts) or []) <= set(wider.get(contexts) or [])
        and _covers_applications(wider, narrower)
    )


def _covers_actions(wider: Json, narrower: Json) -> bool:
    """A policy for all resources is known to apply to the registration of security information, and to no other."""
    actions = set(narrower.get("includeUserActions") or [])
    is_for_all = "All" in (wider.get("includeApplications") or []) and not wider.get("excludeApplications")
    known = {REGISTER_SECURITY_INFORMATION} if is_for_all else set()
    return actions - known <= set(wider.get("includeUserActions") or [])


def _covers_applications(wider: Json, narrower: Json) -> bool:
    reached = wider.get("includeApplications") or []
    named = [one for one in narrower.get("includeApplications") or [] if one != "None"]
    left_out = narrower.get("excludeApplications") or []
    return all(_is_among(one, reached) for one in named) and all(
        _is_among(one, left_out) for one in wider.get("excludeApplications") or []
    )


def _is_among(application: str, listed: t.Sequence[str]) -> bool:
    if application == "AllAgentIdResources":
        return application in listed
    return (
        "All" in listed
        or application in listed
        or any(is_in_group(one, Application(application)).is_yes for one in listed)
    )


def _covers_range(wider: Json, narrower: Json, noun: str, every: str) -> bool:
    if not wider:
        return True
    left_out = set(narrower.get(f"exclude{noun}") or [])
    return _has_all(wider, narrower, f"include{noun}", every) and set(wider.get(f"exclude{noun}") or []) <= left_out


def _has_all(wider: Json, narrower: Json, name: str, every: str) -> bool:
    wanted, listed = set(narrower.get(name) or []), set(wider.get(name) or [])
    return every in listed or (bool(wanted) and wanted <= listed)


def _covers_set(wider: t.Sequence[str] | None, narrower: t.Sequence[str] | None) -> bool:
    return not wider or (bool(narrower) and set(narrower or ()) <= set(wider))


def _flows(view: PolicyView) -> t.Sequence[str] | None:
    return (view.conditions.get("authenticationFlows") or {}).get("transferMethods")


def _is_same_or_absent(wider: t.Any, narrower: t.Any) -> bool:
    return not wider or wider == narrower
