# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The stages of a rollout: what this run does with a policy and its twin, and what a promotion would do.

A pure function of what is wanted and what the tenant has. Nothing is remembered between runs: a policy that is not
enforced is staged in report-only, one that is enforced stays so, and what it is to become is shown by a twin.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, replace

from .._graph.errors import GuardRefused
from .._policy.policy_plan import ENABLED, REPORT_ONLY, CurrentPolicy, PolicyPlan
from .._reconcile.object_plan import at
from .._reconcile.shape import Json
from . import twins
from .includes import Includes, includes_of, with_includes, with_includes_of, with_joining
from .rings import Step, first_step, next_step, own_includes, reached, would_narrow
from .rollout import HOLD, SHADOW, Ring, Rollout
from .watched_policy import not_shown_for

STAGED = "report_only"
SHADOWED = "shadow"
ENFORCED = "enforced"
ABSENT = "absent"

_STAGES = "the policy is shown in report-only before it is enforced"
_PROMOTES = "what sign-ins show allows to enforce it"

# What goes for every policy at once and is no change that waits: the exclusions of emergency access.
AtOnce = t.Callable[[PolicyPlan, Json], Json]


@dataclass(frozen=True)
class Stage:
    """Where a policy of a rollout is, and where it goes.

    *plan* and *twin* are what this run does without a promotion. *judged* is the policy in report-only whose evidence
    decides, if it shows what would be enforced - of a ring only for those who join - and this run leaves it as it is.
    *promoted* is the plan that enforces it. *ring* is the ring that this is for, None for all of the policy's own
    users; *enforced_rings* are those that are enforced. *held* are reasons, in words, that no evidence can overcome.
    """

    name: str
    plan: PolicyPlan
    twin: PolicyPlan | None = None
    judged: CurrentPolicy | None = None
    promoted: PolicyPlan | None = None
    ring: str | None = None
    enforced_rings: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    is_promoted: bool = False

    @property
    def rollout(self) -> Rollout:
        """The rollout that was asked for."""
        return self.plan.desired.rollout or Rollout()

    @property
    def plans(self) -> list[PolicyPlan]:
        """What this run does, the policy itself first."""
        return [self.plan, *([self.twin] if self.twin else [])]

    @property
    def waits(self) -> bool:
        """Whether something is not enforced yet that is to be."""
        return self.name in (STAGED, SHADOWED)


def stage_of(target: PolicyPlan, existing: t.Sequence[CurrentPolicy], at_once: AtOnce) -> Stage:
    """The stage of a policy with a rollout; *target* is the plan that would bring it to its end at once.

    Raises OptionError where rings do not fit the policy, and GuardRefused where its way there cannot be staged.
    """
    if target.content is None:
        return Stage(ABSENT, target, twins.removed_twin(target, existing))
    rings = _rings(target)
    if target.current is not None and target.current.is_enforced:
        _refuse_restoring(target)
        return _enforced(target, target.current, rings, existing, at_once)
    return _staged(target, rings, existing)


def promoted(stage: Stage, existing: t.Sequence[CurrentPolicy], at_once: AtOnce) -> Stage:
    """The stage after the promotion of *stage*, whose plan carries it out; the twin already shows what comes next."""
    plan = stage.promoted
    if plan is None or plan.current is None or plan.content is None:
        raise ValueError(f"{stage.plan.name!r} has nothing to promote")
    after = replace(plan.current, name=plan.name, content=plan.content, state=ENABLED)
    target = replace(plan, current=after, content=_end(stage.plan, plan))
    following = _enforced(target, after, _rings(target), existing, at_once)
    return replace(following, plan=plan, is_promoted=True)


def _end(staged: PolicyPlan, plan: PolicyPlan) -> Json:
    """The content at the end of the rollout: what is enforced now, for all of the policy's own users."""
    content = plan.content or {}
    return with_includes(content, own_includes(staged.desired)) if _rings(staged) else content


def _rings(target: PolicyPlan) -> tuple[Ring, ...]:
    rollout = target.desired.rollout
    return rollout.rings if rollout and target.desired.changes_enforced else ()


def _refuse_restoring(target: PolicyPlan) -> None:
    if target.is_restored:
        raise GuardRefused(
            f"{at(target.desired, 'restore')}: {target.name!r} was enforced when it was deleted, and would be enforced "
            "again before its rollout begins.",
            remedy="Leave restore out to begin with a new policy, or leave rollout out.",
        )


def _staged(target: PolicyPlan, rings: t.Sequence[Ring], existing: t.Sequence[CurrentPolicy]) -> Stage:
    """A policy that is not enforced is, or comes to be, in report-only for its first ring."""
    content, ring = target.content or {}, None
    _refuse_rings_of_managed(target, rings)
    if rings:
        own_includes(target.desired)
        step = first_step(rings)
        content, ring = with_includes(content, step.includes), step.ring
    plan = replace(target, content=content, state=REPORT_ONLY, reason=_STAGES if target.is_new else "")
    return Stage(
        STAGED,
        plan,
        twins.removed_twin(target, existing),
        judged=None if plan.is_changed else target.current,
        promoted=replace(plan, state=ENABLED, reason=_PROMOTES),
        ring=ring,
        held=_held_for_what_it_is(target, content),
    )


def _refuse_rings_of_managed(target: PolicyPlan, rings: t.Sequence[Ring]) -> None:
    if rings and target.current is not None and target.current.is_managed:
        raise GuardRefused(
            f"{at(target.desired, 'rollout')}: {target.current.name!r} is managed by Microsoft, and whom it includes "
            "cannot be changed.",
            remedy="Leave rings out for this policy.",
        )


def _enforced(
    target: PolicyPlan,
    current: CurrentPolicy,
    rings: t.Sequence[Ring],
    existing: t.Sequence[CurrentPolicy],
    at_once: AtOnce,
) -> Stage:
    """An enforced policy stays enforced; what it is to become is shown by a twin, or done where nobody minds."""
    _refuse_rings_of_managed(target, rings)
    own = own_includes(target.desired) if rings else Includes()
    wanted = with_includes_of(target.content or {}, current.content) if rings else target.content or {}
    plan = replace(target, content=_content_now(target, current, wanted, at_once))
    now = includes_of(plan.content or {})
    done = reached(now, rings)
    step = next_step(now, rings, own) if rings else None
    narrowing = _held_for_narrowing(target, now, own) if rings and step is None else ()
    following = _following(plan, wanted, step)
    if following is None:
        twin = twins.removed_twin(target, existing)
        return Stage(ENFORCED, plan, twin, enforced_rings=done, held=(*narrowing, *_held_for_twin(twin)))
    held = _held_for_what_it_is(target, following.content)
    planned = twins.removed_twin(target, existing) if held else twins.planned_twin(target, following.shown, existing)
    twin = _untouched_if_enforced(target, planned)
    shows_it = twin is not None and twin.content is not None and not twin.is_changed and twin.state == REPORT_ONLY
    return Stage(
        SHADOWED,
        plan,
        twin,
        judged=twin.current if twin and shows_it and not held else None,
        promoted=replace(plan, content=following.content, reason=_PROMOTES),
        ring=following.ring,
        enforced_rings=done,
        held=(*held, *_held_for_twin(twin)),
    )


def _content_now(target: PolicyPlan, current: CurrentPolicy, wanted: Json, at_once: AtOnce) -> Json:
    """What an enforced policy holds after this run without a promotion."""
    is_shadowed = target.desired.rollout is not None and target.desired.rollout.changes == SHADOW
    if not is_shadowed or current.is_managed or not target.desired.changes_enforced:
        return wanted
    # Names have no effect on sign-ins.
    named = {**current.content, **{name: wanted[name] for name in ("displayName", "description")}}
    return at_once(target, named)


@dataclass(frozen=True)
class _Following:
    """What an enforced policy becomes next, and what its twin shows of that; *ring* is the ring that joins."""

    content: Json
    shown: Json
    ring: str | None = None


def _following(plan: PolicyPlan, wanted: Json, step: Step | None) -> _Following | None:
    """First what differs, then who joins; of those only who joins is shown, so that nobody else is evidence."""
    if wanted != plan.content:
        return _Following(wanted, wanted)
    if step is None:
        return None
    shown = with_joining(wanted, step.joining, includes_of(wanted))
    return _Following(with_includes(wanted, step.includes), shown, step.ring)


def _untouched_if_enforced(target: PolicyPlan, twin: PolicyPlan | None) -> PolicyPlan | None:
    if twin is not None and twin.current is not None and twin.current.is_enforced:
        return twins.kept_twin(target, twin.current)
    return twin


def _held_for_twin(twin: PolicyPlan | None) -> tuple[str, ...]:
    if twin is None or twin.current is None or not twin.current.is_enforced:
        return ()
    return (f"somebody has enforced {twin.current.name!r}, which is left as it is: disable or rename it",)


def _held_for_narrowing(target: PolicyPlan, now: Includes, own: Includes) -> tuple[str, ...]:
    if not would_narrow(now, own):
        return ()
    return (
        f"{target.name!r} is enforced for more users than it is to be for, and stays so: leave rings out to narrow it",
    )


def _held_for_what_it_is(target: PolicyPlan, content: Json) -> tuple[str, ...]:
    kind = not_shown_for(content)
    rollout = target.desired.rollout or Rollout()
    if not kind or rollout.not_shown != HOLD:
        return ()
    return (
        f"it is for {kind.replace('_', ' ')}, of which report-only shows nothing: enforce it without a rollout "
        "(is_enabled: false), or give not_shown: promote_after_soak",
    )
