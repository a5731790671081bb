# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which facts of a directory a set of policies makes worth reading."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .application_groups import GROUPS
from .evaluated_policy import EvaluatedPolicy
from .sign_in_test import SignInTest

_LOCATIONS = ("includeLocations", "excludeLocations")
_APPLICATIONS = ("includeApplications", "excludeApplications")
_KEYWORDS = ("All",)


@dataclass(frozen=True)
class Needs:
    """Whether groups, roles and the owners of applications must be read, because a policy asks."""

    groups: bool
    roles: bool
    owners: bool


def needs_locations(tests: t.Iterable[SignInTest], policies: t.Iterable[EvaluatedPolicy]) -> bool:
    """Whether named locations must be read, because a policy asks for one or a test names one."""
    locations = [policy.view.locations for policy in policies]
    named = any(test.details.get("locations") for test in tests)
    return named or any(set(one.get(name) or ()) - set(_KEYWORDS) for one in locations for name in _LOCATIONS)


def needs_of(policies: t.Iterable[EvaluatedPolicy], users: t.AbstractSet[str]) -> Needs:
    """What *policies* ask of the named *users*, given by id, and of applications; a role may be held through a group.

    A policy that leaves all of these users out by their ids asks nothing of them.
    """
    views = [policy.view for policy in policies]
    of_people = [view.users for view in views if not users <= set(view.users.get("excludeUsers") or ())]
    roles = any(one.get(name) for one in of_people for name in ("includeRoles", "excludeRoles"))
    groups = any(one.get(name) for one in of_people for name in ("includeGroups", "excludeGroups"))
    grouped = any(set(view.applications.get(name) or ()) & set(GROUPS) for view in views for name in _APPLICATIONS)
    return Needs(groups=groups or roles, roles=roles, owners=grouped)
