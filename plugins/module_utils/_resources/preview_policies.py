# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Policies that the v1.0 endpoint does not show, or not in full, because they use preview features.

Taken for missing, such a policy would be created a second time; taken for whole, it would be copied without a part that
may narrow it. What the service does is not known for sure (facts section 15, item 5): both are looked for.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._graph.api_versions import BETA
from .._graph.errors import EntraError, ServiceRefused
from .._graph.session import Session
from .._policy.desired import DesiredPolicy
from .._policy.policy_plan import ENABLED, CurrentPolicy, PolicyPlan, find_current
from .._policy.policy_shape import POLICY
from .._reconcile.object_plan import at
from .._reconcile.preview import preview_uses
from .._reconcile.shape import Json
from .conditional_access_policy import read_deleted_policies, read_policies

_NOT_SERVED = (400, 404)


@dataclass(frozen=True)
class PreviewPolicy:
    """A policy that only the beta endpoint shows, or shows in full.

    *state* is Graph's word, *content* its canonical content there, *uses* are the option paths that v1.0 lacks.
    """

    identifier: str
    name: str
    state: str
    content: Json
    uses: tuple[str, ...]

    @property
    def is_enforced(self) -> bool:
        """Whether it takes effect."""
        return self.state == ENABLED

    def __str__(self) -> str:
        return f"{self.name!r} ({self.identifier})"


@dataclass(frozen=True)
class PreviewPolicies:
    """The policies that v1.0 does not show (*hidden*), or shows without a part of them (*masked*).

    Unless it *was_read*, nobody has looked for them.
    """

    hidden: tuple[PreviewPolicy, ...] = ()
    masked: tuple[PreviewPolicy, ...] = ()
    was_read: bool = False


def read_in_beta(session: Session) -> list[CurrentPolicy]:
    """The policies as the beta endpoint shows them, sorted by name; none in a cloud without it."""
    try:
        return read_policies(session, BETA)
    except ServiceRefused as error:
        if error.status in _NOT_SERVED:
            return []
        raise


def read_preview_policies(session: Session, shown: t.Iterable[CurrentPolicy]) -> PreviewPolicies:
    """What v1.0 keeps back besides the policies *shown* by it, in one read of the beta endpoint.

    A cloud that has no beta endpoint keeps nothing back.
    """
    known = {policy.identifier for policy in shown}
    policies = [_preview_policy(policy) for policy in read_in_beta(session)]
    return PreviewPolicies(
        hidden=tuple(one for one in policies if one.identifier not in known),
        masked=tuple(one for one in policies if one.identifier in known and one.uses),
        was_read=True,
    )


def read_deleted_preview_policies(session: Session) -> tuple[PreviewPolicy, ...]:
    """The policies in the bin that use preview features, in one read of the beta endpoint."""
    return tuple(one for one in map(_preview_policy, read_deleted_policies(session, BETA)) if one.uses)


def _preview_policy(policy: CurrentPolicy) -> PreviewPolicy:
    return PreviewPolicy(
        policy.identifier, policy.name, policy.state, policy.content, tuple(preview_uses(POLICY, policy.content))
    )


def refuse_hidden(
    desired: t.Iterable[DesiredPolicy], existing: t.Sequence[CurrentPolicy], hidden: t.Sequence[PreviewPolicy]
) -> None:
    """Raise EntraError when a wanted policy, by its id or a name, is one that v1.0 does not show."""
    for policy in desired:
        current = find_current(policy, existing)
        for twin in hidden:
            option = _meant_by(policy, current, twin)
            if option:
                raise EntraError(
                    f"{at(policy, option)}: the policy {twin} uses preview features, so that Graph v1.0 does not "
                    "show it.",
                    remedy="Manage it with api_version: beta, or choose another name. Nothing was written.",
                )


def _meant_by(policy: DesiredPolicy, current: CurrentPolicy | None, twin: PreviewPolicy) -> str:
    """The option of *policy* that means *twin*, or nothing."""
    if policy.identifier == twin.identifier:
        return "id"
    if policy.name == twin.name and (current is None or current.name != policy.name):
        return "display_name"
    return "previous_name" if current is None and policy.previous_name == twin.name else ""


def refuse_change_of_masked(plans: t.Iterable[PolicyPlan], masked: t.Sequence[PreviewPolicy]) -> None:
    """Raise EntraError when a policy would be changed of which v1.0 does not show all; it can be removed."""
    uses = {one.identifier: one for one in masked}
    for plan in plans:
        if plan.current and plan.is_changed and not plan.is_removed and plan.current.identifier in uses:
            policy = uses[plan.current.identifier]
            raise EntraError(
                f"{at(plan.desired, 'display_name')}: the policy {policy} uses preview features, which Graph v1.0 "
                f"neither shows nor changes: {', '.join(policy.uses)}.",
                remedy="Manage it with api_version: beta. Nothing was written.",
            )


def preview_policies_warning(preview: PreviewPolicies) -> str:
    """A warning that names the policies that v1.0 does not show, or not in full, or nothing."""
    parts = [
        *(["are not shown: " + ", ".join(map(str, preview.hidden))] if preview.hidden else []),
        *(["are shown in part: " + ", ".join(map(str, preview.masked))] if preview.masked else []),
    ]
    return (
        f"Policies that use preview features and that Graph v1.0 keeps back {'; '.join(parts)}. See api_version."
        if parts
        else ""
    )
