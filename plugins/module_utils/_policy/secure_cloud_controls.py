# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Controls of CISA's secure cloud baseline for Entra ID that a policy can meet: pure predicates over policies.

They ask what the baseline asks and no more: a policy may have further conditions, and nobody may be excluded without
an exemption. What Step 1 asks for is stricter on conditions and looser on exclusions (see requirements.py).
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from . import vocabulary as words
from .policy_plan import CurrentPolicy
from .policy_view import PolicyView

# What the baseline calls highly privileged roles.
HIGHLY_PRIVILEGED_ROLES = (
    "Global Administrator",
    "Privileged Role Administrator",
    "User Administrator",
    "SharePoint Administrator",
    "Exchange Administrator",
    "Hybrid Identity Administrator",
    "Application Administrator",
    "Cloud Application Administrator",
)

_PHISHING_RESISTANT = frozenset({"windowsHelloForBusiness", "fido2", "x509CertificateMultiFactor"})
_MULTI_FACTOR = _PHISHING_RESISTANT | {
    "deviceBasedPush",
    "federatedMultiFactor",
    "temporaryAccessPassOneTime",
    "temporaryAccessPassMultiUse",
    *(
        f"password,{second}"
        for second in ("microsoftAuthenticatorPush", "softwareOath", "hardwareOath", "sms", "voice")
    ),
    *(
        f"{second},federatedSingleFactor"
        for second in ("microsoftAuthenticatorPush", "softwareOath", "hardwareOath", "sms", "voice")
    ),
}


_BUILT_IN_COMBINATIONS = {
    words.MULTIFACTOR_AUTHENTICATION_STRENGTH: frozenset(_MULTI_FACTOR),
    words.PHISHING_RESISTANT_MFA_STRENGTH: _PHISHING_RESISTANT,
}


@dataclass(frozen=True)
class Exemptions:
    """Who and what a policy may leave out: ids of users, groups and applications, and types of guests."""

    users: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    applications: frozenset[str] = frozenset()
    guest_types: frozenset[str] = frozenset()


NOBODY = Exemptions()


def blocks_legacy_authentication(policy: CurrentPolicy, exempt: Exemptions = NOBODY) -> bool:
    """MS.AAD.1.1v1: legacy authentication is blocked."""
    view = PolicyView(policy.content)
    clients = set(view.conditions.get("clientAppTypes") or [])
    return (
        _is_for_everyone(view)
        and _is_enforced_everywhere(policy, exempt)
        and set(words.LEGACY_CLIENT_APP_TYPES) <= clients
        and "block" in view.controls
    )


def requires_mfa_of_everyone(policy: CurrentPolicy, exempt: Exemptions = NOBODY) -> bool:
    """MS.AAD.3.2v2: where phishing-resistant MFA is not enforced, another MFA method is, for all users."""
    view = PolicyView(policy.content)
    return (
        _is_for_everyone(view)
        and _is_enforced_everywhere(policy, exempt)
        and ("mfa" in view.controls or _allows_mfa_beyond_phishing_resistant(policy))
    )


def requires_phishing_resistant_mfa_of_roles(
    policy: CurrentPolicy, role_ids: t.Collection[str], exempt: Exemptions = NOBODY
) -> bool:
    """MS.AAD.3.6v1: phishing-resistant MFA is required of the highly privileged roles, given by their template ids."""
    included = {role.lower() for role in PolicyView(policy.content).users.get("includeRoles") or []}
    combinations = _combinations(policy)
    return (
        {role.lower() for role in role_ids} <= included
        and _is_enforced_everywhere(policy, exempt)
        and bool(combinations)
        and combinations <= _PHISHING_RESISTANT
    )


def _is_for_everyone(view: PolicyView) -> bool:
    return "All" in (view.users.get("includeUsers") or [])


def _is_enforced_everywhere(policy: CurrentPolicy, exempt: Exemptions) -> bool:
    """Whether the policy is enforced for all applications and leaves out only what is exempt; roles never are."""
    view = PolicyView(policy.content)
    guests = view.users.get("excludeGuestsOrExternalUsers") or {}
    exclusions: tuple[tuple[t.Any, frozenset[str]], ...] = (
        (view.users.get("excludeUsers"), exempt.users),
        (view.users.get("excludeGroups"), exempt.groups),
        (view.users.get("excludeRoles"), frozenset()),
        (guests.get("guestOrExternalUserTypes"), exempt.guest_types),
        (view.applications.get("excludeApplications"), exempt.applications),
    )
    return (
        policy.is_enforced
        and "All" in (view.applications.get("includeApplications") or [])
        and all(_is_exempt(excluded or [], allowed) for excluded, allowed in exclusions)
    )


def _is_exempt(excluded: t.Iterable[str], allowed: t.AbstractSet[str]) -> bool:
    return {one.lower() for one in excluded} <= {one.lower() for one in allowed}


def _combinations(policy: CurrentPolicy) -> frozenset[str]:
    """The combinations that the policy's authentication strength allows, as the service expands it.

    A policy that is still to be written has no expansion; the built-in strengths are known without one.
    """
    wanted = PolicyView(policy.content).strength
    strength = (policy.raw.get("grantControls") or {}).get("authenticationStrength")
    if isinstance(strength, dict) and (str(strength.get("id") or "").lower() or None) == wanted:
        return frozenset(str(one).replace(" ", "") for one in strength.get("allowedCombinations") or [])
    return _BUILT_IN_COMBINATIONS.get(wanted or "", frozenset())


def _allows_mfa_beyond_phishing_resistant(policy: CurrentPolicy) -> bool:
    """Whether the strength asks for MFA and is not phishing-resistant alone: that has a control of its own."""
    combinations = _combinations(policy)
    return bool(combinations - _PHISHING_RESISTANT) and combinations <= _MULTI_FACTOR
