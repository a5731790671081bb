# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first who are not ready, whatever order the report has, and how many there are."""

from __future__ import annotations

import random

import pytest

from ansible_collections.m365.entra.plugins.module_utils._resources.registration_not_ready import NotReady
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.registration_rows import row


@pytest.mark.parametrize(("aim", "numbers"), [("mfa", [2, 4]), ("password_reset", [3, 4]), ("either", [2, 3, 4])])
def test_aims(aim: str, numbers: list[int]) -> None:
    not_ready = NotReady(aim, 100)
    not_ready.add([row(1), row(2, isMfaCapable=False), row(3, isSsprCapable=None)])
    not_ready.add([row(4, isMfaCapable=False, isSsprCapable=False)])
    result = not_ready.to_result()
    assert [one["user_display_name"] for one in result["not_ready"]] == [f"User {number}" for number in numbers]
    assert (result["not_ready_total"], result["truncated"]) == (len(numbers), False)


@pytest.mark.parametrize("maximum", [0, 1, 7, 49, 50, 51])
@pytest.mark.parametrize("size", [1, 8, 50])
def test_first_by_name_in_any_order(maximum: int, size: int) -> None:
    rows = [row(number, isMfaCapable=False, userPrincipalName=f"U{number:02}@x.example") for number in range(50)]
    shuffled = random.Random(maximum * size).sample(rows, len(rows))
    not_ready = NotReady("mfa", maximum)
    for start in range(0, 50, size):
        not_ready.add(shuffled[start : start + size])
    result = not_ready.to_result()
    assert [one["id"] for one in result["not_ready"]] == [one["id"] for one in rows[:maximum]]
    assert (result["not_ready_total"], result["truncated"]) == (50, maximum < 50)


def test_same_names_are_ordered_by_id_and_case_does_not_matter() -> None:
    not_ready = NotReady("mfa", 2)
    names = {1: "B@x.example", 3: "a@x.example", 2: "A@x.example"}
    not_ready.add([row(number, isMfaCapable=False, userPrincipalName=name) for number, name in names.items()])
    assert [one["id"][-1] for one in not_ready.to_result()["not_ready"]] == ["2", "3"]
