# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What policies do at every sign-in of those they are for, asked through the predicates of Step 1."""

from __future__ import annotations

import typing as t
from dataclasses import replace

from .._policy.policy_plan import CurrentPolicy
from .._policy.policy_view import PolicyView
from .._policy.requirements import requirements_of, requires_mfa_for_all_users
from .._policy.vocabulary import LEGACY_CLIENT_APP_TYPES
from .._reconcile.shape import Json

_EVERYONE: Json = {"includeUsers": ["All"]}
_MFA: Json = {"operator": "OR", "builtInControls": ["mfa"]}
_BLOCKS_LEGACY = next(one for one in requirements_of(()) if one.name == "legacy_authentication_blocked")


def with_conditions(policy: CurrentPolicy, **conditions: t.Any) -> CurrentPolicy:
    """The policy as if it had these conditions, in Graph's names."""
    changed = {**PolicyView(policy.content).conditions, **conditions}
    return replace(policy, content={**policy.content, "conditions": changed})


def blocks(policy: CurrentPolicy) -> bool:
    """Whether it lets nobody in to whom it applies."""
    return "block" in PolicyView(policy.content).controls


def requires_mfa_everywhere(policy: CurrentPolicy) -> bool:
    """Whether nobody whom it is for gets in anywhere without MFA, under any conditions; to block is enough."""
    for_all = with_conditions(policy, users=_EVERYONE)
    if blocks(policy):
        for_all = replace(for_all, content={**for_all.content, "grantControls": _MFA})
    return requires_mfa_for_all_users(for_all)


def legacy_clients_blocked(policy: CurrentPolicy) -> set[str]:
    """The kinds of legacy clients that it blocks for all users everywhere."""
    listed = set(PolicyView(policy.content).conditions.get("clientAppTypes") or [])
    covered = set(LEGACY_CLIENT_APP_TYPES) if "all" in listed else listed & set(LEGACY_CLIENT_APP_TYPES)
    as_both = with_conditions(policy, clientAppTypes=list(LEGACY_CLIENT_APP_TYPES))
    return covered if covered and _BLOCKS_LEGACY.meets(as_both) else set()
