# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules for policies about workload identities (facts section 2.6, rule 26, and section 2.5)."""

from __future__ import annotations

import typing as t

from .._reconcile.fault import Fault
from .._reconcile.shape import snake_case
from .policy_view import PolicyView
from .rules_selectors import USER_SELECTORS

_WORKLOADS = "conditions.client_applications"
_USER_CONDITIONS = ("signInRiskLevels", "userRiskLevels", "insiderRiskLevels")

# Published exports carry it on policies about workload identities, so the service has accepted it there.
_HARMLESS_SESSION_CONTROLS = {"continuousAccessEvaluation"}


def workloads_are_only_blocked(view: PolicyView) -> t.Iterator[Fault]:
    """The only control for workload identities is block."""
    if not view.workloads:
        return
    if view.controls != ["block"]:
        yield Fault(
            "grant_controls.built_in_controls",
            "a policy for workload identities can only block",
            "Give built_in_controls: [block].",
        )
    if any(control for name, control in view.session.items() if name not in _HARMLESS_SESSION_CONTROLS):
        yield Fault("session_controls", "a policy for workload identities has no session controls", "Remove them.")


def workloads_are_included(view: PolicyView) -> t.Iterator[Fault]:
    """Exclusions of workload identities need something that they are excluded from."""
    if view.workloads and not any(value for name, value in view.workloads.items() if not name.startswith("exclude")):
        yield Fault(
            f"{_WORKLOADS}.include_service_principals",
            "a policy for workload identities names those that it applies to",
            "Give include_service_principals: [ServicePrincipalsInMyTenant], or their ids.",
        )


def workloads_are_no_users(view: PolicyView) -> t.Iterator[Fault]:
    """A policy is about workload identities or about users; agents stand between the two."""
    if not view.workloads or view.is_for_agents:
        return
    others = [name for name in USER_SELECTORS if view.users.get(name) and view.users[name] != ["None"]]
    if others:
        yield Fault(
            "conditions.users",
            f"a policy for workload identities has no users, but {' and '.join(map(snake_case, others))} are given",
            "Give include_users: [None], and make another policy for users.",
        )
    risks = [snake_case(name) for name in _USER_CONDITIONS if view.conditions.get(name)]
    if risks:
        yield Fault(
            "conditions",
            f"a policy for workload identities has no conditions on users, but {' and '.join(risks)} are given",
            "Use service_principal_risk_levels, or make another policy for users.",
        )


def workload_risk_needs_workloads(view: PolicyView) -> t.Iterator[Fault]:
    """The risk of service principals only means something where they are spoken of."""
    if view.conditions.get("servicePrincipalRiskLevels") and not view.workloads:
        yield Fault(
            "conditions.service_principal_risk_levels",
            f"the risk of service principals needs {_WORKLOADS}",
            "Give client_applications.include_service_principals.",
        )
