# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can be read of self-service password reset without the portal (facts sections 6.1 and 9.1)."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._graph.session import Session
from .._reconcile.shape import Json
from . import needs
from .enabled_group import GroupComparison, read_comparison
from .methods_policy import read_methods_policy
from .reading import Read, attempt, given_or, lacking, problems
from .reset_activity import ResetActivity, read_activity
from .users_in_report import NAME, FeatureCounts, read_counts


@dataclass(frozen=True)
class PasswordResetEvidence:
    """What was read, each part with the reason where it was not.

    *users* counts ordinary users: members who are no administrators. *group* compares the enabled ones with a group, if
    one was asked for.
    """

    users: Read[FeatureCounts]
    methods_policy: Read[Json]
    activity: Read[ResetActivity]
    group: Read[GroupComparison] | None = None

    @property
    def reads(self) -> list[Read[t.Any]]:
        """All parts."""
        return [self.users, self.methods_policy, self.activity, *([self.group] if self.group else [])]

    def to_result(self) -> Json:
        """The evidence as JSON values; *permissions* would prove more, *problems* say what is missing and why."""
        counts = self.users.value
        policy = self.methods_policy.value
        return {
            "users": _counts_result(counts) if counts else None,
            "group": self.group.value.to_result() if self.group and self.group.value else None,
            "policy_migration_state": policy.get("policyMigrationState") if policy else None,
            "resets": self.activity.value.to_result() if self.activity.value else None,
            "permissions": lacking(*self.reads),
            "problems": problems(*self.reads),
        }


def _counts_result(counts: FeatureCounts) -> Json:
    return {
        "total": counts.total,
        "enabled": counts.password_reset_enabled,
        "registered": counts.password_reset_registered,
        "capable": counts.password_reset_capable,
    }


def read_password_reset_evidence(
    session: Session, *, group: str | None = None, methods_policy: Json | None = None, reads_audit_log: bool = True
) -> PasswordResetEvidence:
    """Read the evidence; nothing is written, and missing permissions and licences are told and no failure.

    *group* is the id of the group whose users shall be able to reset their passwords, where that is wanted: then
    the report is paged through, ids only. The audit log only supports an answer, so that it need not be read. The
    *methods_policy* that the caller hands over, in Graph's names with its methods in line, is not read again; it may be
    the one that will be.
    """
    users = attempt(session, needs.READ_REPORT, NAME, lambda: read_counts(session, "member", "user"))
    return PasswordResetEvidence(
        users=users,
        methods_policy=given_or(methods_policy, lambda: read_methods_policy(session)),
        activity=read_activity(session) if reads_audit_log else Read(),
        group=_comparison(session, group, users),
    )


def _comparison(session: Session, group: str | None, users: Read[FeatureCounts]) -> Read[GroupComparison] | None:
    if group is None:
        return None
    if users.problem:
        return Read(problem=users.problem, is_unlicensed=users.is_unlicensed, lacks=users.lacks)
    return read_comparison(session, group.lower())
