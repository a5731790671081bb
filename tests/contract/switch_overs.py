# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tenants on their way between security defaults and policies, and runs that end at a request of one's choice."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import POLICIES, SECURITY_DEFAULTS, GraphClient
from .sample_policies import GLOBAL_ADMINISTRATOR, REQUIRE_MFA
from .whole_product import WholeProduct

MODULE = "tenant_configuration"
PATIENCE_SECONDS = 15.0
EMERGENCY = "99999999-9999-4999-8999-999999999999"
ENABLED, REPORT_ONLY, DISABLED = "enabled", "enabledForReportingButNotEnforced", "disabled"
MANAGED = "Microsoft-managed: "
PEOPLE: JsonObject = {
    "/users": [{"id": EMERGENCY, "userPrincipalName": "glass@fabrikam.example", "displayName": "Break glass"}],
    "/roleManagement/directory/roleAssignments": [
        {"id": "one", "principalId": EMERGENCY, "roleDefinitionId": GLOBAL_ADMINISTRATOR, "directoryScopeId": "/"}
    ],
}
NAMES = LEGACY, ADMINISTRATORS, EVERYBODY = ("Legacy is blocked", "MFA for administrators", "MFA for everybody")
TEMPLATES = {
    LEGACY: "block_legacy_authentication",
    ADMINISTRATORS: "require_mfa_for_administrators",
    EVERYBODY: "require_mfa_for_all_users",
}
MANAGED_SETTING = {"managed_policies_on_disabling_security_defaults": True}


class Killed(BaseException):
    """The process ends here, as by kill -9: nothing in the product catches it, so that nothing is put back."""


@dataclass(frozen=True)
class Scenario:
    """A tenant's *state*, what is *wanted* of it, and the *settings* of the simulator."""

    name: str
    state: JsonObject
    wanted: JsonObject
    settings: JsonObject = field(default_factory=dict)

    @property
    def turns_off(self) -> bool:
        """Whether security defaults are to go off."""
        return not self.wanted["security_defaults"]["is_enabled"]

    def __str__(self) -> str:
        return self.name


def policies(policy_state: str, *names: str) -> list[JsonObject]:
    return [
        {"display_name": name, "template": TEMPLATES[name], "policy_state": policy_state} for name in names or NAMES
    ]


def wanted(is_enabled: bool, listed: list[JsonObject], **around: Any) -> JsonObject:
    """Return the options that switch security defaults on or off, with these policies."""
    return {
        "security_defaults": {"is_enabled": is_enabled},
        "conditional_access_policies": {"policies": copy.deepcopy(listed), **around},
        "emergency_access": {"users": ["glass@fabrikam.example"]},
    }


def state(is_enabled: bool, *more: JsonObject) -> JsonObject:
    """Return a tenant with its people and these policies."""
    return {**PEOPLE, SECURITY_DEFAULTS: {"isEnabled": is_enabled}, POLICIES: list(copy.deepcopy(more))}


def stored(name: str, policy_state: str, number: int) -> JsonObject:
    identifier = f"eeeeeeee-0000-4000-8000-{number:012d}"
    return {**REQUIRE_MFA, "id": identifier, "displayName": name, "state": policy_state}


def templates_in_place(product: WholeProduct, make_client: MakeClient, policy_state: str) -> list[JsonObject]:
    """Return the policies as the product leaves them in a tenant."""
    client = make_client(state=state(False))
    product.run(MODULE, client.entry, wanted(False, policies(policy_state)))
    return list(client.simulator.state(client.tenant_id)[POLICIES])


def ends_at(number: int, error: type[BaseException] = Killed, *, after: bool = True) -> Callable[[Any], None]:
    """Let a session end with an error at its request of that number, before it goes out or *after* its answer came."""

    def prepare(session: Any) -> None:
        transport = session._transporter()
        send, count = transport.send, 0

        def sending(*arguments: Any) -> Any:
            nonlocal count
            count += 1
            if count != number:
                return send(*arguments)
            if after:
                send(*arguments)
            raise error

        transport.send = sending

    return prepare


def let_waiting_take_no_time(session: Any) -> None:
    """Give a session a clock that its own waiting moves, a pace that it shares with nobody, and little patience."""
    waited = [0.0]
    transport, sender = session._transporter(), session._sender
    transport.sleep = lambda seconds: waited.__setitem__(0, waited[0] + seconds)
    sender._limiter = type(sender._limiter)(clock=lambda: time.time() + waited[0])
    sender._retry = replace(sender._retry, deadline=PATIENCE_SECONDS)


def before_request(number: int, act: Callable[[], None]) -> Callable[[Any], None]:
    """Let something happen right before a session's request of that number; its waiting takes no time."""

    def prepare(session: Any) -> None:
        let_waiting_take_no_time(session)
        transport = session._transporter()
        send, count = transport.send, 0

        def sending(*arguments: Any) -> Any:
            nonlocal count
            count += 1
            if count == number:
                act()
            return send(*arguments)

        transport.send = sending

    return prepare


def sent(client: GraphClient) -> list[JsonObject]:
    """Return the journal of a tenant's Graph requests."""
    return client.simulator.requests(client.tenant_id, "graph")


def writes(client: GraphClient) -> list[JsonObject]:
    return [entry for entry in sent(client) if entry["method"] != "GET"]


def is_switch(entry: JsonObject, is_enabled: bool) -> bool:
    """Say whether a request turns security defaults on or off."""
    return bool(entry["method"] == "PATCH" and entry["body"] == {"isEnabled": is_enabled})


def held(client: GraphClient) -> JsonObject:
    """Return what protects the tenant: security defaults, and policies by name without ids and times."""
    found = client.simulator.state(client.tenant_id)
    passing = ("id", "createdDateTime", "modifiedDateTime")
    told = [{name: value for name, value in one.items() if name not in passing} for one in found[POLICIES]]
    return {
        "security_defaults": found[SECURITY_DEFAULTS]["isEnabled"],
        "policies": sorted(told, key=lambda one: str(one["displayName"])),
    }


def states(client: GraphClient) -> list[tuple[str, str]]:
    """Return the policies' names and states, sorted; a name may be there twice."""
    return sorted((one["displayName"], one["state"]) for one in held(client)["policies"])


def is_protected(client: GraphClient) -> bool:
    """Say whether security defaults or at least one policy is in force."""
    return bool(held(client)["security_defaults"]) or ENABLED in (one for _name, one in states(client))


def to_policies(product: WholeProduct, make_client: MakeClient) -> list[Scenario]:
    staged = templates_in_place(product, make_client, "report_only")
    enforced = wanted(False, policies("enabled"))
    different = [
        stored(EVERYBODY, REPORT_ONLY, 1),
        stored(LEGACY, DISABLED, 2),
        stored("Somebody else's", REPORT_ONLY, 3),
        stored("To be gone", DISABLED, 4),
    ]
    mixed = [
        *policies("enabled", EVERYBODY, LEGACY),
        *policies("report_only", ADMINISTRATORS),
        {"display_name": "To be gone", "state": "absent"},
    ]
    return [
        Scenario("new policies", state(True), enforced),
        Scenario("policies in report-only", state(True, *staged), enforced),
        Scenario("policies that differ, and somebody else's", state(True, *different), wanted(False, mixed)),
        Scenario("Microsoft adds its own", state(True), enforced, MANAGED_SETTING),
        Scenario("Microsoft adds its own to what is staged", state(True, *staged), enforced, MANAGED_SETTING),
    ]


def to_defaults(product: WholeProduct, make_client: MakeClient) -> list[Scenario]:
    enforced = templates_in_place(product, make_client, "enabled")
    gone = [{"display_name": name, "state": "absent"} for name in NAMES]
    strict = {"strict_security_defaults": True}
    others = [*enforced, stored("Somebody else's", ENABLED, 3)]
    return [
        Scenario("policies disabled", state(False, *enforced), wanted(True, policies("disabled"))),
        Scenario("policies in report-only", state(False, *enforced), wanted(True, policies("report_only"))),
        Scenario("policies removed", state(False, *enforced), wanted(True, gone), strict),
        Scenario("all others disabled", state(False, *others), wanted(True, policies("disabled"), unmanaged="disable")),
    ]


SCENARIOS = {"to policies": to_policies, "to security defaults": to_defaults}


def prepared(simulator: TestSimulator, make_client: MakeClient, scenario: Scenario) -> GraphClient:
    """Return a new tenant of a scenario, with an empty journal."""
    simulator.set_profile(managed_policies_on_disabling_security_defaults=False, strict_security_defaults=False)
    simulator.set_profile(**scenario.settings)
    simulator.clear_requests()
    return make_client(state=scenario.state)
