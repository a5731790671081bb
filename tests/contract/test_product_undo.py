# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A tenant is as it was after an undo, whatever the run did; what cannot be undone is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import (
    CONTEXTS,
    NAMED_LOCATIONS,
    POLICIES,
    SECURITY_DEFAULTS,
    STRENGTHS,
    GraphClient,
)
from .undo_cases import (
    ALTERATIONS,
    BASELINE,
    BEFORE_THE_BASELINE,
    CLEARANCE,
    FIRST,
    FURNISHED,
    GLASS,
    KEYS,
    OFFICE,
    SECOND,
    THIRD,
    apply,
    by_name,
    held,
    snapshots,
    undo,
)
from .whole_product import WholeProduct

PRIVATE, CLOSED = 0o600, 0o700


@pytest.fixture
def product(simulator: TestSimulator, tmp_path: Path) -> WholeProduct:
    return WholeProduct(tmp_path, simulator)


def refusal(product: WholeProduct, client: GraphClient, path: str | Path, **options: Any) -> Any:
    """Return the error of an undo that must write nothing."""
    before = held(client)
    client.simulator.clear_requests()
    with pytest.raises(product.part("_graph.errors").EntraError) as caught:
        undo(product, client, path, **options)
    assert [one for one in client.simulator.requests(client.tenant_id, "graph") if one["method"] != "GET"] == []
    assert held(client) == before
    return caught.value


def test_baseline_and_back(product: WholeProduct, make_client: MakeClient) -> None:
    client = make_client(state=BEFORE_THE_BASELINE)
    before = held(client)
    done = apply(product, client, BASELINE)
    after = held(client)
    assert after[SECURITY_DEFAULTS]["isEnabled"] is False
    result, task = undo(product, client)
    assert held(client) == before
    assert result["tenant_undo"]["from_snapshot"] == done["snapshot"]
    assert result["tenant_undo"]["changed_since"] == []
    assert result["tenant_undo"]["remade"] == []
    assert [(one["resource"], one["name"]) for one in result["tenant_undo"]["not_undone"]] == [("group", "Pilots")]
    assert [one for one in task.warnings if one.startswith("Undo: group 'Pilots': the run has made this group")]
    again, _task = undo(product, client)
    assert (again["changed"], again["plan"]) == (False, [])
    # The undo has a snapshot of its own, by which it can be undone. What was enforced cannot come back from the bin
    # while security defaults are on, and strengths have no bin.
    undone, _task = undo(product, client, result["snapshot"])
    names = {"Require multifactor authentication for all users", "Block legacy authentication", "Security keys"}
    assert {one["name"] for one in undone["tenant_undo"]["remade"]} == {*names, "Adatum"}
    assert by_name(held(client)) == by_name(after)


def test_what_was_deleted_comes_back_from_the_bin(product: WholeProduct, make_client: MakeClient) -> None:
    client = make_client(state=FURNISHED)
    before = held(client)
    apply(product, client, CLEARANCE)
    gone = held(client)
    assert (gone[NAMED_LOCATIONS], gone[CONTEXTS]) == ([], [])
    assert [one["id"] for one in gone[POLICIES]] == [FIRST]
    given = {"from_snapshot": "latest", "emergency_access": GLASS}
    checked = product.run("tenant_undo", client.entry, given, check_mode=True)
    assert held(client) == gone
    result, _task = undo(product, client)
    assert [step["operation"] for step in checked["plan"]] == [step["operation"] for step in result["plan"]]
    now = held(client)
    assert {one["id"] for one in now[POLICIES]} == {FIRST, SECOND}
    assert [(one["id"], one["isTrusted"]) for one in now[NAMED_LOCATIONS]] == [(OFFICE, True)]
    # A strength has no bin: it is made anew, and the policy that needs it follows.
    (strength,) = [one for one in now[STRENGTHS] if one["displayName"] == "Keys"]
    assert strength["id"] != KEYS
    (outside,) = [one for one in now[POLICIES] if one["id"] == SECOND]
    assert outside["grantControls"]["authenticationStrength"]["id"] == strength["id"]
    assert [(one["name"], one["id"]) for one in result["tenant_undo"]["remade"]] == [("Keys", KEYS)]
    text = json.dumps(now).replace(strength["id"], KEYS)
    assert json.loads(text) == before
    again, _task = undo(product, client)
    assert again["plan"] == []


def test_what_the_bin_has_no_longer_is_made_anew(product: WholeProduct, make_client: MakeClient) -> None:
    client = make_client(state=FURNISHED)
    before = held(client)
    apply(product, client, CLEARANCE)
    for path in ("policies/" + SECOND, "namedLocations/" + OFFICE):
        assert client.call("DELETE", f"/identity/conditionalAccess/deletedItems/{path}").status_code == 204
    result, task = undo(product, client)
    names = {one["name"] for one in result["tenant_undo"]["remade"]}
    assert names == {"Keys outside", "Office", "Keys"}
    assert len([one for one in task.warnings if "it is made anew, with a new id" in one]) == len(names)
    now = held(client)
    text = json.dumps(now)
    for name, identifier, path in (
        ("Keys", KEYS, STRENGTHS),
        ("Office", OFFICE, NAMED_LOCATIONS),
        ("Keys outside", SECOND, POLICIES),
    ):
        (made,) = [one for one in now[path] if one["displayName"] == name]
        text = text.replace(made["id"], identifier)
    found, expected = json.loads(text), before
    for path in (POLICIES, NAMED_LOCATIONS, CONTEXTS):
        assert sorted(found[path], key=repr) == sorted(expected[path], key=repr)
    assert undo(product, client)[0]["plan"] == []


def test_what_somebody_has_changed_since_is_not_overwritten_unsaid(
    product: WholeProduct, make_client: MakeClient
) -> None:
    client = make_client(state=FURNISHED)
    before = held(client)
    apply(product, client, CLEARANCE)
    assert client.call("PATCH", f"{POLICIES}/{FIRST}", json={"state": "disabled"}).status_code == 204
    error = refusal(product, client, "latest")
    assert "conditional_access_policy 'MFA': changed: state" in str(error)
    assert "overwrite_changes: true" in str(error)
    assert [(one["name"], one["reason"]) for one in error.details["changed_since"]] == [("MFA", "changed: state")]
    result, _task = undo(product, client, overwrite_changes=True)
    assert [one["name"] for one in result["tenant_undo"]["changed_since"]] == ["MFA"]
    assert [one["state"] for one in held(client)[POLICIES] if one["id"] == FIRST] == [
        one["state"] for one in before[POLICIES] if one["id"] == FIRST
    ]


def test_what_nobody_listed_comes_back(product: WholeProduct, make_client: MakeClient) -> None:
    """Policies that were disabled because nobody listed them, one of Microsoft's, and edits of all policies."""
    managed = {**FURNISHED[POLICIES][0], "id": THIRD, "displayName": "Microsoft-managed: MFA for administrators"}
    client = make_client(state={**FURNISHED, POLICIES: [*FURNISHED[POLICIES], managed]})
    before = held(client)
    own = {"id": THIRD, "policy_state": "disabled"}
    listed = [*ALTERATIONS["conditional_access_policies"]["policies"], own]
    policies = {**ALTERATIONS["conditional_access_policies"], "policies": listed}
    apply(product, client, {**ALTERATIONS, "conditional_access_policies": policies})
    assert {one["state"] for one in held(client)[POLICIES] if one["id"] != FIRST} == {"disabled"}
    result, _task = undo(product, client)
    assert held(client) == before
    assert result["tenant_undo"]["remade"] == []


def test_policy_that_names_who_is_gone(product: WholeProduct, make_client: MakeClient) -> None:
    """The service would refuse it; all else comes back."""
    client = make_client(state=FURNISHED)
    group = {"displayName": "Guests", "mailEnabled": False, "mailNickname": "guests", "securityEnabled": True}
    identifier = client.post("/groups", group).json()["id"]

    def mfa(change: str) -> JsonObject:
        users = {"exclude_groups": {change: [identifier]}}
        return {"policies": [{"display_name": "MFA", "conditions": {"users": users}}]}

    given = {"emergency_access": GLASS}
    apply(product, client, {"conditional_access_policies": mfa("add"), **given})
    before = held(client)
    settings = {"authorization_policy": {"allowed_to_use_sspr": False}}
    apply(product, client, {"conditional_access_policies": mfa("remove"), **settings, **given})
    assert client.call("DELETE", f"/groups/{identifier}").status_code == 204
    result, _task = undo(product, client)
    (told,) = result["tenant_undo"]["not_undone"]
    assert (told["name"], identifier in told["reason"]) == ("MFA", True)
    now = held(client)
    assert [path for path in now if now[path] != before[path]] == [POLICIES]


def test_settings_that_others_have_changed_since_stay(product: WholeProduct, make_client: MakeClient) -> None:
    client = make_client(state=BEFORE_THE_BASELINE)
    before = held(client)
    wanted = {"authorization_policy": {"allowed_to_use_sspr": False}, "emergency_access": {"users": []}}
    apply(product, client, wanted)
    path = "/policies/authorizationPolicy"
    assert client.call("PATCH", path, json={"allowInvitesFrom": "none"}).status_code == 204
    undo(product, client)
    assert held(client)[path] == {**before[path], "allowInvitesFrom": "none"}


def test_policies_of_microsoft_keep_defaults_off_until_they_are_disabled(
    product: WholeProduct, make_client: MakeClient, simulator: TestSimulator
) -> None:
    simulator.set_profile(managed_policies_on_disabling_security_defaults=True, managed_policies_state="enabled")
    client = make_client(state=BEFORE_THE_BASELINE)
    path = apply(product, client, BASELINE)["snapshot"]
    error = refusal(product, client, path)
    assert "Microsoft-managed: " in str(error)
    assert "Before an undo do so in a run of its own" in error.remedy
    managed = [one["id"] for one in held(client)[POLICIES] if one["displayName"].startswith("Microsoft-managed: ")]
    disabled = {"policies": [{"id": one, "policy_state": "disabled"} for one in managed]}
    apply(product, client, {"conditional_access_policies": disabled})
    assert undo(product, client, path)[0]["changed"]
    assert held(client)[SECURITY_DEFAULTS]["isEnabled"] is True
    assert {one["id"]: one["state"] for one in held(client)[POLICIES] if one["id"] != FIRST} == dict.fromkeys(
        managed, "disabled"
    )


def test_only_the_same_tenant_is_put_back(product: WholeProduct, make_client: MakeClient) -> None:
    client, other = make_client(state=BEFORE_THE_BASELINE), make_client(state=BEFORE_THE_BASELINE)
    done = apply(product, client, BASELINE)
    error = refusal(product, other, done["snapshot"])
    assert f"is a snapshot of tenant {client.tenant_id}, not of {other.tenant_id}" in str(error)
    assert "there is no snapshot of a run that changed tenant" in str(refusal(product, other, "latest"))


def test_file_is_private_and_holds_no_secret(product: WholeProduct, make_client: MakeClient) -> None:
    client = make_client(state=BEFORE_THE_BASELINE)
    path = Path(apply(product, client, BASELINE)["snapshot"])
    assert path.stat().st_mode & 0o777 == PRIVATE
    assert [folder.stat().st_mode & 0o777 for folder in (path.parent, path.parent.parent)] == [CLOSED, CLOSED]
    text = path.read_text(encoding="utf-8")
    assert str(client.entry["client_secret"]) not in text
    assert "Bearer" not in text
    assert list(path.parent.iterdir()) == [path]
    (listed,) = snapshots(product, client)
    assert (listed["path"], listed["status"], listed["run"]) == (str(path), "done", "tenant_configuration")
    assert all(action["done"] for action in listed["actions"])
    assert {one["resource"] for one in listed["objects"]} >= {"security_defaults", "conditional_access_policy", "group"}


def test_nothing_is_kept_where_nothing_is_written(product: WholeProduct, make_client: MakeClient) -> None:
    client = make_client(state=BEFORE_THE_BASELINE)
    assert "snapshot" not in product.run("tenant_configuration", client.entry, BASELINE, check_mode=True)
    assert snapshots(product, client) == []
    apply(product, client, BASELINE)
    assert "snapshot" not in apply(product, client, BASELINE)
    assert len(snapshots(product, client)) == 1
    assert "snapshot" not in apply(product, client, {**CLEARANCE_OF_NOTHING, "snapshot": {"enabled": False}})
    assert len(snapshots(product, client)) == 1


CLEARANCE_OF_NOTHING: JsonObject = {"authorization_policy": {"allowed_to_use_sspr": True}}


@pytest.mark.parametrize("keep", [1, 3])
def test_the_newest_stay(product: WholeProduct, make_client: MakeClient, keep: int) -> None:
    client = make_client(state=BEFORE_THE_BASELINE)
    paths = []
    for number in range(5):
        wanted = {"authorization_policy": {"allowed_to_use_sspr": bool(number % 2)}, "snapshot": {"keep": keep}}
        paths.append(apply(product, client, wanted)["snapshot"])
    assert [one["path"] for one in snapshots(product, client)] == paths[::-1][:keep]


def test_a_run_that_cannot_keep_a_snapshot_does_not_begin(
    product: WholeProduct, make_client: MakeClient, tmp_path: Path
) -> None:
    client = make_client(state=BEFORE_THE_BASELINE)
    before = held(client)
    taken = tmp_path / "taken"
    taken.write_text("a file, where a folder is needed", encoding="utf-8")
    with pytest.raises(product.part("_graph.errors").OptionError) as caught:
        apply(product, client, {**BASELINE, "snapshot": {"directory": str(taken)}})
    assert str(caught.value).startswith("snapshot.directory: no snapshot of the tenant can be written")
    assert "snapshot.enabled: false" in str(caught.value)
    assert held(client) == before


def broken(text: str, number: int) -> str:
    """Return the text of a snapshot in which something is not as it was written."""
    return (
        text[: len(text) // 2],
        text.replace('"isEnabled": true', '"isEnabled": false'),
        text.replace('"format_version": 1', '"format_version": 99'),
        '{"format": "something else"}',
        "",
    )[number]


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (0, "this is no JSON, or the file is not whole"),
        (1, "its content does not match its checksum"),
        (2, "its format has the version 99, and this collection reads 1"),
        (3, "this is no snapshot of a tenant"),
        (4, "this is no JSON, or the file is not whole"),
    ],
)
def test_file_that_is_not_as_it_was_written(
    product: WholeProduct, make_client: MakeClient, number: int, told: str
) -> None:
    client = make_client(state=BEFORE_THE_BASELINE)
    path = Path(apply(product, client, BASELINE)["snapshot"])
    path.write_text(broken(path.read_text(encoding="utf-8"), number), encoding="utf-8")
    error = refusal(product, client, path)
    assert str(path) in str(error)
    assert told in str(error)
    (listed,) = snapshots(product, client)
    assert told in listed["problem"]


def test_file_that_others_may_write_to(product: WholeProduct, make_client: MakeClient) -> None:
    client = make_client(state=BEFORE_THE_BASELINE)
    path = Path(apply(product, client, BASELINE)["snapshot"])
    path.chmod(0o666)
    assert "others may write to" in str(refusal(product, client, path))


def test_file_that_is_missing(product: WholeProduct, make_client: MakeClient, tmp_path: Path) -> None:
    error = refusal(product, make_client(state=BEFORE_THE_BASELINE), tmp_path / "nowhere.json")
    assert "cannot be read (No such file or directory)" in str(error)
