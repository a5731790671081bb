# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where objects are looked up."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._directory.directory import Directory
from ansible_collections.m365.entra.plugins.module_utils._directory.kinds import KINDS, Kind
from ansible_collections.m365.entra.plugins.module_utils._directory.naming import kinds_by_path
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_shape import POLICY
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession


def test_every_kind_of_a_policy_is_known() -> None:
    assert set(kinds_by_path(POLICY).values()) == set(KINDS)


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.searchable], ids=lambda kind: kind.label)
def test_searched_kinds_select_what_they_are_known_by(kind: Kind) -> None:
    assert {kind.identifier, kind.name} <= set(kind.select)


def test_accounts_are_read_with_their_state() -> None:
    assert "accountEnabled" in KINDS["user"].select


def test_kinds_that_know_enough_are_never_asked_for_what_they_know() -> None:
    session = FakeSession()
    for name, kind in KINDS.items():
        if kind.known_is_enough:
            Directory(session).learn(name, kind.known.values())
    assert session.requests == []
