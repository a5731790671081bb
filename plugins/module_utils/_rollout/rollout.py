# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a policy is brought to being enforced: the option rollout, made into one thing."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, replace

from .._graph.errors import OptionError
from .._policy.options import content_from_options
from .._policy.references import NamedReference, references, with_ids
from .._reconcile.option_path import path_of
from .._reconcile.shape import Json
from .observation import DAYS_KEPT

HOLD = "hold"
PROMOTE_AFTER_SOAK = "promote_after_soak"
NOT_SHOWN = (HOLD, PROMOTE_AFTER_SOAK)
IN_PLACE = "in_place"
SHADOW = "shadow"
CHANGES = (IN_PLACE, SHADOW)

DEFAULT_SOAK_DAYS = 7.0
DEFAULT_MINIMUM_SIGN_INS = 50

Options = t.Mapping[str, t.Any]

_INCLUDES = ("include_users", "include_groups", "include_roles")


@dataclass(frozen=True)
class Ring:
    """Whom a policy reaches before it reaches all; *users* holds includes as conditions.users does."""

    name: str
    users: Json


@dataclass(frozen=True)
class Rollout:
    """What must hold before a policy is enforced, and over which rings.

    *observation_days* is how far back sign-ins are looked at, at most. *not_shown* says what becomes of policies of
    which sign-ins show nothing, *changes* how the content of an enforced policy is changed.
    *option* is the option path that messages begin with.
    """

    option: str = "rollout"
    soak_days: float = DEFAULT_SOAK_DAYS
    maximum_would_fail_users: int = 0
    maximum_would_fail_share: float = 0.0
    minimum_sign_ins: int = DEFAULT_MINIMUM_SIGN_INS
    observation_days: int = DAYS_KEPT
    rings: tuple[Ring, ...] = ()
    not_shown: str = HOLD
    changes: str = IN_PLACE

    def mentions(self) -> list[NamedReference]:
        """Every user, group and role that a ring names, with its option path."""
        return [
            replace(one, path=one.path.replace(".conditions.users.", ".", 1))
            for position, ring in enumerate(self.rings)
            for one in references(_conditions(ring.users), f"{self.option}.rings[{position}].")
        ]

    def resolved(self, identify: t.Callable[[str, str], str]) -> Rollout:
        """The same with ids in place of names."""
        rings = tuple(
            replace(ring, users=with_ids(_conditions(ring.users), identify)["conditions"]["users"])
            for ring in self.rings
        )
        return replace(self, rings=rings)


def _conditions(users: Json) -> Json:
    return {"conditions": {"users": users}}


def rollout_of(options: Options, option: str) -> Rollout | None:
    """The rollout that *options* describe, None where there is to be none. Raises OptionError with the option path."""
    given = {name: value for name, value in options.items() if value is not None}
    is_enabled = given.pop("is_enabled", True)
    rings = tuple(_ring(one, f"{option}.rings[{position}]") for position, one in enumerate(given.pop("rings", ())))
    rollout = Rollout(option=option, rings=rings, **given)
    _check_numbers(rollout)
    _check_ring_names(rollout)
    return rollout if is_enabled else None


def _ring(options: Options, option: str) -> Ring:
    if not str(options["name"]).strip():
        raise OptionError(f"{option}.name: a name of blanks is none.", remedy="Give the ring a name.")
    includes = {name: options[name] for name in _INCLUDES if options.get(name)}
    if not includes:
        raise OptionError(f"{option}: the ring {options['name']!r} is for nobody.", remedy=f"Give {_or(_INCLUDES)}.")
    users = content_from_options({"conditions": {"users": includes}})["conditions"]["users"]
    return Ring(str(options["name"]), users)


def _or(names: t.Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _check_numbers(rollout: Rollout) -> None:
    bounds: t.Sequence[tuple[str, float, float, float]] = (
        ("soak_days", rollout.soak_days, 0, 3650),
        ("maximum_would_fail_users", rollout.maximum_would_fail_users, 0, float("inf")),
        ("maximum_would_fail_share", rollout.maximum_would_fail_share, 0, 1),
        ("minimum_sign_ins", rollout.minimum_sign_ins, 0, float("inf")),
        ("observation_days", rollout.observation_days, 1, DAYS_KEPT),
    )
    for name, value, least, most in bounds:
        if not least <= value <= most:
            upper = "" if most == float("inf") else f" and {most:g} at most"
            raise OptionError(
                f"{path_of(rollout.option, name)}: {value:g} cannot be meant.",
                remedy=f"It must be {least:g} or more{upper}.",
            )


def _check_ring_names(rollout: Rollout) -> None:
    names = [ring.name for ring in rollout.rings]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise OptionError(
            f"{rollout.option}.rings: more than one ring is named {', '.join(map(repr, twice))}.",
            remedy="Give each ring a name of its own.",
        )
