# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules about what the enforced policies leave open together."""

from __future__ import annotations

import typing as t

from .._directory.roles import DIRECTORY_SYNCHRONIZATION_ACCOUNTS
from .._evaluation.matching_places import MFA_TRUSTED_IPS
from .._policy.policy_plan import CurrentPolicy
from .._policy.policy_view import PolicyView
from .._policy.vocabulary import LEGACY_CLIENT_APP_TYPES
from .finding import ERROR, WARNING, Observation
from .linted_tenant import LintedTenant
from .reach import blocks, legacy_clients_blocked, requires_mfa_everywhere, with_conditions
from .selectors import EXCLUDE, GUEST, INCLUDE, Selector, includes_everyone, is_within, selectors


def mfa_not_required_of_all_users(tenant: LintedTenant) -> t.Iterator[Observation]:
    """No enforced policy requires MFA of all users for all resources, under all conditions (baseline F and G)."""
    if tenant.may_have_defaults or _for_everyone(tenant):
        return
    staged = [policy.name for policy in tenant.reported if requires_mfa_everywhere(policy) and _is_broad(policy)]
    remedy = (
        f"Enforce {', '.join(map(repr, staged))}."
        if staged
        else "Make one from the template require_mfa_for_all_users."
    )
    yield Observation(ERROR, "no enforced policy requires MFA of all users for all resources at every sign-in", remedy)


def left_out_of_mfa(tenant: LintedTenant) -> t.Iterator[Observation]:
    """Whom every policy that requires MFA of all users leaves out, and no other policy requires it of.

    Expected are the emergency access accounts and the accounts of directory synchronization, who cannot do MFA.
    """
    broad = _for_everyone(tenant)
    if not broad:
        return
    others = [policy for policy in tenant.enforced if requires_mfa_everywhere(policy)]
    excluded = [selectors(PolicyView(policy.content).users, EXCLUDE) for policy in broad]
    everywhere = {one for some in excluded for one in some if all(is_within(one, each) for each in excluded)}
    left_out = [one for one in everywhere if not _is_expected(one, tenant) and not _is_reached(one, others)]
    if left_out:
        yield Observation(
            WARNING,
            "no enforced policy requires MFA everywhere of those whom all of these exclude: "
            + ", ".join(sorted(_described(one, tenant) for one in left_out)),
            "Remove the exclusions, or give them a policy of their own; name emergency accounts in emergency_access.",
            tuple(broad),
            "conditions.users",
            frozenset(_identity(one) for one in left_out),
        )


def legacy_authentication_not_blocked(tenant: LintedTenant) -> t.Iterator[Observation]:
    """Legacy clients cannot do MFA, and are blocked by policies of their own (baseline F, G1 and G3 1.1)."""
    if tenant.may_have_defaults:
        return
    blocked = {kind for policy in tenant.enforced for kind in legacy_clients_blocked(policy)}
    open_ = [kind for kind in LEGACY_CLIENT_APP_TYPES if kind not in blocked]
    if open_:
        yield Observation(
            ERROR,
            f"no enforced policy blocks legacy authentication ({', '.join(open_)}) for all users and resources",
            "Enforce one, as the template block_legacy_authentication is.",
            about=frozenset(open_),
        )


def trusted_location_only(tenant: LintedTenant) -> t.Iterator[Observation]:
    """Where MFA is required of all users except in trusted locations, who is there needs a password alone."""
    if _for_everyone(tenant):
        return
    for policy in tenant.enforced:
        without = with_conditions(policy, locations=None)
        if _is_broad(policy) and not blocks(policy) and requires_mfa_everywhere(without) and _spares(policy, tenant):
            yield Observation(
                WARNING,
                "MFA is not required in trusted locations, and no other enforced policy requires it there of all users",
                "Remove the condition on locations, or add a policy without it.",
                (policy,),
                "conditions.locations",
            )


def _for_everyone(tenant: LintedTenant) -> list[CurrentPolicy]:
    return [policy for policy in tenant.enforced if _is_broad(policy) and requires_mfa_everywhere(policy)]


def _is_broad(policy: CurrentPolicy) -> bool:
    return includes_everyone(PolicyView(policy.content).users)


def _is_expected(one: Selector, tenant: LintedTenant) -> bool:
    expected = {*tenant.emergency.users, *tenant.emergency.groups, DIRECTORY_SYNCHRONIZATION_ACCOUNTS}
    return one.value in expected or tenant.is_nobody(one.value)


def _is_reached(one: Selector, policies: t.Iterable[CurrentPolicy]) -> bool:
    return any(
        is_within(one, selectors(users, INCLUDE)) and not is_within(one, selectors(users, EXCLUDE))
        for policy in policies
        if (users := PolicyView(policy.content).users)
    )


def _described(one: Selector, tenant: LintedTenant) -> str:
    if one.kind != GUEST:
        return f"{one.kind} {tenant.named(one.value)}"
    return f"{one.value} of {len(one.tenants)} tenants" if one.tenants else one.value


def _identity(one: Selector) -> str:
    return " ".join((one.kind, one.value, *sorted(one.tenants or ())))


def _spares(policy: CurrentPolicy, tenant: LintedTenant) -> bool:
    locations = PolicyView(policy.content).locations
    excluded = locations.get("excludeLocations") or []
    trusted = {"AllTrusted", MFA_TRUSTED_IPS, *tenant.trusted_locations}
    return locations.get("includeLocations") == ["All"] and bool(excluded) and set(excluded) <= trusted
