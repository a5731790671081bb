# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a stored policy looks to a reader: expanded, masked, and without what v1.0 does not know."""

from __future__ import annotations

from dataclasses import dataclass

from ..data.clouds import ABSENT_PROPERTIES
from ..graph.call import GraphCall
from ..json_types import JsonObject, JsonValue
from .schema import SENTINEL, Property, derived_type, enumerations, structured_types
from .schema_check import is_annotation


@dataclass(frozen=True)
class Reader:
    """What a read depends on: the version, the cloud, and whether members after the sentinel show as they are."""

    beta: bool
    sees_unknown_members: bool
    cloud: str = "global"


def reader_of(call: GraphCall) -> Reader:
    """Return what the reads of a request depend on."""
    sees_all = call.prefers_unknown_members or not call.profile.mask_unknown_enum_members
    return Reader(beta=call.is_beta, sees_unknown_members=sees_all, cloud=call.profile.cloud)


def presented_object(value: JsonObject, type_name: str, reader: Reader) -> JsonObject:
    """Return an object as ``reader`` sees it.

    Beta's properties show in beta only, unset ones too; what the cloud's schema lacks does not show.
    """
    declared = structured_types()[type_name]
    actual = (derived_type(declared, value["@odata.type"]) if "@odata.type" in value else None) or declared
    absent = ABSENT_PROPERTIES[reader.cloud].get(actual.name, frozenset())
    shown = {
        name: _presented_member(member, actual.known(name), reader)
        for name, member in value.items()
        if name not in absent and (reader.beta or name in actual.properties or is_annotation(name))
    }
    if not reader.beta:
        return shown
    return {name: [] if item.collection else None for name, item in actual.beta.items()} | shown


def _presented_member(value: JsonValue, declared: Property | None, reader: Reader) -> JsonValue:
    if declared is None or value is None:
        return value
    if declared.collection:
        return [_presented_value(element, declared, reader) for element in value]
    return _presented_value(value, declared, reader)


def _presented_value(value: JsonValue, declared: Property, reader: Reader) -> JsonValue:
    if declared.type_name in structured_types():
        return presented_object(value, declared.type_name, reader)
    if declared.type_name in enumerations():
        return _masked(value, declared.type_name, reader)
    return value


def _masked(value: str, type_name: str, reader: Reader) -> str:
    """Return a value of an enumeration without the members that the reader cannot know.

    Members that come after ``unknownFutureValue`` read as it without the Prefer header (facts section 0.1); those of
    beta always do so in v1.0.
    """
    enumeration = enumerations()[type_name]
    members = [member for member in enumeration.split(value) if member is not None]
    unseen = {member for member in members if enumeration.needs_prefer(member) and not reader.sees_unknown_members}
    unknown = unseen if reader.beta else unseen | set(enumeration.beta_members)
    shown = (SENTINEL if member in unknown else member for member in members)
    return ",".join(dict.fromkeys(shown)) if members else value
