# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kinds of authentication methods: their ids, their types, and how a new tenant has them (facts section 4.2)."""

from __future__ import annotations

from functools import cache

from ..conditional_access.schema import derived_type, structured_types
from ..data.beta_types import BETA_STRUCTURED_TYPES
from ..data_files import load_data
from ..json_types import JsonObject

BASE_TYPE = "authenticationMethodConfiguration"
EXTERNAL_TYPE = "externalAuthenticationMethodConfiguration"
BETA_TYPES = frozenset(text.split()[0] for text in BETA_STRUCTURED_TYPES)


@cache
def built_in_configurations() -> tuple[JsonObject, ...]:
    """Return every built-in method as a new tenant has it, not yet in canonical form."""
    return tuple(load_data("method_configurations"))


def built_in_configuration(identifier: str) -> JsonObject | None:
    """Return the built-in method of that id as a new tenant has it, or None."""
    found = (item for item in built_in_configurations() if str(item["id"]).lower() == identifier.lower())
    return next(found, None)


def type_of(configuration: JsonObject) -> str:
    """Return the name of a configuration's type.

    Raises:
        ValueError: it names no type of method.
    """
    annotation = configuration.get("@odata.type")
    found = derived_type(structured_types()[BASE_TYPE], annotation)
    if found is None or found.abstract:
        raise ValueError(f"{annotation!r} is no type of authentication method")
    return found.name


def exists_in(version: str, configuration: JsonObject) -> bool:
    """Say whether a version of Graph shows this method: hardware tokens and some others are in beta only."""
    return version == "beta" or type_of(configuration) not in BETA_TYPES
