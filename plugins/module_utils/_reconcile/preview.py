# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds what only Graph's beta endpoint has."""

from __future__ import annotations

import typing as t
from dataclasses import replace

from .canonical import known_spelling
from .shape import Field, Flag, Json, Part


def without_preview(shape: Part) -> Part:
    """*shape* as v1.0 has it."""
    fields = (
        without_preview(field) if isinstance(field, Part) else field for field in shape.fields if not field.preview
    )
    return replace(shape, fields=tuple(fields))


def preview_uses(shape: Part, content: Json, prefix: str = "") -> list[str]:
    """The option paths in *content* (Graph's names, possibly partial) that need the beta endpoint."""
    return list(_uses(shape, content, prefix))


def _uses(shape: Part, content: Json, prefix: str) -> t.Iterator[str]:
    for field in shape.fields:
        value = content.get(field.name)
        if not value and not _is_said_false(field, value):
            continue
        path = f"{prefix}{field.option}"
        if field.preview:
            yield path
        elif isinstance(field, Part) and isinstance(value, dict):
            yield from _uses(field, value, f"{path}.")
        else:
            yield from (f"{path} {member}" for member in _preview_members(field, value))


def _is_said_false(field: Field, value: t.Any) -> bool:
    """Whether false says something: null would say something else."""
    return value is False and isinstance(field, Flag) and not field.nullable


def _preview_members(field: Field, value: t.Any) -> list[str]:
    if isinstance(value, dict):
        values = [member for members in value.values() if isinstance(members, list) for member in members]
    else:
        values = value if isinstance(value, list) else [value]
    spelled = (known_spelling(str(one), field.preview_values) for one in values)
    return sorted({one for one in spelled if one in field.preview_values})
