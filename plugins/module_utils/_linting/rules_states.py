# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules about the states and names of policies."""

from __future__ import annotations

import typing as t
from collections import defaultdict
from datetime import timedelta

from .._policy.policy_plan import DISABLED, CurrentPolicy
from .finding import INFORMATION, WARNING, Observation
from .linted_tenant import LintedTenant


def report_only_too_long(tenant: LintedTenant) -> t.Iterator[Observation]:
    """Report-only that was forgotten (user pains, 19): since its last change a policy has had its state."""
    for policy in tenant.reported:
        changed = tenant.last_changed.get(policy.identifier)
        if changed and tenant.now - changed >= timedelta(days=tenant.report_only_days):
            yield Observation(
                WARNING,
                f"the policy has been in report-only mode for {(tenant.now - changed).days} days or longer",
                "Enforce it, or remove it if it is not meant to be enforced.",
                (policy,),
                "policy_state",
            )


def disabled_policy(tenant: LintedTenant) -> t.Iterator[Observation]:
    """A disabled policy protects nothing and counts towards the limit of policies (facts section 2.6, rule 30)."""
    for policy in tenant.policies:
        if policy.state == DISABLED:
            yield Observation(
                INFORMATION, "the policy is disabled", "Remove it if nobody needs it.", (policy,), "policy_state"
            )


def name_used_twice(tenant: LintedTenant) -> t.Iterator[Observation]:
    """Names need not be unique, and then mean no policy (facts section 2.4)."""
    by_name: defaultdict[str, list[CurrentPolicy]] = defaultdict(list)
    for policy in tenant.policies:
        by_name[policy.name].append(policy)
    for policies in by_name.values():
        if len(policies) > 1:
            yield Observation(
                WARNING,
                f"{len(policies)} policies have the same name, so that the name means none of them",
                "Rename all but one, by their ids.",
                tuple(policies),
                "display_name",
            )
