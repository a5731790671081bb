# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads the registration report page by page, for the people that are asked for (facts section 9.1)."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._graph.errors import ServiceRefused
from .._graph.session import Session
from .._reconcile.shape import Json
from .license import NO_LICENSE
from .people import users_in_group
from .registration_not_ready import NotReady
from .registration_summary import GUEST, MEMBER, RegistrationSummary, is_guest

DETAILS = "/reports/authenticationMethods/userRegistrationDetails"
ALL = "all"
USER_TYPES = (ALL, MEMBER, GUEST)
_LARGEST_PAGE = "999"


class LicenceMissing(Exception):
    """The tenant lacks the licence for the report; the text says so in the service's words."""


@dataclass(frozen=True)
class Selection:
    """Which rows count: of one of USER_TYPES, perhaps only administrators, perhaps only those with certain user ids."""

    user_types: str = ALL
    administrators_only: bool = False
    ids: frozenset[str] | None = None

    @property
    def expression(self) -> str:
        """What the service can select by itself, as a filter; empty for everything."""
        by_type = f"userType eq '{self.user_types}'" if self.user_types != ALL else ""
        return " and ".join(filter(None, (by_type, "isAdmin eq true" if self.administrators_only else "")))

    def includes(self, row: Json) -> bool:
        """Whether a row counts, also where the service has ignored the filter."""
        if self.user_types != ALL and is_guest(row) != (self.user_types == GUEST):
            return False
        if self.administrators_only and row.get("isAdmin") is not True:
            return False
        return self.ids is None or str(row.get("id") or "").lower() in self.ids

    def people_without_row(self, counted: int) -> int | None:
        """How many of the people with those ids the report does not know; None where nobody can say."""
        if self.ids is None or self.expression:
            return None
        return len(self.ids) - counted


def ids_of_members(session: Session, groups: t.Iterable[str]) -> frozenset[str]:
    """The ids of all users who belong to one of the groups, directly or not."""
    return frozenset(str(user["id"]).lower() for group in groups for user in users_in_group(session, group))


def read_summary(session: Session, selection: Selection, not_ready: NotReady) -> RegistrationSummary:
    """The summary of the rows in *selection*, in one read a thousand users.

    Raises LicenceMissing where the tenant has neither P1 nor P2.
    """
    summary = RegistrationSummary(not_ready)
    query = {"filter": selection.expression} if selection.expression else {}
    try:
        for page in session.pages(DETAILS, top=_LARGEST_PAGE, **query):
            summary.add([row for row in page if selection.includes(row)])
    except ServiceRefused as error:
        if error.code == NO_LICENSE:
            raise LicenceMissing(error.message) from error
        raise
    return summary
