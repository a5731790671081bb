# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules about policies that another policy makes pointless."""

from __future__ import annotations

import json
import typing as t
from collections import defaultdict

from .._policy.policy_plan import CurrentPolicy
from .._policy.policy_view import PolicyView
from .covering import covers
from .finding import WARNING, Observation
from .linted_tenant import LintedTenant
from .reach import blocks

_MEANING = ("conditions", "grantControls", "sessionControls")


def duplicate_policies(tenant: LintedTenant) -> t.Iterator[Observation]:
    """Policies that differ in nothing but name and state."""
    alike: defaultdict[str, list[CurrentPolicy]] = defaultdict(list)
    for policy in tenant.live:
        alike[_meaning(policy)].append(policy)
    for policies in alike.values():
        if len(policies) > 1:
            yield Observation(
                WARNING,
                f"{len(policies)} policies have the same conditions and controls",
                "Keep one of them.",
                tuple(policies),
            )


def shadowed_by_block(tenant: LintedTenant) -> t.Iterator[Observation]:
    """A policy every sign-in of which another one surely blocks already."""
    blocking = [policy for policy in tenant.enforced if blocks(policy)]
    for policy in tenant.live:
        over = [one for one in blocking if one is not policy and _shadows(one, policy)]
        if over:
            yield Observation(
                WARNING,
                "every sign-in that the policy applies to is blocked already by "
                + ", ".join(repr(one.name) for one in over),
                "Remove it, or narrow the policy that blocks.",
                (policy,),
                "conditions",
                frozenset(one.identifier or one.name for one in over),
            )


def _shadows(block: CurrentPolicy, policy: CurrentPolicy) -> bool:
    return covers(PolicyView(block.content), PolicyView(policy.content)) and _meaning(block) != _meaning(policy)


def _meaning(policy: CurrentPolicy) -> str:
    return json.dumps({name: policy.content.get(name) for name in _MEANING}, sort_keys=True)
