# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When two names are one to people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._reconcile.same_name import folded


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("CA 1", "ca 1", True),
        ("CA 1", "CA  1", True),
        ("CA 1", " CA\u00a01 ", True),
        ("Zu\u0308rich", "Z\u00fcrich", True),
        ("STRASSE", "Stra\u00dfe", True),
        ("CA 1", "CA 2", False),
        ("CA1", "CA 1", False),
        ("Zurich", "Z\u00fcrich", False),
    ],
)
def test_names_that_are_one_to_people(one: str, other: str, same: bool) -> None:
    assert (folded(one) == folded(other)) is same


@given(st.text(alphabet=st.characters(max_codepoint=0x24F)))
def test_folding_settles(name: str) -> None:
    assert folded(folded(name)) == folded(name)
