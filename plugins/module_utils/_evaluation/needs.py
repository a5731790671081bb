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
    """Whether groups, roles, named locations and the owners of applications must be read, because a policy asks."""

    groups: bool
    roles: bool
    locations: bool
    owners: bool


def needs_of(tests: t.Sequence[SignInTest], policies: t.Iterable[EvaluatedPolicy]) -> Needs:
    """What *policies* ask of the people and places of *tests*; a role may be held through a group."""
    views = [policy.view for policy in policies]
    has_people = any(test.details.get("user") for test in tests)
    roles = has_people and any(view.users.get(name) for view in views for name in ("includeRoles", "excludeRoles"))
    groups = has_people and any(view.users.get(name) for view in views for name in ("includeGroups", "excludeGroups"))
    named = any(test.details.get("locations") for test in tests)
    placed = any(set(view.locations.get(name) or ()) - set(_KEYWORDS) for view in views for name in _LOCATIONS)
    grouped = any(set(view.applications.get(name) or ()) & set(GROUPS) for view in views for name in _APPLICATIONS)
    return Needs(groups=groups or roles, roles=roles, locations=named or placed, owners=grouped)
