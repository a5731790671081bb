# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many tenants: in slices on several controllers, in batches after a canary, and once more for those that failed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .fleets import PATTERN, PLAYBOOK, SUMMARY, Fleet, credentials
from .graph_client import POLICIES
from .playbooks import Playbooks
from .whole_product import WholeProduct

SLICES = 4
NAMES = ("fleet-a", "fleet-b", "fleet-c", "fleet-d")
WRONG: JsonObject = {"entra_client_secret": "not-the-secret"}
EMERGENCY, PILOT, BY_HAND = "Emergency access accounts", "Conditional Access pilot", "Left out by hand"
EXCEPTION: JsonObject = {
    "policy": "block_legacy_authentication",
    "exclude_groups": [PILOT],
    "until": "2999-12-31",
    "reason": "Scanners",
}


@pytest.fixture
def tenants(simulator: TestSimulator) -> Iterator[dict[str, JsonObject]]:
    made = {name: simulator.create_tenant(name, "p1") for name in NAMES}
    yield made
    for tenant in made.values():
        simulator.simulator.delete_tenant(str(tenant["tenant_id"]))


@pytest.fixture
def fleet(simulator: TestSimulator, tenants: dict[str, JsonObject], tmp_path: Path) -> Fleet:
    return Fleet(Playbooks(tmp_path, simulator), {name: credentials(tenant) for name, tenant in tenants.items()})


def asked(fleet: Fleet) -> set[str]:
    """Return the names of tenants that a token was asked for since the journal was emptied."""
    ids = {str(host["entra_tenant_id"]): name for name, host in fleet.hosts.items()}
    return {
        ids[str(one["tenant"])] for one in fleet.ansible.simulator.requests(service="token") if one["tenant"] in ids
    }


def summary_in(folder: Path) -> JsonObject:
    return dict(json.loads((folder / "fleet-summary" / "summary.json").read_text(encoding="utf-8")))


def test_four_slices_on_four_controllers_make_one_summary(fleet: Fleet, tenants: dict[str, JsonObject]) -> None:
    fleet.hosts["fleet-d"] |= WRONG
    fleet.hosts["fleet-c"]["signin_baseline_exceptions"] = [EXCEPTION]
    processes = [fleet.start_slice(number, SLICES) for number in range(1, SLICES + 1)]
    said = [process.communicate(timeout=120)[0] for process in processes]
    assert [process.returncode != 0 for process in processes] == [False, False, False, True], "\n".join(said)
    assert asked(fleet) == set(NAMES)
    # What one tenant is spared the others are not.
    found = [excluded(fleet.ansible.simulator, tenants[name]) for name in ("fleet-b", "fleet-c")]
    assert found == [{EMERGENCY}, {EMERGENCY, PILOT}]
    assert f"Exception until 2999-12-31: block_legacy_authentication leaves out {PILOT} (Scanners)" in said[2]

    # One that nobody has run yet, and the directories of all controllers.
    fleet.hosts["fleet-unheard-of"] = {}
    directories = [str(fleet.ansible.folder / f"slice-{number}" / "reports") for number in range(1, SLICES + 1)]
    run = fleet.run(str(PATTERN / "sum_up.yml"), extra={"fleet_summary_report_directories": directories})
    assert run.exit_code != 0
    assert "2 tenants have failed or have no report that counts" in " ".join(run.output.split())
    summary = summary_in(fleet.ansible.folder)
    statuses = {one["tenant"]: one["status"] for one in summary["tenants"]}
    assert statuses == {
        **dict.fromkeys(NAMES, "changed"),
        "fleet-d": "failed",
        "fleet-unheard-of": "missing",
    }
    assert (summary["duplicates"], summary["name_conflicts"], summary["unexpected"]) == ([], [], [])
    failed = next(one for one in summary["tenants"] if one["tenant"] == "fleet-d")
    assert "AADSTS7000215" in failed["message"]
    assert f"Exception: fleet-c: block_legacy_authentication leaves out {PILOT} until 2999-12-31" in run.output
    lines = (fleet.ansible.folder / "fleet-summary" / "failed.txt").read_text(encoding="utf-8").split()
    assert lines == ["fleet-d", "fleet-unheard-of"]
    assert "| `fleet-d` | **failed** |" in (fleet.ansible.folder / "fleet-summary" / "summary.md").read_text("utf-8")
    assert "not-the-secret" not in run.output + "".join(said)


def test_canary_stops_the_others_and_the_failed_are_run_again(fleet: Fleet) -> None:
    reports = str(fleet.ansible.folder / "signin-baseline-reports")
    fleet.variables["signin_baseline_report_directory"] = reports
    secret = fleet.hosts["fleet-b"]["entra_client_secret"]
    fleet.hosts["fleet-b"] |= WRONG
    batches: JsonObject = {"remote_work_step1_serial": [1, 2, "100%"], "remote_work_step1_max_fail_percentage": 30}
    run = fleet.run(PLAYBOOK, "--check", extra=batches)
    # The canary was well; of the second batch one of two failed and the other went on, and the third did not begin.
    assert run.exit_code != 0
    assert {path.stem for path in Path(reports).iterdir()} == {
        "fleet-a",
        "fleet-b.failure",
        "fleet-c",
        "fleet-d.failure",
    }
    assert asked(fleet) == {"fleet-a", "fleet-b", "fleet-c"}
    assert "Not begun: of 3 tenants before 1 have failed" in " ".join(run.output.split())

    run = fleet.run(SUMMARY, extra={"fleet_summary_fail": False})
    assert run.exit_code == 0, run.output
    failed = fleet.ansible.folder / "fleet-summary" / "failed.txt"
    assert failed.read_text(encoding="utf-8").split() == ["fleet-b", "fleet-d"]

    fleet.hosts["fleet-b"]["entra_client_secret"] = secret
    fleet.ansible.simulator.clear_requests()
    run = fleet.run(PLAYBOOK, "--check", "--limit", f"@{failed}")
    assert run.exit_code == 0, run.output
    assert asked(fleet) == {"fleet-b", "fleet-d"}
    run = fleet.run(SUMMARY)
    assert run.exit_code == 0, run.output
    assert not failed.exists()
    assert summary_in(fleet.ansible.folder)["counts"]["pending"] == len(NAMES)


@pytest.mark.parametrize("playbook", [PLAYBOOK, "m365.entra.audit"])
def test_tenant_with_wrong_variables_stops_no_other_and_is_told(fleet: Fleet, playbook: str) -> None:
    """The first, whose variables an audit checks; and in a directory of a night that nobody has made yet."""
    reports = fleet.ansible.folder / "nights" / "2027-03-02"
    fleet.variables["signin_baseline_report_directory"] = str(reports)
    fleet.hosts["fleet-a"]["signin_baseline_profile"] = "of-yesterday"
    run = fleet.run(playbook, "--check")
    assert run.exit_code != 0
    assert {path.stem for path in reports.iterdir()} == {"fleet-a.failure", "fleet-b", "fleet-c", "fleet-d"}, run.output
    message = json.loads((reports / "fleet-a.failure.json").read_text(encoding="utf-8"))["message"]
    assert "signin_baseline_profile" in message
    assert "of-yesterday" in message


def test_audit_leaves_its_reports_where_it_was_started(fleet: Fleet) -> None:
    """As the other playbooks do, so that the summary finds them, and not beside the playbook in the collection."""
    fleet.hosts["fleet-a"] |= WRONG
    fleet.run("m365.entra.audit")
    run = fleet.run(SUMMARY, extra={"fleet_summary_fail": False})
    assert run.exit_code == 0, run.output
    statuses = {one["tenant"]: one["status"] for one in summary_in(fleet.ansible.folder)["tenants"]}
    assert statuses == {**dict.fromkeys(NAMES, "pending"), "fleet-a": "failed"}


def test_exception_that_is_over_goes_by_itself(
    simulator: TestSimulator, tenants: dict[str, JsonObject], tmp_path: Path
) -> None:
    product, tenant = WholeProduct(tmp_path, simulator), tenants["fleet-c"]
    for until, groups in (("2999-12-31", {EMERGENCY, PILOT}), ("2020-01-01", {EMERGENCY})):
        result = product.run("tenant_configuration", tenant, baseline(product, [{**EXCEPTION, "until": until}]))
        assert result["changed"] is True
        assert excluded(simulator, tenant) == groups
    assert not product.run("tenant_configuration", tenant, baseline(product, []))["changed"]


def test_exception_from_a_policy_of_ones_own_leaves_others_alone(
    simulator: TestSimulator, tenants: dict[str, JsonObject], tmp_path: Path
) -> None:
    """Whom somebody has left out by hand stays left out, and who was for a while is not left out for ever."""
    product = WholeProduct(tmp_path, simulator)
    groups = simulator.state(str(tenants["fleet-c"]["tenant_id"]))["/groups"]
    tenant = simulator.create_tenant("fleet-e", "p1", state={"/groups": [*groups, {"displayName": BY_HAND}]})
    own: JsonObject = {
        "display_name": "Block legacy authentication",
        "conditions": {
            "users": {"include_users": ["All"], "exclude_groups": [BY_HAND]},
            "applications": {"include_applications": ["All"]},
            "client_app_types": ["exchangeActiveSync", "other"],
        },
        "grant_controls": {"operator": "OR", "built_in_controls": ["block"]},
    }
    product.run("tenant_configuration", tenant, baseline(product, [], {"own": own}))
    del own["conditions"]["users"]["exclude_groups"]
    found = []
    for until in ("2999-12-31", "2020-01-01"):
        exceptions = [{**EXCEPTION, "policy": "own", "until": until}]
        product.run("tenant_configuration", tenant, baseline(product, exceptions, {"own": own}))
        found.append(excluded(simulator, tenant))
    assert found == [{EMERGENCY, BY_HAND, PILOT}, {EMERGENCY, BY_HAND}]


def baseline(product: WholeProduct, exceptions: list[JsonObject], policies: JsonObject | None = None) -> JsonObject:
    """Return the options that the role makes of policies, or of one, and exceptions from it."""
    product.part("_policy.template_catalogue")  # from then on the collection is found under its name
    plugins = import_module("ansible_collections.m365.entra.plugins.plugin_utils._signin_baseline")
    wish = plugins.Wish(emergency_access_groups=[EMERGENCY], exceptions=exceptions)
    configuration = plugins.baseline_configuration(
        policies or {EXCEPTION["policy"]: {}}, {}, {"tier": "p1", "reason": ""}, wish
    )
    return {name: configuration[name] for name in ("emergency_access", "conditional_access_policies")}


def excluded(simulator: TestSimulator, tenant: JsonObject) -> set[str]:
    """Return the names of the groups that the policy against legacy authentication leaves out."""
    state = simulator.state(str(tenant["tenant_id"]))
    names = {group["id"]: group["displayName"] for group in state["/groups"]}
    (policy,) = [one for one in state[POLICIES] if one["displayName"] == "Block legacy authentication"]
    return {str(names[one]) for one in policy["conditions"]["users"]["excludeGroups"]}
