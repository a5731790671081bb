# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of OData's ``$filter`` language that the directory accepts (facts section 7.4).

``eq``, ``ne``, ``ge``, ``gt``, ``le``, ``lt``, ``in``, ``startswith``, ``endswith``, ``any``, ``not``, ``and``, ``or``
and parentheses.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ..json_types import JsonObject, JsonValue

TOKEN = re.compile(
    r"\s*(?:(?P<string>'(?:[^']|'')*')|(?P<punctuation>[(),:])"
    r"|(?P<word>[A-Za-z_@][\w/.@-]*)|(?P<other>-?[0-9][\w.:+-]*))"
)
MAXIMUM_IN_VALUES = 15
ORDERINGS = {"ge": operator.ge, "gt": operator.gt, "le": operator.le, "lt": operator.lt}
Predicate = Callable[[JsonObject], bool]


class FilterSyntaxError(ValueError):
    """The text is no filter."""


class FilterUnsupported(ValueError):
    """The filter is understood but not supported."""


@dataclass(frozen=True)
class Filter:
    """A filter: which objects it keeps, which properties it reads, whether it needs the advanced query mode.

    ``ordered`` are the properties that it compares by ``ge`` and its like.
    """

    keeps: Predicate
    properties: frozenset[str]
    advanced: bool = False
    ordered: frozenset[str] = frozenset()


def parse_filter(text: str) -> Filter:
    """Return the filter that ``text`` expresses.

    Raises:
        FilterSyntaxError: the text does not follow the grammar.
        FilterUnsupported: it uses an operator that is not supported, or too many values.
    """
    parser = _Parser(_tokens(text))
    result = parser.disjunction()
    parser.expect_end()
    return result


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str


def _tokens(text: str) -> list[_Token]:
    tokens, position = [], 0
    while position < len(text.rstrip()):
        match = TOKEN.match(text, position)
        if match is None:
            raise FilterSyntaxError(f"Syntax error at position {position} in '{text}'.")
        kind = str(match.lastgroup)
        tokens.append(_Token(kind, match.group(kind)))
        position = match.end()
    return tokens


class _Parser:
    """Recursive descent over the tokens, one method per rule of the grammar."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._position = 0

    def disjunction(self) -> Filter:
        result = self._conjunction()
        while self._accept_word("or"):
            result = _any_of(result, self._conjunction())
        return result

    def expect_end(self) -> None:
        if self._position != len(self._tokens):
            raise FilterSyntaxError(f"Syntax error at '{self._peek().text}'.")

    def _conjunction(self) -> Filter:
        result = self._negation()
        while self._accept_word("and"):
            result = _all_of(result, self._negation())
        return result

    def _negation(self) -> Filter:
        if self._accept_word("not"):
            inner = self._term()
            return Filter(lambda item: not inner.keeps(item), inner.properties, advanced=True, ordered=inner.ordered)
        return self._term()

    def _term(self) -> Filter:
        if self._accept("("):
            inner = self.disjunction()
            self._expect(")")
            return inner
        if self._peek().text in ("startswith", "endswith"):
            return self._function(self._next().text)
        return self._comparison()

    def _function(self, name: str) -> Filter:
        self._expect("(")
        path = self._word()
        self._expect(",")
        wanted = str(self._literal()).lower()
        self._expect(")")
        test = str.startswith if name == "startswith" else str.endswith
        return Filter(
            lambda item: test(str(value_at(item, path) or "").lower(), wanted),
            frozenset({path}),
            advanced=name == "endswith",
        )

    def _comparison(self) -> Filter:
        path = self._word()
        if path.endswith("/any"):
            return self._any(path.removesuffix("/any"))
        name = self._word()
        match name:
            case "eq":
                wanted = folded(self._literal())
                return Filter(lambda item: folded(value_at(item, path)) == wanted, frozenset({path}))
            case "ne":
                unwanted = folded(self._literal())
                return Filter(lambda item: folded(value_at(item, path)) != unwanted, frozenset({path}), advanced=True)
            case "in":
                values = self._values()
                return Filter(lambda item: folded(value_at(item, path)) in values, frozenset({path}))
            case "has":
                flag = folded(self._literal())
                return Filter(lambda item: flag in str(value_at(item, path)).lower().split(","), frozenset({path}))
            case "ge" | "gt" | "le" | "lt":
                return self._ordering(path, ORDERINGS[name])
        raise FilterUnsupported(f"Unsupported operator '{name}' in the filter.")

    def _ordering(self, path: str, holds: Callable[[JsonValue, JsonValue], bool]) -> Filter:
        limit = comparable(self._literal())

        def keeps(item: JsonObject) -> bool:
            value = comparable(value_at(item, path))
            return type(value) is type(limit) and holds(value, limit)

        return Filter(keeps, frozenset({path}), ordered=frozenset({path}))

    def _any(self, path: str) -> Filter:
        """Parse ``(x:condition on x)`` after the path of a collection."""
        self._expect("(")
        variable = self._word()
        self._expect(":")
        inner = self.disjunction()
        self._expect(")")
        return Filter(
            lambda item: any(inner.keeps({variable: element}) for element in value_at(item, path) or ()),
            frozenset({path}),
            inner.advanced,
        )

    def _values(self) -> list[JsonValue]:
        self._expect("(")
        values = [folded(self._literal())]
        while self._accept(","):
            values.append(folded(self._literal()))
        self._expect(")")
        if len(values) > MAXIMUM_IN_VALUES:
            raise FilterUnsupported(
                "Too many child clauses specified in search filter expression containing 'OR' operators: "
                f"{len(values)}. Max allowed: {MAXIMUM_IN_VALUES}."
            )
        return values

    def _literal(self) -> JsonValue:
        token = self._next()
        if token.kind == "string":
            return token.text[1:-1].replace("''", "'")
        if token.kind == "word" and token.text in ("true", "false", "null"):
            return {"true": True, "false": False, "null": None}[token.text]
        if token.kind == "other":
            return int(token.text) if token.text.lstrip("-").isdecimal() else token.text
        if token.kind == "word":
            return token.text
        raise FilterSyntaxError(f"A value was expected at '{token.text}'.")

    def _word(self) -> str:
        token = self._next()
        if token.kind != "word":
            raise FilterSyntaxError(f"Syntax error at '{token.text}'.")
        return token.text

    def _peek(self) -> _Token:
        if self._position >= len(self._tokens):
            return _Token("end", "")
        return self._tokens[self._position]

    def _next(self) -> _Token:
        token = self._peek()
        if token.kind == "end":
            raise FilterSyntaxError("Expression expected at the end of the filter.")
        self._position += 1
        return token

    def _accept(self, text: str) -> bool:
        if self._peek().kind == "punctuation" and self._peek().text == text:
            self._position += 1
            return True
        return False

    def _accept_word(self, text: str) -> bool:
        if self._peek().kind == "word" and self._peek().text == text:
            self._position += 1
            return True
        return False

    def _expect(self, text: str) -> None:
        if not self._accept(text):
            raise FilterSyntaxError(f"'{text}' was expected at '{self._peek().text}'.")


def value_at(item: JsonObject, path: str) -> JsonValue:
    """Return the value at a path like ``a/b``, or None where there is nothing."""
    value: JsonValue = item
    for name in path.split("/"):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def comparable(value: JsonValue) -> JsonValue:
    """Return a moment for a text that is one, however many digits its second has; anything else as it is."""
    if not isinstance(value, str):
        return value
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return value


def folded(value: JsonValue) -> JsonValue:
    """Strings compare without case in the directory."""
    return value.lower() if isinstance(value, str) else value


def _all_of(left: Filter, right: Filter) -> Filter:
    return Filter(
        lambda item: left.keeps(item) and right.keeps(item),
        left.properties | right.properties,
        left.advanced or right.advanced,
        left.ordered | right.ordered,
    )


def _any_of(left: Filter, right: Filter) -> Filter:
    return Filter(
        lambda item: left.keeps(item) or right.keeps(item),
        left.properties | right.properties,
        left.advanced or right.advanced,
        left.ordered | right.ordered,
    )
