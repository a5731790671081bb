# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether something fits a filter rule, as far as its properties were said."""

from __future__ import annotations

import typing as t

from .filter_rule import Comparison, Junction, Literal, Negation, Rule, read_rule
from .filter_tokens import UnreadableRule
from .sign_in import Property
from .truth import NO, YES, Truth, all_of, any_of, told, untold


class Known(t.NamedTuple):
    """The value of a property; None when it is unset."""

    value: Property


# Tells the value of a property by its name in the rule, or a Truth where it was not said.
# It raises UnreadableRule for a name that such a rule cannot have.
LookUp: t.TypeAlias = "t.Callable[[str], Known | Truth]"


def fits(text: str, look_up: LookUp) -> Truth:
    """Whether what *look_up* describes fits the rule *text*; cannot be told for a rule that is not understood."""
    try:
        return _fits(read_rule(text), look_up)
    except UnreadableRule as error:
        return untold(f"the filter {text!r} cannot be evaluated here: {error}")


def _fits(rule: Rule, look_up: LookUp) -> Truth:
    if isinstance(rule, Negation):
        return _fits(rule.rule, look_up).negated()
    if isinstance(rule, Junction):
        parts = [_fits(one, look_up) for one in rule.rules]
        return all_of(parts) if rule.needs_all else any_of(parts)
    found = look_up(rule.name)
    return found if isinstance(found, Truth) else _compare(rule, found.value)


def _compare(rule: Comparison, value: Property) -> Truth:
    """Case does not matter. A negative operator is the opposite of the positive one, for what is unset too."""
    positive = _POSITIVE.get(rule.operator)
    if positive is not None:
        return _compare(Comparison(rule.name, positive, rule.values), value).negated()
    wanted = [_plain(one) for one in rule.values]
    return YES if any(_HOLDS[rule.operator](one, wanted) for one in _members(value)) else NO


def _members(value: Property) -> list[Literal]:
    """The values to look at; a property with several fits when one of them does."""
    return [_plain(one) for one in value] if isinstance(value, tuple) else [_plain(value)]


def _plain(value: Literal) -> Literal:
    """Values in one spelling; rules write truth values with and without quotes."""
    if not isinstance(value, str):
        return value
    return {"true": True, "false": False}.get(value.lower(), value.lower())


def _text_test(test: t.Callable[[str, str], bool]) -> t.Callable[[Literal, list[Literal]], bool]:
    def holds(value: Literal, wanted: list[Literal]) -> bool:
        return isinstance(value, str) and all(isinstance(one, str) and test(value, one) for one in wanted)

    return holds


_POSITIVE = {
    "ne": "eq",
    "notin": "in",
    "notstartswith": "startswith",
    "notendswith": "endswith",
    "notcontains": "contains",
}
_HOLDS: dict[str, t.Callable[[Literal, list[Literal]], bool]] = {
    "eq": lambda value, wanted: value in wanted,
    "in": lambda value, wanted: value in wanted,
    "startswith": _text_test(str.startswith),
    "endswith": _text_test(str.endswith),
    "contains": _text_test(str.__contains__),
}


def is_selected(filter_: t.Mapping[str, t.Any] | None, mode: str, look_up: LookUp) -> Truth:
    """Whether a policy's filter (Graph's mode and rule) of that *mode* selects what *look_up* describes."""
    if not filter_ or filter_.get("mode") != mode:
        return told(False)
    return fits(str(filter_.get("rule") or ""), look_up)
