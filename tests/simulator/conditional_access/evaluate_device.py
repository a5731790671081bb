# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a device fits a policy's filter: the documented part of the rule language, cut apart from the outside in."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..json_types import JsonObject
from .schema import structured_types

COMPARISON = re.compile(
    r"""device\.(?P<name>\w+)\s+-(?P<negative>not|n)?(?P<operator>eq|e|startsWith|endsWith|contains|in)\s+(?P<value>.+)""",
    re.IGNORECASE | re.DOTALL,
)
TEXT = re.compile(r"""(["'])([^"'\\`]*)\1""")
WORDS = {"true": True, "false": False, "null": None, "$null": None}
TESTS: dict[str, Callable[[str, str], bool]] = {
    "startswith": str.startswith,
    "endswith": str.endswith,
    "contains": str.__contains__,
}


class UnknownRule(ValueError):
    """A rule that is outside of the documented part of the language."""


def device_matches(devices: JsonObject | None, device: JsonObject) -> bool | None:
    """Return whether a policy's device filter lets the policy hold; None where the device is not described enough.

    Raises:
        UnknownRule: the rule cannot be read.
    """
    filter_ = (devices or {}).get("deviceFilter")
    if not filter_:
        return True
    fits = _fits(filter_["rule"].strip(), device)
    return _opposite(fits) if filter_["mode"] == "exclude" else fits


def _fits(rule: str, device: JsonObject) -> bool | None:
    alternatives = _cut(rule, "-or")
    if len(alternatives) > 1:
        answers = [_fits(part, device) for part in alternatives]
        return True if True in answers else None if None in answers else False
    parts = _cut(rule, "-and")
    if len(parts) > 1:
        answers = [_fits(part, device) for part in parts]
        return False if False in answers else None if None in answers else True
    if rule[:4].lower() == "-not":
        return _opposite(_fits(rule[4:].strip(), device))
    if rule.startswith("(") and _closing(rule) == len(rule) - 1:
        return _fits(rule[1:-1].strip(), device)
    return _compare(rule, device)


def _opposite(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def _cut(rule: str, word: str) -> list[str]:
    """Cut a rule at an operator that stands outside of brackets and texts."""
    depth, quote, start, position = 0, "", 0, 0
    parts = []
    while position < len(rule):
        character = rule[position]
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character in "()":
            depth += 1 if character == "(" else -1
        elif depth == 0 and re.match(rf"{word}(?!\w)", rule[position:], re.IGNORECASE):
            parts.append(rule[start:position].strip())
            start = position + len(word)
        position += 1
    return [*parts, rule[start:].strip()]


def _closing(rule: str) -> int:
    """Return where the bracket that a rule begins with is closed."""
    depth, quote = 0, ""
    for position, character in enumerate(rule):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character in "()":
            depth += 1 if character == "(" else -1
            if depth == 0:
                return position
    raise UnknownRule(rule)


def _compare(rule: str, device: JsonObject) -> bool | None:
    match = COMPARISON.fullmatch(rule)
    if match is None:
        raise UnknownRule(rule)
    names = {name.lower(): name for name in structured_types()["deviceInfo"].properties}
    if match["name"].lower() not in names:
        raise UnknownRule(rule)
    operator, wanted = match["operator"].lower(), _values(match["value"].strip(), match["operator"])
    negative = (match["negative"] or "").lower()
    if (operator == "e") != (negative == "n") or (operator == "eq" and negative):
        raise UnknownRule(rule)
    value = device.get(names[match["name"].lower()])
    if value is None:
        return None
    holds = _holds(operator, value, wanted)
    return holds is not bool(negative)


def _holds(operator: str, value: object, wanted: list[object]) -> bool:
    actual = [_folded(item) for item in (value if isinstance(value, list) else [value])]
    if operator in TESTS:
        return any(isinstance(one, str) and TESTS[operator](one, str(wanted[0])) for one in actual)
    return any(one in wanted for one in actual)


def _values(text: str, operator: str) -> list[object]:
    if operator.lower() != "in":
        return [_value(text)]
    if not (text.startswith("[") and text.endswith("]")):
        raise UnknownRule(text)
    return [_value(part.strip()) for part in text[1:-1].split(",")]


def _value(text: str) -> object:
    match = TEXT.fullmatch(text)
    if match:
        return _folded(match[2])
    if text.lower() not in WORDS:
        raise UnknownRule(text)
    return WORDS[text.lower()]


def _folded(value: object) -> object:
    """Case does not matter, and truth values are written with and without quotes."""
    if not isinstance(value, str):
        return value
    lowered = value.lower()
    return WORDS[lowered] if lowered in ("true", "false") else lowered
