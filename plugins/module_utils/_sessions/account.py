# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts as the revocation of sessions sees them."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass
from datetime import datetime

from .._graph.errors import OptionError
from .._graph.session import Json, Session

_SELECT = "id,userPrincipalName,userType,accountEnabled,signInSessionsValidFromDateTime"
_LARGEST_PAGE = "999"
# The service refuses more values in one `in` filter (facts section 7.4).
_VALUES_IN_A_FILTER = 15
# From here on a look at everybody, a thousand a read, costs less than looking for each.
_MOST_LOOKED_FOR = 300


@dataclass(frozen=True, order=True)
class Account:
    """A user; *valid_from* is the moment since which sessions count, as the service writes it, empty where it is not
    known."""

    name: str
    identifier: str
    is_guest: bool = False
    is_enabled: bool = True
    valid_from: str = ""

    def was_revoked_since(self, since: datetime) -> bool:
        """Whether the sessions of before *since* are worth nothing already."""
        return bool(self.valid_from) and datetime.fromisoformat(self.valid_from) >= since


def account_of(user: Json) -> Account:
    """The account that the service shows."""
    return Account(
        str(user.get("userPrincipalName") or user["id"]).lower(),
        str(user["id"]).lower(),
        str(user.get("userType") or "").lower() == "guest",
        user.get("accountEnabled") is not False,
        str(user.get("signInSessionsValidFromDateTime") or ""),
    )


def moment_of(text: str) -> datetime:
    """The moment that the option unless_revoked_since gives. Raises OptionError when it is none, or has no zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise OptionError(
            f"unless_revoked_since: {text!r} is no moment with its zone.",
            remedy='Give it like "2026-11-23T08:00:00Z".',
        )
    return moment


def read_enabled_accounts(session: Session) -> list[Account]:
    """Everybody who can sign in, a thousand a read."""
    return [one for one in _every_account(session, filter="accountEnabled eq true") if one.is_enabled]


def read_accounts(session: Session, identifiers: t.Iterable[str]) -> list[Account]:
    """The accounts with these ids; those that are gone are left out."""
    wanted = sorted(set(identifiers))
    if len(wanted) > _MOST_LOOKED_FOR:
        asked = set(wanted)
        return [one for one in _every_account(session) if one.identifier in asked]
    found: list[Account] = []
    for start in range(0, len(wanted), _VALUES_IN_A_FILTER):
        quoted = ",".join(f"'{one}'" for one in wanted[start : start + _VALUES_IN_A_FILTER])
        found.extend(map(account_of, session.list("/users", filter=f"id in ({quoted})", select=_SELECT)))
    return found


def _every_account(session: Session, **query: str) -> t.Iterator[Account]:
    for page in session.pages("/users", select=_SELECT, top=_LARGEST_PAGE, **query):
        yield from map(account_of, page)
