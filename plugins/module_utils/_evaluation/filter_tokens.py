# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The words of a filter rule, as Graph's rule language writes them."""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<text>"[^"\\`]*"|'[^'\\`]*')
      | (?P<operator>-[A-Za-z]+)
      | (?P<mark>[()\[\],])
      | (?P<word>\$?[A-Za-z][\w.]*)
    )""",
    re.VERBOSE,
)


class UnreadableRule(ValueError):
    """A rule that is written in a way that nothing here understands; the text says what it is."""


@dataclass(frozen=True)
class Token:
    """One word: its *kind* is text, operator, mark, word or end; operators and marks compare in lower case."""

    kind: str
    value: str

    def is_operator(self, *names: str) -> bool:
        """Whether this is one of the operators, written without their dash."""
        return self.kind == "operator" and self.value in names

    def is_mark(self, mark: str) -> bool:
        """Whether this is that bracket or comma."""
        return self.kind == "mark" and self.value == mark


END = Token("end", "the end")


def tokens_of(rule: str) -> list[Token]:
    """The words of *rule*, END last. Raises UnreadableRule at the first thing that is none."""
    return [*_tokens(rule.strip()), END]


def _tokens(rule: str) -> t.Iterator[Token]:
    position = 0
    while position < len(rule):
        match = _TOKEN.match(rule, position)
        if match is None:
            raise UnreadableRule(f"{rule[position : position + 20].strip()!r} is not understood")
        position = match.end()
        yield _token(str(match.lastgroup), str(match.group(str(match.lastgroup))))


def _token(kind: str, text: str) -> Token:
    if kind == "text":
        return Token(kind, text[1:-1])
    return Token(kind, text[1:].lower() if kind == "operator" else text)
