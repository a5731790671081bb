# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The evidence for policies in report-only, each since its own last change, in one read of the sign-in log."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .._graph.errors import GuardRefused
from .._graph.session import Session
from .._guard.permissions import require_permissions
from .._policy.changed_at import changed_at
from .._policy.policy_plan import CurrentPolicy
from .._resources.registration_report import LicenceMissing
from .observation import Observation, in_seconds
from .policy_impact import PolicyImpact
from .promoting import Promotion
from .reading_sign_ins import READ_SIGN_INS, read_sign_ins
from .sign_in_impact import SignInImpact, impact_on
from .stages import SHADOWED, Stage
from .watched_policy import watched_policy


@dataclass(frozen=True)
class Evidence:
    """What policies came to, by id, and why not all sign-ins were seen, if they were not."""

    impacts: t.Mapping[str, PolicyImpact] = field(default_factory=dict)
    incomplete_because: tuple[str, ...] = ()

    def of(self, policy: CurrentPolicy | None) -> PolicyImpact | None:
        """What a policy came to, if it was looked at."""
        return self.impacts.get(policy.identifier) if policy else None


def read_evidence(
    session: Session,
    stages: t.Sequence[Stage],
    existing: t.Sequence[CurrentPolicy],
    promotion: Promotion,
    now: datetime,
) -> Evidence:
    """What the judged policies of *stages* came to, and the enforced ones beside their twins; nothing without any.

    Raises GuardRefused without the permission to read sign-ins, or without the licence that has a log of them.
    """
    beginnings = dict(_beginnings(stages, now))
    if not beginnings:
        return Evidence()
    require_permissions([READ_SIGN_INS], session.claims.permissions)
    watched = [watched_policy(policy) for policy in existing if policy.identifier in beginnings]
    impact = impact_on(watched, [policy.identifier for policy in existing])
    for identifier, beginning in beginnings.items():
        impact.counters[identifier].since = f"{beginning:%Y-%m-%dT%H:%M:%S.%fZ}"
    window = in_seconds(min(beginnings.values()), now)
    _read(session, impact, window, promotion)
    found = impact.policies(promotion.maximum_users)
    return Evidence({one.policy.identifier: one for one in found}, tuple(impact.incomplete_because))


def _read(session: Session, impact: SignInImpact, window: Observation, promotion: Promotion) -> None:
    try:
        read_sign_ins(
            session, impact, window, promotion.maximum_sign_ins, non_interactive=promotion.include_non_interactive
        )
    except LicenceMissing as missing:
        raise GuardRefused(
            f"promote: the evidence is in the sign-in log, which needs Microsoft Entra ID P1 or P2. {missing}",
            remedy="Run without promote: policies stay in report-only. Nothing was written.",
        ) from missing


def _beginnings(stages: t.Iterable[Stage], now: datetime) -> t.Iterator[tuple[str, datetime]]:
    """From when on sign-ins count, by the ids of the policies that are looked at."""
    for stage in stages:
        changed = changed_at(stage.judged) if stage.judged else None
        if stage.judged is None or changed is None:
            continue
        beginning = begins_at(stage, changed, now)
        yield stage.judged.identifier, beginning
        if stage.name == SHADOWED and stage.plan.current is not None:
            yield stage.plan.current.identifier, beginning


def begins_at(stage: Stage, changed: datetime, now: datetime) -> datetime:
    """From when on sign-ins count: since the last change, and no longer ago than is looked back."""
    return min(now, max(changed, now - timedelta(days=stage.rollout.observation_days)))
