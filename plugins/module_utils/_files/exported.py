# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What of a tenant can be written to files, as the options that make it again."""

from __future__ import annotations

import typing as t
from collections import Counter
from dataclasses import dataclass

from .._directory.directory import Directory
from .._graph.errors import OptionError
from .._policy.policy_plan import NOUN as POLICY
from .._policy.policy_plan import CurrentPolicy
from .._policy.vocabulary import OPTION_BY_STATE
from .._reconcile.object_plan import CurrentObject
from .._reconcile.option_names import options_from_content
from .._reconcile.shape import Json
from .._resources.declaration import Resource
from .names import keeps_ids, named_options


@dataclass(frozen=True)
class Exported:
    """One object as options; *noun* is its kind."""

    noun: str
    name: str
    options: Json


@dataclass(frozen=True)
class Skipped:
    """One object that cannot be made from options, and why."""

    noun: str
    name: str
    identifier: str
    reason: str


def exported_policy(policy: CurrentPolicy, directory: Directory, *, with_id: bool = False) -> Json:
    """A policy as the options that make it again, names in place of ids; *with_id* where its name is not unique."""
    options = named_options(policy.content, directory)
    head: Json = {"display_name": policy.name}
    if with_id:
        head["id"] = policy.identifier
    if "description" in options:
        head["description"] = options["description"]
    head["policy_state"] = OPTION_BY_STATE.get(policy.state, policy.state)
    return {**head, "complete": True, **{name: value for name, value in options.items() if name not in head}}


def export_policies(
    policies: t.Sequence[CurrentPolicy], directory: Directory, masked: t.Collection[str] = ()
) -> tuple[list[Exported], list[Skipped], list[str]]:
    """All policies as options, those that no options can make, and a warning for each name that is not unique.

    *masked* are the ids of policies that were not read in full: a copy without a part might reach further.
    """
    reasons = {policy.identifier: _why_not(policy, masked) for policy in policies}
    own = [policy for policy in policies if not reasons[policy.identifier]]
    counts = Counter(policy.name for policy in policies)
    exported = [
        Exported(POLICY, policy.name, exported_policy(policy, directory, with_id=counts[policy.name] > 1))
        for policy in own
    ]
    skipped = [
        Skipped(POLICY, policy.name, policy.identifier, reason)
        for policy in policies
        if (reason := reasons[policy.identifier])
    ]
    warnings = [_not_unique(name, count) for name, count in sorted(counts.items()) if count > 1]
    return exported, skipped, [*warnings, *_kept_ids(own, directory)]


def _kept_ids(policies: t.Iterable[CurrentPolicy], directory: Directory) -> list[str]:
    names = sorted(policy.name for policy in policies if keeps_ids(policy.content, directory))
    if not names:
        return []
    return [
        "The files of these policies hold ids, because what they refer to is gone, or its name is not unique or "
        f"could be misread; they may not fit another tenant: {', '.join(map(repr, names))}."
    ]


def _why_not(policy: CurrentPolicy, masked: t.Collection[str]) -> str:
    if policy.is_managed:
        return "Microsoft manages it"
    return "it uses preview features; api_version: beta shows them" if policy.identifier in masked else ""


def _not_unique(name: str, count: int) -> str:
    return f"{count} objects are named {name!r}; their files carry ids and fit this tenant only."


def exported_object(resource: Resource, found: CurrentObject, *, with_id: bool = False) -> Json:
    """A named object as the options that make it again."""
    options = options_from_content(found.shape, found.content)
    head: Json = {"display_name": found.name}
    if with_id or resource.chooses_id:
        head["id"] = found.identifier
    return {**head, "complete": True, **{name: value for name, value in options.items() if name not in head}}


def export_objects(
    resource: Resource, found: t.Sequence[CurrentObject]
) -> tuple[list[Exported], list[Skipped], list[str]]:
    """All objects of a kind as options, those that belong to the service, and a warning for names that meet."""
    reasons = {one.identifier: _why_no_options(resource, one) for one in found}
    own = [one for one in found if not reasons[one.identifier]]
    counts = Counter(one.name for one in found)
    exported = [
        Exported(resource.noun, one.name, exported_object(resource, one, with_id=counts[one.name] > 1)) for one in own
    ]
    skipped = [
        Skipped(resource.noun, one.name, one.identifier, reason) for one in found if (reason := reasons[one.identifier])
    ]
    return exported, skipped, [_not_unique(name, count) for name, count in sorted(counts.items()) if count > 1]


def _why_no_options(resource: Resource, found: CurrentObject) -> str:
    if resource.read_only(found.raw):
        return "it belongs to the service"
    try:
        resource.check(found.content, "")
    except OptionError as error:
        return f"it could not be made like this: {error.message}"
    return ""
