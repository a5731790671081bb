# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds before a write, for every service of a session."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused
from ansible_collections.m365.entra.plugins.module_utils._graph.write_gate import WriteGate


def test_nothing_passes_in_a_session_that_only_reads() -> None:
    gate = WriteGate(read_only=True)
    gate.before_first(lambda: pytest.fail("nothing to check"))
    with pytest.raises(GuardRefused, match=r"^PATCH /x was stopped: in check mode"):
        gate.pass_through("PATCH /x")


def test_check_stays_in_force_until_it_has_let_a_write_through() -> None:
    gate = WriteGate(read_only=False)
    answers = [GuardRefused("no"), None]

    def check() -> None:
        answer = answers.pop(0)
        if answer:
            raise answer

    gate.before_first(check)
    with pytest.raises(GuardRefused):
        gate.pass_through("PATCH /x")
    gate.pass_through("PATCH /x")
    gate.pass_through("PATCH /x")
    assert answers == []
