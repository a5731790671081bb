# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes policies out of the table of properties, and says what Graph and a reader must have of them.

An entry of the table has the `option` path of one property and its values in two steps, `first` and `other`, as
options take them; `cleared` is what takes the property away, where that can be done. `first_in_graph` and so on are the
same values as Graph has them, and `first_read` as a task returns them, where they differ from what was given. `name`
is the policy's, if it is not the option. `beside` is what the policy needs besides from the start, by option path, with
`beside_in_graph`; `other_with` and `cleared_with` are what must change together with the property.
"""

from __future__ import annotations

import copy
import re
import typing as t

Json = dict[str, t.Any]

READ_ONLY = frozenset({"id", "createdDateTime", "modifiedDateTime", "deletedDateTime"})
BASE: Json = {
    "conditions": {"users": {"include_users": ["All"]}, "applications": {"include_applications": ["All"]}},
    "grant_controls": {"operator": "OR", "built_in_controls": ["mfa"]},
}
SERVICE_DEFAULTS: Json = {"conditions": {"clientAppTypes": ["all"]}, "state": "enabledForReportingButNotEnforced"}


def name_of(entry: Json) -> str:
    """Return the name of the entry's policy."""
    return str(entry.get("name") or entry["option"])


def policies(table: list[Json], step: str) -> list[Json]:
    """Return the options of a step for every policy that takes part in it.

    The first step says all of a policy; the others only what changes, so that the rest must stay.
    """
    return [options_of(entry, step) for entry in plain(table) if step in entry]


def options_of(entry: Json, step: str) -> Json:
    """Return the options of one policy in a step."""
    options = copy.deepcopy(BASE) if step == "first" else {}
    together = entry.get("beside", {}) if step == "first" else entry.get(f"{step}_with", {})
    for path, value in {**together, entry["option"]: entry[step]}.items():
        put(options, path, value)
    return {"display_name": name_of(entry), **options}


def in_graph(table: list[Json], step: str) -> Json:
    """Return every policy as Graph must have it after a step, by name and without what is empty."""
    return {name_of(entry): graph_of(entry, step) for entry in plain(table)}


def graph_of(entry: Json, step: str) -> Json:
    """Return one policy as Graph must have it after a step."""
    policy = merge(graph_names(BASE), SERVICE_DEFAULTS)
    policy["displayName"] = name_of(entry)
    steps = ["first", "other", "cleared"]
    given: Json = {**entry.get("beside", {}), **entry.get("beside_in_graph", {})}
    for past in steps[: steps.index(step) + 1]:
        if past in entry:
            given.update(entry.get(f"{past}_with", {}))
            given[entry["option"]] = entry.get(f"{past}_in_graph", entry[past])
            given.update(entry.get(f"{past}_with_in_graph", {}))
    for path, value in given.items():
        put(policy, graph_name(path), graph_names(value))
    return t.cast(Json, without_empty(policy))


def as_kept(stored: list[Json]) -> Json:
    """Return policies of a dumped tenant by name, without what is empty and what the service decides alone."""
    return {str(policy["displayName"]): without_empty(writable(policy)) for policy in plain(stored)}


def as_read(table: list[Json], step: str) -> Json:
    """Return what a reader must find at each entry's option after a step, by the policy's name."""
    return {name_of(entry): reading_of(entry, step) for entry in plain(table) if step in entry}


def reading_of(entry: Json, step: str) -> t.Any:
    """Return what a reader must find at the entry's option: ids in place of names, what was given otherwise."""
    kept = entry.get(f"{step}_in_graph")
    return something(entry.get(f"{step}_read", kept if isinstance(kept, list) else entry[step]))


def found(table: list[Json], step: str, results: list[Json]) -> Json:
    """Return what a reader found at each entry's option, by the policy's name."""
    by_name = {result["display_name"]: result for result in plain(results)}
    taking_part = [entry for entry in plain(table) if step in entry]
    return {name_of(entry): something(at(by_name[name_of(entry)], entry["option"])) for entry in taking_part}


def differences(actual: Json, wanted: Json) -> Json:
    """Return both values of every name under which two objects differ."""
    one, other = plain(actual), plain(wanted)
    return {
        name: {"actual": one.get(name), "wanted": other.get(name)}
        for name in sorted(one.keys() | other.keys())
        if one.get(name) != other.get(name)
    }


def plain(value: t.Any) -> t.Any:
    """Return a value without what Ansible wraps it in, which is slow to copy."""
    if isinstance(value, dict):
        return {str(name): plain(member) for name, member in value.items()}
    if isinstance(value, list):
        return [plain(member) for member in value]
    return str(value) if isinstance(value, str) else value


def at(value: Json, path: str) -> t.Any:
    """Return what stands at a path, None where there is nothing."""
    current: t.Any = value
    for part in path.split("."):
        current = current.get(part) if isinstance(current, dict) else None
    return current


def put(target: Json, path: str, value: t.Any) -> None:
    """Put a value at a path."""
    *parents, last = path.split(".")
    for part in parents:
        if not isinstance(target.get(part), dict):
            target[part] = {}
        target = target[part]
    target[last] = copy.deepcopy(value)


def merge(one: Json, other: Json) -> Json:
    """Return two objects as one."""
    both = dict(one)
    for name, value in other.items():
        mine = both.get(name)
        both[name] = merge(mine, value) if isinstance(mine, dict) and isinstance(value, dict) else value
    return both


def graph_name(option: str) -> str:
    """Return an option path in Graph's names."""
    return re.sub(r"_([a-z])", lambda match: match.group(1).upper(), option).replace("policyState", "state")


def graph_names(options: t.Any) -> t.Any:
    """Return options with Graph's names."""
    if isinstance(options, dict):
        return {graph_name(name): graph_names(value) for name, value in options.items()}
    return options


def writable(policy: Json) -> Json:
    """Return what of a policy can be written: no ids and dates, and of an authentication strength the id alone."""
    kept = {name: value for name, value in policy.items() if name not in READ_ONLY}
    grant = kept.get("grantControls") or {}
    strength = grant.get("authenticationStrength") or {}
    return {**kept, "grantControls": {**grant, "authenticationStrength": {"id": strength.get("id")}}}


def something(value: t.Any) -> t.Any:
    """Return a value with its lists sorted, None where it says nothing."""
    return without_empty(value) or None


def without_empty(value: t.Any) -> t.Any:
    """Return a value without members that say nothing: null, [] and {}. Lists are sets in Graph."""
    if isinstance(value, dict):
        kept = {name: without_empty(member) for name, member in value.items()}
        return {name: member for name, member in kept.items() if member not in (None, [], {})}
    return sorted(value) if isinstance(value, list) else value


class FilterModule:
    """Offers the filters."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        """Return the filters by their names."""
        return {
            "policies_of_step": policies,
            "in_graph_after": in_graph,
            "as_kept": as_kept,
            "as_read_after": as_read,
            "found_at_options": found,
            "differences_from": differences,
        }
