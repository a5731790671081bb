# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Turns a definition - a policy in Graph's names, with placeholders and what the service adds - into its content.

A definition is a whole policy: what it does not mention is empty. What we do not know is never dropped silently: an
unknown property with a value could narrow the policy, so without it the policy would reach further than its author
meant.
"""

from __future__ import annotations

import re
import typing as t

from .._graph.errors import OptionError
from .._reconcile.shape import Field, Json, Opaque, Part, Reference
from .definition_noise import is_no_part_of_the_policy, says_nothing, why_not_supported
from .policy_shape import POLICY

_TOKEN = re.compile(r"<[^<>]+>|%[^%\s]+%|\{\{[^{}]+\}\}")


def fill_placeholders(value: t.Any, placeholders: t.Mapping[str, str]) -> t.Any:
    """*value* with each placeholder replaced in every string, at every depth; the longest placeholder first."""
    if isinstance(value, dict):
        return {name: fill_placeholders(member, placeholders) for name, member in value.items()}
    if isinstance(value, list):
        return [fill_placeholders(member, placeholders) for member in value]
    if isinstance(value, str):
        for token in sorted(placeholders, key=len, reverse=True):
            value = value.replace(token, placeholders[token])
    return value


def content_from_definition(definition: Json, placeholders: t.Mapping[str, str], option: str) -> Json:
    """The whole content of the policy that *definition* describes; both in Graph's names.

    *option* is the option path that errors begin with. Raises one OptionError for all faults: properties that policies
    do not have, lists of tenants that were lost, and placeholders that nobody filled.
    """
    written = {field.name: definition.get(field.name) for field in POLICY.fields}
    complaints = (
        (not_understood(definition), "Remove what policies do not have, if the policy can do without it."),
        (_lost_tenants(definition), "Name the tenants in members, or give membershipKind: all."),
        (_unfilled(written, placeholders, ""), "Say through the option placeholders what each placeholder stands for."),
    )
    faults = [fault for found, remedy in complaints for fault in found]
    if faults:
        remedies = [remedy for found, remedy in complaints if found]
        raise OptionError(f"{option}: {'; '.join(faults)}.", remedy=" ".join(remedies))
    filled = fill_placeholders(written, placeholders)
    content = {field.name: _settled(field, filled[field.name]) for field in POLICY.fields}
    content["conditions"] = content["conditions"] or {}
    return content


def _lost_tenants(definition: Json) -> list[str]:
    """Lists of home tenants that say there is a list and hold none: as all tenants they would reach further."""
    users = _object(_object(definition, "conditions"), "users")
    found: list[str] = []
    for direction in ("includeGuestsOrExternalUsers", "excludeGuestsOrExternalUsers"):
        tenants = _object(_object(users, direction), "externalTenants")
        if str(tenants.get("membershipKind")).lower() == "enumerated" and not tenants.get("members"):
            found.append(
                f"conditions.users.{direction}.externalTenants is a list of tenants, whose members are missing"
            )
    return found


def _object(value: Json, name: str) -> Json:
    member = value.get(name)
    return member if isinstance(member, dict) else {}


def not_understood(definition: Json) -> list[str]:
    """What *definition* says that the shape of a policy has no place for: a sentence each, led by the path."""
    return _unknown(POLICY, definition, "")


def _unknown(part: Part, value: Json, path: str) -> list[str]:
    faults: list[str] = []
    for name, member in value.items():
        where = f"{path}{name}"
        field = part.field(name)
        if field is None:
            faults.extend(_unknown_member(where, member))
        elif isinstance(field, Part) and isinstance(member, dict):
            faults.extend(_unknown(field, member, f"{where}."))
        else:
            faults.extend(_wrong_kind(field, member, where))
    return faults


def _unknown_member(where: str, value: t.Any) -> list[str]:
    if is_no_part_of_the_policy(where, value):
        return []
    reason = why_not_supported(where)
    if reason:
        return [f"{where} ({reason}) exists only in Graph's beta endpoint and is not supported"]
    return [f"{where} is not a property of a policy"]


def _wrong_kind(field: Field, value: t.Any, where: str) -> list[str]:
    """An object where none belongs, or none where one belongs; finer checks are the schema's."""
    if isinstance(field, Part) and not says_nothing(value):
        return [f"{where} must be an object or null"]
    if isinstance(value, dict) and not isinstance(field, Reference | Opaque):
        return [f"{where} must not be an object"]
    return []


def _unfilled(value: t.Any, placeholders: t.Mapping[str, str], path: str) -> list[str]:
    if isinstance(value, dict):
        members = {f"{path}.{name}".lstrip("."): member for name, member in value.items()}
    elif isinstance(value, list):
        members = {f"{path}[{index}]": member for index, member in enumerate(value)}
    else:
        return _unfilled_in(value, placeholders, path) if isinstance(value, str) else []
    return [fault for where, member in members.items() for fault in _unfilled(member, placeholders, where)]


def _unfilled_in(text: str, placeholders: t.Mapping[str, str], path: str) -> list[str]:
    if path.endswith("rule") or path == "description":
        return []
    rest = fill_placeholders(text, dict.fromkeys(placeholders, ""))
    return [f"{path} holds the placeholder {token!r}, for which nothing is given" for token in _TOKEN.findall(rest)]


def _settled(field: Field, value: t.Any) -> t.Any:
    """What a member of a definition means as content: a reference without its expansion, and switches that are on."""
    if isinstance(field, Reference):
        return _referred(value)
    if not isinstance(field, Part):
        return value
    if not isinstance(value, dict):
        return None
    result = {member.name: _settled(member, value[member.name]) for member in field.fields if member.name in value}
    if field.switched and result.get("isEnabled") is None and any(result.values()):
        # To drop a control that has settings but no isEnabled would weaken the policy: it is meant to be on.
        result["isEnabled"] = True
    return result


def _referred(value: t.Any) -> t.Any:
    """The id of an expanded object, else its name; an object with neither stays, for the schema to refuse."""
    if not isinstance(value, dict):
        return value
    return value.get("id") or value.get("displayName") or value
