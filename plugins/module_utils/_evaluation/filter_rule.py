# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules of device and application filters: the documented part of Graph's rule language, read into small objects.

A comparison binds closest, then -not, -and and -or. What is outside of that part is not guessed at.
"""

from __future__ import annotations

import functools
import typing as t
from dataclasses import dataclass

from .filter_tokens import Token, UnreadableRule, tokens_of

Literal: t.TypeAlias = "str | bool | None"

_ON_ONE_VALUE = ("eq", "ne", "startswith", "notstartswith", "endswith", "notendswith", "contains", "notcontains")
_ON_A_LIST = ("in", "notin")
_DEEPEST = 50
_WORDS: dict[str, Literal] = {"true": True, "false": False, "null": None, "$null": None}


@dataclass(frozen=True)
class Comparison:
    """A property beside values; *operator* is in lower case and without its dash."""

    name: str
    operator: str
    values: tuple[Literal, ...]


@dataclass(frozen=True)
class Negation:
    """The opposite of a rule."""

    rule: Rule


@dataclass(frozen=True)
class Junction:
    """Rules of which all must hold, or at least one."""

    needs_all: bool
    rules: tuple[Rule, ...]


Rule: t.TypeAlias = "Comparison | Negation | Junction"


@functools.lru_cache(maxsize=256)
def read_rule(text: str) -> Rule:
    """The rule that *text* writes. Raises UnreadableRule when it uses anything else than the documented part."""
    reader = _Reader(tokens_of(text))
    rule = reader.either()
    reader.expect_end()
    return rule


class _Reader:
    """Reads one rule from its words, from left to right."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._position = 0
        self._depth = 0

    def either(self) -> Rule:
        return self._joined("or", needs_all=False)

    def _both(self) -> Rule:
        return self._joined("and", needs_all=True)

    def _joined(self, operator: str, *, needs_all: bool) -> Rule:
        read = self._single if needs_all else self._both
        rules = [read()]
        while self._next.is_operator(operator):
            self._take()
            rules.append(read())
        return rules[0] if len(rules) == 1 else Junction(needs_all, tuple(rules))

    def _single(self) -> Rule:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UnreadableRule("it is nested too deeply")
        rule = self._negated_or_enclosed()
        self._depth -= 1
        return rule

    def _negated_or_enclosed(self) -> Rule:
        if self._next.is_operator("not"):
            self._take()
            return Negation(self._single())
        if self._next.is_mark("("):
            self._take()
            rule = self.either()
            self._expect_mark(")")
            return rule
        return self._comparison()

    def _comparison(self) -> Comparison:
        name = self._take()
        if name.kind != "word" or "." not in name.value:
            raise UnreadableRule(f"{name.value!r} stands where a property is expected")
        operator = self._take()
        if operator.is_operator(*_ON_ONE_VALUE):
            return Comparison(name.value, operator.value, (self._literal(),))
        if operator.is_operator(*_ON_A_LIST):
            return Comparison(name.value, operator.value, self._list())
        raise UnreadableRule(f"the operator {operator.value!r} is not understood")

    def _list(self) -> tuple[Literal, ...]:
        self._expect_mark("[")
        values = [self._literal()]
        while self._next.is_mark(","):
            self._take()
            values.append(self._literal())
        self._expect_mark("]")
        return tuple(values)

    def _literal(self) -> Literal:
        token = self._take()
        if token.kind == "text":
            return token.value
        if token.kind == "word" and token.value.lower() in _WORDS:
            return _WORDS[token.value.lower()]
        raise UnreadableRule(f"{token.value!r} stands where a value is expected")

    def expect_end(self) -> None:
        if self._next.kind != "end":
            raise UnreadableRule(f"{self._next.value!r} stands where the rule should end")

    def _expect_mark(self, mark: str) -> None:
        token = self._take()
        if not token.is_mark(mark):
            raise UnreadableRule(f"{token.value!r} stands where {mark!r} is expected")

    @property
    def _next(self) -> Token:
        return self._tokens[self._position]

    def _take(self) -> Token:
        token = self._next
        self._position = min(self._position + 1, len(self._tokens) - 1)
        return token
