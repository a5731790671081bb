# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds the authentication strength that a request is about."""

from __future__ import annotations

from ..graph import errors
from ..graph.call import GraphCall
from ..json_types import JsonObject
from ..tenant import AUTHENTICATION_STRENGTHS


def find_strength(call: GraphCall) -> JsonObject:
    """Return the strength with the id in the path, as readers see it."""
    return _existing(call, call.collection(AUTHENTICATION_STRENGTHS).find_visible(call.parameters["id"]))


def find_custom_strength(call: GraphCall) -> JsonObject:
    """Return the latest state of the strength with the id in the path, for a change to it.

    Raises:
        GraphError: there is none, or it is one of Microsoft's, which nobody changes.
    """
    strength = _existing(call, call.collection(AUTHENTICATION_STRENGTHS).find_writable(call.parameters["id"]))
    if strength["policyType"] == "builtIn":
        raise errors.policy_invalid("Built-in authentication strengths cannot be changed or deleted.")
    return strength


def _existing(call: GraphCall, strength: JsonObject | None) -> JsonObject:
    if strength is not None:
        return strength
    raise errors.policy_object_not_found(
        "AuthenticationStrengthPolicy", call.parameters["id"], call.profile.not_found_code
    )
