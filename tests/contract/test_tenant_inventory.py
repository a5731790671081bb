# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory of tenants, read by ansible-inventory from a simulated partner and its customers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .playbooks import PlaybookRun, Playbooks
from .test_partner import CONTRACTS, CUSTOMERS, MAY_READ, RELATIONSHIPS

CA_ADMINISTRATOR = "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9"
GLOBAL_READER = "f2ef992c-3afb-46b9-b7cf-a126ee74c451"
TEMPLATE = "{{ lookup('ansible.builtin.pipe', 'touch was-here') }}"
SHARED_APPLICATION: JsonObject = {
    "client_id": "99999999-0000-4000-8000-000000000001",
    "client_secret": "of-the-partner-0815",
}


def relationship(tenant_id: str, name: str, status: str = "active", **more: Any) -> JsonObject:
    roles = more.pop("roles", (CA_ADMINISTRATOR, GLOBAL_READER))
    return {
        "displayName": f"with {name}",
        "status": status,
        "duration": "P730D",
        "endDateTime": "2099-01-01T00:00:00Z",
        "customer": {"tenantId": tenant_id, "displayName": name},
        "accessDetails": {"unifiedRoles": [{"roleDefinitionId": role} for role in roles]},
        **more,
    }


def plain(value: Any) -> Any:
    """Return what ansible-inventory lists, without its marks on texts that are no templates."""
    if isinstance(value, dict):
        return value.get("__ansible_unsafe", {name: plain(one) for name, one in value.items()})
    return [plain(one) for one in value] if isinstance(value, list) else value


@dataclass(frozen=True)
class Fleet:
    """A partner, its two customers that know its application, and one that does not."""

    partner: JsonObject
    contoso: JsonObject
    fabrikam: JsonObject
    stranger: JsonObject


@pytest.fixture
def fleet(simulator: TestSimulator) -> Iterator[Fleet]:
    contoso = simulator.create_tenant("fleet-contoso", "p2", application=SHARED_APPLICATION)
    fabrikam = simulator.create_tenant("fleet-fabrikam", "p1", application=SHARED_APPLICATION)
    stranger = simulator.create_tenant("fleet-stranger", "free")
    state = {
        RELATIONSHIPS: [
            relationship(contoso["tenant_id"], TEMPLATE),
            relationship(fabrikam["tenant_id"], "Fabrikam", "expiring", roles=[GLOBAL_READER]),
            relationship(stranger["tenant_id"], "Stranger", "terminated"),
            {"displayName": "offered", "status": "approvalPending", "duration": "P1D"},
        ],
        CUSTOMERS: [{"id": fabrikam["tenant_id"], "tenantId": fabrikam["tenant_id"], "displayName": "Fabrikam"}],
        CONTRACTS: [
            {"customerId": contoso["tenant_id"], "defaultDomainName": "contoso.example", "displayName": "Old name"},
            {"customerId": stranger["tenant_id"], "defaultDomainName": "stranger.example", "displayName": "Stranger"},
        ],
    }
    partner = simulator.create_tenant(
        "fleet-partner", "p1", permissions=[*MAY_READ], application=SHARED_APPLICATION, state=state
    )
    yield Fleet(partner, contoso, fabrikam, stranger)
    for tenant in (partner, contoso, fabrikam, stranger):
        simulator.simulator.delete_tenant(str(tenant["tenant_id"]))


@dataclass(frozen=True)
class Inventories:
    """Reads inventory files of a partner."""

    ansible: Playbooks
    partner: JsonObject

    def read(self, *arguments: str, **options: Any) -> PlaybookRun:
        simulator = self.ansible.simulator
        path = self.ansible.folder / "our.entra_tenants.yml"
        connection = {
            "tenant_id": self.partner["tenant_id"],
            "client_id": self.partner["client_id"],
            "authority_url": simulator.url,
            "graph_url": simulator.url,
        }
        path.write_text(yaml.safe_dump({"plugin": "m365.entra.tenants", **connection, **options}), encoding="utf-8")
        # What is not in the file comes from the environment, as for the modules.
        return self.ansible.command(
            "ansible-inventory",
            "--inventory",
            str(path),
            *arguments,
            AZURE_CLIENT_SECRET=str(self.partner["client_secret"]),
            ENTRA_CA_PATH=str(simulator.ca_path),
            ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED="true",
        )

    def hosts(self, **options: Any) -> tuple[dict[str, JsonObject], str]:
        """The variables of hosts by tenant, and everything that was said."""
        run = self.read("--list", **options)
        assert run.exit_code == 0, run.output
        listed = json.loads(run.output[run.output.index("\n{") + 1 :] if "WARNING" in run.output else run.output)
        found = plain(listed["_meta"]["hostvars"])
        return {str(one["entra_tenant_id"]): {"name": name, **one} for name, one in found.items()}, run.output


@pytest.fixture
def inventories(simulator: TestSimulator, tmp_path: Path, fleet: Fleet) -> Inventories:
    return Inventories(Playbooks(tmp_path, simulator), fleet.partner)


def test_customers_with_what_is_known_of_them(inventories: Inventories, fleet: Fleet) -> None:
    hosts, said = inventories.hosts(
        sources=["gdap", "contracts"], compose={"shown": "entra_display_name"}, keyed_groups=[{"key": "entra_cloud"}]
    )
    contoso = hosts[fleet.contoso["tenant_id"]]
    assert contoso["entra_default_domain"] == "contoso.example"
    assert contoso["entra_granted_roles"] == ["Conditional Access Administrator", "Global Reader"]
    assert (contoso["entra_relationship_status"], contoso["entra_sources"]) == ("active", ["gdap", "contracts"])
    assert fleet.stranger["tenant_id"] in hosts, "a contract is enough"
    assert fleet.partner["client_secret"] not in said
    in_one_line = " ".join(said.split())
    assert f"Fabrikam ({fleet.fabrikam['tenant_id']}): Conditional Access Administrator or Security" in in_one_line
    assert "ends within 30 days: Fabrikam" in in_one_line


def test_what_a_customer_calls_itself_is_no_template(inventories: Inventories, fleet: Fleet) -> None:
    """The name is shown, not rendered, also by who composes variables of it."""
    (inventories.ansible.folder / "show.yml").write_text(
        yaml.safe_dump(
            [{"hosts": "entra_relationship_active", "gather_facts": False, "tasks": [{"debug": {"var": "shown"}}]}]
        ),
        encoding="utf-8",
    )
    inventories.read("--graph", compose={"shown": "entra_display_name"})
    run = inventories.ansible.command(
        "ansible-playbook",
        "--inventory",
        "our.entra_tenants.yml",
        "show.yml",
        AZURE_CLIENT_SECRET=str(fleet.partner["client_secret"]),
        ENTRA_CA_PATH=str(inventories.ansible.simulator.ca_path),
    )
    assert run.exit_code == 0, run.output
    assert "touch was-here" in run.output
    assert not (inventories.ansible.folder / "was-here").exists()


def test_what_the_user_lists_may_be_a_template(inventories: Inventories, fleet: Fleet) -> None:
    """Also before 2.19, where a plugin has to say itself what is none."""
    listed = [{"tenant_id": fleet.contoso["tenant_id"], "name": "ours", "variables": {"of_ours": "{{ 6 * 7 }}"}}]
    inventories.read("--graph", sources=["list"], tenants=listed)
    run = inventories.ansible.command(
        "ansible", "--inventory", "our.entra_tenants.yml", "ours", "--module-name=debug", "--args=var=of_ours"
    )
    assert re.search(r'"of_ours": "?42', run.output), run.output


def test_graph_shows_groups_and_leaves_out_who_is_gone(inventories: Inventories, fleet: Fleet) -> None:
    run = inventories.read("--graph")
    assert run.exit_code == 0, run.output
    for group in ("entra_cloud_global", "entra_source_gdap", "entra_role_conditional_access_administrator"):
        assert f"@{group}:" in run.output
    assert fleet.stranger["tenant_id"] in run.output, "who is left out is named"
    assert f"stranger-{fleet.stranger['tenant_id'][:8]}" not in run.output
    kept = inventories.read("--graph", include_inactive=True)
    assert f"stranger-{fleet.stranger['tenant_id'][:8]}" in kept.output


def test_tenants_answer_for_themselves_or_lack_consent(inventories: Inventories, fleet: Fleet) -> None:
    listed = [{"tenant_id": fleet.stranger["tenant_id"], "name": "the-stranger", "variables": {"wave": 3}}]
    hosts, said = inventories.hosts(sources=["gdap", "list"], tenants=listed, ask_tenants=True)
    contoso, stranger = hosts[fleet.contoso["tenant_id"]], hosts[fleet.stranger["tenant_id"]]
    assert contoso["entra_license_tier"] == "p2"
    assert contoso["entra_default_domain"] == "fleet-contoso.onmicrosoft.com"
    assert (stranger["name"], stranger["wave"]) == ("the-stranger", 3)
    assert "entra_license_tier" not in stranger
    assert "no consent" in said
    assert "AADSTS700016" in said


def test_cache_spares_requests_and_holds_no_secret(inventories: Inventories, fleet: Fleet) -> None:
    simulator = inventories.ansible.simulator
    cache = inventories.ansible.folder / "cache"
    options: Any = {"cache": True, "cache_plugin": "ansible.builtin.jsonfile", "cache_connection": str(cache)}
    first, _said = inventories.hosts(**options)
    simulator.clear_requests()
    second, _said = inventories.hosts(**options)
    assert second == first
    assert simulator.requests(str(fleet.partner["tenant_id"])) == []
    (kept,) = cache.iterdir()
    assert str(fleet.partner["client_secret"]) not in kept.read_text(encoding="utf-8")
    # Another question is asked anew.
    other, _said = inventories.hosts(sources=["gdap", "contracts"], **options)
    assert other != first
    assert simulator.requests(str(fleet.partner["tenant_id"])) != []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"client_id": "00000000-0000-4000-8000-000000000000"}, "AADSTS700016"),
        ({"tenants": [{"tenant_id": "x"}]}, "Add list to sources"),
        ({"sources": ["list"], "tenants": [{"tenant_id": "contoso.example"}]}, "tenants[0].tenant_id"),
        ({"exclude_tenants": ["contoso.example"]}, "exclude_tenants: these are no tenant ids"),
        ({"needed_roles": ["Emperor"]}, "no built-in role 'Emperor'"),
    ],
)
def test_mistakes_are_named(inventories: Inventories, options: JsonObject, said: str) -> None:
    run = inventories.read("--list", **options)
    assert run.exit_code != 0
    assert said in " ".join(run.output.split())


def test_missing_permission_is_named(simulator: TestSimulator, tmp_path: Path) -> None:
    partner = simulator.create_tenant("fleet-without-permission", "p1")
    run = Inventories(Playbooks(tmp_path, simulator), partner).read("--list")
    simulator.simulator.delete_tenant(str(partner["tenant_id"]))
    assert run.exit_code != 0
    assert "DelegatedAdminRelationship.Read.All" in run.output
