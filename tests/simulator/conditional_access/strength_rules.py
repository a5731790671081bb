# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules for the content of authentication strengths (facts section 3.2)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ..data_files import load_data
from ..json_types import JsonObject
from ..profile import Profile
from .configuration_rules import configuration_violation

LONGEST_NAME = 30
MAXIMUM_CUSTOM_STRENGTHS = 15


def first_violation(strength: JsonObject, others: Sequence[JsonObject], profile: Profile) -> str | None:
    """Return the text of the first rule that a canonical strength breaks beside ``others``, or None."""
    return (
        _name_violation(strength["displayName"])
        or _duplicate_violation(strength, others, profile)
        or combinations_violation(strength["allowedCombinations"])
        or configurations_violation(strength)
    )


@cache
def known_combinations() -> frozenset[str]:
    """Return every combination that a strength may allow, in canonical form."""
    return frozenset(load_data("authentication_methods")["combinations"])


def combinations_violation(combinations: Sequence[str]) -> str | None:
    """Return what is wrong with the combinations of a strength."""
    if not combinations:
        return "'allowedCombinations' must hold at least one combination."
    unknown = [combination for combination in combinations if combination not in known_combinations()]
    return f"'{unknown[0]}' is no valid combination of authentication methods." if unknown else None


def configurations_violation(strength: JsonObject) -> str | None:
    """Return what is wrong with the configurations of a strength; each applies to combinations it allows."""
    for configuration in strength["combinationConfigurations"]:
        violation = configuration_violation(configuration)
        if violation is not None:
            return violation
        outside = set(configuration["appliesToCombinations"]) - set(strength["allowedCombinations"])
        if outside:
            return f"A combination configuration applies to '{min(outside)}', which the strength does not allow."
    return None


def _name_violation(name: str) -> str | None:
    if not name.strip():
        return "'displayName' is required for an authentication strength."
    if len(name) > LONGEST_NAME:
        return f"'displayName' of an authentication strength cannot have more than {LONGEST_NAME} characters."
    return None


def _duplicate_violation(strength: JsonObject, others: Sequence[JsonObject], profile: Profile) -> str | None:
    """The facts do not say whether names must be unique, so a setting decides."""
    if profile.duplicate_strength_names == "accept":
        return None
    taken = {other["displayName"].casefold() for other in others}
    if strength["displayName"].casefold() in taken:
        return f"An authentication strength with the name '{strength['displayName']}' exists."
    return None
