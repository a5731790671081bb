# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The canonical form of a Conditional Access policy: the general rules and those that only policies have."""

from __future__ import annotations

from .._reconcile.canonical import canonical, canonical_value
from .._reconcile.shape import Json
from .policy_shape import CONDITIONS, POLICY, USERS

_GRANT_LISTS = ("builtInControls", "customAuthenticationFactors", "termsOfUse")


def canonical_policy(policy: Json) -> Json:
    """The canonical form of *policy* (Graph's names, any noise): all properties but id, state and dates."""
    result = canonical(POLICY, policy)
    _settle_grant_operator(result)
    _settle_sign_in_frequency(result)
    _settle_external_tenants(result)
    _settle_workloads(result)
    return result


def control_count(grant: Json) -> int:
    """How many grant controls a canonical grantControls object asks for."""
    return sum(len(grant[name]) for name in _GRANT_LISTS) + (1 if grant["authenticationStrength"] else 0)


def _settle_grant_operator(policy: Json) -> None:
    """With one control AND and OR are the same; with none the object says nothing."""
    grant = policy["grantControls"]
    if grant is None:
        return
    count = control_count(grant)
    if count == 0:
        policy["grantControls"] = None
    elif count == 1:
        grant["operator"] = "OR"


def _settle_sign_in_frequency(policy: Json) -> None:
    """With everyTime the service keeps neither type nor value (facts section 2.4)."""
    frequency = (policy["sessionControls"] or {}).get("signInFrequency")
    if frequency and frequency["frequencyInterval"] == "everyTime":
        frequency["type"] = None
        frequency["value"] = None


def _settle_external_tenants(policy: Json) -> None:
    """All tenants is what no list of tenants means; a list means those that are in it."""
    conditions = policy["conditions"] or {}
    users = conditions.get("users") or {}
    for direction in ("includeGuestsOrExternalUsers", "excludeGuestsOrExternalUsers"):
        guests = users.get(direction)
        if guests is None:
            continue
        tenants = guests["externalTenants"] or {}
        if tenants.get("membershipKind") == "all" or not tenants.get("members"):
            guests["externalTenants"] = None
        else:
            tenants["membershipKind"] = "enumerated"
        if not guests["guestOrExternalUserTypes"] and guests["externalTenants"] is None:
            users[direction] = None
    if users and not any(users.values()):
        policy["conditions"] = canonical_value(CONDITIONS, {**conditions, "users": None})


def _settle_workloads(policy: Json) -> None:
    """A policy for workload identities is for no users, which some write as None and some not at all."""
    conditions = policy["conditions"] or {}
    if conditions.get("clientApplications") and not conditions.get("users"):
        users = canonical_value(USERS, {"includeUsers": ["None"]})
        policy["conditions"] = {**conditions, "users": users}
