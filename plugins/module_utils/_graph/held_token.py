# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A token that is used for a short while without asking whether there is a newer one."""

from __future__ import annotations

import time
import typing as t

if t.TYPE_CHECKING:
    from azure.core.credentials import AccessToken

# Longer than requests that belong together take, and shorter than any token lasts that was just handed out.
_HELD_SECONDS = 60.0
# A request must not arrive with a token that has expired on its way.
_SPARE_SECONDS = 5.0


class HeldToken:
    """*token* for *scopes*, from now on until a minute has passed or it is about to expire."""

    def __init__(self, scopes: t.Sequence[str], token: AccessToken, clock: t.Callable[[], float] = time.time) -> None:
        self.token = token
        self._scopes = tuple(scopes)
        self._clock = clock
        self._until = min(clock() + _HELD_SECONDS, token.expires_on - _SPARE_SECONDS)

    def serves(self, scopes: t.Sequence[str]) -> bool:
        """Whether the token is for *scopes* and still good."""
        return tuple(scopes) == self._scopes and self._clock() < self._until
