# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A definition in a YAML file."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._policy import definition_yaml
from ansible_collections.m365.entra.plugins.module_utils._policy.definition_reader import read_definition_file
from ansible_collections.m365.entra.plugins.module_utils._policy.definition_yaml import parse_yaml

TEXT = """
displayName: Müller's policy
conditions:
  users: {includeUsers: [All]}
grantControls:
  operator: OR
  builtInControls:
    - mfa
"""
POLICY = {
    "displayName": "Müller's policy",
    "conditions": {"users": {"includeUsers": ["All"]}},
    "grantControls": {"operator": "OR", "builtInControls": ["mfa"]},
}


@pytest.mark.parametrize("name", ["policy.yml", "policy.yaml", "POLICY.YML"])
def test_suffix_says_that_it_is_yaml(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(TEXT, encoding="utf-8")
    assert read_definition_file(str(path), "definition_path") == POLICY


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: [secret-value", ["not YAML", "line 1"]),
        ("a: secret-value\nb: :\n  - c", ["not YAML", "line"]),
        ("a: \x01secret-value", ["not YAML", "characters"]),
        ("a: {b: secret-value, b: 2}", ["'b'", "twice", "line 1"]),
        ("- a: 1\n  a: 1", ["'a'", "twice", "line 2"]),
        ("a: &x [secret-value]\nb: *x", ["aliases", "line 2"]),
        ("&x [*x]", ["aliases"]),
        ("!!python/object/apply:os.getcwd []", ["not YAML"]),
        ("[" * 5000, ["nested too deeply"]),
    ],
)
def test_what_is_not_a_definition_is_refused_without_its_content(text: str, words: list[str]) -> None:
    with pytest.raises(OptionError) as failure:
        parse_yaml(text, "definition_path")
    message = str(failure.value)
    assert message.startswith("definition_path: ")
    assert [word for word in words if word not in message] == []
    assert "secret-value" not in message


def test_without_the_package_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(definition_yaml, "HAS_YAML", False)
    with pytest.raises(OptionError, match="PyYAML") as failure:
        parse_yaml(TEXT, "definition_path")
    assert "JSON" in failure.value.remedy
