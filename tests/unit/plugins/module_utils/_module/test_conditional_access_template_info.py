# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of conditional_access_template_info: one read, filtered and compared."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused
from ansible_collections.m365.entra.plugins.module_utils._module.conditional_access_template_info import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._policy.template_catalogue import TEMPLATES
from ansible_collections.m365.entra.plugins.module_utils._resources.conditional_access_template import PATH
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import policy

Json = dict[str, t.Any]

ALL_USERS = "a3d0a415-b068-4326-9251-f9cdf9feeb64"


def offered(name: str, identifier: str, scenarios: str, **parts: t.Any) -> Json:
    """A template as Graph answers it."""
    details = policy(**parts)
    del details["displayName"]
    return {"id": identifier, "name": name, "description": "Why.", "scenarios": scenarios, "details": details}


class Versions(FakeSession):
    """A session that remembers which version of Graph was asked."""

    asked: t.ClassVar[list[str]] = []

    def list(self, path: str, *, version: str = "v1.0", **query: str) -> list[Json]:
        """Read a collection."""
        self.asked.append(version)
        return super().list(path, version=version, **query)


def tenant() -> Versions:
    """A tenant in which Microsoft offers two templates."""
    session = Versions(read_only=True)
    session.asked.clear()
    session.collections[PATH] = [
        offered("Unknown here", ids.POLICY_ONE, "zeroTrust,remoteWork"),
        offered(
            "MFA for all",
            ALL_USERS,
            "secureFoundation",
            users={"includeUsers": ["All"], "excludeUsers": ["Current administrator will be excluded"]},
        ),
    ]
    return session


def read(options: Json, session: FakeSession | None = None) -> Json:
    """The result of a task."""
    found = session or tenant()
    return run(fake_module(SPEC, options), lambda: found)


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({}, ["MFA for all", "Unknown here"]),
        ({"scenario": "remoteWork"}, ["Unknown here"]),
        ({"scenario": "aiAgents"}, []),
        ({"name": "MFA for all"}, ["MFA for all"]),
        ({"name": "mfa for all"}, []),
        ({"id": ALL_USERS.upper()}, ["MFA for all"]),
        ({"id": ALL_USERS, "scenario": "zeroTrust"}, []),
    ],
)
def test_templates_that_were_asked_for(options: Json, names: list[str]) -> None:
    session = tenant()
    result = read(options, session)
    assert [one["name"] for one in result["conditional_access_templates"]] == names
    assert result["changed"] is False
    assert session.requests == [("GET", PATH)]
    assert session.asked == ["v1.0"]


def test_beta_is_asked_when_told() -> None:
    session = tenant()
    read({"api_version": "beta"}, session)
    assert session.asked == ["beta"]


def test_template_stands_beside_the_nearest_named_policy() -> None:
    (one,) = read({"id": ALL_USERS})["conditional_access_templates"]
    assert {key: one[key] for key in ("id", "name", "description", "scenarios", "not_understood")} == {
        "id": ALL_USERS,
        "name": "MFA for all",
        "description": "Why.",
        "scenarios": ["secureFoundation"],
        "not_understood": [],
    }
    assert one["template"] == "microsoft_require_mfa_for_all_users"
    assert [(change["option"], change["microsoft"]) for change in one["differences"]] == [
        ("conditions.users.exclude_roles", [])
    ]
    (variant,) = one["variants"]
    assert variant["template"] == "require_mfa_for_all_users"
    assert {change["option"] for change in variant["differences"]} == {
        "conditions.users.exclude_roles",
        "grant_controls.built_in_controls",
        "grant_controls.authentication_strength",
    }


def test_template_without_a_named_policy() -> None:
    (one,) = read({"id": ids.POLICY_ONE})["conditional_access_templates"]
    assert (one["template"], one["differences"], one["variants"]) == (None, [], [])


@pytest.mark.parametrize("options", [{}, {"scenario": "aiAgents"}])
def test_named_policies_without_counterpart_do_not_depend_on_what_was_asked_for(options: Json) -> None:
    found = {one["template"]: one for one in read(options)["without_counterpart"]}
    assert set(TEMPLATES) - set(found) == {"require_mfa_for_all_users", "microsoft_require_mfa_for_all_users"}
    assert found["block_device_code_flow"] == {
        "template": "block_device_code_flow",
        "display_name": "Block device code flow",
        "microsoft_template_id": None,
        "needs_beta": False,
    }
    assert found["block_agent_users"]["needs_beta"] is True


def test_permission_is_checked_first() -> None:
    session = FakeSession(permissions=frozenset({"User.Read.All"}))
    with pytest.raises(GuardRefused, match=r"Policy\.Read\.All for reading Conditional Access templates"):
        read({}, session)
    assert session.requests == []
