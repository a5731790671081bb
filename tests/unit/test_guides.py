# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables in the guides, in which people look things up, name everything that the code knows."""

from __future__ import annotations

import re
import typing as t
from pathlib import Path

import pytest
import yaml

from ansible_collections.m365.entra.plugins.module_utils._directory.roles import built_in_role_id
from ansible_collections.m365.entra.plugins.module_utils._graph.clouds import CLOUDS
from ansible_collections.m365.entra.plugins.module_utils._graph.refusal_numbers import NUMBERED
from ansible_collections.m365.entra.plugins.module_utils._guard.cloud_capabilities import has_bin, lacks
from ansible_collections.m365.entra.plugins.module_utils._policy.assessment import YES
from ansible_collections.m365.entra.plugins.module_utils._policy.control_assessment import CONTROLS, assess_controls
from ansible_collections.m365.entra.plugins.module_utils._policy.desired import desired_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import ENABLED, CurrentPolicy, plan_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_shape import POLICY
from ansible_collections.m365.entra.plugins.module_utils._policy.secure_cloud_controls import NOBODY
from ansible_collections.m365.entra.plugins.module_utils._policy.template_catalogue import TEMPLATES
from ansible_collections.m365.entra.plugins.module_utils._reconcile.shape import snake_case
from ansible_collections.m365.entra.plugins.module_utils._spec.documentation import fields_by_path

Json = dict[str, t.Any]

ROOT = Path(__file__).resolve().parents[2]
GUIDES = ROOT / "docs" / "docsite" / "rst"
PREVIEWS = {path: field for path, field in fields_by_path(POLICY).items() if field.preview or field.preview_values}


def guide(name: str) -> str:
    """The text of a guide."""
    return (GUIDES / f"guide_{name}.rst").read_text(encoding="utf-8")


def rows(name: str) -> list[list[str]]:
    """The rows of all tables in a guide, each with its cells as plain text on one line."""
    found = re.findall(r"^   \* - (.*?)(?=^   \* - |^\S|\Z)", guide(name), re.MULTILINE | re.DOTALL)
    return [[" ".join(cell.split()) for cell in re.split(r"^     -(?: |$)", row, flags=re.MULTILINE)] for row in found]


def row_of(name: str, first: str) -> list[str]:
    """The only row whose first cell holds *first*."""
    (row,) = [row for row in rows(name) if first in row[0]]
    return row


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_stands_with_its_id_and_lane(template: str) -> None:
    known = TEMPLATES[template]
    row = row_of("named_policies", f"``{known.name}``")
    assert row[3] == (f"``{known.microsoft_template_id}``" if known.microsoft_template_id else "")
    assert ("``api_version: beta``" in row[2]) == known.needs_beta
    assert ("``seed_2021``" in row[2]) == (known.seed_content is not None)


def test_no_template_stands_there_that_is_none() -> None:
    named = {row[0].strip("`") for row in rows("named_policies") if row[0] != "``template``"}
    assert named == set(TEMPLATES)


@pytest.mark.parametrize("cloud", CLOUDS)
def test_every_cloud_stands_with_its_addresses(cloud: str) -> None:
    (row,) = [row for row in rows("clouds") if row[0].split()[0] == f"``{cloud}``"]
    known = CLOUDS[cloud]
    assert row[1:] == [f"``{url.removeprefix('https://')}``" for url in (known.authority_url, known.graph_url)]


def missing_in(cloud: str) -> set[str]:
    """What a cloud lacks, in the words that its table uses."""
    known = lacks(cloud)
    return {
        *known.grant_controls,
        *map(snake_case, known.conditions),
        *known.strength_modes,
        *known.country_lookup_methods,
        *([] if has_bin(cloud) else ["restore"]),
    }


@pytest.mark.parametrize("cloud", CLOUDS)
def test_what_clouds_lack_is_said(cloud: str) -> None:
    table = [row for row in rows("clouds") if len(row) == 4]
    column = next(position for position, cell in enumerate(table[0]) if f"``{cloud}``" in cell)
    everything = set().union(*(missing_in(one) for one in CLOUDS))
    said = {word for row in table[1:] if row[column] == "refused" for word in re.findall(r"``(\w+)``", row[0])}
    assert said & everything == missing_in(cloud)


@pytest.mark.parametrize("path", PREVIEWS)
def test_every_preview_is_named(path: str) -> None:
    text = guide("beta")
    words = PREVIEWS[path].preview_values or (path.rsplit(".", 1)[-1],)
    assert [word for word in words if not re.search(rf"[`.]{re.escape(word)}``", text)] == []


def test_previews_are_found() -> None:
    """Guards the test above against passing because there is nothing to look at."""
    assert "conditions.times" in PREVIEWS
    assert "grant_controls.built_in_controls" in PREVIEWS


def test_every_number_of_the_service_is_explained() -> None:
    named = {number for row in rows("errors") for number in re.findall(r"\b1\d{3}\b", row[0])}
    assert named == {known.number for known in NUMBERED}


@pytest.mark.parametrize("playbook", ["apply", "export"])
def test_every_variable_of_the_file_playbooks_is_in_a_table(playbook: str) -> None:
    meta = yaml.safe_load((ROOT / "playbooks" / f"{playbook}.meta.yml").read_text(encoding="utf-8"))
    options = meta["argument_specs"][playbook]["options"]
    named = {name for row in rows("files") for name in re.findall(rf"``({playbook}_\w+)``", row[0])}
    assert named == set(options)


def meets(control: str, options: Json) -> bool:
    """Whether a policy made from *options* meets a control of CISA's baseline once it is enforced."""
    desired = desired_policy(options).resolved(lambda kind, name: built_in_role_id(name) or name)
    content = plan_policy(desired, []).content
    assert content is not None
    assessed = assess_controls([CurrentPolicy("", options["template"], ENABLED, content, {})], NOBODY)
    return {one["control"]: one["holds"] for one in assessed}[control] == YES


def named_in(cell: str) -> list[Json]:
    """The policies that a cell names, each as the options that make it."""
    profile = re.search(r"``profile: (\w+)``", cell)
    names = re.findall(r"``(\w+)``", cell)
    return [{"template": name, **({"profile": profile[1]} if profile else {})} for name in names]


@pytest.mark.parametrize("control", [control.name for control in CONTROLS])
def test_named_policies_meet_the_controls_that_the_guide_says(control: str) -> None:
    row = row_of("assessment", f"{control},")
    assert named_in(row[1]) + named_in(row[2]) != []
    assert [meets(control, options) for options in named_in(row[1])] == [True] * len(named_in(row[1]))
    assert [meets(control, options) for options in named_in(row[2])] == [False] * len(named_in(row[2]))


def test_options_of_the_guide_make_named_policies_meet_the_controls() -> None:
    block = guide("assessment").split("Meet the baseline's controls")[1].split("\nIf the tenant")[0]
    (task,) = yaml.safe_load(f"    - name: Meet{block}")
    policies = task["m365.entra.tenant_configuration"]["conditional_access_policies"]["policies"]
    assert [meets(control.name, options) for control, options in zip(CONTROLS, policies, strict=True)] == [True] * 3
