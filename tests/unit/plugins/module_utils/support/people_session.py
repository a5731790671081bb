# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A session with a tenant whose single objects are given by path, people and their MFA states among them."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import ServiceRefused
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession, Json

USER = "#microsoft.graph.user"
GROUP = "#microsoft.graph.group"


def requirements(user_id: str) -> str:
    """The path of a user's MFA state."""
    return f"/users/{user_id}/authentication/requirements"


@dataclass
class PeopleSession(FakeSession):
    """Reads *objects* by path; any other object is not there, in the service's words."""

    objects: dict[str, Json] = field(default_factory=dict)

    def get(self, path: str, *, version: str = "v1.0", **query: str) -> Json:
        """Read one object."""
        self._note("GET", path, version, query)
        if path not in self.objects:
            raise ServiceRefused(f"404: {path} does not exist.", status=404, code="Request_ResourceNotFound")
        return dict(self.objects[path])


def user_of(identifier: str, name: str, **properties: t.Any) -> Json:
    """A user as the directory shows one."""
    return {
        "@odata.type": USER,
        "id": identifier,
        "userPrincipalName": name,
        "accountEnabled": True,
        "userType": "Member",
        **properties,
    }
