# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The form in which an authentication strength is kept, and what of it the service computes (facts section 3.2)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from functools import cache

from ..data_files import load_data
from ..json_types import JsonObject
from .canonical import canonical_object

MULTIFACTOR = "00000000-0000-0000-0000-000000000002"


def complete_strength(strength: JsonObject) -> JsonObject:
    """Return a strength in canonical form; one that does not say otherwise is custom and was never changed."""
    given = {"policyType": "custom", "modifiedDateTime": strength["createdDateTime"]} | strength
    configurations = [{"id": str(uuid.uuid4())} | item for item in strength.get("combinationConfigurations") or ()]
    complete = canonical_object(given | {"combinationConfigurations": configurations}, "authenticationStrengthPolicy")
    complete["allowedCombinations"] = list(dict.fromkeys(complete["allowedCombinations"]))
    computed = requirements_satisfied(complete["allowedCombinations"])
    return complete | {"requirementsSatisfied": complete["requirementsSatisfied"] or computed}


def requirements_satisfied(combinations: Sequence[str]) -> str:
    """Return ``mfa`` where every combination is one of the built-in multifactor strength, otherwise ``none``."""
    return "mfa" if _multifactor_combinations().issuperset(combinations) else "none"


@cache
def _multifactor_combinations() -> frozenset[str]:
    built_in = {strength["id"]: strength for strength in load_data("authentication_strengths")}
    return frozenset(built_in[MULTIFACTOR]["allowedCombinations"])
