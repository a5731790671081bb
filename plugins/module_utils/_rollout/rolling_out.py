# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Puts the rollouts of a tenant's policies between what is wanted and what this run does."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, replace
from datetime import datetime

from .._graph.session import Session
from .._policy.policy_plan import CurrentPolicy, PolicyPlan
from .evidence import Evidence, read_evidence
from .promoting import Promotion
from .promotion import Verdict, judged
from .rollout_result import RolledOut
from .stages import STAGED, AtOnce, Stage, promoted, stage_of


@dataclass(frozen=True)
class Rollouts:
    """The *plans* of this run, twins among them, and the *rollouts* in the order of their policies.

    *keeps_defaults*: security defaults stay on, because nothing is to take their place yet.
    """

    plans: tuple[PolicyPlan, ...]
    rollouts: tuple[RolledOut, ...] = ()
    keeps_defaults: bool = False


@dataclass(frozen=True)
class Circumstances:
    """What a rollout depends on besides its policy: all policies that there are, and what goes for all at once.

    *replaces_defaults*: security defaults are on, and are to make way for the policies. *now* has a zone.
    """

    existing: t.Sequence[CurrentPolicy]
    at_once: AtOnce
    replaces_defaults: bool
    now: datetime


def roll_out(
    session: Session, targets: t.Sequence[PolicyPlan], circumstances: Circumstances, promotion: Promotion | None
) -> Rollouts:
    """The plans of this run for *targets*, the plans that lead to the end at once; sign-ins are read to promote.

    Raises what stage_of and read_evidence raise.
    """
    stages = [stage_of(plan, circumstances.existing, circumstances.at_once) for plan in targets if plan.desired.rollout]
    if not stages:
        return Rollouts(tuple(targets))
    evidence = (
        read_evidence(session, stages, circumstances.existing, promotion, circumstances.now) if promotion else None
    )
    return rolled_out(targets, stages, evidence, circumstances)


def rolled_out(
    targets: t.Sequence[PolicyPlan], stages: t.Sequence[Stage], evidence: Evidence | None, circumstances: Circumstances
) -> Rollouts:
    """The same for *stages* and *evidence*, None where nobody is to be promoted. A pure function."""
    verdicts = [judged(stage, evidence, circumstances.now) for stage in stages]
    enforces_others = any(plan.begins_to_enforce for plan in targets if not plan.desired.rollout)
    keeps_defaults = circumstances.replaces_defaults and not enforces_others and _anybody_waits(stages, verdicts)
    if keeps_defaults:
        verdicts = [_behind_defaults(verdict) for verdict in verdicts]
    found = tuple(
        RolledOut(promoted(stage, circumstances.existing, circumstances.at_once), verdict)
        if verdict.is_ready
        else RolledOut(stage, verdict)
        for stage, verdict in zip(stages, verdicts, strict=True)
    )
    remaining = iter(found)
    plans = [one for plan in targets for one in (next(remaining).stage.plans if plan.desired.rollout else [plan])]
    return Rollouts(tuple(plans), found, keeps_defaults)


def _anybody_waits(stages: t.Sequence[Stage], verdicts: t.Sequence[Verdict]) -> bool:
    return any(stage.name == STAGED and not verdict.is_ready for stage, verdict in zip(stages, verdicts, strict=True))


def _behind_defaults(verdict: Verdict) -> Verdict:
    """Security defaults are replaced in one go: a part of the policies would protect less than they do."""
    if not verdict.is_ready:
        return verdict
    reason = "security defaults are on, and go only when all policies of the rollout can take their place at once"
    return replace(verdict, is_ready=False, missing=(*verdict.missing, reason))
