# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When the baseline ends sessions: where a policy or security defaults begin to ask, and by nothing else."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest
import yaml
from ansible.plugins.filter.core import flatten
from jinja2.nativetypes import NativeEnvironment

VARIABLES = Path(__file__).parents[3] / "roles" / "signin_baseline" / "vars" / "main.yml"


def step(resource: str, path: str, after: t.Any) -> dict[str, t.Any]:
    return {"resource": resource, "changes": [{"path": "notes", "after": 1}, {"path": path, "after": after}]}


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ([], False),
        ([step("conditional_access_policy", "policy_state", "enabled")], True),
        ([step("conditional_access_policy", "policy_state", "report_only")], False),
        ([step("security_defaults", "is_enabled", True)], True),
        ([step("security_defaults", "is_enabled", False)], False),
        ([step("mfa_registration_policy", "is_enabled", True)], False),
    ],
)
def test_what_takes_effect(plan: list[dict[str, t.Any]], expected: bool) -> None:
    expression = yaml.safe_load(VARIABLES.read_text(encoding="utf-8"))["__signin_baseline_takes_effect"]
    environment = NativeEnvironment()
    environment.filters["flatten"] = flatten
    assert environment.from_string(expression).render(signin_baseline_result={"plan": plan}) is expected
