# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A sign-in that waits for its person, kept between the task that begins it and the task that sees it through.

It lies in a private file beside the refresh token's, because the code by which its outcome is asked for is a secret.
"""

from __future__ import annotations

import json
import time
import typing as t
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from .delegated_client import Flow, SignInPlace
from .delegated_credential import PATH_OPTION
from .delegated_files import has_content, read_private, write_private

_SUFFIX = ".pending"


@dataclass(frozen=True)
class PendingSignIn:
    """Where the person signs in, and what the token service said. The latter is kept out of the representation."""

    place: SignInPlace
    flow: Flow = field(repr=False)

    def to_result(self) -> dict[str, t.Any]:
        """What the person is told."""
        expires = datetime.fromtimestamp(self.flow["expires_at"], UTC)
        told = {name: self.flow.get(name, "") for name in ("user_code", "verification_uri", "message")}
        return {**told, "expires_on": f"{expires:%Y-%m-%dT%H:%M:%SZ}"}


def read_pending(refresh_token_path: str, place: SignInPlace) -> PendingSignIn | None:
    """The sign-in that waits at *place*, or None. One that has expired, or is for another place, is none."""
    path = _path(refresh_token_path)
    if not has_content(path):
        return None
    try:
        kept = json.loads(read_private(path, PATH_OPTION))
        flow, where = kept["flow"], kept["place"]
        is_good = where == asdict(place) and float(flow["expires_at"]) > time.time()
    except (ValueError, KeyError, TypeError):
        return None  # not written by us; a new one replaces it
    return PendingSignIn(place, flow) if is_good else None


def keep_pending(refresh_token_path: str, pending: PendingSignIn) -> None:
    """Keep it. Raises OptionError when the file cannot be written."""
    kept = {"place": asdict(pending.place), "flow": pending.flow}
    write_private(_path(refresh_token_path), json.dumps(kept), PATH_OPTION)


def forget_pending(refresh_token_path: str) -> None:
    """Keep it no longer."""
    Path(_path(refresh_token_path)).unlink(missing_ok=True)


def _path(refresh_token_path: str) -> str:
    return f"{refresh_token_path}{_SUFFIX}"
