# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the methods policy and its configurations of a tenant from what its seed says; the rest is as usual."""

from __future__ import annotations

from functools import cache

from ..conditional_access.merge import merged
from ..conditional_access.schema_check import Expectations, SchemaMismatch, check_object
from ..json_types import JsonObject
from .forms import POLICY_TYPE, complete_configuration, complete_policy, usual_policy
from .kinds import BASE_TYPE, built_in_configuration, built_in_configurations, type_of


@cache
def usual_configurations() -> tuple[JsonObject, ...]:
    """Return the built-in methods of a new tenant in canonical form."""
    return tuple(complete_configuration(item) for item in built_in_configurations())


def seeded_policy(seed: JsonObject, where: str) -> JsonObject:
    """Return the policy of a seed laid over the usual one.

    Raises:
        SchemaMismatch: naming the member that is wrong.
    """
    if "authenticationMethodConfigurations" in seed:
        raise SchemaMismatch(where, "configurations are seeded at their own path")
    check_object(seed, POLICY_TYPE, Expectations(beta=True), where)
    return complete_policy(merged(usual_policy(), seed, POLICY_TYPE))


def seeded_configuration(seed: JsonObject, where: str) -> JsonObject:
    """Return a configuration of a seed; a built-in method needs its id and what is different about it.

    Raises:
        SchemaMismatch: naming the member that is wrong.
    """
    usual = built_in_configuration(str(seed.get("id"))) or {}
    annotated = {"@odata.type": seed.get("@odata.type", usual.get("@odata.type"))} | seed
    try:
        type_name = type_of(annotated)
    except ValueError as error:
        raise SchemaMismatch(where, str(error)) from error
    if "id" not in seed:
        raise SchemaMismatch(where, "'id' is missing")
    check_object(annotated, BASE_TYPE, Expectations(beta=True), where)
    return complete_configuration(merged(usual, annotated, type_name))
