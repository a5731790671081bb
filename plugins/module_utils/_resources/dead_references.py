# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""References to objects that are gone: they stay in a policy until it is edited (facts section 2.4).

A policy that already refers to such an object, and that is not to be changed, is no reason to stop a run that concerns
others. To write such a reference is.
"""

from __future__ import annotations

import typing as t
from dataclasses import replace

from .._directory.directory import Directory, Unresolved, UnresolvedReferences
from .._policy.policy_plan import PolicyPlan
from .._policy.references import references
from .._reconcile.canonical import is_guid
from .._reconcile.list_edit import REMOVE
from .wanted import Wanted


def find_dead_references(directory: Directory, wanted: Wanted) -> tuple[Unresolved, ...]:
    """The ids in wanted policies that belong to no object, and the names that are to leave a list and mean nothing.

    Raises UnresolvedReferences when another name does not resolve, or an id that is to go into all policies is gone.
    """
    unresolved = directory.unresolved(wanted.mentions())
    listed = {mention.path for mention in wanted.listed_mentions()}
    intolerable = [one for one in unresolved if not (_leaves(one) or (one.path in listed and is_guid(one.value)))]
    if intolerable:
        raise UnresolvedReferences(unresolved)
    return tuple(one for one in unresolved if not directory.is_leaving(one.kind, one.value))


def _leaves(reference: Unresolved) -> bool:
    """Whether the reference is to leave a list and means nothing, so that it is in none; two objects are too many."""
    return f".{REMOVE}[" in reference.path and not reference.is_ambiguous


def dead_references_of_restored(directory: Directory, plans: t.Iterable[PolicyPlan]) -> tuple[Unresolved, ...]:
    """The ids in policies that come back from the bin that belong to no object any more."""
    mentions = [
        replace(mention, path=f"{plan.name!r} {mention.path}")
        for plan in plans
        if plan.is_restored and plan.current
        for mention in references(plan.current.content)
    ]
    return tuple(directory.unresolved(mentions))


def refuse_writing_dead_references(plans: t.Iterable[PolicyPlan], dead: t.Sequence[Unresolved]) -> None:
    """Raise UnresolvedReferences when a policy whose content changes refers to an object that is gone."""
    remaining = [one for one in dead if not _leaves(one)]
    written = [one for plan in plans if plan.content_changes for one in remaining if _stands_in(one, plan)]
    if written:
        raise UnresolvedReferences(written)


def _stands_in(reference: Unresolved, plan: PolicyPlan) -> bool:
    option = plan.desired.option
    return not option or reference.path.startswith(f"{option}.")


def dead_references_warning(dead: t.Sequence[Unresolved]) -> str:
    """A warning that names the references to objects that are gone, or nothing."""
    leaving = "; ".join(str(one) for one in dead if _leaves(one))
    remaining = "; ".join(str(one) for one in dead if not _leaves(one))
    parts = [
        *([f"Nothing is there to be removed from a list: {leaving}."] if leaving else []),
        *(
            [f"These references lead nowhere: {remaining}. A policy that holds one cannot be changed."]
            if remaining
            else []
        ),
    ]
    return " ".join(parts)
