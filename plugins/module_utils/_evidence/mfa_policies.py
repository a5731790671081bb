# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Conditional Access policies that make users register for MFA, and those that guard the registration."""

from __future__ import annotations

import typing as t

from .._directory.roles import DIRECTORY_SYNCHRONIZATION_ACCOUNTS
from .._policy.policy_plan import REPORT_ONLY, CurrentPolicy
from .._policy.policy_view import PolicyView
from .._policy.requirements import requires_mfa_for_all_users
from .._policy.vocabulary import USER_ACTIONS
from .._reconcile.shape import Json

_REGISTER = USER_ACTIONS[0]


def forcing_policies(policies: t.Iterable[CurrentPolicy]) -> list[CurrentPolicy]:
    """The enforced policies that ask all users for MFA everywhere: who has not registered must do so to get in."""
    return [one for one in policies if one.is_enforced and requires_mfa_for_all_users(one)]


def reporting_policies(policies: t.Iterable[CurrentPolicy]) -> list[CurrentPolicy]:
    """The policies that would, but are in report-only."""
    return [one for one in policies if one.state == REPORT_ONLY and requires_mfa_for_all_users(one)]


def guarding_policies(policies: t.Iterable[CurrentPolicy]) -> list[CurrentPolicy]:
    """The enforced policies for the registration of security information (facts section 5.4)."""
    return [
        one
        for one in policies
        if one.is_enforced and _REGISTER in (PolicyView(one.content).applications.get("includeUserActions") or [])
    ]


def unexpected_exclusions(policy: CurrentPolicy, expected: t.Collection[str]) -> Json:
    """Whom the policy leaves out besides *expected* ids and synchronization accounts, which nobody signs in with.

    Returns the kinds that are not empty of ``{"users", "groups", "roles", "guests"}``, with sorted values.
    """
    users = PolicyView(policy.content).users
    guests = (users.get("excludeGuestsOrExternalUsers") or {}).get("guestOrExternalUserTypes") or []
    found = {
        "users": set(users.get("excludeUsers") or []) - set(expected),
        "groups": set(users.get("excludeGroups") or []) - set(expected),
        "roles": set(users.get("excludeRoles") or []) - {DIRECTORY_SYNCHRONIZATION_ACCOUNTS},
        "guests": set(guests),
    }
    return {kind: sorted(values) for kind, values in found.items() if values}


def policy_result(policy: CurrentPolicy, expected: t.Collection[str]) -> Json:
    """A policy as JSON values, with whom it leaves out unexpectedly."""
    return {
        "id": policy.identifier,
        "name": policy.name,
        "unexpected_exclusions": unexpected_exclusions(policy, expected),
    }
