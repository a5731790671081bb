# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Edits of lists that take a condition away: without its last value it no longer narrows the policy."""

from __future__ import annotations

import typing as t

from .._graph.errors import OptionError
from .._reconcile.list_edit import is_edit
from .._reconcile.option_path import prefix_of
from .._reconcile.shape import Field, Json, Part, snake_case
from .policy_shape import POLICY

_EXCLUSIONS = "exclude"
# One of these is enough for a policy to have somebody or something to apply to; that one is there, the rules ask for.
_SELECTORS = frozenset(
    {
        "includeUsers",
        "includeGroups",
        "includeRoles",
        "includeApplications",
        "includeUserActions",
        "includeAuthenticationContextClassReferences",
        "includeServicePrincipals",
        "includeAgentIdServicePrincipals",
    }
)


def check_edits_keep_conditions(given: Json, before: Json, after: Json, option: str) -> None:
    """Refuse edits in *given* after which a list of the canonical content *before* is empty in *after*.

    A list of exclusions may become empty: the policy then reaches further on purpose of whoever removed the last one.
    Raises OptionError, led by *option*.
    """
    emptied = list(_emptied(POLICY, given, before, after, prefix_of(option)))
    if emptied:
        raise OptionError(
            f"{', '.join(emptied)}: the last value would go, and the policy would apply whatever it is.",
            remedy="Give an empty list or null if that is meant, or leave a value in it.",
        )


def _emptied(part: Part, given: Json, before: Json, after: Json, prefix: str) -> t.Iterator[str]:
    for name, value in given.items():
        field = part.field(name)
        old, new = before.get(name), after.get(name)
        if isinstance(field, Part) and isinstance(value, dict):
            yield from _emptied(field, value, old or {}, new or {}, f"{prefix}{snake_case(name)}.")
        elif is_edit(field, value) and _narrows(name) and old and _is_nothing(field, new):
            yield f"{prefix}{snake_case(name)}"


def _narrows(name: str) -> bool:
    return not name.startswith(_EXCLUSIONS) and name not in _SELECTORS


def _is_nothing(field: Field | None, value: t.Any) -> bool:
    """Whether a canonical list is empty, or holds what an empty list means."""
    return not value or value == sorted(getattr(field, "default", ()))
