# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Verdicts on staged policies: what is missing, and what security defaults have to do with it."""

from __future__ import annotations

import typing as t
from dataclasses import replace
from datetime import timedelta

import pytest

from ansible_collections.m365.entra.plugins.module_utils._policy.changed_at import changed_at
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import CurrentPolicy, current_policy
from ansible_collections.m365.entra.plugins.module_utils._rollout.evidence import Evidence, begins_at
from ansible_collections.m365.entra.plugins.module_utils._rollout.policy_impact import ImpactCounter
from ansible_collections.m365.entra.plugins.module_utils._rollout.promotion import judged
from ansible_collections.m365.entra.plugins.module_utils._rollout.watched_policy import watched_policy
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.paper_tenant import (
    BEGINNING,
    SWIFT,
    PaperTenant,
    impact,
    wanted,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    BLOCK,
    ENABLED,
    REPORT_ONLY,
    stored,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.service import read_back

Json = dict[str, t.Any]

ACTIONS: Json = {"includeUserActions": ["urn:user:registersecurityinfo"]}
BY_TIME: Json = {**SWIFT, "not_shown": "promote_after_soak"}


def changed(days: float | None, name: str = "MFA", identifier: str = ids.POLICY_ONE, **parts: t.Any) -> CurrentPolicy:
    """A policy in report-only that was changed so many days ago."""
    raw = read_back(stored(name, REPORT_ONLY, identifier, **parts))
    moment = "" if days is None else f"{BEGINNING - timedelta(days=days):%Y-%m-%dT%H:%M:%S.1234567Z}"
    return current_policy({**raw, "modifiedDateTime": moment, "createdDateTime": moment})


@pytest.mark.parametrize(
    ("existing", "rollout", "counts", "is_ready", "missing"),
    [
        ([], SWIFT, {}, False, ["its content begins to be shown in report-only with this run"]),
        ([changed(3)], SWIFT, {"would_succeed": 9}, True, []),
        ([changed(3)], SWIFT, {}, False, ["no sign-in names it"]),
        ([changed(None)], SWIFT, {"would_succeed": 9}, False, ["the service does not say when it was last changed"]),
        (
            [changed(3)],
            {**SWIFT, "soak_days": 7},
            {"would_succeed": 9},
            False,
            ["it was changed 3.0 days ago, and 7 days are asked for"],
        ),
    ],
)
def test_verdicts(
    existing: list[CurrentPolicy], rollout: Json, counts: dict[str, int], is_ready: bool, missing: list[str]
) -> None:
    tenant = PaperTenant(existing)
    evidence = Evidence({one.identifier: impact(one, **counts) for one in existing})
    found = judged(tenant.stage(wanted(rollout)), evidence, tenant.now)
    assert (found.is_ready, list(found.missing)) == (is_ready, missing)


@pytest.mark.parametrize(("days", "is_ready"), [(1, False), (3, True)])
def test_time_alone_decides_where_that_was_asked_for(days: float, is_ready: bool) -> None:
    tenant = PaperTenant([changed(days, applications=ACTIONS)])
    stage = tenant.stage(wanted({**BY_TIME, "soak_days": 2}, applications=ACTIONS))
    assert judged(stage, Evidence(), tenant.now).is_ready is is_ready
    assert judged(stage, None, tenant.now).is_ready is (None if is_ready else False)


def test_nobody_looked() -> None:
    tenant = PaperTenant([changed(3)])
    found = judged(tenant.stage(wanted()), None, tenant.now)
    assert (found.is_ready, found.missing) == (None, ("the sign-in log is read only with promote: true",))
    too_young = judged(tenant.stage(wanted({**SWIFT, "soak_days": 4})), None, tenant.now)
    assert (too_young.is_ready, len(too_young.missing)) == (False, 2)


def test_what_was_not_read_is_no_evidence() -> None:
    tenant = PaperTenant([changed(3)])
    incomplete = replace(impact(tenant.policies[0], would_succeed=9), is_complete=False)
    found = judged(tenant.stage(wanted()), Evidence({ids.POLICY_ONE: incomplete}, ("too many",)), tenant.now)
    assert found.missing == ("not all sign-ins of the time that is looked at were seen", "too many")


def test_from_when_on_sign_ins_count() -> None:
    tenant = PaperTenant([changed(40)])
    stage = tenant.stage(wanted({**SWIFT, "observation_days": 10}))
    moment = changed_at(tenant.policies[0])
    assert moment is not None
    assert moment.microsecond == 123456
    assert begins_at(stage, moment, tenant.now) == tenant.now - timedelta(days=10)
    assert begins_at(stage, tenant.now - timedelta(days=2), tenant.now) == tenant.now - timedelta(days=2)
    created = replace(tenant.policies[0], raw={"modifiedDateTime": None, "createdDateTime": "2026-10-01T00:00:00"})
    assert f"{changed_at(created):%d.%m. %z}" == "01.10. +0000"
    for raw in ({}, {"modifiedDateTime": "yesterday"}):
        assert changed_at(replace(created, raw=raw)) is None


def test_sign_ins_from_before_do_not_count() -> None:
    counter = ImpactCounter(watched_policy(changed(3)), since="2026-11-01T08:00:00.500000Z")
    for moment in ("2026-11-01T07:59:59Z", "2026-11-01T08:00:00Z", "2026-11-01T08:00:00.6Z", "2026-11-01T08:00:01Z"):
        counter.add("reportOnlySuccess", 0, 0, moment)
    assert (counter.counts["would_succeed"], counter.moments.first) == (2, "2026-11-01T08:00:00.6Z")


def test_security_defaults_go_only_when_all_can_take_their_place() -> None:
    tenant = PaperTenant([changed(3), changed(3, "Block", ids.POLICY_TWO, grant=BLOCK)])
    both = (wanted(), wanted(name="Block", grant=BLOCK))
    good = tenant.good_evidence()
    one = Evidence({**good.impacts, ids.POLICY_TWO: impact(tenant.policies[1], would_fail=1)})
    held = tenant.planned(*both, evidence=one, on=True)
    assert held.keeps_defaults
    assert not any(plan.is_changed for plan in held.plans)
    assert held.rollouts[0].verdict.missing[0].startswith("security defaults are on")
    assert not tenant.planned(*both, evidence=good, on=True).keeps_defaults
    assert [plan.state for plan in tenant.planned(*both, evidence=one).plans] == [ENABLED, REPORT_ONLY]
    at_once = replace(wanted(name="At once"), rollout=None)
    assert not tenant.planned(*both, at_once, evidence=one, on=True).keeps_defaults


def test_the_result_for_people() -> None:
    tenant = PaperTenant([changed(3)])
    (found,) = tenant.planned(wanted(), evidence=tenant.good_evidence()).rollouts
    shown = found.to_result()
    assert shown.pop("impact")["would_succeed"] == 100
    assert shown == {
        "display_name": "MFA",
        "id": ids.POLICY_ONE,
        "stage": "enforced",
        "promoted": True,
        "ring": None,
        "enforced_rings": [],
        "since": "2026-10-29T08:00:00Z",
        "ready": True,
        "missing": [],
        "shadow": None,
        "differs": [],
        "enforced_impact": None,
    }
