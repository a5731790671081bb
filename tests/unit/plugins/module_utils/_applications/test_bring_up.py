# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An application is asked for once, whatever becomes of the answer."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

import pytest

from ansible_collections.m365.entra.plugins.module_utils._applications.application_plan import creation
from ansible_collections.m365.entra.plugins.module_utils._applications.bring_up import bring_up
from ansible_collections.m365.entra.plugins.module_utils._applications.template import Template
from ansible_collections.m365.entra.plugins.module_utils._applications.wanted_application import WantedApplication
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import (
    OutcomeUnknown,
    ServiceRefused,
    VerificationFailed,
)
from ansible_collections.m365.entra.plugins.module_utils._graph.token_claims import TokenClaims

Json = dict[str, t.Any]
WANTED = WantedApplication("Files")
ACTION = creation(WANTED, Template("t", "Fabrikam Files"))
LOST = OutcomeUnknown("504", remedy="", status=504)


@dataclass
class Gallery:
    """A session in which a new application becomes visible, registration first, after so many looks."""

    commits: bool = True
    answers: bool = True
    looks_until_registration: int = 0
    looks_until_principal: int = 0
    posts: list[str] = field(default_factory=list)
    slept: float = 0.0
    looks: int = 0
    claims: TokenClaims = field(default_factory=lambda: TokenClaims("tenant", "", frozenset(), True))

    def post(self, path: str, body: Json | None) -> Json:
        """Make the application, or not."""
        self.posts.append(path)
        if not self.answers:
            raise LOST
        return {"application": {"id": "reg", "appId": "app"}, "servicePrincipal": {"id": "prin", "appId": "app"}}

    def list(self, path: str, **_query: str) -> list[Json]:
        """Show what is visible by now."""
        self.looks += 1
        identifier = {"/applications": "reg", "/servicePrincipals": "prin"}[path]
        return [{"id": identifier, "appId": "app", "appOwnerOrganizationId": "tenant"}] if self._shows(path) else []

    def get(self, path: str, **_query: str) -> Json:
        """Show one object, or refuse."""
        if not self._shows(path.rsplit("/", 1)[0]):
            raise ServiceRefused("404", status=404)
        return {"id": path.rsplit("/", 1)[1], "appId": "app"}

    def sleep(self, seconds: float) -> None:
        """Wait for nothing, but note it."""
        self.slept += seconds

    def _shows(self, path: str) -> bool:
        needed = self.looks_until_registration if path == "/applications" else self.looks_until_principal
        return bool(self.posts) and self.commits and self.looks > needed


@pytest.mark.parametrize("answers", [True, False])
@pytest.mark.parametrize(("first", "second"), [(0, 0), (3, 9), (9, 3)])
def test_it_is_asked_for_once_and_awaited(answers: bool, first: int, second: int) -> None:
    session = Gallery(answers=answers, looks_until_registration=first, looks_until_principal=second)
    assert bring_up(t.cast("t.Any", session), ACTION, WANTED) == ("reg", "prin")
    assert session.posts == ["/applicationTemplates/t/instantiate"]


def test_nothing_is_sent_again_where_nothing_is_seen() -> None:
    session = Gallery(commits=False, answers=False)
    with pytest.raises(OutcomeUnknown) as unclear:
        bring_up(t.cast("t.Any", session), ACTION, WANTED)
    assert session.posts == ["/applicationTemplates/t/instantiate"]
    assert session.slept > 60
    assert "run again" in unclear.value.remedy


def test_what_does_not_become_visible_is_told() -> None:
    session = Gallery(looks_until_registration=1000, looks_until_principal=1000)
    with pytest.raises(VerificationFailed, match="does not show it"):
        bring_up(t.cast("t.Any", session), ACTION, WANTED)
