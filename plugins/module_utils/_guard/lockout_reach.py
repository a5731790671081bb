# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What keeps somebody from the admin portals under a set of policies: pure."""

from __future__ import annotations

import itertools
import typing as t
from dataclasses import dataclass, replace

from .._evaluation.application_groups import ADMIN_PORTALS
from .._evaluation.controls import blocks, clauses_of
from .._evaluation.evaluated_policy import EvaluatedPolicy
from .._evaluation.evaluation import BLOCKED, evaluate
from .._evaluation.matching_places import Locations
from .._evaluation.sign_in import NO_FLOW, NO_RISK, Application, Device, Identity, Risks, SignIn, Target
from .._evaluation.verdict import Verdict
from .lockout_places import kinds_of_places

# Clients that reach the admin portals and Graph; Exchange ActiveSync and other legacy clients never do.
CLIENTS = ("browser", "mobileAppsAndDesktopClients")
_ANY_CLIENT = "all"
# What people have at hand, the most frequent first.
_PLATFORMS = ("windows", "macOS", "iOS", "android", "linux")
_ANY_DEVICE, _UNMANAGED_DEVICE = Device(), Device(is_registered=False)
_NO_RISKS = Risks(sign_in=NO_RISK, user=NO_RISK, insider=NO_RISK)
# Who has no managed device at hand cannot meet these, and that is when emergency access is needed.
_DEVICE_BOUND = frozenset({"compliantDevice", "domainJoinedDevice", "approvedApplication", "compliantApplication"})


@dataclass(frozen=True)
class Obstacle:
    """A policy that stands in somebody's way, and how: words that come before its name."""

    policy: EvaluatedPolicy
    how: str


def could_stop(policy: EvaluatedPolicy) -> bool:
    """Whether the policy takes effect and lets in nobody to whom it applies, or only with a managed device.

    What means legacy clients alone stops nobody on the way to the admin portals.
    """
    clients = policy.view.conditions.get("clientAppTypes") or [_ANY_CLIENT]
    reaches = not {_ANY_CLIENT, *CLIENTS}.isdisjoint(clients)
    return policy.is_enforced and reaches and (blocks(policy) or _asks_for_device(policy))


def obstacles(policies: t.Iterable[EvaluatedPolicy], identity: Identity, locations: Locations) -> list[Obstacle]:
    """Everything that stops *identity*, or may stop it from somewhere or on some device."""
    stopping = [policy for policy in policies if could_stop(policy)]
    found = [
        Obstacle(verdict.policy, _how(verdict))
        for client in CLIENTS
        for verdict in _in_reach(stopping, _sign_in(identity, client), locations)
    ]
    return list({one.policy.key or one.policy.name: one for one in reversed(found)}.values())[::-1]


def is_cut_off(
    policies: t.Iterable[EvaluatedPolicy], identity: Identity, locations: Locations, *, has_managed_device: bool = True
) -> bool:
    """Whether no client lets *identity* in, on whatever platform and wherever it is, though nothing looks risky.

    Several policies may do that together. With *has_managed_device* a filter for devices finds one that it lets in.
    """
    device = _ANY_DEVICE if has_managed_device else _UNMANAGED_DEVICE
    bare = [replace(_sign_in(identity, client), device=device) for client in CLIENTS]
    could = [policy for policy in policies if could_stop(policy)]
    in_reach = {one.policy.key for sign_in in bare for one in _in_reach(could, sign_in, locations)}
    stopping = [policy for policy in could if policy.key in in_reach]

    def lets_in(sign_in: SignIn) -> bool:
        outcome = evaluate(stopping, sign_in, locations).outcome
        asks_for_device = any(clause <= _DEVICE_BOUND for clause in outcome.controls)
        return outcome.kind != BLOCKED and (has_managed_device or not asks_for_device)

    # Most identities are out of the reach of most policies, and what stops them for sure does so everywhere.
    if not stopping or not any(map(lets_in, bare)):
        return bool(stopping)
    platforms = _PLATFORMS if any(policy.view.platforms for policy in stopping) else _PLATFORMS[:1]
    for place, sign_in in itertools.product(kinds_of_places(stopping, locations), bare):
        there = replace(sign_in, place=place, risks=_NO_RISKS, authentication_flow=NO_FLOW)
        if lets_in(there) and any(lets_in(replace(there, device_platform=platform)) for platform in platforms):
            return False
    return True


def _in_reach(policies: t.Iterable[EvaluatedPolicy], sign_in: SignIn, locations: Locations) -> list[Verdict]:
    return [one for one in evaluate(policies, sign_in, locations).verdicts if not one.applies.is_no]


def _sign_in(identity: Identity, client: str) -> SignIn:
    """Nothing else is said: whatever depends on the place, the device or a risk stays open."""
    return SignIn(
        identity, Target(application=Application(ADMIN_PORTALS, is_of_microsoft=True)), client_app_type=client
    )


def _how(verdict: Verdict) -> str:
    kept_out = "is blocked" if blocks(verdict.policy) else "is let in only with a managed device or application"
    if verdict.applies.is_yes:
        return f"{kept_out} by"
    return f"{kept_out.replace('is ', 'may be ', 1)} (it depends on {', '.join(sorted(verdict.applies.missing))}) by"


def _asks_for_device(policy: EvaluatedPolicy) -> bool:
    return any(clause <= _DEVICE_BOUND for clause in clauses_of(policy))
