# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects that nobody has published are held against what was recorded, and values are not told."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused
from ansible_collections.m365.entra.plugins.module_utils._settings.recorded_object import (
    Member,
    require_recorded_form,
)

MEMBERS = (
    Member("name", (str,), ("default",)),
    Member("count", (int,)),
    Member("isOn", (bool,)),
    Member("link", (str, type(None))),
    Member("ids", (list, type(None)), holds_ids=True),
)
GROUP = "bbbbbbbb-0000-4000-8000-000000000001"
NOBODY = "00000000-0000-0000-0000-000000000000"
SOUND: dict[str, t.Any] = {"name": "default", "count": 0, "isOn": False, "link": None, "ids": []}


def test_as_recorded_with_more_besides() -> None:
    require_recorded_form({**SOUND, "new": object()}, MEMBERS, "it")
    require_recorded_form({**SOUND, "link": "x", "ids": None}, MEMBERS, "it")
    require_recorded_form({**SOUND, "ids": [GROUP.upper(), NOBODY]}, MEMBERS, "it")


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"name": "secret-value"}, "name has a value that is not known"),
        ({"count": True}, "count is of the type bool"),
        ({"count": 1.0}, "count is of the type float"),
        ({"isOn": 0}, "isOn is of the type int"),
        ({"link": 5}, "link is of the type int"),
        ({"ids": "a"}, "ids is of the type str"),
        *(({"ids": [GROUP, one]}, "ids holds other things than ids") for one in ({"id": GROUP}, 5, None, "Staff", "")),
    ],
)
def test_faults(changes: dict[str, t.Any], fault: str) -> None:
    with pytest.raises(GuardRefused, match=f"^The portal's object for it does not look as it is known to: {fault}"):
        require_recorded_form({**SOUND, **changes}, MEMBERS, "it")


def test_values_are_not_told_and_the_way_out_is() -> None:
    with pytest.raises(GuardRefused) as refused:
        require_recorded_form({**SOUND, "name": "secret-value", "count": "secret-number"}, MEMBERS, "it")
    assert "secret" not in str(refused.value)
    assert "lane: evidence" in refused.value.remedy


def test_many_faults_are_counted() -> None:
    with pytest.raises(GuardRefused, match=r"name is missing; .*and 1 more such differences"):
        require_recorded_form({}, MEMBERS, "it")
