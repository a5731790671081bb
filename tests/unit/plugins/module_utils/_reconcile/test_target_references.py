# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names in targets and in parts of lists, where they stand, and ids in their place."""

from __future__ import annotations

import typing as t

from ansible_collections.m365.entra.plugins.module_utils._reconcile.canonical import is_guid
from ansible_collections.m365.entra.plugins.module_utils._reconcile.references import (
    NamedReference,
    identified,
    mentions,
)
from ansible_collections.m365.entra.plugins.module_utils._reconcile.shape import Part, PartList, Target, Targets
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import PRINTERS, STAFF

SHAPE = Part(
    "method",
    (
        Targets("includeTargets"),
        Targets("excludeTargets"),
        Part("feature", (Target("includeTarget"), Target("excludeTarget"))),
        PartList("scopes", part=Part("scope", (Targets("includeTargets"),)), required=("includeTargets",)),
    ),
)
NOBODY = "00000000-0000-0000-0000-000000000000"
CONTENT: dict[str, t.Any] = {
    "includeTargets": ["Staff", "ALL_USERS", {"id": "ada", "targetType": "user"}],
    "excludeTargets": {"add": ["Printers"], "remove": ["Gone", PRINTERS.upper(), "Staff"]},
    "feature": {"includeTarget": "Staff", "excludeTarget": NOBODY},
    "scopes": [{"includeTargets": []}, {"includeTargets": ["Staff", "Printers"]}],
}
KNOWN = {("group", "Staff"): STAFF, ("group", "Printers"): PRINTERS, ("user", "ada"): "id-of-ada"}


def identify(kind: str, name: str) -> str:
    """The id of what is known; other ids stand for themselves, and other names for nothing."""
    return name.lower() if is_guid(name) else KNOWN[kind, name]


def test_mentions_with_their_places() -> None:
    assert list(mentions(SHAPE, CONTENT, "methods[1].")) == [
        NamedReference("group", "Staff", "methods[1].include_targets[0]"),
        NamedReference("user", "ada", "methods[1].include_targets[2]"),
        NamedReference("group", "Printers", "methods[1].exclude_targets.add[0]"),
        NamedReference("group", "Gone", "methods[1].exclude_targets.remove[0]"),
        NamedReference("group", "Staff", "methods[1].exclude_targets.remove[2]"),
        NamedReference("group", "Staff", "methods[1].feature.include_target"),
        NamedReference("group", "Staff", "methods[1].scopes[1].include_targets[0]"),
        NamedReference("group", "Printers", "methods[1].scopes[1].include_targets[1]"),
    ]


def test_ids_in_place_of_names() -> None:
    """What is gone from the tenant is in no list that it could leave."""
    assert identified(SHAPE, CONTENT, identify) == {
        "includeTargets": [
            {"id": STAFF, "targetType": "group"},
            {"id": "all_users", "targetType": "group"},
            {"id": "id-of-ada", "targetType": "user"},
        ],
        "excludeTargets": {
            "add": [{"id": PRINTERS, "targetType": "group"}],
            "remove": [
                {"id": PRINTERS, "targetType": "group"},
                {"id": STAFF, "targetType": "group"},
            ],
        },
        "feature": {
            "includeTarget": {"id": STAFF, "targetType": "group"},
            "excludeTarget": {"id": NOBODY, "targetType": "group"},
        },
        "scopes": [
            {"includeTargets": []},
            {"includeTargets": [{"id": STAFF, "targetType": "group"}, {"id": PRINTERS, "targetType": "group"}]},
        ],
    }


def test_nothing_said_is_nothing_mentioned() -> None:
    for content in ({}, {"includeTargets": None}, {"includeTargets": []}, {"feature": {}}, {"scopes": None}):
        assert list(mentions(SHAPE, content)) == []
        assert identified(SHAPE, content, identify) == content
