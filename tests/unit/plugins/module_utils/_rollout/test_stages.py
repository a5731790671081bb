# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every transition of a rollout: what a run does with a policy and its twin, and what a promotion would do."""

from __future__ import annotations

import typing as t
from dataclasses import replace

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import EntraError, GuardRefused, OptionError
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import (
    CurrentPolicy,
    PolicyPlan,
    current_policy,
    plan_policy,
)
from ansible_collections.m365.entra.plugins.module_utils._rollout.stages import (
    ABSENT,
    ENFORCED,
    SHADOWED,
    STAGED,
    promoted,
    stage_of,
)
from ansible_collections.m365.entra.plugins.module_utils._rollout.twins import twin_name
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.paper_tenant import (
    SWIFT,
    PaperTenant,
    as_it_is,
    wanted,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    BLOCK,
    DISABLED,
    ENABLED,
    MFA,
    REPORT_ONLY,
    stored,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.service import read_back

Json = dict[str, t.Any]

SHADOW: Json = {**SWIFT, "changes": "shadow"}
PILOT: Json = {"includeGroups": [ids.STAFF]}
BOTH = (ids.STAFF, ids.PRINTERS)
JOINING: Json = {"includeUsers": ["All"], "excludeGroups": [ids.STAFF]}
RINGS: Json = {**SWIFT, "rings": [{"name": "pilot", "include_groups": [ids.STAFF]}]}
ACTIONS: Json = {"includeUserActions": ["urn:user:registersecurityinfo"]}
TWIN = "MFA (shadow)"
MANAGED = replace(wanted(RINGS), identifier=ids.POLICY_ONE, content={}, is_whole=False)


def current(name: str = "MFA", state: str = ENABLED, identifier: str = ids.POLICY_ONE, **parts: t.Any) -> CurrentPolicy:
    """A policy of the tenant."""
    return current_policy(read_back(stored(name, state, identifier, **parts)))


def twin(state: str = REPORT_ONLY, **parts: t.Any) -> CurrentPolicy:
    """The twin of a policy."""
    return current(TWIN, state, ids.POLICY_TWO, **parts)


def done(plan: PolicyPlan | None) -> str:
    """What a plan does, in a word or two."""
    if plan is None:
        return ""
    if plan.is_new:
        return f"create {plan.state}"
    if plan.is_removed:
        return "delete"
    changed = [*(["state"] if plan.state_change else []), *(["content"] if plan.content_changes else [])]
    return " and ".join(changed) or "keep"


@pytest.mark.parametrize(
    ("rollout", "existing", "stage", "own", "beside", "is_judged"),
    [
        (SWIFT, [], STAGED, f"create {REPORT_ONLY}", "", False),
        (SWIFT, [current(state=REPORT_ONLY)], STAGED, "keep", "", True),
        (SWIFT, [current(state=REPORT_ONLY, grant=BLOCK)], STAGED, "content", "", False),
        (SWIFT, [current(state=DISABLED)], STAGED, "state", "", False),
        (SWIFT, [current(state=REPORT_ONLY), twin()], STAGED, "keep", "delete", True),
        (SWIFT, [current()], ENFORCED, "keep", "", False),
        (SWIFT, [current(grant=BLOCK)], ENFORCED, "content", "", False),
        (SWIFT, [current(), twin()], ENFORCED, "keep", "delete", False),
        (SHADOW, [current()], ENFORCED, "keep", "", False),
        (SHADOW, [current(), twin()], ENFORCED, "keep", "delete", False),
        (SHADOW, [current(grant=BLOCK)], SHADOWED, "keep", f"create {REPORT_ONLY}", False),
        (SHADOW, [current(grant=BLOCK), twin()], SHADOWED, "keep", "keep", True),
        (SHADOW, [current(grant=BLOCK), twin(grant=BLOCK)], SHADOWED, "keep", "content", False),
        (SHADOW, [current(grant=BLOCK), twin(DISABLED)], SHADOWED, "keep", "state", False),
        (SHADOW, [current(grant=BLOCK), twin(ENABLED)], SHADOWED, "keep", "keep", False),
        (SHADOW, [current(), twin(ENABLED)], ENFORCED, "keep", "keep", False),
        (RINGS, [], STAGED, f"create {REPORT_ONLY}", "", False),
        (RINGS, [current(state=REPORT_ONLY)], STAGED, "content", "", False),
        (RINGS, [current(state=REPORT_ONLY, users=PILOT)], STAGED, "keep", "", True),
        (RINGS, [current(users=PILOT)], SHADOWED, "keep", f"create {REPORT_ONLY}", False),
        (RINGS, [current(users=PILOT), twin()], SHADOWED, "keep", "content", False),
        (RINGS, [current(users=PILOT), twin(users=JOINING)], SHADOWED, "keep", "keep", True),
        (RINGS, [current(users=PILOT, grant=BLOCK), twin(users=JOINING)], SHADOWED, "content", "keep", True),
        ({**RINGS, **SHADOW}, [current(users=PILOT, grant=BLOCK), twin()], SHADOWED, "keep", "content", False),
        ({**RINGS, **SHADOW}, [current(users=PILOT, grant=BLOCK), twin(users=PILOT)], SHADOWED, "keep", "keep", True),
        (RINGS, [current()], ENFORCED, "keep", "", False),
    ],
)
def test_each_transition(
    rollout: Json, existing: list[CurrentPolicy], stage: str, own: str, beside: str, is_judged: bool
) -> None:
    found = PaperTenant(existing).stage(wanted(rollout))
    assert (found.name, done(found.plan), done(found.twin)) == (stage, own, beside)
    assert (found.judged is not None) == is_judged
    if found.judged is not None and found.promoted is not None and found.promoted.content is not None:
        shown = {**found.judged.content, "displayName": "MFA"}
        if existing[-1].content["conditions"]["users"]["excludeGroups"]:
            # Of a ring only those who join are shown.
            shown["conditions"]["users"]["excludeGroups"] = []
        assert found.promoted.content == shown
        assert found.promoted.state == ENABLED


def test_a_policy_that_is_to_be_absent_takes_its_twin_along() -> None:
    absent = replace(wanted(), is_present=False)
    found = PaperTenant([current(), twin()]).stage(absent)
    assert (found.name, done(found.plan), done(found.twin)) == (ABSENT, "delete", "delete")


def test_what_goes_for_all_policies_does_not_wait() -> None:
    def excluding(_plan: PolicyPlan, content: Json) -> Json:
        users = {**content["conditions"]["users"], "excludeUsers": [ids.EMERGENCY]}
        return {**content, "conditions": {**content["conditions"], "users": users}}

    existing = [current(grant=BLOCK)]
    found = stage_of(plan_policy(wanted(SHADOW), existing), existing, excluding)
    assert [change.path for change in found.plan.content_changes] == ["conditions.users.exclude_users"]
    assert found.name == SHADOWED


def test_a_new_name_does_not_wait_and_the_twin_follows() -> None:
    renamed = replace(wanted(SHADOW, name="New"), previous_name="MFA")
    found = PaperTenant([current(grant=BLOCK), twin()]).stage(renamed)
    assert [change.path for change in found.plan.content_changes] == ["display_name"]
    assert found.twin is not None
    assert (found.twin.current, found.twin.name) == (twin(), "New (shadow)")


def test_a_promotion_leaves_no_twin_without_a_purpose() -> None:
    existing = [current(grant=BLOCK), twin()]
    tenant = PaperTenant(existing)
    after = promoted(tenant.stage(wanted(SHADOW)), existing, as_it_is)
    assert (after.name, done(after.plan), done(after.twin), after.is_promoted) == (ENFORCED, "content", "delete", True)
    with pytest.raises(ValueError, match="nothing to promote"):
        promoted(after, existing, as_it_is)


def test_a_promotion_begins_the_next_ring() -> None:
    existing = [current(state=REPORT_ONLY, users=PILOT)]
    after = promoted(PaperTenant(existing).stage(wanted(RINGS)), existing, as_it_is)
    assert (after.name, done(after.plan), done(after.twin)) == (SHADOWED, "state", f"create {REPORT_ONLY}")
    assert (after.ring, after.enforced_rings) == (None, ("pilot",))


@pytest.mark.parametrize("name", ["hold", "promote_after_soak"])
@pytest.mark.parametrize("rollout", [SWIFT, SHADOW])
def test_what_report_only_does_not_show(name: str, rollout: Json) -> None:
    chosen = {**rollout, "not_shown": name}
    shown = current(state=REPORT_ONLY if rollout is SWIFT else ENABLED, applications=ACTIONS, grant=MFA)
    grant = MFA if rollout is SWIFT else BLOCK
    found = PaperTenant([shown]).stage(wanted(chosen, applications=ACTIONS, grant=grant))
    assert bool(found.held) == (name == "hold")
    if found.held:
        assert found.held[0].startswith("it is for user actions, of which report-only shows nothing")
        assert found.twin is None


def test_nobody_falls_out_of_a_policy_with_rings() -> None:
    own = {"includeGroups": [ids.STAFF, ids.PRINTERS]}
    found = PaperTenant([current(grant=BLOCK)]).stage(wanted(RINGS, users=own))
    assert found.plan.content is not None
    assert found.plan.content["conditions"]["users"]["includeUsers"] == ["All"]
    assert (found.name, found.twin) == (ENFORCED, None)
    assert found.held == (
        "'MFA' is enforced for more users than it is to be for, and stays so: leave rings out to narrow it",
    )


def test_only_those_who_join_are_evidence() -> None:
    rings = [{"name": "pilot", "include_groups": [ids.STAFF]}, {"name": "both", "include_groups": list(BOTH)}]
    users = {"includeGroups": [*BOTH, ids.OFFICE], "excludeUsers": [ids.EMERGENCY], "includeRoles": []}
    existing = [current(users={**PILOT, "excludeUsers": [ids.EMERGENCY]})]
    found = PaperTenant(existing).stage(wanted({**SWIFT, "rings": rings}, users=users))
    assert found.twin is not None
    assert found.promoted is not None
    shown, after = ((one.content or {})["conditions"]["users"] for one in (found.twin, found.promoted))
    assert (shown["includeGroups"], shown["excludeGroups"]) == ([ids.PRINTERS], [ids.STAFF])
    assert shown["excludeUsers"] == [ids.EMERGENCY]
    assert (after["includeGroups"], after["excludeGroups"]) == ([*BOTH], [])
    assert (found.ring, found.enforced_rings) == ("both", ("pilot",))


def test_what_may_not_be_changed_has_no_rings() -> None:
    desired = replace(wanted(RINGS), changes_enforced=False)
    found = PaperTenant([current(users=PILOT)]).stage(desired)
    assert (found.name, done(found.plan), found.twin) == (ENFORCED, "keep", None)


@pytest.mark.parametrize(
    ("desired", "existing", "kind", "text"),
    [
        (MANAGED, [current("Microsoft-managed: MFA")], GuardRefused, "whom it includes cannot be changed"),
        (MANAGED, [current("Microsoft-managed: MFA", REPORT_ONLY)], GuardRefused, "managed by Microsoft"),
        (wanted(RINGS, users={"includeUsers": [ids.ADA]}), [], OptionError, "does not include all users, groups"),
        (wanted(RINGS, users={"includeUsers": ["None"]}), [], OptionError, "it is not said whom 'MFA' is for"),
        (
            wanted(SHADOW),
            [current(grant=BLOCK), twin(), replace(twin(), identifier=ids.PORTAL)],
            EntraError,
            "2 objects",
        ),
        (wanted(SHADOW), [current(grant=BLOCK), replace(twin(), name="mfa (SHADOW)")], OptionError, "or almost"),
    ],
)
def test_what_cannot_be_staged(
    desired: t.Any, existing: list[CurrentPolicy], kind: type[EntraError], text: str
) -> None:
    with pytest.raises(kind, match=text):
        PaperTenant(existing).stage(desired)


def test_a_policy_that_would_come_back_enforced() -> None:
    desired = replace(wanted(), restores=True)
    target = plan_policy(desired, [], deleted=[current()])
    with pytest.raises(GuardRefused, match="before its rollout begins"):
        stage_of(target, [], as_it_is)
    reported = plan_policy(desired, [], deleted=[current(state=REPORT_ONLY)])
    assert done(stage_of(reported, [], as_it_is).plan) == "keep"


def test_names_of_twins_are_not_too_long() -> None:
    assert twin_name("MFA") == TWIN
    assert len(twin_name("x" * 256)) == 256
