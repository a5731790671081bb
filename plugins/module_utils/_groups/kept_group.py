# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The group that is kept in step: found by name or id, and refused where it is not ours to fill."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .._graph.errors import GuardRefused, OptionError, ServiceRefused
from .._graph.filter_text import quoted
from .._graph.session import Json, Session
from .._reconcile.canonical import is_guid

COLLECTION = "/groups"
_NOT_FOUND = 404
_DYNAMIC = "dynamicmembership"
_SELECT = (
    "id,displayName,description,groupTypes,membershipRule,mailEnabled,securityEnabled,onPremisesSyncEnabled,"
    "isAssignableToRole"
)


@dataclass(frozen=True)
class KeptGroup:
    """A group of the tenant; *raw* is what the service says of it."""

    identifier: str
    name: str
    description: str = ""
    is_assignable_to_role: bool = False
    raw: Json = field(default_factory=dict, compare=False)


def find_group(session: Session, name_or_id: str) -> KeptGroup | None:
    """The one group of that name or id, or None where no group has the name yet. One read.

    Raises OptionError for an id that no group has and for a name that several groups have.
    """
    if is_guid(name_or_id):
        return _group(_with_id(session, name_or_id))
    found = session.list(COLLECTION, filter=f"displayName eq {quoted(name_or_id)}", select=_SELECT)
    if len(found) > 1:
        ids = ", ".join(sorted(str(one["id"]) for one in found))
        raise OptionError(
            f"group: {len(found)} groups are named {name_or_id!r} ({ids}).",
            remedy="Give the id of the one that is meant. Nothing was written.",
        )
    return _group(found[0]) if found else None


def _with_id(session: Session, identifier: str) -> Json:
    try:
        return session.get(f"{COLLECTION}/{identifier}", select=_SELECT)
    except ServiceRefused as error:
        if error.status == _NOT_FOUND:
            raise OptionError(
                f"group: there is no group with the id {identifier!r} in this tenant.",
                remedy="Correct the id, or give a name: a group that is missing is created by its name.",
                request_id=error.request_id,
            ) from error
        raise


def _group(raw: Json) -> KeptGroup:
    return KeptGroup(
        str(raw["id"]).lower(),
        str(raw.get("displayName") or ""),
        str(raw.get("description") or ""),
        raw.get("isAssignableToRole") is True,
        raw,
    )


def refuse_foreign(group: KeptGroup) -> None:
    """Raise GuardRefused for a group whose members somebody else decides on, or that is no security group."""
    reasons = list(_reasons(group.raw))
    if reasons:
        raise GuardRefused(
            f"group: {group.name!r} ({group.identifier}) is not touched: {'; '.join(reasons)}.",
            remedy="Name a security group with assigned members, or a new name: then the group is created. "
            "Nothing was written.",
        )


def _reasons(raw: Json) -> t.Iterator[str]:
    kinds = {str(kind).lower() for kind in raw.get("groupTypes") or []}
    if _DYNAMIC in kinds or raw.get("membershipRule"):
        yield "a rule decides who its members are"
    if raw.get("onPremisesSyncEnabled") is True:
        yield "it is synchronised from another directory, which decides who its members are"
    if "unified" in kinds:
        yield "it is a Microsoft 365 group"
    if raw.get("securityEnabled") is not True:
        yield "it is not security-enabled, so that no policy can target it"
    elif raw.get("mailEnabled") is True and "unified" not in kinds:
        yield "it is mail-enabled, and Microsoft Graph does not write such groups"
