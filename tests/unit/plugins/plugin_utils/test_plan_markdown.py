# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans as Markdown: what stands there, and that nothing in a name is markup."""

from __future__ import annotations

import html
import re
import typing as t

import pytest
from ansible.errors import AnsibleFilterError
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.filter.plan_markdown import plan_markdown
from ansible_collections.m365.entra.plugins.plugin_utils._plan_markdown import code, escaped, value

Json = dict[str, t.Any]


def step(**more: t.Any) -> Json:
    """A step of a plan."""
    return {
        "phase": "apply",
        "operation": "update",
        "resource": "conditional_access_policy",
        "name": "MFA",
        "reason": "it differs",
        "depends_on": [],
        "changes": [],
        **more,
    }


@pytest.mark.parametrize(
    ("result", "heading"),
    [
        ({"plan": [], "plan_status": "nothing_to_do"}, "### `acme`: nothing to do"),
        ({"plan": [step()], "plan_status": "changes_pending"}, "### `acme`: 1 change pending"),
        ({"plan": [step(), step()], "plan_status": "changed"}, "### `acme`: 2 changes made"),
        ({"failed": True, "msg": "No."}, "### `acme`: **failed**"),
        ({"failed": True, "msg": "No.", "plan": [step()], "plan_status": "blocked"}, "### `acme`: **blocked**"),
        ({"failed": True, "msg": "No.", "plan": [step()], "plan_status": "changed"}, "### `acme`: **failed**"),
    ],
)
def test_status_in_a_heading(result: Json, heading: str) -> None:
    assert plan_markdown({"acme": result}).splitlines()[0] == heading


def test_what_stands_in_the_way_is_told() -> None:
    assert "> emergency\\_access: nobody &lt;here&gt;" in plan_markdown(
        {"a": {"failed": True, "msg": "emergency_access: nobody <here>"}}
    )


def test_steps_changes_and_warnings() -> None:
    changes = [{"path": "conditions.users.include_users", "before": [], "after": ["All"]}]
    text = plan_markdown({"acme": {"plan": [step(), step(depends_on=[1], changes=changes)], "warnings": ["Mind @kim"]}})
    assert "| 2 | apply | update conditional\\_access\\_policy | `MFA` | it differs | 1 |" in text
    assert "<details><summary>2. MFA</summary>" in text
    assert "| `conditions.users.include_users` | - | `All` |" in text
    assert "- Mind @&#8203;kim" in text


def test_name_in_what_is_folded_away_is_html_and_no_markdown() -> None:
    changes = [{"path": "state", "before": None, "after": "x"}]
    text = plan_markdown({"acme": {"plan": [step(name="Block_all <b> `x` @kim", changes=changes)]}})
    assert "<details><summary>1. Block_all &lt;b&gt; `x` @&#8203;kim</summary>" in text


def test_guards_are_named() -> None:
    answers = [{"guard": "license", "outcome": "allowed"}, {"guard": "emergency_access", "outcome": "blocked"}]
    text = plan_markdown({"acme": {"failed": True, "msg": "No.", "plan": [step()], "guards": answers}})
    assert "Guards: `license` allowed, `emergency_access` blocked" in text
    assert "| 1 | apply |" in text


def test_guards_that_let_a_plan_pass_say_what_they_saw() -> None:
    answers = [
        {"guard": "license", "outcome": "allowed", "reason": ""},
        {"guard": "sign_in_tests", "outcome": "allowed", "reason": "1 of 2 sign-ins did not."},
        {"guard": "lint", "outcome": "blocked", "reason": "Told above."},
    ]
    text = plan_markdown({"acme": {"plan": [step()], "guards": answers}})
    assert "Guards: `license` allowed, `sign_in_tests` allowed, `lint` blocked\n\n- `sign_in_tests`: 1 of 2" in text
    assert "Told above" not in text


def test_tenants_keep_their_order() -> None:
    text = plan_markdown({name: {"plan": []} for name in ("b", "a")})
    assert text.index("`b`") < text.index("`a`")


@given(st.text())
def test_no_text_breaks_a_table_or_mentions_anybody(text: str) -> None:
    for shown in (code(text), escaped(text)):
        assert "\n" not in shown
    assert (
        re.search(r"(?<![A-Za-z0-9_])@(?!&#8203;)", html.unescape(escaped(text)).replace("\u200b", "&#8203;")) is None
    )
    assert "<" not in escaped(text)
    assert code(text).replace("\\|", "").count("|") == 0


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (None, "-"),
        ([], "-"),
        ("a`b", "`` a`b ``"),
        (["a", {"b": 1}], '`a`, `{"b": 1}`'),
        (False, "`false`"),
        (0, "`0`"),
    ],
)
def test_values(content: t.Any, shown: str) -> None:
    assert value(content) == shown


@pytest.mark.parametrize("content", ["text", {"a": "text"}, {"a": {"plan": [{"name": "MFA"}]}}])
def test_what_is_no_result_is_named(content: t.Any) -> None:
    with pytest.raises(AnsibleFilterError, match="plan_markdown"):
        plan_markdown(content)
