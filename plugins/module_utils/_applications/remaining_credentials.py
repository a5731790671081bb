# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Takes certificates away without those that the same run, or somebody else, has made since the plan."""

from __future__ import annotations

import typing as t

from .._graph.errors import VerificationFailed
from .._graph.session import Session
from .._reconcile.shape import Json
from .certificate import certificates_of, credentials_without
from .patience import wait_for

_SELECT = "id,keyCredentials,passwordCredentials"


def remaining_credentials(session: Session, path: str, leaving: t.Sequence[str], made: t.Collection[str]) -> Json:
    """The body that leaves the service principal at *path* all but *leaving*, by key identifiers, read at this moment.

    *made* are the thumbprints of what this run has made: until the service shows them, a body would take them away as
    well. Raises VerificationFailed where it does not within about a minute.
    """

    def look() -> Json | None:
        principal = session.get(path, select=_SELECT)
        shown = {one.thumbprint for one in certificates_of(principal)}
        return principal if shown.issuperset(one.upper() for one in made) else None

    principal = wait_for(session, look)
    if principal is None:
        raise VerificationFailed(
            "The service does not show the certificate that was made, so that none was taken away.",
            remedy="Wait some minutes, then run again.",
        )
    return credentials_without(principal, set(leaving))
