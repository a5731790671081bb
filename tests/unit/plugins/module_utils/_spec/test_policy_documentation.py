# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documentation is complete: every option is described, and nothing is described that is no option."""

from __future__ import annotations

import json
import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._spec import policy_documentation as documentation
from ansible_collections.m365.entra.plugins.module_utils._spec.documentation import documented
from ansible_collections.m365.entra.plugins.module_utils._spec.policy_options import (
    AROUND_THE_LIST,
    EMERGENCY_ACCESS,
    LANE,
    POLICIES,
    POLICY,
)
from ansible_collections.m365.entra.plugins.module_utils._spec.rollout_options import PROMOTE

Json = dict[str, t.Any]


def paths(options: Json, prefix: str = "") -> set[str]:
    """The paths of all options."""
    found = set()
    for name, option in options.items():
        found |= {f"{prefix}{name}"} | paths(option.get("options", {}), f"{prefix}{name}.")
    return found


ALL_PATHS = paths({**POLICY.options, **EMERGENCY_ACCESS.options, **LANE.options, **AROUND_THE_LIST}) | {"policies"}
FRAGMENTS = {
    "policy": (documentation.policy_fragment(), {**POLICY.options, **PROMOTE}),
    "policies": (documentation.policies_fragment(), {"policies": {**POLICIES, "required": True}, **AROUND_THE_LIST}),
    "emergency access": (documentation.emergency_access_fragment(), EMERGENCY_ACCESS.options),
    "lane": (documentation.lane_fragment(), LANE.options),
}


def test_nothing_is_described_that_is_no_option() -> None:
    assert set(documentation.DESCRIPTIONS) - ALL_PATHS == set()


@pytest.mark.parametrize("name", FRAGMENTS)
def test_every_option_is_described_with_its_own_structure(name: str) -> None:
    text, options = FRAGMENTS[name]

    def check(documented: Json, declared: Json, path: str) -> None:
        assert set(documented) == set(declared), path
        for key, option in declared.items():
            entry = documented[key]
            assert entry["description"], f"{path}{key}"
            assert all(paragraph.endswith(".") for paragraph in entry["description"]), f"{path}{key}"
            for part in ("type", "elements", "choices", "default", "required"):
                assert entry.get(part) == option.get(part), f"{path}{key}.{part}"
            check(entry.get("suboptions", {}), option.get("options", {}), f"{path}{key}.")

    check(json.loads(text)["options"], options, "")


def test_lists_say_how_they_are_edited_and_previews_that_they_are_such() -> None:
    options = json.loads(documentation.policy_fragment())["options"]["conditions"]["suboptions"]
    assert "C(add) and C(remove)" in options["users"]["suboptions"]["exclude_users"]["description"][1]
    assert "V(browser)" in options["client_app_types"]["description"][1]
    assert "only in Graph's beta endpoint" in options["times"]["description"][1]
    assert "V(AllAgentIdUsers)" in options["users"]["suboptions"]["include_users"]["description"][2]


def test_tenant_fragment_holds_the_policies() -> None:
    (option,) = json.loads(documentation.tenant_policies_fragment())["options"].values()
    assert set(option["suboptions"]) == {"policies", *AROUND_THE_LIST}
    assert set(option["suboptions"]["policies"]["suboptions"]) == set(POLICY.options)


def test_references_between_options_name_the_whole_path() -> None:
    listed = json.loads(documentation.policies_fragment())["options"]["policies"]["suboptions"]
    assert "O(policies[].id)" in listed["display_name"]["description"][0]
    nested = json.loads(documentation.tenant_policies_fragment())["options"]["conditional_access_policies"]
    described = nested["suboptions"]["policies"]["suboptions"]["display_name"]["description"][0]
    assert "O(conditional_access_policies.policies[].id)" in described
    alone = json.loads(documentation.policy_fragment())["options"]["display_name"]["description"][0]
    assert "O(id)" in alone


def test_option_without_a_description_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        documented({"nothing_of_that_name": {"type": "str"}}, documentation.POLICY_DESCRIPTIONS)
