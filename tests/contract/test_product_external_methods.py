# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""External methods in a tenant: made once, renamed once; and what comes before the policies and what after."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import METHOD_CONFIGURATIONS, SECURITY_DEFAULTS, GraphClient
from .whole_product import WholeProduct

MODULE = "authentication_method_configuration"
PROVIDER: JsonObject = {
    "app_id": "12345678-0000-4000-8000-000000000000",
    "open_id_connect_setting": {"client_id": "abc", "discovery_url": "https://fabrikam.example/.well-known"},
}
STAFF, OTHERS = (f"bbbbbbbb-0000-4000-8000-{number:012d}" for number in (1, 2))


@pytest.fixture
def product(simulator: TestSimulator, tmp_path: Path) -> WholeProduct:
    return WholeProduct(tmp_path, simulator)


def wanted(identifier: str, **external: str) -> JsonObject:
    return {
        "id": identifier,
        "method_state": "enabled",
        "include_targets": ["all_users"],
        "external": {**PROVIDER, **external},
    }


def writes(client: GraphClient) -> list[str]:
    entries = client.simulator.requests(client.tenant_id, "graph")
    return [f"{entry['method']} {entry['path'].partition('/policies/')[2]}" for entry in entries if is_write(entry)]


def is_write(entry: JsonObject) -> bool:
    return str(entry["method"]) != "GET"


def run(product: WholeProduct, client: GraphClient, options: JsonObject) -> list[str]:
    """Return what a run with an empty journal has written."""
    product.simulator.clear_requests()
    result = product.run(MODULE, client.entry, options)
    assert result["changed"] is bool(writes(client))
    return writes(client)


def external_methods(client: GraphClient) -> dict[str, str]:
    """Return the external methods of a tenant by name, each with its id."""
    methods = client.get("/policies/authenticationMethodsPolicy").json()["authenticationMethodConfigurations"]
    return {one["displayName"]: one["id"] for one in methods if "externalAuth" in one["@odata.type"]}


def test_made_once_under_a_name_that_is_not_its_id(product: WholeProduct, make_client: MakeClient) -> None:
    client = make_client()
    options = wanted("Fabrikam", display_name="Fabrikam MFA")
    assert len(run(product, client, options)) == 1
    assert [run(product, client, options) for _run in range(2)] == [[], []]
    assert list(external_methods(client)) == ["Fabrikam MFA"]


def test_renamed_once(product: WholeProduct, make_client: MakeClient) -> None:
    client = make_client()
    run(product, client, wanted("Fabrikam"))
    before = external_methods(client)
    options = wanted("Fabrikam", display_name="Fabrikam New")
    (write,) = run(product, client, options)
    assert write.startswith("PATCH ")
    assert [run(product, client, options) for _run in range(2)] == [[], []]
    assert external_methods(client) == {"Fabrikam New": before["Fabrikam"]}


def test_two_methods_are_told_apart(product: WholeProduct, make_client: MakeClient) -> None:
    client = make_client()
    for name in ("Fabrikam", "Adatum"):
        run(product, client, wanted(name))
    before = external_methods(client)
    product.simulator.clear_requests()
    with pytest.raises(product.part("_graph.errors").EntraError) as failure:
        product.run(MODULE, client.entry, wanted("Fabrikam", display_name="Adatum"))
    message = str(failure.value)
    assert message.startswith("external.display_name: ")
    assert [identifier for identifier in before.values() if identifier in message] == list(before.values())
    assert (writes(client), external_methods(client)) == ([], before)


def test_what_opens_comes_before_the_policies_and_what_tightens_after(
    product: WholeProduct, make_client: MakeClient
) -> None:
    on = {"state": "enabled", "includeTargets": [{"id": STAFF, "targetType": "group"}]}
    client = make_client(
        state={
            SECURITY_DEFAULTS: {"isEnabled": False},
            "/groups": [{"id": STAFF, "displayName": "Staff"}, {"id": OTHERS, "displayName": "Others"}],
            METHOD_CONFIGURATIONS: [
                {"id": "Sms", **on},
                {"id": "Fido2", **on, "isSelfServiceRegistrationAllowed": True},
                {"id": "Voice", **on, "isOfficePhoneAllowed": True},
                {"id": "X509Certificate", **on},
                {"id": "SoftwareOath", "state": "disabled"},
            ],
        }
    )
    more = {"include_targets": {"add": ["Others"]}}
    single = {"x509_certificate_authentication_default_mode": "x509CertificateMultiFactor"}
    options: JsonObject = {
        "conditional_access_policies": {"policies": [{"template": "require_mfa_for_all_users"}]},
        "authentication_method_configurations": [
            {"id": "Fido2", **more, "fido2": {"is_self_service_registration_allowed": False}},
            {"id": "Voice", **more, "voice": {"is_office_phone_allowed": False}},
            {"id": "X509Certificate", "x509_certificate": {"authentication_mode_configuration": single}},
            {"id": "Sms", **more},
            {"id": "SoftwareOath", "method_state": "enabled"},
        ],
    }
    product.simulator.clear_requests()
    product.run("tenant_configuration", client.entry, options)
    order = [
        str(entry["path"]).rsplit("/", 1)[-1]
        for entry in client.simulator.requests(client.tenant_id, "graph")
        if is_write(entry)
    ]
    place = order.index("policies")
    assert set(order[:place]) == {"Sms", "SoftwareOath"}
    assert set(order[place + 1 :]) == {"Fido2", "Voice", "X509Certificate"}
    assert product.run("tenant_configuration", client.entry, options)["changed"] is False
