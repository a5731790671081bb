# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection's own evaluation of the sign-in that a request to evaluate describes."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from simulator.json_types import JsonObject

from .product import PACKAGE

USER_ACTIONS = {
    "registerSecurityInformation": "urn:user:registersecurityinfo",
    "registerOrJoinDevices": "urn:user:registerdevice",
}


def _room(name: str) -> Any:
    return import_module(f"{PACKAGE}.{name}")


class ProductEvaluator:
    """Evaluates requests against policies and locations in Graph's form; the collection must have been loaded.

    ``people`` are by id what the directory says of those who sign in; ``ours`` are the ids of service principals and
    applications that the tenant registered itself.
    """

    def __init__(self, people: dict[str, JsonObject], ours: set[str], locations: list[JsonObject]) -> None:
        self._people = people
        self._ours = ours
        self._sign_in = _room("_evaluation.sign_in")
        places = _room("_evaluation.matching_places")
        resource = _room("_resources.named_location")
        canonical = _room("_reconcile.canonical").canonical
        by_id = {item["id"]: canonical(resource.shape_of(item), item) for item in locations}
        self._locations = places.Locations(by_id, mfa_trusted_ips=())

    def verdicts(self, policies: list[JsonObject], request: JsonObject) -> list[tuple[bool | None, str, set[str]]]:
        """Return for each policy whether it applies, why not, and what is missing."""
        current = _room("_policy.policy_plan").current_policy
        evaluated = _room("_evaluation.evaluated_policy").of_current
        found = _room("_evaluation.evaluation").evaluate(
            [evaluated(current(policy)) for policy in policies], self._described(request), self._locations
        )
        return [(one.applies.value, one.reason, set(one.applies.missing)) for one in found.verdicts]

    def _described(self, request: JsonObject) -> Any:
        said, words = request["signInConditions"], self._sign_in
        return words.SignIn(
            self._identity(request["signInIdentity"]),
            self._target(request["signInContext"]),
            client_app_type=said.get("clientAppType"),
            device_platform=said.get("devicePlatform"),
            device=words.Device(properties=_properties(said.get("deviceInfo") or {})),
            place=words.Place(said.get("ipAddress"), said.get("country")),
            risks=words.Risks(
                said.get("signInRiskLevel"),
                said.get("userRiskLevel"),
                said.get("servicePrincipalRiskLevel"),
                said.get("insiderRiskLevel"),
            ),
            authentication_flow=(said.get("authenticationFlow") or {}).get("transferMethod"),
        )

    def _identity(self, identity: JsonObject) -> Any:
        if "servicePrincipalId" in identity:
            principal = identity["servicePrincipalId"]
            return self._sign_in.WorkloadIdentity(principal, principal in self._ours, {})
        person = self._people[identity["userId"]]
        return self._sign_in.UserIdentity(
            identity["userId"],
            frozenset(person["groups"]),
            frozenset(person["roles"]),
            identity.get("externalUserType") or person["kind"],
            identity.get("externalTenantId"),
        )

    def _target(self, context: JsonObject) -> Any:
        if "userAction" in context:
            return self._sign_in.Target(user_action=USER_ACTIONS[context["userAction"]])
        if "authenticationContextValue" in context:
            return self._sign_in.Target(authentication_context=context["authenticationContextValue"])
        (application,) = context["includeApplications"]
        is_of_microsoft = False if application in self._ours else None
        return self._sign_in.Target(application=self._sign_in.Application(application, is_of_microsoft, {}))


def _properties(device: JsonObject) -> JsonObject:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in device.items()}
