# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds the operation for a method and a path."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from .audits import Audit
from .call import Operation
from .query import MAXIMUM_PAGE_SIZE

Family = Literal["directory", "policy", "reports"]
Rate = Literal["unlimited", "conditional_access", "reports"]
VERSIONS = frozenset({"v1.0", "beta"})
PARAMETER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Access:
    """The permissions an operation needs: all of at least one alternative. The family chooses the refusal."""

    alternatives: tuple[frozenset[str], ...]
    family: Family

    def allows(self, permissions: frozenset[str]) -> bool:
        return any(alternative <= permissions for alternative in self.alternatives)


@dataclass(frozen=True)
class Route:
    """An operation and where it is found, which services share its rate, and what it leaves in the audit log.

    ``largest_page`` is the most that ``$top`` may ask for.
    """

    method: str
    template: str
    operation: Operation
    access: Access
    rate: Rate = "unlimited"
    versions: frozenset[str] = field(default=VERSIONS)
    audit: Audit | None = None
    largest_page: int = MAXIMUM_PAGE_SIZE

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(_pattern(segment) for segment in self.template.strip("/").split("/"))

    def parameters(self, segments: tuple[str, ...]) -> dict[str, str] | None:
        """Return the path parameters, or None where the path is another one."""
        if len(segments) != len(self.patterns):
            return None
        matches = [pattern.fullmatch(segment) for pattern, segment in zip(self.patterns, segments, strict=True)]
        parameters: dict[str, str] = {}
        for match in matches:
            if match is None:
                return None
            parameters |= match.groupdict()
        return parameters


@dataclass(frozen=True)
class Found:
    """A route and the parameters in the path."""

    route: Route
    parameters: Mapping[str, str]


class Router:
    """All routes of Graph."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._routes = tuple(routes)

    def find(self, method: str, version: str, segments: tuple[str, ...]) -> Found | None:
        for found in self._at(version, segments):
            if found.route.method == method:
                return found
        return None

    def exists(self, version: str, segments: tuple[str, ...]) -> bool:
        """Say whether there is anything at the path, for whatever method."""
        return bool(self._at(version, segments))

    def unknown_segment(self, version: str, segments: tuple[str, ...]) -> str:
        """Return the first segment that no route continues with, as Graph names it in its refusal."""
        for length in range(1, len(segments) + 1):
            if not any(version in route.versions and _begins(route, segments[:length]) for route in self._routes):
                return segments[length - 1]
        return segments[-1] if segments else ""

    def _at(self, version: str, segments: tuple[str, ...]) -> list[Found]:
        candidates = ((route, route.parameters(segments)) for route in self._routes if version in route.versions)
        return [Found(route, parameters) for route, parameters in candidates if parameters is not None]


def permission_sets(*alternatives: str | tuple[str, ...]) -> tuple[frozenset[str], ...]:
    """Return alternatives of permissions; a tuple means that all its permissions are needed together."""
    return tuple(frozenset([item] if isinstance(item, str) else item) for item in alternatives)


def directory_access(*alternatives: str | tuple[str, ...]) -> Access:
    return Access(permission_sets(*alternatives), "directory")


def policy_access(*alternatives: str | tuple[str, ...]) -> Access:
    return Access(permission_sets(*alternatives), "policy")


def reports_access(*alternatives: str | tuple[str, ...]) -> Access:
    return Access(permission_sets(*alternatives), "reports")


def _begins(route: Route, segments: tuple[str, ...]) -> bool:
    if len(segments) > len(route.patterns):
        return False
    return all(pattern.fullmatch(segment) for pattern, segment in zip(route.patterns, segments, strict=False))


def _pattern(segment: str) -> re.Pattern[str]:
    literal_parts = PARAMETER.split(segment)
    text = "".join(
        re.escape(part) if position % 2 == 0 else f"(?P<{part}>.+?)" for position, part in enumerate(literal_parts)
    )
    return re.compile(text, re.IGNORECASE)
