# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether a staged policy may be enforced by the evidence there is, and every reason why not."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass
from datetime import datetime

from .._policy.changed_at import changed_at
from .._policy.policy_plan import CurrentPolicy
from .evidence import Evidence
from .policy_impact import PolicyImpact
from .readiness import Thresholds, ready, reasons_of_soak
from .rollout import Rollout
from .stages import Stage
from .watched_policy import watched_policy

BEGINS_NOW = "its content begins to be shown in report-only with this run"
NOT_ASKED = "the sign-in log is read only with promote: true"


@dataclass(frozen=True)
class Verdict:
    """Whether a stage may be promoted and what is *missing* for that; *is_ready* is None where nobody looked.

    *since* is when what is judged was last changed; *impact* is what it came to, *enforced_impact* what the policy
    beside its twin did.
    """

    is_ready: bool | None
    missing: tuple[str, ...] = ()
    since: datetime | None = None
    impact: PolicyImpact | None = None
    enforced_impact: PolicyImpact | None = None


def thresholds_of(rollout: Rollout) -> Thresholds:
    """What a rollout asks for."""
    return Thresholds(
        soak_days=rollout.soak_days,
        maximum_would_fail_users=rollout.maximum_would_fail_users,
        maximum_would_fail_share=rollout.maximum_would_fail_share,
        minimum_sign_ins=rollout.minimum_sign_ins,
    )


def judged(stage: Stage, evidence: Evidence | None, now: datetime) -> Verdict:
    """The verdict on one stage; without *evidence* nobody has looked at sign-ins.

    Of policies of which sign-ins show nothing, time alone decides, where that was asked for.
    """
    if not stage.waits:
        return Verdict(None, stage.held)
    if stage.judged is None:
        return Verdict(False, (*stage.held, *(() if stage.held else (BEGINS_NOW,))))
    since = changed_at(stage.judged)
    if since is None:
        return Verdict(False, (*stage.held, "the service does not say when it was last changed"))
    thresholds = thresholds_of(stage.rollout)
    if watched_policy(stage.judged).not_shown_for:
        missing = (*stage.held, *reasons_of_soak(thresholds, since, now))
        return Verdict(_answer(missing, evidence), _with_the_way(missing, evidence), since)
    impact = evidence.of(stage.judged) if evidence else None
    if impact is None:
        missing = (*stage.held, *reasons_of_soak(thresholds, since, now))
        return Verdict(False if missing else None, (*missing, NOT_ASKED), since)
    missing = (*stage.held, *ready(impact, thresholds, since, now)[1], *_incomplete(evidence))
    return Verdict(not missing, missing, since, impact, _beside(stage, evidence))


def _answer(missing: tuple[str, ...], evidence: Evidence | None) -> bool | None:
    if missing:
        return False
    return True if evidence is not None else None


def _with_the_way(missing: tuple[str, ...], evidence: Evidence | None) -> tuple[str, ...]:
    return missing if evidence is not None else (*missing, "it is enforced only with promote: true")


def _incomplete(evidence: Evidence | None) -> t.Sequence[str]:
    return evidence.incomplete_because if evidence else ()


def _beside(stage: Stage, evidence: Evidence | None) -> PolicyImpact | None:
    current: CurrentPolicy | None = stage.plan.current
    is_twin = stage.judged is not None and current is not None and stage.judged.identifier != current.identifier
    return evidence.of(current) if evidence and is_twin else None
