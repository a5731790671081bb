# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a run reads of registration for all that speaks of it, each thing once."""

from __future__ import annotations

import typing as t

from .._evidence import needs
from .._evidence.methods_policy import read_methods_policy
from .._evidence.reading import attempt
from .._evidence.users_in_report import NAME, read_counts
from .._graph.session import Session
from .._policy.step_results import NOT_READ, Registered
from .._resources.outcome import Outcome
from .verdicts import Known, WantedVerdict


def known_after(session: Session, outcome: Outcome, verdicts: t.Sequence[WantedVerdict]) -> Known:
    """The counts of all users, and the authentication methods policy where a verdict rests on it.

    What keeps them from us is part of the answer and no failure.
    """
    users = attempt(session, needs.READ_REPORT, NAME, lambda: read_counts(session))
    policy = outcome.settings.planned_methods_policy
    if policy is None and any(not verdict.is_by_portal for verdict in verdicts):
        policy = read_methods_policy(session).value
    return Known(policy, users)


def registered_from(known: Known) -> Registered:
    """The counts as the assessment takes them."""
    if known.users is None or known.users.value is None:
        return Registered(problem=known.users.problem) if known.users else NOT_READ
    counts = known.users.value
    return Registered(
        total=counts.total,
        mfa_capable=counts.mfa_capable,
        password_reset_registered=counts.password_reset_registered,
        password_reset_capable=counts.password_reset_capable,
    )
