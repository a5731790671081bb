# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tenants to be linted, from policies as the service has them."""

from __future__ import annotations

import itertools
import typing as t
from datetime import UTC, datetime

from ansible_collections.m365.entra.plugins.module_utils._linting.finding import Finding
from ansible_collections.m365.entra.plugins.module_utils._linting.lint import lint
from ansible_collections.m365.entra.plugins.module_utils._linting.linted_tenant import LintedTenant
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import current_policy
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import BLOCK, ENABLED, stored

Json = dict[str, t.Any]

NOW = datetime(2026, 6, 1, tzinfo=UTC)
_NUMBERS = itertools.count(1)


def enforced(name: str = "Policy", **parts: t.Any) -> Json:
    """An enforced policy with an id of its own."""
    return stored(name, ENABLED, f"eeeeeeee-0000-4000-9000-{next(_NUMBERS):012x}", **parts)


def in_state(state: str, name: str = "Policy", **parts: t.Any) -> Json:
    """A policy in another state, with an id of its own."""
    return {**enforced(name, **parts), "state": state}


def legacy_block(**parts: t.Any) -> Json:
    """The policy that blocks legacy authentication."""
    given = {"clientAppTypes": ["exchangeActiveSync", "other"], "grant": BLOCK, **parts}
    return enforced("Block legacy authentication", **given)


def tenant(*policies: Json, **facts: t.Any) -> LintedTenant:
    """A tenant with these policies, of which nothing is known but *facts*."""
    return LintedTenant(tuple(current_policy(raw) for raw in policies), NOW, **facts)


def found(rule: str, *policies: Json, **facts: t.Any) -> list[Finding]:
    """What one rule finds."""
    return [one for one in lint(tenant(*policies, **facts)) if one.rule == rule]


def rules_found(*policies: Json, **facts: t.Any) -> set[str]:
    """Which rules find anything."""
    return {one.rule for one in lint(tenant(*policies, **facts))}
