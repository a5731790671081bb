# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The methods that remain: somebody must be able to meet a requirement of MFA."""

from __future__ import annotations

import typing as t

from .._graph.errors import GuardRefused
from .._reconcile.shape import Json
from .authentication_method_kinds import ENABLED, EXTERNAL, kind_of
from .setting_plan import CurrentSetting, SettingPlan

NOUN = "authentication_method_configuration"
_MIGRATION = "policyMigrationState"
_COMPLETE = "migrationComplete"


def refuse_without_second_factor(plans: t.Iterable[SettingPlan], existing: t.Sequence[CurrentSetting]) -> None:
    """Raise GuardRefused when *plans* leave no method with which anybody can meet a requirement of MFA.

    *existing* are all methods as they are. Where there was none before, the legacy settings may allow some - until the
    migration from them is completed.
    """
    plans = list(plans)
    losing = [plan for plan in plans if plan.noun == NOUN and plan.is_changed]
    after = {one.identifier: one.content for one in existing}
    for plan in losing:
        after[plan.current.identifier if plan.current else plan.name] = plan.content or {}
    had_one = any(_is_second_factor(one.identifier, one.content) for one in existing)
    completing = [plan for plan in plans if _completes_migration(plan)]
    has_one = any(_is_second_factor(identifier, content) for identifier, content in after.items())
    if (had_one or completing) and not has_one:
        names = ", ".join(plan.name for plan in (*losing, *completing))
        first = next(iter([*losing, *completing]))
        raise GuardRefused(
            f"{first.desired.option or first.noun}: after this no method would be left with which users can meet a "
            f"requirement of MFA; what changes: {names}.",
            remedy="Enable another method, such as MicrosoftAuthenticator or Fido2, in the same run or before. Nothing "
            "was written.",
        )


def _completes_migration(plan: SettingPlan) -> bool:
    """Whether from this plan on the legacy settings of MFA and password reset no longer count."""
    before, after = plan.before.get(_MIGRATION), (plan.content or {}).get(_MIGRATION)
    return after == _COMPLETE and before != _COMPLETE


def _is_second_factor(identifier: str, content: Json) -> bool:
    """Whether somebody can meet a requirement of MFA with a method: it is one for that, it is on, and for somebody."""
    kind = kind_of(identifier)
    # A kind that is not known has no id of a known one, and no part of an external method either.
    can_be = kind.is_second_factor and (kind is not EXTERNAL or "external" in content)
    return can_be and content.get("state") == ENABLED and bool(content["includeTargets"])
