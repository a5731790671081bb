# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All content rules, in the order in which they are checked."""

from __future__ import annotations

from collections.abc import Callable

from ...json_types import JsonObject
from ...profile import Profile
from . import filters, grants, names, selectors, sessions, workloads

Rule = Callable[[JsonObject, Profile], str | None]

RULES: tuple[Rule, ...] = (
    names.name_is_possible,
    selectors.client_app_types_are_given,
    selectors.applications_are_selected,
    selectors.one_application_selector,
    selectors.users_are_selected,
    selectors.keywords_stand_alone,
    selectors.guests_are_selected_one_way,
    filters.filters_are_complete,
    selectors.risk_types_are_separate,
    selectors.user_actions_are_enforced_or_off,
    selectors.device_registration_is_simple,
    workloads.workload_risk_needs_workloads,
    workloads.workload_policies_only_block,
    workloads.workload_policies_have_no_users,
    grants.some_control_is_given,
    grants.operator_is_known,
    grants.block_stands_alone,
    grants.strength_replaces_mfa,
    grants.password_change_is_complete,
    grants.risk_remediation_has_its_controls,
    grants.risk_remediation_fits_the_policy,
    grants.approved_application_is_retired,
    sessions.enforced_restrictions_fit,
    sessions.every_time_is_alone,
    sessions.period_is_possible,
    sessions.settings_are_given,
    sessions.continuous_evaluation_is_enforced_or_off,
)


def first_violation(policy: JsonObject, profile: Profile) -> str | None:
    """Return the text of the first rule that a canonical policy breaks."""
    return next((text for rule in RULES if (text := rule(policy, profile)) is not None), None)
