# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults on request: rules that make chosen requests fail in a chosen way."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from .json_types import JsonObject, JsonValue
from .messages import Request

FaultKind = Literal["status", "delay", "reset", "commit_then_fail"]

RULE_KEYS = frozenset({"method", "path", "count", "tenant", "skip", "action"})
ACTION_KEYS = frozenset({"kind", "status", "retry_after", "seconds", "body"})


class InvalidFault(ValueError):
    """A fault rule is not understood."""


@dataclass(frozen=True)
class FaultAction:
    """What happens to a request that a rule matches."""

    kind: FaultKind
    status: int = 503
    retry_after: float | None = None
    seconds: float = 0.0
    body: JsonValue = None


@dataclass
class FaultRule:
    """Matches requests by method, by a regular expression on path and query, and by tenant."""

    method: str
    pattern: re.Pattern[str]
    tenant: str | None
    skip: int
    remaining: int
    action: FaultAction
    source: JsonObject = field(default_factory=dict)

    def matches(self, request: Request, tenant: str | None) -> bool:
        return (
            self.method in ("*", request.method)
            and (self.tenant is None or self.tenant == tenant)
            and self.pattern.search(request.target) is not None
        )

    def as_json(self) -> JsonObject:
        return {**self.source, "skip": self.skip, "count": self.remaining}


class Faults:
    """The rules in force. The first rule that matches and is not used up decides."""

    def __init__(self) -> None:
        self._rules: list[FaultRule] = []
        self._lock = threading.Lock()

    def replace(self, document: JsonValue) -> None:
        """Put the rules of ``{"rules": [...]}`` in force.

        Raises:
            InvalidFault: naming the rule and what is wrong with it; the old rules stay.
        """
        if not isinstance(document, dict) or not isinstance(document.get("rules"), list):
            raise InvalidFault('the body must be {"rules": [...]}')
        rules = [parse_rule(rule, f"rules[{position}]") for position, rule in enumerate(document["rules"])]
        with self._lock:
            self._rules = rules

    def as_json(self) -> JsonObject:
        with self._lock:
            return {"rules": [rule.as_json() for rule in self._rules]}

    def action_for(self, request: Request, tenant: str | None) -> FaultAction | None:
        """Return what is to happen to this request and count it, or None where no rule applies."""
        with self._lock:
            for rule in self._rules:
                if rule.remaining == 0 or not rule.matches(request, tenant):
                    continue
                if rule.skip > 0:
                    rule.skip -= 1
                    continue
                rule.remaining -= 1
                return rule.action
        return None


def parse_rule(rule: Any, where: str) -> FaultRule:
    """Return one rule of a fault document; see README.md for its form."""
    if not isinstance(rule, dict):
        raise InvalidFault(f"{where} is not an object")
    _refuse_unknown(rule, RULE_KEYS, where)
    try:
        pattern = re.compile(str(rule.get("path", "")))
    except re.error as error:
        raise InvalidFault(f"{where}.path is no regular expression: {error}") from error
    return FaultRule(
        method=str(rule.get("method", "*")).upper(),
        pattern=pattern,
        tenant=rule.get("tenant"),
        skip=_whole_number(rule.get("skip", 0), f"{where}.skip"),
        remaining=_whole_number(rule.get("count", 1), f"{where}.count"),
        action=parse_action(rule.get("action"), f"{where}.action"),
        source=dict(rule),
    )


def parse_action(action: Any, where: str) -> FaultAction:
    """Return the action of a rule."""
    if not isinstance(action, dict) or action.get("kind") not in get_args(FaultKind):
        raise InvalidFault(f"{where} needs a 'kind': one of {', '.join(get_args(FaultKind))}")
    _refuse_unknown(action, ACTION_KEYS, where)
    if action["kind"] == "delay" and not isinstance(action.get("seconds"), int | float):
        raise InvalidFault(f"{where}.seconds must be a number")
    if action["kind"] in ("status", "commit_then_fail"):
        status = action.get("status")
        if not isinstance(status, int) or not 400 <= status <= 599:
            raise InvalidFault(f"{where}.status must be a status from 400 to 599")
    return FaultAction(**action)


def _refuse_unknown(document: JsonObject, known: frozenset[str], where: str) -> None:
    unknown = sorted(set(document) - known)
    if unknown:
        raise InvalidFault(f"{where} has unknown members: {', '.join(unknown)}")


def _whole_number(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise InvalidFault(f"{where} must be a whole number of 0 or more")
    return value
