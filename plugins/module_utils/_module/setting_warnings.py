# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a person should know of settings besides what was done to them."""

from __future__ import annotations

import typing as t

from .._resources.authentication_method_configuration import NOUN as METHOD
from .._resources.per_user_mfa_setting import PerUserMfaPlan
from .._resources.setting_options import beta_uses
from .._resources.settings import SETTINGS
from .._resources.tenant_settings import TenantSettings
from .._settings.authentication_method_kinds import ENABLED
from .._settings.setting_plan import SettingPlan

_NAMED_AT_MOST = 20


def setting_warnings(settings: TenantSettings) -> list[str]:
    """Everything about settings that is worth a warning, in one sentence each."""
    return [
        *_beta(settings.plans),
        *(_turned_off(plan) for plan in settings.plans if _is_turned_off(plan)),
        *(_loses_people(plan) for plan in settings.plans if _lost(plan) and not _is_turned_off(plan)),
        *(_left_alone(settings.per_user_mfa) if settings.per_user_mfa else ()),
    ]


def portal_warning(label: str) -> str:
    """What everybody must know who uses the lane portal, also when the run fails."""
    return (
        f"ATTENTION: lane: portal reads and writes {label} through a service of the portal that Microsoft neither "
        "documents nor supports for programs, as the signed-in person; it may change or end at any time."
    )


def _beta(plans: t.Iterable[SettingPlan]) -> list[str]:
    uses = [use for plan in plans for use in beta_uses(SETTINGS[plan.noun], plan.desired)]
    return [f"Graph's beta endpoint, which may change at any time, is used for: {', '.join(uses)}."] if uses else []


def _is_turned_off(plan: SettingPlan) -> bool:
    was_on = plan.noun == METHOD and plan.before.get("state") == ENABLED
    return was_on and (plan.content is None or plan.content["state"] != ENABLED)


def _turned_off(plan: SettingPlan) -> str:
    return (
        f"The authentication method {plan.name!r} is turned off: who has registered nothing else can no longer sign in "
        "where MFA is required; registration_info shows which methods people have."
    )


def _lost(plan: SettingPlan) -> list[str]:
    """The ids of groups that lose an enabled method, or are excluded from it."""
    states = (plan.before.get("state"), (plan.content or {}).get("state"))
    if plan.noun != METHOD or plan.content is None or states != (ENABLED, ENABLED):
        return []
    before, after = plan.before, plan.content
    left = _ids(before["includeTargets"]) - _ids(after["includeTargets"])
    return sorted(left | (_ids(after["excludeTargets"]) - _ids(before["excludeTargets"])))


def _ids(targets: t.Iterable[t.Mapping[str, t.Any]]) -> set[str]:
    return {str(target["id"]) for target in targets}


def _loses_people(plan: SettingPlan) -> str:
    return (
        f"The authentication method {plan.name!r} is taken from some: who has registered nothing else can no longer "
        "sign in where MFA is required; the plan shows which targets leave or are excluded."
    )


def _left_alone(plan: PerUserMfaPlan) -> list[str]:
    warnings = []
    if plan.left_alone:
        names = ", ".join(one.user_principal_name for one in plan.left_alone[:_NAMED_AT_MOST])
        more = len(plan.left_alone) - _NAMED_AT_MOST
        warnings.append(
            f"Per-user MFA stays on for {len(plan.left_alone)} users, of whom nothing else would require MFA: {names}"
            f"{f' and {more} more' if more > 0 else ''}; the result says why."
        )
    if plan.not_asked:
        warnings.append(
            f"{plan.not_asked} more users were not asked for their per-user MFA; raise maximum_users, or name users or "
            "groups."
        )
    return warnings
