# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What keeps somebody from the admin portals under a set of policies: pure."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._evaluation.application_groups import ADMIN_PORTALS
from .._evaluation.controls import blocks, clauses_of
from .._evaluation.evaluated_policy import EvaluatedPolicy
from .._evaluation.evaluation import BLOCKED, evaluate
from .._evaluation.matching_places import Locations
from .._evaluation.sign_in import Application, Identity, SignIn, Target
from .._evaluation.verdict import Verdict

# Clients that reach the admin portals and Graph; Exchange ActiveSync and other legacy clients never do.
CLIENTS = ("browser", "mobileAppsAndDesktopClients")
_ANY_CLIENT = "all"
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
        for verdict in evaluate(stopping, _sign_in(identity, client), locations).verdicts
        if not verdict.applies.is_no
    ]
    return list({one.policy.key or one.policy.name: one for one in reversed(found)}.values())[::-1]


def is_cut_off(policies: t.Iterable[EvaluatedPolicy], identity: Identity, locations: Locations) -> bool:
    """Whether *identity* is blocked from every client, wherever it is."""
    enforced = [policy for policy in policies if policy.is_enforced]
    evaluations = (evaluate(enforced, _sign_in(identity, client), locations) for client in CLIENTS)
    return all(one.outcome.kind == BLOCKED for one in evaluations)


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
