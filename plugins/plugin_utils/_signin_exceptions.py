# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exceptions of one tenant from policies of the baseline, each with a last day. Private to this collection."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass
from datetime import date, datetime

from ansible.utils.vars import merge_hash

from ansible_collections.m365.entra.plugins.module_utils._policy.template_catalogue import TEMPLATES

Json: t.TypeAlias = t.Mapping[str, t.Any]

VARIABLE = "signin_baseline_exceptions"
LISTS = ("exclude_users", "exclude_groups")
KNOWN = ("policy", *LISTS, "until", "reason")
_GRAPH_NAMES = {"exclude_users": "excludeUsers", "exclude_groups": "excludeGroups"}


@dataclass(frozen=True)
class PolicyException:
    """Who is left out of one policy, until and including which day, and why."""

    policy: str
    excluded: t.Mapping[str, tuple[str, ...]]
    until: date
    reason: str
    has_expired: bool

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody it leaves out."""
        return tuple(name for one in LISTS for name in self.excluded[one])

    def to_report(self, is_applied: bool) -> dict[str, t.Any]:
        """The exception as the report of the tenant shows it."""
        status = "expired" if self.has_expired else "active" if is_applied else "not_applicable"
        return {
            "policy": self.policy,
            **{name: list(self.excluded[name]) for name in LISTS},
            "until": self.until.isoformat(),
            "reason": self.reason,
            "status": status,
        }


@dataclass(frozen=True)
class Exceptions:
    """What the variable holds, and what cannot be meant in it."""

    problems: tuple[str, ...] = ()
    all: tuple[PolicyException, ...] = ()

    @property
    def notes(self) -> list[str]:
        """What to say of those that are over: they do not apply any more, whether or not anybody has noticed."""
        return [
            f"{VARIABLE}: the exception of {', '.join(one.names)} from {one.policy} ended with {one.until.isoformat()} "
            "and is not applied any more. Take it out, or give it a new day."
            for one in self.all
            if one.has_expired
        ]

    def of(self, policy: str) -> list[PolicyException]:
        """Those from one policy, by its key."""
        return [one for one in self.all if one.policy == policy]


def read_exceptions(given: t.Any, known: t.Collection[str], today: date) -> Exceptions:
    """What the variable says on the day *today*; *known* are the keys of policies that it may speak of."""
    if not isinstance(given, list | tuple):
        return Exceptions((f"{VARIABLE}: a list is expected.",))
    problems = [text for number, one in enumerate(given) for text in _problems(one, f"{VARIABLE}[{number}]", known)]
    return Exceptions(tuple(problems)) if problems else Exceptions(all=tuple(_exception(one, today) for one in given))


def _problems(given: t.Any, where: str, known: t.Collection[str]) -> list[str]:
    if not isinstance(given, dict):
        return [f"{where}: a dictionary with {', '.join(KNOWN)} is expected."]
    problems = []
    unknown = sorted(set(map(str, given)) - set(KNOWN))
    if unknown:
        problems.append(f"{where}: unknown: {', '.join(unknown)}. Known are {', '.join(KNOWN)}.")
    if str(given.get("policy")) not in known:
        problems.append(f"{where}.policy: there is no such policy. Known are: {', '.join(sorted(known))}.")
    if not any(given.get(name) for name in LISTS):
        problems.append(f"{where}: give exclude_groups or exclude_users; an exception without anybody is none.")
    if not all(isinstance(given.get(name) or [], list | tuple) for name in LISTS):
        problems.append(f"{where}: exclude_groups and exclude_users are lists.")
    if _day(given.get("until")) is None:
        problems.append(f"{where}.until: give the last day of the exception as YYYY-MM-DD; none goes on for ever.")
    if not str(given.get("reason") or "").strip():
        problems.append(f"{where}.reason: say why, for whoever reads the report.")
    return problems


def _day(value: t.Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _exception(given: Json, today: date) -> PolicyException:
    until = t.cast("date", _day(given["until"]))
    return PolicyException(
        policy=str(given["policy"]),
        excluded={name: tuple(str(one) for one in given.get(name) or ()) for name in LISTS},
        until=until,
        reason=str(given["reason"]).strip(),
        has_expired=until < today,
    )


def definition_problems(exceptions: Exceptions, policies: t.Mapping[str, Json]) -> list[str]:
    """What is wrong with exceptions from *policies*, settings by key, where these are definitions."""
    return [
        f"{VARIABLE}: {key} is a definition, beside which no exclusion can stand. Write it into the definition."
        for key, options in policies.items()
        if {"definition", "definition_path"} & set(options) and exceptions.of(key)
    ]


def with_exceptions(options: Json, exceptions: t.Sequence[PolicyException], profile: str) -> dict[str, t.Any]:
    """The *options* of a policy with its *exceptions* among the exclusions.

    A plain list says all that is excluded, so what has expired goes by not being in it. A list that is edited, or that
    neither options nor template speak of, keeps what the tenant has, so what has expired is taken out by name.
    """
    users = {**_usual_exclusions(options, profile), **((options.get("conditions") or {}).get("users") or {})}
    lists = {name: _excluded(name, users.get(name, {}), exceptions) for name in LISTS}
    changed = {name: value for name, value in lists.items() if value is not None}
    if not changed:
        return dict(options)
    return {**options, "conditions": merge_hash(options.get("conditions") or {}, {"users": changed})}


def _usual_exclusions(options: Json, profile: str) -> dict[str, list[str]]:
    template = TEMPLATES.get(options.get("template", ""))
    if template is None:
        return {}
    users = template.content_for(profile)["conditions"]["users"]
    return {name: list(users.get(graph) or []) for name, graph in _GRAPH_NAMES.items()}


def _excluded(name: str, given: t.Any, exceptions: t.Sequence[PolicyException]) -> t.Any:
    """The list with those who are left out now, or None where there is nothing to change."""
    joining = [one for exception in exceptions if not exception.has_expired for one in exception.excluded[name]]
    gone = [one for exception in exceptions if exception.has_expired for one in exception.excluded[name]]
    if isinstance(given, dict) and "set" not in given:
        staying = [*(given.get("add") or []), *joining]
        leaving = [one for one in gone if one not in staying]
        edit = {"add": staying, "remove": [*(given.get("remove") or []), *leaving]}
        return {side: members for side, members in edit.items() if members} if joining or leaving else None
    listed = (given.get("set") if isinstance(given, dict) else given) or []
    return list(dict.fromkeys([*listed, *joining])) if joining else None
