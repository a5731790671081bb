# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules about one policy by itself that the rest of the collection knows already: advice, and a retired control."""

from __future__ import annotations

import typing as t

from .._policy import advice
from .._policy.policy_plan import CurrentPolicy
from .._policy.policy_view import PolicyView
from .._policy.rules_controls import retired_controls
from .._reconcile.fault import Fault
from .finding import ERROR, INFORMATION, WARNING, Observation
from .linted_tenant import LintedTenant

Check = t.Callable[[LintedTenant], t.Iterator[Observation]]
Faults = t.Callable[[PolicyView], t.Iterator[Fault]]


def _in_live_policies(severity: str, faults: Faults) -> Check:
    def check(tenant: LintedTenant) -> t.Iterator[Observation]:
        yield from _observed(tenant.live, severity, faults)

    return check


def _in_report_only(severity: str, faults: Faults) -> Check:
    def check(tenant: LintedTenant) -> t.Iterator[Observation]:
        yield from _observed(tenant.reported, severity, faults)

    return check


def _observed(policies: t.Iterable[CurrentPolicy], severity: str, faults: Faults) -> t.Iterator[Observation]:
    for policy in policies:
        for fault in faults(PolicyView(policy.content)):
            yield Observation(severity, fault.rule, fault.remedy, (policy,), fault.path)


RULES: dict[str, Check] = {
    "retired_control": _in_live_policies(ERROR, retired_controls),
    "sign_in_and_user_risk_together": _in_live_policies(WARNING, advice.both_risks),
    "persistent_browser_for_some_applications": _in_live_policies(WARNING, advice.persistent_browser_for_some),
    "application_protection_on_desktops": _in_live_policies(WARNING, advice.application_protection_on_desktops),
    "policy_reaches_nobody": _in_live_policies(WARNING, advice.reaches_nobody),
    "restrictions_for_other_applications": _in_live_policies(INFORMATION, advice.restrictions_for_others),
    "guests_said_twice": _in_live_policies(INFORMATION, advice.guests_said_twice),
    "continuous_access_evaluation_in_report_only": _in_report_only(WARNING, advice.access_evaluation_in_report_only),
    "user_action_in_report_only": _in_report_only(INFORMATION, advice.user_actions_in_report_only),
}
