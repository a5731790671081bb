# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads of a tenant what a plan needs, each thing once and only if it is needed."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, replace

from .._graph.api_versions import BETA, V1
from .._graph.errors import ServiceRefused
from .._graph.session import Session
from .._guard.cloud_capabilities import check_bin_in_cloud, has_bin
from .._policy.desired import DesiredPolicy
from .._policy.policy_plan import CurrentPolicy, PolicyPlan, find_current
from .._reconcile.object_plan import ObjectPlan, at
from . import conditional_access_policy as policies
from . import security_defaults as defaults
from .named_location import changes_a_place
from .preview_policies import PreviewPolicies, read_deleted_preview_policies, read_preview_policies
from .wanted import Wanted

_NO_BIN = (400, 404)
# The service's number for policies that v1.0 does not serve (facts section 14).
_PREVIEW = "1037"


@dataclass(frozen=True)
class Now:
    """What the tenant has, as far as it was read.

    *deleted* are the policies in its bin, *preview* those that v1.0 keeps back; they are looked for only before a
    policy is taken for missing or changed.
    """

    policies: tuple[CurrentPolicy, ...] | None
    security_defaults: bool | None
    deleted: tuple[CurrentPolicy, ...] = ()
    preview: PreviewPolicies | None = None


def read_now(session: Session, wanted: Wanted, object_plans: tuple[ObjectPlan, ...]) -> Now:
    """One list of policies and one read of security defaults, each only if it is needed."""
    # A policy may refer to what goes, and a place that changes may cut somebody off.
    may_matter = any(plan.is_removed for plan in object_plans) or changes_a_place(object_plans)
    needs_policies = wanted.speaks_of_policies or may_matter
    existing = _read_policies(session, wanted) if needs_policies else None
    are_on = defaults.read_is_enabled(session) if wanted.speaks_of_security_defaults else None
    if existing is None and wanted.security_defaults not in (None, are_on):
        # Turning defaults on or off matters to the policies, and they to it.
        existing = tuple(policies.read_policies(session, wanted.api_version))
    return Now(existing, are_on)


def _read_policies(session: Session, wanted: Wanted) -> tuple[CurrentPolicy, ...]:
    try:
        return tuple(policies.read_policies(session, wanted.api_version))
    except ServiceRefused as error:
        if error.code != _PREVIEW or wanted.speaks_of_policies:
            raise
    # Who only wants to know what policies refer to may read them where all are shown.
    return tuple(policies.read_policies(session, BETA))


def look_behind(session: Session, wanted: Wanted, desired: tuple[DesiredPolicy, ...], now: Now) -> Now:
    """Before a policy is taken for missing, it is looked for in the bin and among those that v1.0 does not show.

    *desired* are the wanted policies with ids in place of names. Raises OptionError for a restore without a bin.
    """
    existing = now.policies or ()
    found = [(one, find_current(one, existing)) for one in desired]
    missing = [one for one, current in found if current is None]
    wanted_back = [one for one in missing if one.is_present]
    renames = any(current and one.is_present and one.name not in (None, current.name) for one, current in found)
    speaks_of_all = wanted.unmanaged.acts or wanted.every_policy
    looks_behind = wanted.api_version == V1 and (missing or renames or speaks_of_all)
    return replace(
        now,
        deleted=_deleted(session, wanted.api_version, wanted_back) if wanted_back else (),
        preview=read_preview_policies(session, existing) if looks_behind else None,
    )


def _deleted(session: Session, api_version: str, missing: list[DesiredPolicy]) -> tuple[CurrentPolicy, ...]:
    for policy in missing:
        if policy.restores:
            check_bin_in_cloud(session.cloud, at(policy, "restore"))
    if not has_bin(session.cloud):
        return ()
    try:
        return tuple(policies.read_deleted_policies(session, api_version))
    except ServiceRefused as error:
        if error.status in _NO_BIN and not any(one.restores for one in missing):
            return ()
        raise


def with_preview(session: Session, wanted: Wanted, plans: t.Sequence[PolicyPlan | ObjectPlan], now: Now) -> Now:
    """What v1.0 keeps back of policies also matters to whoever changes one, or removes what one may refer to."""
    turns_defaults_on = wanted.security_defaults is True and now.security_defaults is False
    if wanted.api_version != V1 or not (turns_defaults_on or any(plan.is_changed for plan in plans)):
        return now
    preview = now.preview or read_preview_policies(session, now.policies or ())
    if any(isinstance(plan, PolicyPlan) and plan.is_restored for plan in plans):
        preview = replace(preview, masked=(*preview.masked, *read_deleted_preview_policies(session)))
    return replace(now, preview=preview)


def with_defaults(session: Session, plans: tuple[PolicyPlan, ...], now: Now) -> Now:
    """Security defaults also matter to whoever enforces a policy."""
    if now.security_defaults is None and any(plan.begins_to_enforce for plan in plans):
        return replace(now, security_defaults=defaults.read_is_enabled(session))
    return now
