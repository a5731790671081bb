# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Applications that sign in with Entra ID: brought up, changed, rolled over and taken down, through the product."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import GraphClient
from .journal_bodies import report_on_bodies
from .schema_document import published_schema
from .whole_product import WholeProduct

CRM: JsonObject = {
    "display_name": "Customers",
    "template": "Contoso CRM",
    "single_sign_on_mode": "saml",
    "saml": {
        "identifiers": ["https://customers.example/saml"],
        "reply_urls": ["https://customers.example/acs", "https://customers.example/acs2"],
        "logout_url": "https://customers.example/bye",
        "relay_state": "home",
        "notification_addresses": ["it@fabrikam.example"],
    },
    "sign_on_url": "https://customers.example/",
    "claims": {
        "schema": [{"source": "user", "id": "mail", "saml_claim_type": "http://schemas.example/mail"}],
    },
    "visible": False,
    "assignment_required": True,
    "notes": "Kept by automation.",
    "owners": ["alex.admin@{domain}"],
}
FILES_TEMPLATE = "5a1e0000-0000-4000-8000-000000000003"
FILES: JsonObject = {"display_name": "Files", "template": "Fabrikam Files", "single_sign_on_mode": "saml"}
MEETINGS: JsonObject = {
    "display_name": "Meetings",
    "template": "Northwind Meetings",
    "single_sign_on_mode": "oidc",
    "oidc": {"redirect_uris": ["https://meetings.example/back"], "id_tokens": True},
}
OWN: JsonObject = {
    "display_name": "Home grown",
    "single_sign_on_mode": "password",
    "sign_on_url": "https://home.example",
}
SERVICES: tuple[JsonObject, ...] = (
    {"partial_application_parts": "merge"},
    {"partial_application_parts": "replace"},
    {"consistency_delay_seconds": 0.6},
)


@pytest.fixture
def product(simulator: TestSimulator, tmp_path: Path) -> WholeProduct:
    return WholeProduct(tmp_path, simulator)


def of(client: GraphClient, options: JsonObject) -> JsonObject:
    """Return options for the tenant of a client, in whose domain its people are."""
    domain = client.get("/users").json()["value"][0]["userPrincipalName"].partition("@")[2]
    if "owners" not in options:
        return options
    return options | {"owners": [one.format(domain=domain) for one in options["owners"]]}


def writes(simulator: TestSimulator, client: GraphClient) -> list[str]:
    """Return what was written in a tenant since the journal was cleared."""
    return [
        f"{one['method']} {one['path']}"
        for one in simulator.requests(client.tenant_id)
        if one["service"] == "graph" and one["method"] != "GET" and not one["path"].endswith("/getByIds")
    ]


def hurry(session: Any) -> None:
    """Let waiting take a tenth of a second at most: the service of these tests is quick."""
    session.sleep = lambda seconds: time.sleep(min(seconds, 0.1))


def run(product: WholeProduct, client: GraphClient, options: JsonObject, **more: Any) -> JsonObject:
    return dict(product.task("saas_application", client.entry, options, prepare=hurry, **more)[0])


def pairs(client: GraphClient, name: str) -> tuple[int, int]:
    """Return how many registrations and service principals have a name."""
    state = client.simulator.state(client.tenant_id)
    found = [
        [one for one in state[path] if one["displayName"] == name] for path in ("/applications", "/servicePrincipals")
    ]
    return len(found[0]), len(found[1])


def held(client: GraphClient, path: str, name: str) -> JsonObject:
    (found,) = [one for one in client.simulator.state(client.tenant_id)[path] if one["displayName"] == name]
    return dict(found)


def quiet(product: WholeProduct, client: GraphClient, options: JsonObject) -> JsonObject:
    """Run what must not change anything, and return its result."""
    product.simulator.clear_requests()
    result = run(product, client, options)
    assert (result["changed"], result["plan"], result["plan_status"]) == (False, [], "nothing_to_do"), result["plan"]
    assert writes(product.simulator, client) == []
    return result


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("wanted", [CRM, FILES, MEETINGS, OWN], ids=lambda one: str(one["display_name"]))
def test_life_of_an_application(
    product: WholeProduct, client: GraphClient, simulator: TestSimulator, wanted: JsonObject, service: JsonObject
) -> None:
    """Create, repeat, delete, repeat, and create again under the same name; check mode only reads."""
    simulator.set_profile(**service)
    options = of(client, wanted)
    checked = run(product, client, options, check_mode=True)
    assert (checked["changed"], checked["plan_status"]) == (True, "changes_pending")
    assert writes(simulator, client) == []
    created = run(product, client, options)
    assert created["changed"] is True
    assert created["plan"][0]["operation"] == "create"
    assert pairs(client, wanted["display_name"]) == (1, 1)
    again = quiet(product, client, options)
    assert again["saas_application"] == created["saas_application"]
    first = created["saas_application"]["application_id"]
    gone = {"display_name": wanted["display_name"], "state": "absent"}
    assert run(product, client, gone, check_mode=True)["changed"] is True
    assert pairs(client, wanted["display_name"]) == (1, 1)
    assert run(product, client, gone)["changed"] is True
    assert pairs(client, wanted["display_name"]) == (0, 0)
    assert quiet(product, client, gone)["saas_application"] == {}
    second = run(product, client, options)["saas_application"]["application_id"]
    assert second != first
    quiet(product, client, options)


def test_what_is_set_is_there(product: WholeProduct, client: GraphClient) -> None:
    options = of(client, CRM)
    found = run(product, client, options)["saas_application"]
    application, principal = held(client, "/applications", "Customers"), held(client, "/servicePrincipals", "Customers")
    assert application["identifierUris"] == ["https://customers.example/saml"]
    assert application["web"]["redirectUris"] == ["https://customers.example/acs", "https://customers.example/acs2"]
    assert [one["index"] for one in application["web"]["redirectUriSettings"]] == [0, 1]
    assert application["web"]["logoutUrl"] == "https://customers.example/bye"
    assert principal["preferredSingleSignOnMode"] == "saml"
    assert principal["samlSingleSignOnSettings"] == {"relayState": "home"}
    assert "HideApp" in principal["tags"]
    assert principal["appRoleAssignmentRequired"] is True
    assert len(principal["owners"]) == 1
    (policy,) = client.simulator.state(client.tenant_id)["/policies/claimsMappingPolicies"]
    assert principal["claimsMappingPolicies"] == [policy["id"]]
    tenant = client.tenant_id
    assert found["federation_metadata_url"].endswith(
        f"{tenant}/federationmetadata/2007-06/federationmetadata.xml?appid={principal['appId']}"
    )
    assert found["login_url"] == f"https://login.microsoftonline.com/{tenant}/saml2"
    assert found["issuer"] == f"https://sts.windows.net/{tenant}/"
    assert found["certificate"]["thumbprint"] == principal["preferredTokenSigningKeyThumbprint"]
    assert found["certificate"]["public"].startswith("MII")
    assert found["visible"] is False


def test_changes_and_clearing(product: WholeProduct, client: GraphClient) -> None:
    run(product, client, of(client, CRM))
    name = {"display_name": "Customers"}
    changed = run(product, client, name | {"notes": "Other", "saml": {"reply_urls": ["https://new.example/acs"]}})
    assert [change["path"] for action in changed["plan"] for change in action["changes"]] == [
        "notes",
        "saml.reply_urls",
    ]
    application = held(client, "/applications", "Customers")
    assert application["web"]["redirectUris"] == ["https://new.example/acs"]
    assert application["web"]["logoutUrl"] == "https://customers.example/bye"
    cleared = name | {"notes": None, "saml": None, "claims": None, "owners": [], "visible": True, "sign_on_url": ""}
    run(product, client, cleared)
    application, principal = held(client, "/applications", "Customers"), held(client, "/servicePrincipals", "Customers")
    assert (application["identifierUris"], application["web"]["redirectUris"]) == ([], [])
    assert (application["web"]["logoutUrl"], principal["notes"], principal["loginUrl"]) == (None, None, None)
    assert (principal["owners"], principal["claimsMappingPolicies"], principal["notificationEmailAddresses"]) == (
        [],
        [],
        [],
    )
    assert "HideApp" not in principal["tags"]
    quiet(product, client, cleared)


def test_a_lost_answer_makes_no_second_application(
    product: WholeProduct, client: GraphClient, simulator: TestSimulator
) -> None:
    simulator.set_profile(consistency_delay_seconds=0.8)
    simulator.set_faults(
        {"method": "POST", "path": "/instantiate", "count": 1, "action": {"kind": "commit_then_fail", "status": 504}}
    )
    result = run(product, client, of(client, CRM))
    assert result["changed"] is True
    assert pairs(client, "Customers") == (1, 1)
    assert len([one for one in writes(simulator, client) if one.endswith("/instantiate")]) == 1
    simulator.set_faults()
    quiet(product, client, of(client, CRM))


@pytest.mark.parametrize("kind", ["commit_then_fail", "reset"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/instantiate$"),
        ("PATCH", "/servicePrincipals/[^/]+$"),
        ("PATCH", "/applications/[^/]+$"),
        ("POST", "/addTokenSigningCertificate$"),
        ("POST", "/policies/claimsMappingPolicies$"),
        ("POST", "/claimsMappingPolicies/.ref$"),
        ("POST", "/owners/.ref$"),
    ],
)
def test_a_run_that_ends_anywhere_is_finished_by_the_next(
    product: WholeProduct, client: GraphClient, simulator: TestSimulator, method: str, path: str, kind: str
) -> None:
    """Whether the write was carried out or not: nothing is there twice afterwards."""
    options = of(client, CRM)
    action = {"kind": kind, **({"status": 504} if kind == "commit_then_fail" else {})}
    simulator.set_faults({"method": method, "path": path, "count": 1, "action": action})
    try:
        run(product, client, options)
    except product.part("_graph.errors").OutcomeUnknown:
        run(product, client, options)
    assert pairs(client, "Customers") == (1, 1)
    principal = held(client, "/servicePrincipals", "Customers")
    assert (len(principal["keyCredentials"]), len(principal["owners"])) == (2, 1)
    assert len(client.simulator.state(client.tenant_id)["/policies/claimsMappingPolicies"]) == 1
    quiet(product, client, options)


def test_two_of_one_name_stop_the_run(product: WholeProduct, client: GraphClient) -> None:
    for _number in range(2):
        client.created(f"/applicationTemplates/{FILES_TEMPLATE}/instantiate", {"displayName": "Files"})
    errors = product.part("_graph.errors")
    with pytest.raises(errors.OptionError, match="2 applications are named 'Files'"):
        run(product, client, FILES)
    one = held_ids(client, "Files")[0]
    assert run(product, client, {"id": one, "notes": "This one"})["changed"] is True
    renamed = run(product, client, {"id": one, "display_name": "Files of the company"})
    assert renamed["saas_application"]["display_name"] == "Files of the company"
    assert run(product, client, {"display_name": "Files", "notes": "The other"})["changed"] is True


def test_another_application_of_that_name_is_not_taken(
    product: WholeProduct, client: GraphClient, simulator: TestSimulator
) -> None:
    """A name is all that both have in common: the entry of the gallery says that it is not the one that is meant."""
    run(product, client, {"display_name": "Files", "notes": "Of somebody else"})
    simulator.clear_requests()
    errors = product.part("_graph.errors")
    for options in (FILES, {"display_name": "Files", "template": FILES_TEMPLATE, "state": "absent"}):
        with pytest.raises(errors.GuardRefused, match="not made from") as refusal:
            run(product, client, options)
        assert refusal.value.details["guards"][-1]["guard"] == "template"
    assert writes(simulator, client) == []
    assert run(product, client, {"display_name": "Files", "notes": "Mine after all"})["changed"] is True
    run(product, client, {"display_name": "Files", "state": "absent"})
    run(product, client, FILES)
    quiet(product, client, FILES | {"template": FILES_TEMPLATE})
    assert run(product, client, FILES | {"template": FILES_TEMPLATE, "notes": "By id"})["changed"] is True


def held_ids(client: GraphClient, name: str) -> list[str]:
    state = client.simulator.state(client.tenant_id)["/applications"]
    return sorted(one["appId"] for one in state if one["displayName"] == name)


@pytest.mark.parametrize("follows", [True, False])
@pytest.mark.parametrize("delay", [0.0, 0.5])
def test_what_was_deleted_comes_back(
    product: WholeProduct, client: GraphClient, simulator: TestSimulator, follows: bool, delay: float
) -> None:
    simulator.set_profile(restored_application_brings_service_principal=follows, consistency_delay_seconds=delay)
    options = of(client, CRM)
    before = run(product, client, options)["saas_application"]
    run(product, client, {"display_name": "Customers", "state": "absent"})
    foreseen = run(product, client, options | {"restore": True, "notes": "Back"}, check_mode=True)
    assert [(one["operation"], [change["path"] for change in one["changes"]]) for one in foreseen["plan"]][:2] == [
        ("restore", []),
        ("update", ["notes"]),
    ]
    back = run(product, client, options | {"restore": True})
    assert [one["operation"] for one in back["plan"]] == ["restore"]
    assert back["saas_application"] == before
    assert pairs(client, "Customers") == (1, 1)
    quiet(product, client, options | {"restore": True})


def test_certificates_roll_over(product: WholeProduct, client: GraphClient) -> None:
    """Made when missing; a new one before the end, which waits; signs when told; the old one is removed when told."""
    short = FILES | {"certificate": {"lifetime_days": 60, "rollover_days": 10}}
    old = run(product, client, short)["saas_application"]["certificate"]
    due = FILES | {"certificate": {"lifetime_days": 365, "rollover_days": 59}}
    assert (
        quiet(product, client, FILES | {"certificate": {"rollover_days": 10}})["saas_application"]["certificate"] == old
    )
    due["certificate"]["rollover_days"] = 60
    result, task = product.task("saas_application", client.entry, due)
    assert result["plan"][0]["reason"].startswith("the last certificate ends on")
    assert result["saas_application"]["certificate"] == old
    assert len(result["saas_application"]["certificates"]) == 2
    assert any("waits" in one for one in task.warnings)
    quiet(product, client, due)
    now = FILES | {"certificate": due["certificate"] | {"activate": "now"}}
    active = run(product, client, now)["saas_application"]
    assert active["certificate"]["thumbprint"] != old["thumbprint"]
    assert len(active["certificates"]) == 2
    quiet(product, client, now)
    last = FILES | {"certificate": now["certificate"] | {"remove": "inactive"}}
    assert run(product, client, last)["saas_application"]["certificates"] == [active["certificate"]]
    quiet(product, client, last)
    principal = held(client, "/servicePrincipals", "Files")
    assert (len(principal["keyCredentials"]), len(principal["passwordCredentials"])) == (2, 1)


def test_shared_claims_are_not_changed_for_others(product: WholeProduct, client: GraphClient) -> None:
    run(product, client, of(client, CRM))
    (policy,) = client.simulator.state(client.tenant_id)["/policies/claimsMappingPolicies"]
    other = run(product, client, FILES)["saas_application"]["service_principal_id"]
    reference = {"@odata.id": f"{client.simulator.url}/v1.0/policies/claimsMappingPolicies/{policy['id']}"}
    assert client.post(f"/servicePrincipals/{other}/claimsMappingPolicies/$ref", reference).status_code == 204
    claims = {"claims": {"schema": [{"source": "user", "id": "objectid", "jwt_claim_type": "oid"}]}}
    run(product, client, FILES | claims)
    state = client.simulator.state(client.tenant_id)["/policies/claimsMappingPolicies"]
    assert [one["definition"] for one in state if one["id"] == policy["id"]] == [policy["definition"]]
    assert len(state) == 2
    quiet(product, client, FILES | claims)
    quiet(product, client, of(client, CRM))
    # Nobody else has it now, so that it is changed and not replaced.
    run(product, client, of(client, CRM) | {"claims": claims["claims"] | {"include_basic_claim_set": False}})
    assert len(client.simulator.state(client.tenant_id)["/policies/claimsMappingPolicies"]) == 2


@pytest.mark.parametrize(
    ("options", "warned"), [(MEETINGS, True), (MEETINGS | {"certificate": {}}, False), (FILES, False)]
)
def test_claims_without_a_certificate_are_warned_of(
    product: WholeProduct, client: GraphClient, options: JsonObject, warned: bool
) -> None:
    """Entra ID signs mapped claims with a key of the application alone, or where that says it does not mind."""
    claims = {"schema": [{"source": "user", "id": "mail", "jwt_claim_type": "mail"}]}
    _result, task = product.task("saas_application", client.entry, options | {"claims": claims}, prepare=hurry)
    assert any("AADSTS50146" in one for one in task.warnings) is warned


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"display_name": "X", "template": "Nowhere"}, "no application named 'Nowhere'"),
        (MEETINGS | {"single_sign_on_mode": "saml", "oidc": None}, "does not support saml"),
        ({"id": "77777777-7777-4777-8777-777777777777"}, "no application with the application id"),
        ({"display_name": "X", "owners": ["nobody@nowhere.example"]}, "nobody@nowhere.example"),
        ({"display_name": "Sign-in baseline automation", "state": "absent"}, "signs in with"),
        ({"display_name": "Microsoft Teams Services", "state": "absent"}, "application of Microsoft"),
        ({"display_name": "Microsoft Teams Services", "saml": {"identifiers": ["x"]}}, "another organization"),
        ({"display_name": "X", "certificate": {"rollover_days": 30, "lifetime_days": 30}}, "rollover_days"),
    ],
)
def test_what_cannot_be_is_refused_before_any_write(
    product: WholeProduct, client: GraphClient, simulator: TestSimulator, options: JsonObject, message: str
) -> None:
    errors = product.part("_graph.errors")
    with pytest.raises(errors.EntraError, match=message):
        run(product, client, options)
    assert writes(simulator, client) == []


def test_permissions_are_named_before_any_write(
    product: WholeProduct, make_client: MakeClient, simulator: TestSimulator
) -> None:
    client = make_client(
        permissions=["Application.Read.All", "Organization.Read.All", "Policy.Read.All", "User.Read.All"]
    )
    errors = product.part("_graph.errors")
    with pytest.raises(errors.GuardRefused, match=r"ReadWrite\.ApplicationConfiguration") as refusal:
        run(product, client, of(client, CRM))
    assert "Application.ReadWrite.All" in str(refusal.value)
    assert refusal.value.details["plan_status"] == "blocked"
    assert writes(simulator, client) == []


def test_a_failure_says_how_far_it_came(product: WholeProduct, client: GraphClient, simulator: TestSimulator) -> None:
    fault = {"method": "POST", "path": "addTokenSigningCertificate", "action": {"kind": "status", "status": 400}}
    simulator.set_faults(fault)
    errors = product.part("_graph.errors")
    with pytest.raises(errors.ServiceRefused) as refusal:
        run(product, client, of(client, CRM))
    done = [one["operation"] for one in refusal.value.details["done"]]
    assert done == ["create", "update", "update"]
    assert refusal.value.details["not_done"]
    simulator.set_faults()
    assert run(product, client, of(client, CRM))["changed"] is True
    quiet(product, client, of(client, CRM))


def test_policies_take_a_new_application_by_name(
    product: WholeProduct, client: GraphClient, simulator: TestSimulator
) -> None:
    simulator.set_profile(consistency_delay_seconds=0.8)
    made = run(product, client, FILES)["saas_application"]
    policy = {
        "display_name": "MFA for files",
        "conditions": {"users": {"include_users": ["All"]}, "applications": {"include_applications": ["Files"]}},
        "grant_controls": {"built_in_controls": ["mfa"]},
    }
    result = product.run("conditional_access_policy", client.entry, policy)
    applications = result["conditional_access_policy"]["conditions"]["applications"]["include_applications"]
    assert made["application_id"] in str(applications)


def test_bodies_are_those_of_the_schema(
    product: WholeProduct, client: GraphClient, simulator: TestSimulator, shared: Path
) -> None:
    simulator.set_profile(restored_application_brings_service_principal=False)
    for options in (CRM, FILES, MEETINGS, OWN):
        run(product, client, of(client, options))
    run(product, client, {"display_name": "Customers", "saml": None, "claims": None, "owners": []})
    run(product, client, FILES | {"certificate": {"rollover_days": 1000, "activate": "now", "lifetime_days": 1001}})
    run(product, client, FILES | {"certificate": {"rollover_days": 5, "remove": "inactive"}})
    run(product, client, {"display_name": "Files", "state": "absent"})
    run(product, client, FILES | {"restore": True})
    report = report_on_bodies(
        simulator.requests(client.tenant_id), published_schema(shared / "graph" / "v1.0-Prod.csdl")
    )
    assert report.checked > 15
    assert report.faults == (), str(report)


def test_nothing_secret_is_told(product: WholeProduct, client: GraphClient) -> None:
    told = str(run(product, client, of(client, CRM)))
    for word in ("passwordCredentials", "secretText", "keyCredentials", "PRIVATE"):
        assert word not in told
