# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whose sessions are revoked and who is left alone: a pure function of what is known."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass
from datetime import datetime

from .account import Account
from .without_mfa import Registered

EMERGENCY = "emergency access account"
EXCLUDED = "excluded by exclude_users or exclude_groups"
SELF = "the task itself runs as this account"
GUEST = "a guest: the sessions are those of the home tenant"
NOT_IN_REPORT = "not in the registration report yet"
REVOKED_ALREADY = "sessions were revoked since the moment that was given"


@dataclass(frozen=True)
class Exceptions:
    """The ids of those who are never touched, and since when a revocation of before is enough."""

    emergency: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    itself: str = ""
    since: datetime | None = None

    def reason_for(self, account: Account) -> str:
        """Why the account is left alone; empty where it is not."""
        reasons = (
            (account.identifier in self.emergency, EMERGENCY),
            (account.identifier in self.excluded, EXCLUDED),
            (account.identifier == self.itself, SELF),
            (account.is_guest, GUEST),
            (self.since is not None and account.was_revoked_since(self.since), REVOKED_ALREADY),
        )
        return next((reason for holds, reason in reasons if holds), "")


@dataclass(frozen=True)
class Chosen:
    """The accounts whose sessions are revoked, and those left alone, each with the reason; sorted by name."""

    revoked: tuple[Account, ...]
    left_alone: tuple[tuple[Account, str], ...]


def choose(accounts: t.Iterable[Account], exceptions: Exceptions, registered: Registered | None = None) -> Chosen:
    """Sort out *accounts*; with *registered*, who has registered for MFA is not spoken of at all."""
    revoked: list[Account] = []
    left_alone: list[tuple[Account, str]] = []
    for account in sorted(set(accounts)):
        if registered is not None and account.identifier in registered.for_mfa:
            continue
        reason = exceptions.reason_for(account) or _unknown(account, registered)
        if reason:
            left_alone.append((account, reason))
        else:
            revoked.append(account)
    return Chosen(tuple(revoked), tuple(left_alone))


def _unknown(account: Account, registered: Registered | None) -> str:
    return NOT_IN_REPORT if registered is not None and account.identifier not in registered.known else ""
