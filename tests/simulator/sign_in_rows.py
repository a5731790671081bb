# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of the sign-in log: those that a seed lists, and those that are made when they are asked for."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field
from functools import cached_property

from .clock import graph_timestamp
from .data_files import load_data
from .json_types import JsonObject
from .sign_in_results import FAILURE, NOT_APPLIED, RESULTS, SUCCESS, AppliedPolicy
from .sign_in_shape import InvalidSignIns, SignInShape
from .spreading import coprime

NUMBER = re.compile(r"[0-9a-f]{8}")
INTERACTIVE, NON_INTERACTIVE = "interactiveUser", "nonInteractiveUser"
BLOCKED_BY_POLICY = 53003
MODERN_CLIENTS = ("Browser", "Mobile Apps and Desktop clients")
LEGACY_CLIENTS = ("Exchange ActiveSync", "IMAP4", "POP3", "Authenticated SMTP", "Other clients")
# Parts of the whole by which one row is away from the next in the order of a share; irrational, and all different.
STRIDES = {"non_interactive": 0.41421356, "legacy_authentication": 0.73205081, "users": 0.61803399}


def check_sign_in(item: JsonObject) -> None:
    """Refuse a seeded row that names nobody, or a result that no policy can have.

    Raises:
        InvalidSignIns: saying what is wrong.
    """
    if not item.get("userId"):
        raise InvalidSignIns("a sign-in needs 'userId'")
    for policy in item.get("appliedConditionalAccessPolicies") or ():
        if policy.get("result") not in RESULTS:
            raise InvalidSignIns(f"'result' cannot be {policy.get('result')!r}; known are {', '.join(sorted(RESULTS))}")


def seeded_sign_in(item: JsonObject) -> JsonObject:
    """Return a row that a seed lists, with what it leaves out."""
    interactive = item.get("isInteractive", True)
    return {
        "createdDateTime": graph_timestamp(),
        "isInteractive": interactive,
        "signInEventTypes": [INTERACTIVE if interactive else NON_INTERACTIVE],
        "clientAppUsed": MODERN_CLIENTS[0],
        "status": {"errorCode": 0, "failureReason": "Other.", "additionalDetails": None},
        "conditionalAccessStatus": conditional_access_status(item.get("appliedConditionalAccessPolicies") or ()),
        "correlationId": str(uuid.uuid4()),
    } | item


def conditional_access_status(policies: list[JsonObject] | tuple[()]) -> str:
    """Return what the enforced policies of a row come to together."""
    results = {policy["result"] for policy in policies}
    return next((result for result in (FAILURE, SUCCESS) if result in results), NOT_APPLIED)


@dataclass(frozen=True)
class GeneratedSignIns:
    """The rows that a shape describes, the latest first; the same ones whenever they are asked for, and none kept.

    Their ids end like ``log_id`` and those of their users like ``user_tail``, both GUIDs.
    """

    shape: SignInShape
    policies: list[AppliedPolicy]
    log_id: str
    user_id: str
    domain: str
    tenant_id: str
    applications: list[JsonObject] = field(default_factory=lambda: list(load_data("first_party_applications")[:6]))

    @cached_property
    def _steps(self) -> dict[str, int]:
        return {name: coprime(round(stride * self.shape.count), self.shape.count) for name, stride in STRIDES.items()}

    def row(self, index: int) -> JsonObject:
        """Return the row with that number, counted from 0."""
        interactive = not self._has("non_interactive", self.shape.non_interactive, index)
        legacy = self._has("legacy_authentication", self.shape.legacy_authentication, index)
        policies = [policy.shown(index) for policy in self.policies]
        outcome = conditional_access_status(policies)
        user = index * self._steps["users"] % self.shape.count % self.shape.users
        application = self.applications[index % len(self.applications)]
        clients = LEGACY_CLIENTS if legacy else MODERN_CLIENTS
        return {
            "id": f"{index:08x}{self.log_id[8:]}",
            "createdDateTime": f"{self.shape.moment_of(index):%Y-%m-%dT%H:%M:%SZ}",
            "userDisplayName": f"User {user:06d}",
            "userPrincipalName": f"user{user:06d}@{self.domain}",
            "userId": f"{user:08x}{self.user_id[8:]}",
            "appId": application["appId"],
            "appDisplayName": application["displayName"],
            "ipAddress": f"198.51.100.{index % 250 + 1}",
            "clientAppUsed": clients[index % len(clients)],
            "userAgent": None,
            "correlationId": f"{index:08x}{self.log_id[8:]}",
            "conditionalAccessStatus": outcome,
            "isInteractive": interactive,
            "signInEventTypes": [INTERACTIVE if interactive else NON_INTERACTIVE],
            "riskDetail": "none",
            "riskLevelAggregated": "none",
            "riskLevelDuringSignIn": "none",
            "riskState": "none",
            "riskEventTypes": [],
            "riskEventTypes_v2": [],
            "resourceDisplayName": application["displayName"],
            "resourceId": application["appId"],
            "resourceTenantId": self.tenant_id,
            "homeTenantId": self.tenant_id,
            "status": {
                "errorCode": BLOCKED_BY_POLICY if outcome == FAILURE else 0,
                "failureReason": "Other.",
                "additionalDetails": None,
            },
            "deviceDetail": {"deviceId": "", "displayName": "", "operatingSystem": "Windows10", "trustType": ""},
            "location": {"city": "Bern", "state": "Bern", "countryOrRegion": "CH"},
            "appliedConditionalAccessPolicies": policies,
        }

    def find(self, identifier: str) -> JsonObject | None:
        """Return the row with that id, or None."""
        number, tail = identifier[:8], identifier[8:]
        if tail != self.log_id[8:] or NUMBER.fullmatch(number) is None or int(number, 16) >= self.shape.count:
            return None
        return self.row(int(number, 16))

    def _has(self, name: str, share: float, index: int) -> bool:
        """Say whether a row belongs to a share: exactly that part of all rows does, spread over them."""
        return index * self._steps[name] % self.shape.count < round(self.shape.count * share)
