# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the collection finds out of password reset and MFA registration, by nothing but reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import METHOD_CONFIGURATIONS, METHODS_POLICY, POLICIES, SECURITY_DEFAULTS, GraphClient
from .sample_policies import REQUIRE_MFA
from .whole_product import imported

DETAILS = "/reports/authenticationMethods/userRegistrationDetails"
AUDITS = "/auditLogs/directoryAudits"
TODAY = date(2026, 11, 23)
GROUP = "bbbbbbbb-0000-4000-8000-000000000001"
NESTED = "bbbbbbbb-0000-4000-8000-000000000002"
NO_REPORTS = ["Policy.Read.All", "Organization.Read.All"]


def person(number: int) -> str:
    return f"aaaaaaaa-0000-4000-8000-{number:012d}"


def row(number: int, *, enabled: bool = True, registered: bool = True, **more: Any) -> JsonObject:
    """A row of the report; the flags that do not matter follow from those that do."""
    name = f"user{number}@contoso.example"
    return {
        "id": person(number),
        "userPrincipalName": name,
        "userDisplayName": name,
        "userType": "member",
        "isAdmin": False,
        "isSsprEnabled": enabled,
        "isMfaRegistered": registered,
        "isMfaCapable": registered,
        **more,
    }


def user(number: int, kind: str = "Member") -> JsonObject:
    name = f"user{number}@contoso.example"
    return {"id": person(number), "userPrincipalName": name, "displayName": name, "userType": kind}


@dataclass(frozen=True)
class Product:
    """The collection's readers and assessments in a tenant of the simulator."""

    simulator: TestSimulator
    part: Callable[[str], ModuleType]

    def session(self, client: GraphClient) -> Any:
        options: defaultdict[str, Any] = defaultdict(lambda: None)
        options.update(
            {name: client.entry[name] for name in ("tenant_id", "client_id", "client_secret")},
            auth_method="client_secret",
            cloud="global",
            authority_url=self.simulator.url,
            graph_url=self.simulator.url,
            ca_path=str(self.simulator.ca_path),
        )
        connection = self.part("_graph.connection").connection_from_options(options)
        return self.part("_graph.session").GraphSession(connection, read_only=True)

    def password_reset(self, client: GraphClient, desired: JsonObject, group: str | None = None) -> JsonObject:
        read = self.part("_evidence.password_reset_evidence").read_password_reset_evidence
        evidence = read(self.session(client), group=group)
        assess = self.part("_evidence.password_reset").assess_password_reset
        return dict(assess(desired, evidence, None, TODAY, "global"))

    def mfa_registration(self, client: GraphClient, desired: JsonObject) -> JsonObject:
        read = self.part("_evidence.mfa_registration_evidence").read_mfa_registration_evidence
        assess = self.part("_evidence.mfa_registration").assess_mfa_registration
        return dict(assess(desired, read(self.session(client)), None, TODAY, "global"))

    def reads(self, client: GraphClient) -> list[str]:
        """The paths of Graph that were read; anything but a read fails."""
        entries = self.simulator.requests(client.tenant_id, "graph")
        assert {entry["method"] for entry in entries} <= {"GET"}, entries
        assert {entry["status"] for entry in entries} <= {200, 403}, entries
        return [str(entry["path"]).partition("?")[0].removeprefix("/v1.0") for entry in entries]


@pytest.fixture
def product(simulator: TestSimulator, tmp_path: Path) -> Product:
    return Product(simulator, lambda name: imported(tmp_path, name))


def verdicts(result: JsonObject) -> JsonObject:
    return {one["option"]: one["compliant"] for one in result["settings"]}


def people_of_the_group() -> JsonObject:
    """Users 1 and 2 in a nested group; 3 besides; 4 an administrator; 5 a guest."""
    return {
        "/users": [*map(user, range(1, 5)), user(5, "Guest")],
        "/groups": [
            {"id": GROUP, "displayName": "May reset", "members": [person(1), NESTED, person(4), person(5)]},
            {"id": NESTED, "displayName": "Nested", "members": [person(2)]},
        ],
    }


@pytest.mark.parametrize(
    ("rows", "compliant", "counts"),
    [
        ([row(1), row(2), row(3, enabled=False), row(4, isAdmin=True)], True, (0, 0, 0)),
        ([row(1), row(2, enabled=False), row(3), row(4, isAdmin=True, enabled=False)], False, (1, 1, 0)),
        ([row(1), row(2), row(3, enabled=False), row(4, isAdmin=True), row(5, userType="guest")], True, (0, 0, 0)),
        ([row(1, enabled=False), row(2, enabled=False), row(4, isAdmin=True)], False, (0, 2, 0)),
        ([row(1), row(2), row(4, isAdmin=True), row(5, userType="guest")], "unknown", (0, 0, 0)),
        ([row(1), row(3, enabled=False), row(4, isAdmin=True)], "unknown", (0, 0, 1)),
        ([row(1, enabled=False), row(3, enabled=False), row(4, isAdmin=True)], False, (0, 1, 1)),
    ],
)
def test_the_enabled_group_is_compared(
    product: Product,
    make_client: MakeClient,
    rows: list[JsonObject],
    compliant: bool | str,
    counts: tuple[int, int, int],
) -> None:
    client = make_client("p1", state={**people_of_the_group(), DETAILS: rows})
    desired = {"enablement_type": "selected", "password_reset_enabled_group": "May reset"}
    result = product.password_reset(client, desired, GROUP)
    assert verdicts(result) == {"enablement_type": compliant, "password_reset_enabled_group": compliant}
    group = result["evidence"]["group"]
    names = ("enabled_but_no_members", "members_but_not_enabled", "members_without_row")
    assert tuple(group[name] for name in names) == counts
    product.reads(client)


def test_an_empty_group_looks_like_none(product: Product, make_client: MakeClient) -> None:
    state = {
        "/groups": [{"id": GROUP, "displayName": "Empty"}],
        DETAILS: [row(1, enabled=False), row(2, enabled=False)],
    }
    client = make_client("p1", state=state)
    desired = {"enablement_type": "selected", "password_reset_enabled_group": "Empty"}
    result = product.password_reset(client, desired, GROUP)
    assert set(verdicts(result).values()) == {"unknown"}
    assert result["settings"][0]["found"] == "none"
    product.reads(client)


@pytest.mark.parametrize(("enabled", "found"), [((True, True), "all"), ((True, False), "selected"), ((), None)])
def test_the_scope_is_inferred(
    product: Product, make_client: MakeClient, enabled: tuple[bool, ...], found: str | None
) -> None:
    rows = [row(number, enabled=one) for number, one in enumerate(enabled)]
    others = [row(8, isAdmin=True, enabled=False), row(9, userType="guest", enabled=False)]
    client = make_client("p1", state={DETAILS: [*rows, *others]})
    result = product.password_reset(client, {"enablement_type": "all"})
    assert result["settings"][0]["found"] == found
    assert result["compliant"] == {"all": True, "selected": False, None: "unknown"}[found]
    assert sorted(product.reads(client))[0] == AUDITS
    assert len(product.reads(client)) == 3


def test_everybody_has_registered_without_being_made_to(product: Product, make_client: MakeClient) -> None:
    client = make_client("p2", state={DETAILS: [row(1), row(2)]})
    forced_by_nothing(client)
    result = product.mfa_registration(client, {"is_enabled": True, "include_all_users": True})
    assert verdicts(result) == {"is_enabled": "unknown", "include_all_users": "unknown"}
    assert result["evidence"]["users"]["not_registered"] == 0


def test_methods_come_from_the_methods_policy(product: Product, client: GraphClient) -> None:
    client.patch(METHODS_POLICY, {"policyMigrationState": "migrationComplete"})
    kind = "#microsoft.graph.emailAuthenticationMethodConfiguration"
    client.patch(f"{METHOD_CONFIGURATIONS}/Email", {"@odata.type": kind, "state": "disabled"})
    product.simulator.clear_requests()
    desired = {"email_option_enabled": False, "security_questions_option_enabled": False}
    result = product.password_reset(client, desired)
    assert verdicts(result) == {"email_option_enabled": True, "security_questions_option_enabled": "unknown"}
    assert METHODS_POLICY in product.reads(client)


def test_resets_in_the_log_are_told(product: Product, make_client: MakeClient) -> None:
    moment = f"{datetime.now(UTC) - timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"
    reset = {
        "id": "Reset_1",
        "activityDateTime": moment,
        "activityDisplayName": "Reset password (self-service)",
        "loggedByService": "Self-service Password Management",
        "result": "success",
    }
    other = {**reset, "id": "Other_1", "loggedByService": "Core Directory"}
    client = make_client("p1", state={AUDITS: [reset, other]})
    resets = product.password_reset(client, {"enablement_type": "all"})["evidence"]["resets"]
    assert (resets["resets"], resets["is_complete"]) == (1, True)
    assert resets["latest_reset"].startswith(moment[:19])


def test_a_tenant_without_licence(product: Product, make_client: MakeClient) -> None:
    client = make_client("free")
    result = product.password_reset(client, {"enablement_type": "all"})
    assert (result["compliant"], result["licence_missing"]) == ("unknown", True)
    result = product.mfa_registration(client, {"is_enabled": True})
    assert (result["compliant"], result["licence_missing"]) == (False, True)
    assert result["evidence"]["license"] == "free"
    product.reads(client)


def test_a_token_that_may_not_read_reports(product: Product, make_client: MakeClient) -> None:
    client = make_client("p2", permissions=NO_REPORTS)
    result = product.password_reset(client, {"enablement_type": "all"}, GROUP)
    assert (result["compliant"], result["licence_missing"]) == ("unknown", False)
    assert {"AuditLog.Read.All"} == {one for need in result["evidence"]["permissions"] for one in need["any_of"]}
    result = product.mfa_registration(client, {"is_enabled": True})
    assert (result["compliant"], result["evidence"]["users"]) == ("unknown", None)
    assert not {DETAILS, AUDITS} & set(product.reads(client))


def forced_by_policy(client: GraphClient) -> None:
    everybody = {**REQUIRE_MFA["conditions"], "users": {"includeUsers": ["All"]}}
    client.post(POLICIES, {**REQUIRE_MFA, "displayName": "MFA", "conditions": everybody, "state": "enabled"})


def forced_by_defaults(client: GraphClient) -> None:
    client.patch(SECURITY_DEFAULTS, {"isEnabled": True})


def forced_by_nothing(client: GraphClient) -> None:
    assert client.get(SECURITY_DEFAULTS).json()["isEnabled"] is False


@pytest.mark.parametrize(
    ("prepare", "tier", "compliant", "source"),
    [
        (forced_by_policy, "p2", True, "Conditional Access policy 'MFA'"),
        (forced_by_policy, "p1", True, "Conditional Access policy 'MFA'"),
        (forced_by_defaults, "free", True, "security defaults"),
        (forced_by_nothing, "p1", False, "licence"),
        (forced_by_nothing, "p2", "unknown", ""),
    ],
)
def test_what_makes_users_register(
    product: Product,
    make_client: MakeClient,
    prepare: Callable[[GraphClient], None],
    tier: str,
    compliant: bool | str,
    source: str,
) -> None:
    client = make_client(tier)
    prepare(client)
    product.simulator.clear_requests()
    result = product.mfa_registration(client, {"is_enabled": True})
    assert (result["compliant"], result["settings"][0]["source"]) == (compliant, source)
    assert (result["evidence"]["license"], result["licence_missing"]) == (tier, tier != "p2")
    assert len(product.reads(client)) <= 6


def test_who_has_not_registered_is_counted_in_bounds(product: Product, make_client: MakeClient) -> None:
    client = make_client("p2", registration={"users": 20_000, "mfa_registered": 0.0, "mfa_capable": 0.0})
    users = product.mfa_registration(client, {"is_enabled": True})["evidence"]["users"]
    assert users["total"] == 20_000
    assert (users["not_registered"], users["not_registered_is_complete"]) == (999, False)
    assert product.reads(client).count(DETAILS) == 1
