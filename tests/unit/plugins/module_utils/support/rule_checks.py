# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One rule applied to one policy, and the rules of a file."""

from __future__ import annotations

import typing as t
from types import ModuleType

from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_view import PolicyView
from ansible_collections.m365.entra.plugins.module_utils._policy.rules import RULES
from ansible_collections.m365.entra.plugins.module_utils._reconcile.fault import Fault


def rule_names(rules: ModuleType) -> set[str]:
    """The names of the rules that come from one file."""
    return {rule.__name__ for rule in RULES if rule.__module__ == rules.__name__}


def faults(rules: ModuleType, name: str, raw: dict[str, t.Any]) -> list[Fault]:
    """What one rule finds in a policy as the service would give it."""
    return list(getattr(rules, name)(PolicyView(canonical_policy(raw))))
