# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds the references to other objects in a policy's content, and puts ids in their place."""

from __future__ import annotations

import typing as t

from .._reconcile.references import NamedReference, identified, mentions
from .._reconcile.shape import Json
from .policy_shape import POLICY

__all__ = ["NamedReference", "references", "with_ids"]


def references(content: Json, prefix: str = "") -> list[NamedReference]:
    """Every mention of another object in *content* (Graph's names, possibly partial), keywords left out."""
    return list(mentions(POLICY, content, prefix))


def with_ids(content: Json, identify: t.Callable[[str, str], str]) -> Json:
    """*content* with every reference replaced by ``identify(kind, name or id)``."""
    return identified(POLICY, content, identify)
