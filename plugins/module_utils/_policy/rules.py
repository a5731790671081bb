# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules that the service enforces on a whole policy, checked before anything is sent (facts section 2.6).

Each rule is a function from a canonical policy to the faults it finds. What is only a recommendation, or whose
enforcement nobody could verify, is told as advice instead (advice.py). References to other objects are the
directory's to check, the licence and the limit of policies are guards.
"""

from __future__ import annotations

import typing as t

from .._reconcile.fault import Fault, refuse_faults
from .._reconcile.shape import Json
from . import rules_controls as controls
from . import rules_selectors as selectors
from . import rules_sessions as sessions
from . import rules_workloads as workloads
from .policy_view import PolicyView

Rule = t.Callable[[PolicyView], t.Iterator[Fault]]

RULES: tuple[Rule, ...] = (
    selectors.needs_a_name,
    selectors.needs_a_target,
    selectors.needs_a_subject,
    selectors.keywords_stand_alone,
    selectors.keywords_that_only_include,
    selectors.exclusions_need_inclusions,
    selectors.guests_have_types,
    selectors.authentication_contexts_exist,
    selectors.filters_have_rules,
    selectors.placeholders_of_templates,
    workloads.workloads_are_only_blocked,
    workloads.workloads_are_included,
    workloads.workloads_are_no_users,
    workloads.workload_risk_needs_workloads,
    controls.needs_a_control,
    controls.block_stands_alone,
    controls.mfa_or_strength,
    controls.retired_controls,
    controls.password_change,
    controls.risk_remediation,
    controls.device_registration,
    sessions.sign_in_frequency,
    sessions.enforced_restrictions,
    sessions.persistent_browser,
)


def faults_of(policy: Json) -> list[Fault]:
    """Every broken rule of a canonical policy."""
    view = PolicyView(policy)
    return [fault for rule in RULES for fault in rule(view)]


def check_rules(policy: Json, option: str) -> None:
    """Raise one OptionError that names every broken rule of a canonical policy; *option* leads each path."""
    refuse_faults(faults_of(policy), option)
