# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads what is signed in to: whose the applications are, where a policy speaks of a group of Microsoft's."""

from __future__ import annotations

from .._graph.session import Session
from .reading_people import read_objects
from .sign_in import Application

# The organizations that own Microsoft's applications in every tenant (general knowledge).
_MICROSOFT = frozenset({"f8cdef31-a31e-4b4a-93e4-5f571e91255a", "72f988bf-86f1-41af-91ab-2d7cd011db47"})


def read_applications(session: Session, identifiers: set[str], *, with_owners: bool) -> dict[str, Application]:
    """The applications of these ids, by id; nothing is read unless their owners matter."""
    if not with_owners:
        return {identifier: Application(identifier) for identifier in identifiers}
    found = read_objects(session, "/servicePrincipals", identifiers, ("appId", "appOwnerOrganizationId"))
    return {
        identifier: Application(identifier, _is_of_microsoft(str(one.get("appOwnerOrganizationId") or "")))
        for identifier, one in found.items()
    }


def _is_of_microsoft(owner: str) -> bool | None:
    """Cannot be told of one that shows no owner."""
    return owner.lower() in _MICROSOFT if owner else None
