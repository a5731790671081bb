# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rings: whom an enforced policy reaches next. Which ring it is in follows from whom it includes now."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._graph.errors import OptionError
from .._policy.canonical_policy import canonical_policy
from .._policy.desired import DesiredPolicy
from .._reconcile.shape import Json
from .includes import Includes, includes_of
from .rollout import Ring, Rollout

_LISTS = ("includeUsers", "includeGroups", "includeRoles")
_GUESTS = "includeGuestsOrExternalUsers"


@dataclass(frozen=True)
class Step:
    """Whom a policy reaches next as *includes*, and who of them is *joining*.

    *ring* is the name of the ring that joins, None when it is all of the policy's own users.
    """

    includes: Includes
    joining: Includes
    ring: str | None


def own_includes(desired: DesiredPolicy) -> Includes:
    """Whom a policy with rings is for in the end: what was said of it, and nothing that the tenant has.

    What the tenant has may be a ring. Raises OptionError where it was not said, or only as an edit, and where somebody
    in a ring would not be among them.
    """
    rollout = desired.rollout or Rollout()
    said = (desired.content.get("conditions") or {}).get("users") or {}
    edited = (desired.edits.get("conditions") or {}).get("users") or {}
    is_edited = any(name in edited or isinstance(said.get(name), dict) for name in _LISTS)
    own = Includes() if is_edited else _included({name: said[name] for name in (*_LISTS, _GUESTS) if name in said})
    if own.is_nobody:
        raise OptionError(
            f"{rollout.option}.rings: it is not said whom {desired.label} is for after the last ring.",
            remedy="Give conditions.users with whole lists of whom the policy includes.",
        )
    _check_rings(desired, rollout, own)
    return own


def _check_rings(desired: DesiredPolicy, rollout: Rollout, own: Includes) -> None:
    for position, ring in enumerate(rollout.rings):
        if not own.covers(ring_includes(ring)):
            raise OptionError(
                f"{rollout.option}.rings[{position}]: {desired.label} does not include all users, groups and roles of "
                f"the ring {ring.name!r}, so that they would fall out of it after the last ring.",
                remedy="Include them in conditions.users of the policy, too. Who is in a group is not looked at.",
            )


def ring_includes(ring: Ring) -> Includes:
    """Who is in a ring."""
    return _included(ring.users)


def _included(users: Json) -> Includes:
    return includes_of(canonical_policy({"conditions": {"users": users}}))


def reached(now: Includes, rings: t.Sequence[Ring]) -> tuple[str, ...]:
    """The names of the leading rings that are included wholly."""
    names: list[str] = []
    for ring in rings:
        if not now.covers(ring_includes(ring)):
            break
        names.append(ring.name)
    return tuple(names)


def first_step(rings: t.Sequence[Ring]) -> Step:
    """Whom a policy reaches that reaches nobody yet."""
    joining = ring_includes(rings[0])
    return Step(joining, joining, rings[0].name)


def next_step(now: Includes, rings: t.Sequence[Ring], own: Includes) -> Step | None:
    """Whom an enforced policy reaches next, in which nobody falls out who is included *now*; None when there is none.

    There is none when it reaches its own users, and when some whom it reaches are not among these: see would_narrow.
    """
    missing = rings[len(reached(now, rings)) :]
    if missing:
        joining = ring_includes(missing[0])
        return Step(now.joined(joining), joining, missing[0].name)
    return Step(own, own, None) if own != now and own.covers(now) else None


def would_narrow(now: Includes, own: Includes) -> bool:
    """Whether somebody who is included now would not be in the end."""
    return not own.covers(now)
