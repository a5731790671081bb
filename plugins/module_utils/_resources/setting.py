# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What there is to say of a kind of setting: how it is read, what form it has, how it is written."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._graph.api_versions import V1
from .._guard.permissions import Requirement
from .._reconcile.action import UPDATE, Action, Expectation
from .._reconcile.canonical import canonical
from .._reconcile.created import with_created
from .._reconcile.shape import Json, Part
from .._settings.setting_plan import CurrentSetting, DesiredSetting, SettingPlan, wanted_setting
from .settings_reader import SettingsReader

Existing = t.Sequence[CurrentSetting]
Actions = t.Callable[["Setting", SettingPlan, str], Action]


def _no_check(content: Json, option: str) -> None:
    """Nothing can be wrong with it that its form does not say."""


@dataclass(frozen=True)
class Setting:
    """A kind of setting.

    *noun* is its module, *label* what people call it. *read* gives all of the kind; *plan* what is to happen to one,
    *action* the write of that (through a version of Graph). *options* is the form of its options. *check* holds a
    wanted whole content against the service's rules and raises OptionError; its second argument is the option path.
    *check_given* does so for what was given alone, before anything is read.
    *opens* says of a plan whether it gives people more than they had: that comes before policies ask for it, all else
    after them. *tier* is the licence that a plan needs: free, p1 or p2. *clouds_without* are the
    clouds that do not have it.
    """

    noun: str
    label: str
    options: Part
    read: t.Callable[[SettingsReader], tuple[CurrentSetting, ...]]
    plan: t.Callable[[Setting, DesiredSetting, Existing], SettingPlan]
    action: Actions
    read_permissions: tuple[Requirement, ...]
    write_permissions: tuple[Requirement, ...]
    check: t.Callable[[Json, str], None] = _no_check
    check_given: t.Callable[[Json, str], None] = _no_check
    opens: t.Callable[[SettingPlan], bool] = lambda plan: False
    tier: t.Callable[[SettingPlan], str] = lambda plan: "free"
    clouds_without: tuple[str, ...] = ()

    def expectation(self, plan: SettingPlan) -> Expectation:
        """What must be read back: the members that change, because others may be changed by somebody else meanwhile."""
        identifier = plan.current.identifier if plan.current else None
        return Expectation(self.noun, plan.key, plan.name, identifier, _changed_members(plan))

    def unmet(self, expectations: t.Sequence[Expectation], found: Existing, created: t.Mapping[str, str]) -> list[str]:
        """Which of *expectations* the settings *found* do not meet, in words."""
        by_id = {one.identifier.lower(): one for one in found}
        problems: list[str] = []
        for expected in expectations:
            identifier = expected.object_id if expected.object_id is not None else created.get(expected.key, "")
            problem = _problem(expected, by_id.get(identifier.lower()), created)
            if problem:
                problems.append(f"{self.label} {expected.name!r} {problem}")
        return problems


def _changed_members(plan: SettingPlan) -> Json | None:
    if plan.content is None:
        return None
    return {name: value for name, value in plan.content.items() if value != plan.before.get(name)}


def _problem(expected: Expectation, found: CurrentSetting | None, created: t.Mapping[str, str]) -> str:
    if expected.value is None:
        return "is still there" if found else ""
    if found is None:
        return "is not there"
    # Groups that this run has made have their ids only now.
    planned = canonical(found.shape, {**found.content, **with_created(expected.value, created)})
    return "" if found.content == planned else "is not as planned"


def plan_singleton(setting: Setting, desired: DesiredSetting, existing: Existing) -> SettingPlan:
    """The plan for a setting of which there is exactly one. Raises OptionError when it would break a rule."""
    current = existing[0]
    content = wanted_setting(current.shape, desired, current)
    plan = SettingPlan(setting.noun, current.name, desired, current.shape, current, content)
    if plan.is_changed:
        setting.check(content, desired.option)
    return plan


def update_action(
    setting: Setting, plan: SettingPlan, path: str, bodies: tuple[Json, Json], api_version: str = V1
) -> Action:
    """The action that sends the first of *bodies* to *path*; the second takes it back."""
    body, back = bodies
    reason = f"the {setting.label} differs from what is wanted"

    def patch(reason: str, content: Json, undo: Action | None = None) -> Action:
        return Action(
            UPDATE,
            setting.noun,
            plan.key,
            plan.name,
            path,
            reason,
            content,
            is_singleton=True,
            changes=() if undo is None else tuple(plan.changes),
            undo=undo,
            api_version=api_version,
        )

    return patch(reason, body, patch("take back", back))
