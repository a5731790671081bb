# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts, and shares that never round anyone away."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._resources.registration_counts import RegistrationCounts, share
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.registration_rows import row


@pytest.mark.parametrize(
    ("count", "total", "expected"),
    [
        (0, 0, None),
        (0, 5, 0.0),
        (5, 5, 1.0),
        (1, 3, 0.3333),
        (2, 3, 0.6667),
        (99_999, 100_000, 0.9999),
        (1, 100_000, 0.0001),
    ],
)
def test_share(count: int, total: int, expected: float | None) -> None:
    assert share(count, total) == expected


def test_only_what_is_true_counts() -> None:
    counts = RegistrationCounts()
    for one in (row(1), row(2, isMfaCapable=False), row(3, isMfaCapable=None), row(4, isMfaCapable="true")):
        counts.add(one)
    result = counts.to_result()
    assert result["total"] == 4
    assert result["mfa_capable"] == {"count": 1, "share": 0.25}
    assert result["mfa_registered"] == {"count": 4, "share": 1.0}
    assert result["passwordless_capable"] == {"count": 0, "share": 0.0}
