# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who stands behind ids that may belong to users, groups or service principals (facts section 7.4)."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._graph.questions import GET_BY_IDS
from .._graph.session import Json, Session

USER = "user"
GROUP = "group"
SERVICE_PRINCIPAL = "servicePrincipal"
UNKNOWN = "unknown"
_TYPES = [USER, GROUP, SERVICE_PRINCIPAL]
_MOST_IDS = 1000


@dataclass(frozen=True, order=True)
class Principal:
    """One object of the directory: the *name* that people know it by, its id, and its *kind*, the word of its type."""

    name: str
    identifier: str
    kind: str = USER

    @property
    def shown(self) -> str:
        """The name beside the id, as plans show it."""
        return f"{self.name} ({self.identifier})" if self.name != self.identifier else self.identifier

    def to_result(self) -> dict[str, str]:
        """The object as JSON values."""
        return {"id": self.identifier, "name": self.name, "kind": self.kind}


def principal_of(shown: Json) -> Principal:
    """The object that the service shows with its type: users by user principal name, all others by display name."""
    identifier = str(shown["id"]).lower()
    kind = str(shown.get("@odata.type") or UNKNOWN).removeprefix("#microsoft.graph.")
    name = shown.get("userPrincipalName") if kind == USER else shown.get("displayName")
    return Principal(str(name or identifier), identifier, kind)


def read_principals(session: Session, identifiers: t.Iterable[str]) -> list[Principal]:
    """Who has these ids, sorted by name, in one question a thousand ids.

    Of those that are gone or that the token may not read the kind is UNKNOWN and the id is all there is.
    """
    wanted = sorted({one.lower() for one in identifiers})
    found: dict[str, Principal] = {one: Principal(one, one, UNKNOWN) for one in wanted}
    for start in range(0, len(wanted), _MOST_IDS):
        for shown in session.ask(GET_BY_IDS, {"ids": wanted[start : start + _MOST_IDS], "types": _TYPES}):
            principal = principal_of(shown)
            found[principal.identifier] = principal
    return sorted(found.values())
