# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a partner reads of its customers (facts section 11.1)."""

from __future__ import annotations

from .conftest import MakeClient

RELATIONSHIPS = "/tenantRelationships/delegatedAdminRelationships"
CUSTOMERS = "/tenantRelationships/delegatedAdminCustomers"
CONTRACTS = "/contracts"
MAY_READ = ["DelegatedAdminRelationship.Read.All", "Directory.Read.All"]
CUSTOMER = "11111111-2222-4333-8444-555555555555"
STATE = {
    RELATIONSHIPS: [
        {
            "id": "a-1",
            "displayName": "One",
            "status": "active",
            "duration": "P730D",
            "customer": {"tenantId": CUSTOMER, "displayName": "Contoso"},
            "accessDetails": {"unifiedRoles": [{"roleDefinitionId": "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9"}]},
        },
        {"id": "a-2", "displayName": "Two", "status": "approvalPending", "duration": "P1D"},
    ],
    CUSTOMERS: [{"id": CUSTOMER, "tenantId": CUSTOMER, "displayName": "Contoso"}],
    CONTRACTS: [{"customerId": CUSTOMER, "defaultDomainName": "contoso.example", "displayName": "Contoso Ltd"}],
}


def test_partner_lists_what_it_has(make_client: MakeClient) -> None:
    client = make_client(permissions=MAY_READ, state=STATE)
    first, second = client.get(RELATIONSHIPS).json()["value"]
    assert first["customer"]["tenantId"] == CUSTOMER
    assert (second["status"], second["customer"]) == ("approvalPending", None)
    assert client.get(CUSTOMERS).json()["value"] == [
        {"id": CUSTOMER, "tenantId": CUSTOMER, "displayName": "Contoso"},
    ]
    (contract,) = client.get(CONTRACTS).json()["value"]
    assert contract["defaultDomainName"] == "contoso.example"
    assert client.get(f"{CONTRACTS}/{contract['id']}").json()["customerId"] == CUSTOMER
    assert client.get(f"{RELATIONSHIPS}/a-1").json()["duration"] == "P730D"
    assert client.get(f"{CUSTOMERS}/{CUSTOMER}").json()["displayName"] == "Contoso"
    assert client.get(f"{CUSTOMERS}/nobody").status_code == 404


def test_relationships_are_filtered_by_status(make_client: MakeClient) -> None:
    client = make_client(permissions=MAY_READ, state=STATE)
    found = client.get(f"{RELATIONSHIPS}?$filter=status eq 'active'").json()["value"]
    assert [one["id"] for one in found] == ["a-1"]


def test_partner_needs_permissions(make_client: MakeClient) -> None:
    client = make_client(state=STATE)
    for path in (RELATIONSHIPS, CUSTOMERS, CONTRACTS):
        assert client.get(path).status_code == 403


def test_nothing_is_written_there(make_client: MakeClient) -> None:
    client = make_client(permissions=MAY_READ, state=STATE)
    assert client.post(RELATIONSHIPS, {"displayName": "Three"}).status_code in (400, 404, 405)
