# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random settings of all kinds there and back, whatever the service is like where that is uncertain."""

from __future__ import annotations

import copy
import random
from pathlib import Path
from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import AUTHORIZATION_POLICY, METHOD_CONFIGURATIONS, METHODS_POLICY, GraphClient
from .journal_bodies import report_on_bodies
from .schema_document import published_schema
from .setting_wishes import Wisher
from .whole_product import WholeProduct

KINDS = ("authentication_methods_policy", "authentication_method_configurations", "authorization_policy")
SEEDS = range(2)
SERVICES: tuple[JsonObject, ...] = (
    {"methods_policy_patch_status": 200, "partial_registration_campaign": "merge"},
    {"methods_policy_patch_status": 204, "partial_registration_campaign": "refuse", "method_type_required": False},
    {"partial_registration_campaign": "replace", "enabled_method_without_targets": "accept"},
    {"consistency_delay_seconds": 0.2},
)


@pytest.fixture
def product(simulator: TestSimulator, tmp_path: Path) -> WholeProduct:
    return WholeProduct(tmp_path, simulator)


def groups_of(client: GraphClient) -> dict[str, str]:
    return {group["id"]: group["displayName"] for group in client.get("/groups").json()["value"]}


def held(client: GraphClient, *, beta: bool) -> JsonObject:
    """Return what the service shows of the settings, without the time of the last change."""
    version = "beta" if beta else "v1.0"
    methods = client.get(METHODS_POLICY, version=version).json()
    del methods["lastModifiedDateTime"]
    authorization = client.get(AUTHORIZATION_POLICY).json()
    # Null and false are one thing there; what is written is false.
    consent = {"allowUserConsentForRiskyApps": bool(authorization["allowUserConsentForRiskyApps"])}
    return {METHODS_POLICY: in_order(methods), AUTHORIZATION_POLICY: authorization | consent}


def in_order(value: Any) -> Any:
    """Return a value with the lists whose order means nothing in one order."""
    if isinstance(value, dict):
        return {name: in_order(member) for name, member in value.items()}
    return sorted(map(in_order, value), key=repr) if isinstance(value, list) else value


def differences(old: Any, new: Any, where: str = "") -> list[str]:
    """Return what differs between two values, with its place."""
    if isinstance(old, dict) and isinstance(new, dict):
        names = sorted({*old, *new})
        return [found for name in names for found in differences(old.get(name), new.get(name), f"{where}/{name}")]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        places = enumerate(zip(old, new, strict=True))
        return [found for place, pair in places for found in differences(*pair, f"{where}[{place}]")]
    return [] if old == new else [f"{where}: {old!r} became {new!r}"]


def wanted_again(result: JsonObject) -> JsonObject:
    """Return the settings in a result as options."""
    state = copy.deepcopy(result["tenant_configuration"])
    for method in state["authentication_method_configurations"]:
        del method["display_name"]
    return {kind: state[kind] for kind in KINDS}


def writes(simulator: TestSimulator, client: GraphClient) -> list[JsonObject]:
    return [entry for entry in simulator.requests(client.tenant_id, "graph") if entry["method"] != "GET"]


@pytest.mark.parametrize("beta", [False, True], ids=["v1.0", "beta"])
@pytest.mark.parametrize("service", SERVICES, ids=repr)
@pytest.mark.parametrize("seed", SEEDS)
def test_there_and_back(
    product: WholeProduct, make_client: MakeClient, shared: Path, service: JsonObject, beta: bool, seed: int
) -> None:
    product.simulator.set_profile(**service)
    client = make_client()
    wisher = Wisher(random.Random(seed), groups_of(client), beta)
    lane = {"api_version": "beta"} if beta else {}

    def brought_to(wanted: JsonObject) -> JsonObject:
        """Return the result of a run that check mode has announced, and after which nothing is left to do."""
        product.simulator.clear_requests()
        announced = product.run("tenant_configuration", client.entry, wanted | lane, check_mode=True)
        assert writes(product.simulator, client) == []
        done = product.run("tenant_configuration", client.entry, wanted | lane)
        assert announced["plan"] == done["plan"]
        count = len(writes(product.simulator, client))
        assert count == len(done["plan"])
        again = product.run("tenant_configuration", client.entry, wanted | lane)
        assert (again["changed"], again["plan"]) == (False, [])
        assert len(writes(product.simulator, client)) == count
        bodies = report_on_bodies(
            product.simulator.requests(client.tenant_id), published_schema(shared / "graph" / "v1.0-Prod.csdl")
        )
        assert not bodies.faults, bodies
        assert beta or bodies.checked == count
        return dict(done)

    first = brought_to(wisher.tenant())
    before = held(client, beta=beta)
    other = wisher.tenant()
    assert brought_to(other)["changed"] is True
    assert held(client, beta=beta) != before
    back = brought_to(wanted_again(first))
    assert differences(before, held(client, beta=beta)) == []
    assert wanted_again(back) == wanted_again(first)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_part_leaves_the_rest_as_it_is(product: WholeProduct, make_client: MakeClient, seed: int) -> None:
    """Of each setting one option is said; whatever is not said stays, in every object."""
    client = make_client()
    dice = random.Random(seed)
    wisher = Wisher(dice, groups_of(client))
    product.run("tenant_configuration", client.entry, wisher.tenant())
    for number in range(6):
        wish = wisher.methods()[number]
        said = dice.choice([option for option in wish if option not in ("id", "method_state")])
        # Which passkey profiles there are and who may use them is one thing.
        options = ("fido2", "include_targets") if wish["id"].lower() == "fido2" else (said,)
        before = client.get(METHOD_CONFIGURATIONS).json()["value"]
        product.simulator.clear_requests()
        wanted = {"id": wish["id"], **{option: wish[option] for option in options}}
        result = product.run("authentication_method_configuration", client.entry, wanted)
        sent = writes(product.simulator, client)
        assert len(sent) == result["changed"]
        after = client.get(METHOD_CONFIGURATIONS).json()["value"]
        members = set().union(*(entry["body"] for entry in sent))
        for old, new in zip(before, after, strict=True):
            assert {key for key in old if old[key] != new[key]} <= members, wanted
        assert len([one for one in zip(before, after, strict=True) if one[0] != one[1]]) <= 1


def test_a_change_by_somebody_else_meanwhile_is_no_failure(product: WholeProduct, client: GraphClient) -> None:
    """Only what differs is sent and read back, so that both changes hold in the end."""
    kind = "#microsoft.graph.voiceAuthenticationMethodConfiguration"

    def interfering(session: Any) -> None:
        write = session.patch

        def patch(path: str, body: JsonObject, **lane: str) -> None:
            client.patch(METHODS_POLICY, {"policyMigrationState": "preMigration"})
            client.patch(f"{METHOD_CONFIGURATIONS}/Voice", {"@odata.type": kind, "isOfficePhoneAllowed": True})
            write(path, body, **lane)

        session.patch = patch

    campaign = {"authentication_methods_registration_campaign": {"snooze_duration_in_days": 7}}
    wanted = {
        "authentication_methods_policy": {"registration_enforcement": campaign},
        "authentication_method_configurations": [{"id": "Voice", "method_state": "enabled"}],
    }
    result = product.task("tenant_configuration", client.entry, wanted, prepare=interfering)[0]
    state = result["tenant_configuration"]
    assert state["authentication_methods_policy"]["policy_migration_state"] == "preMigration"
    (voice,) = state["authentication_method_configurations"]
    assert (voice["method_state"], voice["voice"]["is_office_phone_allowed"]) == ("enabled", True)


USER = "aaaaaaaa-0000-4000-8000-000000000001"
ROLE = "62e90394-69f5-4237-9190-012177145e10"
GROUP = "bbbbbbbb-0000-4000-8000-000000000001"
PROFILE = "88888888-8888-4888-8888-888888888888"
FEATURE = {"state": "enabled", "includeTarget": {"id": ROLE, "targetType": "role"}}
# What a tenant may have that no option of ours would have made.
ODD: dict[str, JsonObject] = {
    "a user of old": {"id": "Sms", "includeTargets": [{"id": USER, "targetType": "user"}]},
    "nobody, and off": {"id": "Voice", "state": "disabled", "includeTargets": []},
    "a feature for a role": {
        "id": "MicrosoftAuthenticator",
        "featureSettings": {"displayAppInformationRequiredState": FEATURE},
    },
    "a profile without restrictions": {
        "id": "Fido2",
        "passkeyProfiles": [{"id": PROFILE, "name": "One", "passkeyTypes": "deviceBound"}],
        "includeTargets": [{"id": "all_users", "targetType": "group", "allowedPasskeyProfiles": [PROFILE]}],
    },
    "an allow list that is not in force": {
        "id": "Fido2",
        "keyRestrictions": {"isEnforced": False, "enforcementType": "allow", "aaGuids": []},
    },
    "bindings in another order": {
        "id": "X509Certificate",
        "certificateUserBindings": [
            {"x509CertificateField": "RFC822Name", "userProperty": "userPrincipalName", "priority": 2},
            {"x509CertificateField": "PrincipalName", "userProperty": "userPrincipalName", "priority": 1},
        ],
    },
    "a kind that nobody knows": {"id": "FederatedIdentityCredential", "state": "enabled"},
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("version", ["v1.0", "beta"])
def test_odd_tenants(product: WholeProduct, make_client: MakeClient, odd: str, version: str) -> None:
    """A wish for whom a method is not for changes that, and nothing that only this tenant has."""
    method = ODD[odd]
    if method["id"] == "FederatedIdentityCredential" and version == "v1.0":
        pytest.skip("v1.0 does not show this kind")
    state = {
        METHOD_CONFIGURATIONS: [method],
        "/groups": [{"id": GROUP, "displayName": "Staff"}],
        "/users": [{"id": USER, "userPrincipalName": "kim@fabrikam.example", "displayName": "Kim"}],
    }
    client = make_client(state=state)
    path = f"{METHOD_CONFIGURATIONS}/{method['id']}"
    before = client.get(path, version=version).json()
    wanted = {"id": method["id"], "exclude_targets": {"add": ["Staff"]}, "api_version": version}
    assert product.run("authentication_method_configuration", client.entry, wanted)["changed"] is True
    assert product.run("authentication_method_configuration", client.entry, wanted)["changed"] is False
    after = client.get(path, version=version).json()
    assert after == before | {"excludeTargets": [{"id": GROUP, "targetType": "group"}]}
    off = {"id": method["id"], "exclude_targets": [], "api_version": version}
    product.run("authentication_method_configuration", client.entry, off)
    assert client.get(path, version=version).json() == before
