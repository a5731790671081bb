# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Takes answers of the service apart; what is not there, or is something else, is no answer and never a zero.

Each function names the answer in words as *what*, and raises ConnectionFailed with a sentence.
"""

from __future__ import annotations

import typing as t

from .._graph.errors import ConnectionFailed
from .._reconcile.shape import Json


def count_in(answer: Json, name: str, what: str) -> int:
    """The number of something that the member *name* holds."""
    count = answer.get(name)
    if not isinstance(count, int) or isinstance(count, bool) or count < 0:
        raise ConnectionFailed(f"{what}: {name} is no number of users.")
    return count


def object_in(answer: Json, name: str, what: str) -> Json:
    """The object that the member *name* holds; an empty one for null and for nothing."""
    value = answer.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ConnectionFailed(f"{what}: {name} is no object.")
    return value


def objects_in(answer: Json, name: str, what: str) -> list[Json]:
    """The objects in the list that the member *name* holds."""
    values = answer.get(name)
    if not isinstance(values, list):
        raise ConnectionFailed(f"{what}: the answer holds no list {name}.")
    return require_objects(values, what)


def require_objects(values: t.Sequence[t.Any], what: str) -> list[Json]:
    """*values*, all of which are objects."""
    if not all(isinstance(one, dict) for one in values):
        raise ConnectionFailed(f"{what}: the answer lists something that is no object.")
    return list(values)


def ids_in(page: t.Sequence[t.Any], what: str) -> set[str]:
    """The ids of the objects on a page, in lower case."""
    return {_identifier(one, what) for one in require_objects(page, what)}


def _identifier(one: Json, what: str) -> str:
    identifier = one.get("id")
    if not isinstance(identifier, str) or not identifier:
        raise ConnectionFailed(f"{what}: the answer holds an object without an id.")
    return identifier.lower()
