# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Policies that the v1.0 endpoint does not show, because they use preview features (facts section 15, item 5).

Taken for missing, such a policy would be created a second time.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._graph.api_versions import BETA
from .._graph.errors import EntraError, ServiceRefused
from .._graph.session import Session
from .._policy.desired import DesiredPolicy
from .._policy.policy_plan import CurrentPolicy, find_current
from .._reconcile.object_plan import at
from .conditional_access_policy import COLLECTION

_NOT_SERVED = (400, 404)


@dataclass(frozen=True)
class HiddenPolicy:
    """A policy that only the beta endpoint shows."""

    identifier: str
    name: str
    state: str


def hidden_policies(session: Session, shown: t.Iterable[CurrentPolicy]) -> tuple[HiddenPolicy, ...]:
    """The policies that are not among those *shown* by v1.0, in one read of the beta endpoint.

    A cloud that has no beta endpoint hides nothing.
    """
    known = {policy.identifier for policy in shown}
    try:
        found = session.list(COLLECTION, version=BETA, select="id,displayName,state")
    except ServiceRefused as error:
        if error.status in _NOT_SERVED:
            return ()
        raise
    policies = [
        HiddenPolicy(str(raw.get("id")).lower(), str(raw.get("displayName")), str(raw.get("state"))) for raw in found
    ]
    return tuple(sorted((one for one in policies if one.identifier not in known), key=lambda one: one.name))


def refuse_hidden(
    desired: t.Iterable[DesiredPolicy], existing: t.Sequence[CurrentPolicy], hidden: t.Sequence[HiddenPolicy]
) -> None:
    """Raise EntraError when a wanted policy, by its id or a name, is one that v1.0 does not show."""
    for policy in desired:
        current = find_current(policy, existing)
        for twin in hidden:
            option = _meant_by(policy, current, twin)
            if option:
                raise EntraError(
                    f"{at(policy, option)}: the policy {twin.name!r} ({twin.identifier}) uses preview features, so "
                    "that Graph v1.0 does not show it.",
                    remedy="Manage it with api_version: beta, or choose another name. Nothing was written.",
                )


def _meant_by(policy: DesiredPolicy, current: CurrentPolicy | None, twin: HiddenPolicy) -> str:
    """The option of *policy* that means *twin*, or nothing."""
    if policy.identifier == twin.identifier:
        return "id"
    if policy.name == twin.name and (current is None or current.name != policy.name):
        return "display_name"
    return "previous_name" if current is None and policy.previous_name == twin.name else ""


def hidden_policies_warning(hidden: t.Sequence[HiddenPolicy]) -> str:
    """A warning that names the policies that nobody sees through v1.0, or nothing."""
    if not hidden:
        return ""
    names = ", ".join(f"{one.name!r} ({one.identifier})" for one in hidden)
    return f"These policies use preview features and are not shown by Graph v1.0: {names}. See api_version."
