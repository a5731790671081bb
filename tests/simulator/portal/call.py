# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One call of a portal operation, after it was allowed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..json_types import JsonObject
from ..messages import MalformedBody, Request, Response
from ..profile import Profile
from ..tenant import Tenant
from . import errors


@dataclass(frozen=True)
class PortalCall:
    """Whose settings, by whom, and what was sent."""

    tenant: Tenant
    user_id: str
    profile: Profile
    request: Request

    def json_object(self) -> JsonObject:
        """Return the body, which must be a JSON object."""
        try:
            body = self.request.json()
        except MalformedBody as error:
            raise errors.invalid("The request body is no JSON.") from error
        if not isinstance(body, dict):
            raise errors.invalid("The request body must be an object.")
        return body

    def stored(self, path: str) -> JsonObject:
        """Return the settings object that readers see."""
        return dict(self.tenant[path].visible()[0]["object"])

    def latest(self, path: str) -> JsonObject:
        """Return the settings object as last written."""
        return dict(self.tenant[path].latest()[0]["object"])

    def store(self, path: str, settings: JsonObject) -> None:
        item = {"id": path, "object": settings}
        self.tenant[path].put(item, self.profile.consistency_delay_seconds)

    def written(self, shown: JsonObject) -> Response:
        """Answer a write: with the object or without, since what the portal does is not recorded."""
        return Response(204) if self.profile.portal_write_status == 204 else Response(200, shown)


PortalOperation = Callable[[PortalCall], Response]
PortalOperations = Mapping[str, PortalOperation]
