# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The recorded errors of the real service, provoked in the simulator and compared."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import NAMED_LOCATIONS, POLICIES, SECURITY_DEFAULTS, GraphClient
from .sample_policies import CHANGE_PASSWORD, REQUIRE_MFA, STRENGTH_MULTIFACTOR, varied

UNKNOWN = "66666666-6666-6666-6666-666666666666"
# Ids, also as reporters have blackened them.
IDENTIFIER = re.compile(r"[0-9a-fx]{7,8}(-[0-9a-fx]{3,12}){2,4}|[0-9a-f]{8}-\*+|<appId>", re.IGNORECASE)
Provocation = Callable[[GraphClient], httpx.Response]

PROVOKED: dict[str, tuple[str, Provocation]] = {
    "1032-InvalidPasswordResetControl.json": (
        "inner_error",
        lambda client: client.post(POLICIES, varied(CHANGE_PASSWORD, grantControls__operator="OR")),
    ),
    "1034-invalid-applications-ServicePrincipalNotFound.json": (
        "inner_error",
        lambda client: client.post(
            POLICIES, varied(REQUIRE_MFA, conditions__applications__includeApplications=[UNKNOWN])
        ),
    ),
    "1064-clientAppTypes-empty.json": (
        "inner_error",
        lambda client: client.post(POLICIES, varied(REQUIRE_MFA, conditions__clientAppTypes=[])),
    ),
    "404-Request_ResourceNotFound-deleted-group.json": (
        "message",
        lambda client: client.get(f"/groups/{UNKNOWN}"),
    ),
    "404-ResourceNotFound-NamedLocation.json": (
        "message",
        lambda client: client.get(f"{NAMED_LOCATIONS}/00000000-0000-0000-0000-000000000000"),
    ),
}
WITHOUT_PERMISSION = {
    "403-AccessDenied-missing-scopes.json": ("GET", POLICIES),
    "403-AccessDenied-missing-scopes-2024.json": ("GET", POLICIES),
    "403-securityDefaults-PATCH-AccessDenied.json": ("PATCH", SECURITY_DEFAULTS),
}
BY_FAULT = {"500-InternalServerError.json": 500, "503-ServiceUnavailable.json": 503}
BY_RATE = {"429-TooManyRequests.json"}
NOT_PROVOKED = {
    "400-Request_BadRequest-no-type-name.json": "comes from an OData parser that the simulator does not have",
    "legacy-odata.error-shape.json": "comes from Azure AD Graph, which is gone",
}


def recorded(shared: Path, name: str) -> JsonObject:
    content = json.loads((shared / "corpus" / "errors" / name).read_text())
    return dict(content["error"])


def status_of(name: str, shared: Path) -> int:
    rows = (shared / "corpus" / "errors" / "index.tsv").read_text().splitlines()[1:]
    return {row.split("\t")[0]: int(row.split("\t")[1]) for row in rows}[name]


def assert_same(answer: httpx.Response, name: str, shared: Path) -> None:
    """Compare status, code and texts, apart from ids; the recorded inner error may have lost members on its way."""
    real, ours = recorded(shared, name), answer.json()["error"]
    assert answer.status_code == status_of(name, shared)
    assert ours["code"] == real["code"]
    assert without_ids(ours["message"]) == without_ids(real["message"])
    real_inner = real.get("innerError", {})
    assert set(real_inner) <= set(ours["innerError"])
    if "message" in real_inner:
        assert without_ids(ours["innerError"]["message"]) == without_ids(real_inner["message"])
    else:
        assert "message" not in ours["innerError"]
    if "date" in real_inner:
        assert len(ours["innerError"]["date"]) == len(real_inner["date"])


def without_ids(text: str) -> str:
    """Return a text without ids and without the id of the failure, which only some services give."""
    return IDENTIFIER.sub("*", text).partition(" Error ID:")[0].strip()


def test_every_recorded_error_is_accounted_for(shared: Path) -> None:
    files = {path.name for path in (shared / "corpus" / "errors").glob("*.json")}
    assert files == {*PROVOKED, *WITHOUT_PERMISSION, *BY_FAULT, *BY_RATE, *NOT_PROVOKED}


@pytest.mark.parametrize("name", PROVOKED)
def test_refusals(client: GraphClient, simulator: TestSimulator, shared: Path, name: str) -> None:
    shape, provoke = PROVOKED[name]
    simulator.set_profile(error_shape=shape)
    assert_same(provoke(client), name, shared)


@pytest.mark.parametrize("name", WITHOUT_PERMISSION)
def test_missing_permissions(make_client: MakeClient, shared: Path, name: str) -> None:
    method, path = WITHOUT_PERMISSION[name]
    assert_same(make_client(permissions=[]).call(method, path, json={}), name, shared)


@pytest.mark.parametrize("name", BY_FAULT)
def test_failures(client: GraphClient, simulator: TestSimulator, shared: Path, name: str) -> None:
    action = {"kind": "status", "status": BY_FAULT[name]}
    simulator.set_faults({"method": "GET", "path": "policies", "action": action})
    answer = client.get(POLICIES)
    assert answer.json()["error"]["code"] == recorded(shared, name)["code"]
    ours = without_ids(answer.json()["error"]["message"])
    assert ours == without_ids(recorded(shared, name)["message"])


def test_too_many_requests(client: GraphClient, simulator: TestSimulator, shared: Path) -> None:
    simulator.set_profile(conditional_access_requests_per_second=0.01)
    client.get(POLICIES)
    assert_same(client.get(POLICIES), "429-TooManyRequests.json", shared)


MESSAGES: dict[str, Provocation] = {
    "Security Defaults is enabled": lambda client: (
        client.patch(SECURITY_DEFAULTS, {"isEnabled": True})
        and client.post(POLICIES, varied(REQUIRE_MFA, state="enabled"))
    ),
    "1007": lambda client: client.post(POLICIES, {}),
    "1011": lambda client: client.post(POLICIES, varied(REQUIRE_MFA, conditions__applications={})),
    "1032": lambda client: client.post(POLICIES, varied(REQUIRE_MFA, grantControls__builtInControls=["block", "mfa"])),
    "1108": lambda client: client.post(
        POLICIES, varied(REQUIRE_MFA, grantControls__authenticationStrength={"id": STRENGTH_MULTIFACTOR})
    ),
    "Invalid OData type": lambda client: client.post(NAMED_LOCATIONS, {"displayName": "x"}),
    "Empty Payload": lambda client: client.call("POST", POLICIES, content=b""),
    "ConditionalAccessPolicy with id": lambda client: client.get(f"{POLICIES}/{UNKNOWN}"),
}
MESSAGES_NOT_PROVOKED = {
    "1034": "UnsupportedFirstPartyApplication: which applications those are is not known",
    "1039": "needs a tenant without P2, see test_licence",
    "1101": "a private preview of the past",
    "Too many requests": "see test_too_many_requests",
    "There was an internal server error": "see test_failures",
}


def texts(shared: Path) -> list[list[str]]:
    rows = (shared / "corpus" / "errors" / "messages-only.tsv").read_text().splitlines()[1:]
    return [row.split("\t") for row in rows]


def test_every_recorded_text_is_accounted_for(shared: Path) -> None:
    known = (*MESSAGES, *MESSAGES_NOT_PROVOKED)
    assert [row[2] for row in texts(shared) if not row[2].startswith(known)] == []


@pytest.mark.parametrize("start", MESSAGES)
def test_texts(client: GraphClient, shared: Path, start: str) -> None:
    (row,) = (row for row in texts(shared) if row[2].startswith(start))
    answer = MESSAGES[start](client)
    assert answer.status_code == int(row[0])
    assert answer.json()["error"]["code"] == row[1].partition(" ")[0]
    assert without_ids(answer.json()["error"]["message"]) == without_ids(row[2])


def test_the_text_without_p2(make_client: MakeClient, shared: Path) -> None:
    (row,) = (row for row in texts(shared) if row[2].startswith("1039"))
    answer = make_client("p1").post(POLICIES, CHANGE_PASSWORD)
    assert answer.json()["error"]["message"] == row[2]
