# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports of many tenants become one summary that hides nobody, however they were cut into slices."""

from __future__ import annotations

import json
import typing as t
from datetime import UTC, datetime
from pathlib import Path

import pytest
from ansible.errors import AnsibleFilterError, AnsibleLookupError
from hypothesis import given
from hypothesis import strategies as some

from ansible_collections.m365.entra.plugins.filter.fleet_summary import fleet_summary as summary_filter
from ansible_collections.m365.entra.plugins.filter.fleet_summary_markdown import fleet_summary_markdown
from ansible_collections.m365.entra.plugins.filter.fleet_summary_table import fleet_summary_table
from ansible_collections.m365.entra.plugins.lookup.tenant_reports import LookupModule
from ansible_collections.m365.entra.plugins.plugin_utils._fleet.report import (
    Digest,
    digest_from_result,
    digest_of,
    digests_in,
)
from ansible_collections.m365.entra.plugins.plugin_utils._fleet.summary import (
    STATUSES,
    Expectation,
    expectation,
    fleet_summary,
)

NOW = datetime(2027, 3, 2, 6, tzinfo=UTC)
NIGHT = "2027-03-02T01:00:00Z"
LATER = "2027-03-02T02:00:00Z"
ID = "11111111-1111-4111-8111-111111111111"
OTHER_ID = "22222222-2222-4222-8222-222222222222"
REPORT: dict[str, t.Any] = {
    "tenant": "contoso",
    "tenant_id": ID,
    "display_name": "Contoso",
    "generated_at": NIGHT,
    "check_mode": False,
    "changed": False,
    "license_tier": "p1",
    "profile": "modern",
    "enforce": True,
    "plan": [],
    "results": [{"statement": "Users use MFA", "holds": "yes"}],
    "requirements": [
        {"statement": "Legacy is blocked", "tiers": ["p1", "p2"], "holds": "report_only"},
        {"statement": "Risk is met", "tiers": ["p2"], "holds": "no"},
    ],
    "exceptions": [
        {
            "policy": "block_legacy_authentication",
            "exclude_users": [],
            "exclude_groups": ["Scanners"],
            "until": "2027-12-31",
            "reason": "Replaced",
            "status": "active",
        },
        {"policy": "x", "exclude_users": [], "exclude_groups": [], "until": "", "reason": "", "status": "expired"},
    ],
}


def digest(tenant: str = "contoso", tenant_id: str = ID, at: str = NIGHT, status: str = "ok", **more: t.Any) -> Digest:
    known = {"path": f"/reports/{tenant}.json", "asked": 0 if status in ("failed", "unreadable") else 3, "holding": 3}
    return Digest(tenant, tenant_id, at, status, **{**known, **more})


def statuses(summary: dict[str, t.Any]) -> dict[str, str]:
    return {one["tenant"]: one["status"] for one in summary["tenants"]}


def written(folder: Path, name: str, document: t.Any) -> Path:
    path = folder / name
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return path


def test_report_in_a_few_words(tmp_path: Path) -> None:
    found = digest_of(written(tmp_path, "contoso.json", REPORT))
    assert (found.status, found.holding, found.asked) == ("ok", 1, 2)
    assert found.lacking == ("Legacy is blocked: report-only",)
    assert found.active_exceptions == ("block_legacy_authentication leaves out Scanners until 2027-12-31 (Replaced)",)
    assert found.expired_exceptions == 1
    assert digest_from_result(json.loads(json.dumps(found.to_result()))) == found


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"changed": True}, "changed"),
        ({"changed": True, "check_mode": True, "plan": [{}]}, "pending"),
        ({"check_mode": True}, "ok"),
    ],
)
def test_status_of_a_report(tmp_path: Path, changes: dict[str, t.Any], status: str) -> None:
    assert digest_of(written(tmp_path, "contoso.json", {**REPORT, **changes})).status == status


@pytest.mark.parametrize(
    ("content", "said"), [("{", "no JSON"), ("[]", "lacks tenant, tenant_id"), ({"tenant": "x"}, "lacks tenant_id")]
)
def test_what_cannot_be_read_is_told(tmp_path: Path, content: t.Any, said: str) -> None:
    found = digest_of(written(tmp_path, "contoso.json", content))
    assert (found.tenant, found.status) == ("contoso", "unreadable")
    assert said in found.message


@pytest.mark.parametrize(
    "changes",
    [
        {"results": None},
        {"results": ["x"]},
        {"requirements": [{}]},
        {"exceptions": [{}]},
        {"generated_at": "tomorrow"},
        {"generated_at": None},
    ],
)
def test_what_is_no_report_within_does_not_hide_the_others(tmp_path: Path, changes: dict[str, t.Any]) -> None:
    written(tmp_path, "broken.json", {**REPORT, "tenant": "broken", **changes})
    written(tmp_path, "contoso.json", REPORT)
    written(tmp_path, "deep.json", "[" * 200_000)
    found = [(one.tenant, one.status) for one in digests_in(tmp_path)]
    assert found == [("broken", "unreadable"), ("contoso", "ok"), ("deep", "unreadable")]


def test_only_reports_are_read_and_a_missing_directory_is_refused(tmp_path: Path) -> None:
    written(tmp_path, "b.json", {"tenant": "b", "failed": True, "message": "No", "generated_at": NIGHT})
    written(tmp_path, "notes.txt", "")
    assert [(one.tenant, one.status, one.message) for one in digests_in(tmp_path)] == [("b", "failed", "No")]
    with pytest.raises(AnsibleLookupError, match=r"nowhere cannot be read: No such file"):
        LookupModule().run([str(tmp_path / "nowhere")])


def test_a_directory_given_twice_counts_once(tmp_path: Path) -> None:
    written(tmp_path, "contoso.json", REPORT)
    assert len(LookupModule().run([str(tmp_path), f"{tmp_path}/."])) == 1


@pytest.mark.parametrize(
    ("files", "status"),
    [
        ([digest(), digest(at=LATER, status="failed", tenant_id="")], "failed"),
        ([digest(at=LATER), digest(at=NIGHT, status="failed", tenant_id="")], "ok"),
        # A verdict fails a tenant in the second in which its report is written.
        ([digest(), digest(status="failed")], "failed"),
        ([digest(at=LATER), digest(tenant_id="", at="", status="unreadable")], "unreadable"),
    ],
)
def test_the_newest_counts(files: list[Digest], status: str) -> None:
    for order in (files, files[::-1]):
        summary = fleet_summary(order, Expectation(), NOW)
        assert statuses(summary) == {"contoso": status}
        assert summary["duplicates"] == []


def test_failure_keeps_what_was_read_before() -> None:
    files = [digest(), digest(status="failed", message="Consent is missing")]
    (row,) = fleet_summary(files, Expectation(), NOW)["tenants"]
    assert (row["asked"], row["message"], row["status"]) == (3, "Consent is missing", "failed")


def test_tenants_without_a_report_and_strangers() -> None:
    summary = fleet_summary([digest(), digest("gone", OTHER_ID)], Expectation(("contoso", "new")), NOW)
    assert statuses(summary) == {"contoso": "ok", "new": "missing"}
    assert (summary["failed_hosts"], summary["unexpected"]) == (["new"], ["gone"])


def test_old_reports_are_stale() -> None:
    summary = fleet_summary([digest(at="2027-02-28T01:00:00Z")], expectation(None, 24, NOW), NOW)
    assert statuses(summary) == {"contoso": "stale"}
    assert statuses(fleet_summary([digest(at="2020")], expectation(None, 0, NOW), NOW)) == {"contoso": "ok"}


def test_tenants_that_ran_twice_are_named() -> None:
    slices = [digest(path="/one/contoso.json"), digest(path="/two/contoso.json", at=LATER, status="changed")]
    summary = fleet_summary(slices, Expectation(), NOW)
    assert statuses(summary) == {"contoso": "changed"}
    assert summary["duplicates"] == [
        {"tenant_id": ID, "tenants": ["contoso"], "paths": ["/one/contoso.json", "/two/contoso.json"]}
    ]
    (two_hosts,) = fleet_summary([digest(), digest("contoso-again")], Expectation(), NOW)["duplicates"]
    assert two_hosts["tenants"] == ["contoso", "contoso-again"]


def test_hosts_of_one_name_are_not_taken_for_one_tenant() -> None:
    summary = fleet_summary([digest(), digest(tenant_id=OTHER_ID, path="/two/contoso.json")], Expectation(), NOW)
    assert len(summary["tenants"]) == 2
    assert summary["name_conflicts"] == [{"tenant": "contoso", "tenant_ids": [ID, OTHER_ID]}]


@given(
    some.lists(some.tuples(some.integers(0, 30), some.sampled_from(["ok", "failed", "changed"])), max_size=40),
    some.integers(1, 5),
    some.randoms(use_true_random=False),
)
def test_slicing_makes_no_difference(runs: list[tuple[int, str]], count: int, chance: t.Any) -> None:
    """However tenants are spread over controllers and in whatever order they are read, the summary is the same."""
    once = dict(runs)
    whole = [digest(f"t{number}", f"{number}", status=status) for number, status in once.items()]
    sliced = [
        digest(f"t{number}", f"{number}", status=status, path=f"/slice-{number % count}/t{number}.json")
        for number, status in once.items()
    ]
    chance.shuffle(sliced)
    expected = Expectation(tuple(f"t{number}" for number in range(31)))
    one, other = fleet_summary(whole, expected, NOW), fleet_summary(sliced, expected, NOW)
    assert statuses(one) == statuses(other)
    assert one["counts"] == other["counts"]
    assert sum(one["counts"].values()) == 31
    assert other["duplicates"] == []


def test_table_and_markdown_put_first_who_needs_somebody() -> None:
    evil = "x | @everyone `<b>`"
    files = [
        digest(lacking=("A: no", "B: no", "C: no"), holding=0, active_exceptions=("one until then",)),
        digest("zulu", OTHER_ID, status="failed", message=f"No\n{evil}"),
    ]
    summary = fleet_summary(files, Expectation(("contoso", "zulu")), NOW)
    lines = fleet_summary_table(summary)
    assert lines == [
        "2 tenants: 1 ok, 1 failed; everything that the baseline asks holds in 0",
        "tenant   status  tier  holds   lacks, or why not",
        "-" * 37,
        f"zulu     failed  -     -       No {evil}",
        "contoso  ok      -     0 of 3  A: no; B: no; and 1 more",
        "Exception: contoso: one until then",
    ]
    document = fleet_summary_markdown(summary)
    assert "| `zulu` | **failed** | - | - | No x \\| @&#8203;everyone \\`&lt;b&gt;\\` |" in document
    assert document.index("zulu") < document.index("contoso")


def test_remarks() -> None:
    files = [
        digest(expired_exceptions=2),
        digest("contoso-again"),
        digest("same", "3"),
        digest("same", "4", path="/two/same.json"),
    ]
    text = "\n".join(fleet_summary_table(fleet_summary(files, Expectation(), NOW)))
    for said in ("Run more than once: contoso, contoso-again", "One name for several tenants: same (3, 4)"):
        assert said in text
    assert "nobody can tell which tenants are missing" in text


def test_every_status_is_counted() -> None:
    assert set(fleet_summary([], Expectation(), NOW)["counts"]) == set(STATUSES)


def test_filters_refuse_what_is_something_else() -> None:
    with pytest.raises(AnsibleFilterError, match="tenant_reports"):
        summary_filter([{"tenant": "x"}])
    for show in (fleet_summary_table, fleet_summary_markdown):
        with pytest.raises(AnsibleFilterError, match="fleet_summary returns"):
            show({})
