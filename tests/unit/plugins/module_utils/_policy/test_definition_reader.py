# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Definitions come as text or as a file, in the encodings that exporters write."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._policy.definition_reader import (
    parse_definition,
    read_definition_file,
)

POLICY = {"displayName": "Müller's policy → 1"}
TEXT = json.dumps(POLICY, ensure_ascii=False)


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("utf-8"),
        codecs.BOM_UTF8 + TEXT.encode("utf-8"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16-le with mark", "utf-16-be with mark", "utf-16-le", "utf-16-be"],
)
def test_encodings(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "policy.json"
    path.write_bytes(content)
    assert read_definition_file(str(path), "definition_path") == POLICY


def test_text_with_a_mark() -> None:
    assert parse_definition("\ufeff" + TEXT, "definition") == POLICY


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ["not JSON", "line 1"]),
        ('{"displayName": "secret-value"', ["not JSON"]),
        ('{\n "a": secret-value}', ["not JSON", "line 2"]),
        ("[" * 100_000, ["nested too deeply"]),
        ('{"a": {"b": "secret-value", "b": 2}}', ["'b'", "twice"]),
    ],
)
def test_what_is_not_a_definition_is_refused_without_its_content(text: str, words: list[str]) -> None:
    with pytest.raises(OptionError) as failure:
        parse_definition(text, "policies[0].definition")
    message = str(failure.value)
    assert message.startswith("policies[0].definition: ")
    assert [word for word in words if word not in message] == []
    assert "secret-value" not in message
    assert failure.value.__cause__ is None


def test_member_that_stands_twice_with_one_value_is_accepted() -> None:
    assert parse_definition('{"a": [1], "a": [1]}', "definition") == {"a": [1]}


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"^definition_path: the file '.*nothing\.json' cannot be read"):
        read_definition_file(str(tmp_path / "nothing.json"), "definition_path")


def test_folder_instead_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="cannot be read"):
        read_definition_file(str(tmp_path), "definition_path")


@pytest.mark.parametrize(("size", "fits"), [(1024 * 1024, True), (1024 * 1024 + 1, False)])
def test_size_is_limited_to_one_mebibyte(tmp_path: Path, size: int, fits: bool) -> None:
    path = tmp_path / "policy.json"
    path.write_bytes(b"{}" + b" " * (size - 2))
    if fits:
        assert read_definition_file(str(path), "definition_path") == {}
    else:
        with pytest.raises(OptionError, match="larger than one mebibyte"):
            read_definition_file(str(path), "definition_path")


@pytest.mark.parametrize("content", [b'{"a": "\xe9"}', codecs.BOM_UTF16_LE + b"{"])
def test_other_encodings_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "policy.json"
    path.write_bytes(content)
    with pytest.raises(OptionError, match="neither UTF-8 nor UTF-16") as failure:
        read_definition_file(str(path), "definition_path")
    assert failure.value.remedy == "Save it as UTF-8."
