# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Groups and users to which an authentication method or a setting applies (facts sections 4.1 and 4.2)."""

from __future__ import annotations

import typing as t

from .shape import Json

ALL_USERS = "all_users"
NOBODY = "00000000-0000-0000-0000-000000000000"
GROUP = "group"
KINDS = (GROUP, "user")


def as_object(member: t.Any) -> Json:
    """A target as the service has it; a text is the id, or the name, of a group."""
    given = dict(member) if isinstance(member, dict) else {"id": member}
    return {**given, "targetType": given.get("targetType") or GROUP}


def is_keyword(identifier: str) -> bool:
    """Whether *identifier* is no object of the directory but a word of the service."""
    return identifier.lower() in (ALL_USERS, NOBODY)


def by_id(targets: t.Iterable[t.Any]) -> dict[str, Json]:
    """*targets* by their ids without case, as the service has them."""
    return {str(one["id"]).lower(): one for one in map(as_object, targets)}


def laid_over(current: t.Iterable[t.Any], given: t.Iterable[t.Any]) -> list[Json]:
    """The *given* targets; one that is in *current* keeps there what is not said of it."""
    present = by_id(current)
    return [{**present.get(key, {}), **one} for key, one in by_id(given).items()]


def with_edit(current: t.Iterable[t.Any], added: t.Iterable[t.Any], removed: t.Iterable[t.Any]) -> list[Json]:
    """*current* with the *added* targets, and without the *removed* ones."""
    present, leaving = by_id(current), set(by_id(removed))
    joined = {**present, **by_id(laid_over(present.values(), added))}
    return [one for key, one in joined.items() if key not in leaving]
