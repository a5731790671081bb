# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Legacy authentication that is still in use: by which clients, and by whom with success (facts section 9.2)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from .._reconcile.shape import Json
from .tally import Roster, Tally, most_frequent

# Every other client is a legacy one (facts section 9.2).
_MODERN_CLIENTS = ("browser", "mobile apps and desktop clients")


def is_legacy_client(client: str) -> bool:
    """Whether what the service calls *client* is legacy authentication; nothing is said of an empty name."""
    return bool(client) and client.lower() not in _MODERN_CLIENTS


@dataclass
class LegacyAuthentication:
    """Counts sign-ins by legacy clients.

    Users count where they succeeded: who tries passwords from outside fails, and does so for everybody.
    """

    sign_ins: Counter[str] = field(default_factory=Counter)
    successes: Counter[str] = field(default_factory=Counter)
    users: Tally = field(default_factory=Tally)

    def add(self, client: str, user: int, *, succeeded: bool) -> None:
        """Take in a sign-in by the number of its user."""
        if not is_legacy_client(client):
            return
        self.sign_ins[client] += 1
        if succeeded:
            self.successes[client] += 1
            self.users.add(user)

    def to_result(self, roster: Roster, maximum: int) -> Json:
        """What was seen as a task returns it, with *maximum* users."""
        users = most_frequent(self.users, roster, maximum)
        clients = sorted(self.sign_ins, key=lambda client: (-self.successes[client], -self.sign_ins[client], client))
        return {
            "sign_ins": self.sign_ins.total(),
            "successes": self.successes.total(),
            "clients": [
                {"client": client, "sign_ins": self.sign_ins[client], "successes": self.successes[client]}
                for client in clients
            ],
            "users_total": self.users.distinct,
            "users": [one.to_result("user_principal_name") for one in users],
            "truncated": len(users) < self.users.distinct,
        }
