# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which controls of CISA's secure cloud baseline hold in a tenant, and by which policies: a pure function."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, replace

from .._directory.roles import role_ids
from .._reconcile.shape import Json
from .assessment import NO, ONLY_REPORTED, YES
from .policy_plan import ENABLED, REPORT_ONLY, CurrentPolicy
from .secure_cloud_controls import (
    HIGHLY_PRIVILEGED_ROLES,
    Exemptions,
    blocks_legacy_authentication,
    requires_mfa_of_everyone,
    requires_phishing_resistant_mfa_of_roles,
)


@dataclass(frozen=True)
class Control:
    """A control of the baseline: its name there, what it asks, and whether an enforced policy meets it."""

    name: str
    title: str
    is_met_by: t.Callable[[CurrentPolicy, Exemptions], bool]


def _protects_roles(policy: CurrentPolicy, exempt: Exemptions) -> bool:
    return requires_phishing_resistant_mfa_of_roles(policy, role_ids(HIGHLY_PRIVILEGED_ROLES), exempt)


CONTROLS = (
    Control("MS.AAD.1.1v1", "Legacy authentication is blocked", blocks_legacy_authentication),
    Control("MS.AAD.3.2v2", "MFA is required of all users", requires_mfa_of_everyone),
    Control("MS.AAD.3.6v1", "Phishing-resistant MFA is required of highly privileged roles", _protects_roles),
)


def assess_controls(policies: t.Sequence[CurrentPolicy], exempt: Exemptions) -> list[Json]:
    """For each control whether it holds, and by which policies; a policy in report-only only reports.

    *exempt* is who may be left out: the emergency access accounts.
    """
    return [_assessed(control, policies, exempt) for control in CONTROLS]


def _assessed(control: Control, policies: t.Sequence[CurrentPolicy], exempt: Exemptions) -> Json:
    meeting = [policy for policy in policies if control.is_met_by(replace(policy, state=ENABLED), exempt)]
    enforced = [policy.name for policy in meeting if policy.is_enforced]
    reported = [policy.name for policy in meeting if policy.state == REPORT_ONLY]
    holds = YES if enforced else ONLY_REPORTED if reported else NO
    return {"control": control.name, "title": control.title, "holds": holds, "by": sorted(enforced or reported)}
