# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One call of a Graph operation, after it was allowed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..json_types import JsonObject
from ..messages import MalformedBody, Request, Response
from ..profile import Profile
from ..store import Collection
from ..tenant import Tenant
from . import errors
from .query import QueryOptions


@dataclass(frozen=True)
class GraphCall:
    """Everything an operation may use: whose data, which version, which path parameters, which query.

    ``user_id`` is the person of a delegated token; None for an application.
    """

    tenant: Tenant
    permissions: frozenset[str]
    user_id: str | None
    profile: Profile
    version: str
    request: Request
    parameters: Mapping[str, str]
    query: QueryOptions

    @property
    def is_beta(self) -> bool:
        return self.version == "beta"

    @property
    def root(self) -> str:
        return f"{self.request.base_url}/{self.version}"

    @property
    def context_url(self) -> str:
        return f"{self.root}/$metadata#"

    @property
    def prefers_unknown_members(self) -> bool:
        return "include-unknown-enum-members" in self.request.header("prefer").lower()

    def collection(self, path: str) -> Collection:
        return self.tenant[path]

    def json_object(self) -> JsonObject:
        """Return the body, which must be a JSON object."""
        if not self.request.body:
            raise errors.query_invalid("Empty Payload. JSON content expected.")
        try:
            body = self.request.json()
        except MalformedBody as error:
            raise errors.query_invalid("Unable to read JSON request payload.") from error
        if not isinstance(body, dict):
            raise errors.query_invalid("Unable to read JSON request payload.")
        return body


Operation = Callable[[GraphCall], Response]
