# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was there before a run is read back after it was put back, and what appeared meanwhile is found."""

from __future__ import annotations

import typing as t
from dataclasses import replace

import pytest

from ansible_collections.m365.entra.plugins.module_utils._directory.directory import Directory
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import EntraError, OutcomeUnknown, ServiceRefused
from ansible_collections.m365.entra.plugins.module_utils._policy.desired import desired_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.exclusions import NOBODY
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import (
    PolicyPlan,
    current_policy,
    plan_policy,
    planned_tenant,
)
from ansible_collections.m365.entra.plugins.module_utils._resources.outcome import Outcome
from ansible_collections.m365.entra.plugins.module_utils._resources.state_before import appeared, expectations_before
from ansible_collections.m365.entra.plugins.module_utils._resources.tenant_plan import Lane, tenant_plan
from ansible_collections.m365.entra.plugins.module_utils._resources.verification import carried_out
from ansible_collections.m365.entra.plugins.module_utils._resources.wanted import Wanted
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    POLICIES,
    SECURITY_DEFAULTS,
    FakeSession,
    Fault,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    ENABLED,
    REPORT_ONLY,
    policy,
    stored,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.service import read_back

Json = dict[str, t.Any]
ONE = current_policy(read_back(stored("One", REPORT_ONLY)))
REFUSED = ServiceRefused("refused", status=403)


def plans() -> list[PolicyPlan]:
    """A new policy and one that exists, both to be enforced."""
    options = [{"definition": policy(name), "policy_state": "enabled"} for name in ("New", "One")]
    return [plan_policy(desired_policy(one), [ONE]) for one in options]


def outcome(session: FakeSession) -> Outcome:
    """What is planned for a tenant that goes from security defaults to both policies."""
    planned = plans()
    return Outcome(
        plan=tenant_plan(planned, True, False),
        policy_plans=tuple(planned),
        policies=tuple(planned_tenant(planned, [ONE])),
        security_defaults=False,
        created={},
        directory=Directory(session),
        emergency=NOBODY,
    )


LOOKS_FOR_WHAT_WAS_MADE = 11


def failed(session: FakeSession) -> EntraError:
    """The error of carrying it out."""
    with pytest.raises(EntraError) as failure:
        carried_out(session, outcome(session), Wanted())
    return failure.value


def tenant(*faults: Fault) -> FakeSession:
    """A tenant with security defaults and a policy in report-only."""
    return FakeSession([stored("One", REPORT_ONLY)], security_defaults=True, faults=list(faults))


def test_before_every_object_is_expected_once_as_it_was() -> None:
    planned = plans()
    expected = expectations_before(tenant_plan(planned, True, False).actions, planned)
    assert {one.name: one.value for one in expected} == {
        "New": None,
        "One": (REPORT_ONLY, ONE.content),
        "security defaults": True,
    }


def test_policy_that_is_made_anew_where_there_is_no_bin_has_another_id() -> None:
    removed = [plan_policy(desired_policy({"display_name": "One", "state": "absent"}), [ONE])]
    (with_bin,) = expectations_before(tenant_plan(removed, None, None).actions, removed)
    (without,) = expectations_before(tenant_plan(removed, None, None, lane=Lane(has_bin=False)).actions, removed)
    assert (with_bin.object_id, without.object_id) == (ONE.identifier, None)
    assert with_bin.value == without.value == (REPORT_ONLY, ONE.content)


@pytest.mark.parametrize("number", [0, 1])
def test_what_was_put_back_is_read_once(number: int) -> None:
    session = tenant(Fault("PATCH", f"{POLICIES}/", REFUSED, after=number))
    error = failed(session)
    assert "has been put back, and the service shows it." in str(error)
    assert session.security_defaults
    after = session.requests[len(session.requests) - session.requests[::-1].index(session.writes[-1]) :]
    assert sorted(after) == [("GET", POLICIES), ("GET", SECURITY_DEFAULTS)]


def test_what_the_service_shows_late_is_read_a_second_time() -> None:
    session = tenant(Fault("PATCH", f"{POLICIES}/", REFUSED, after=1))
    restoring = session._write

    def late(method: str, *more: t.Any) -> t.Any:
        session.stale_reads = 1 if method == "DELETE" else 0
        return restoring(method, *more)

    session._write = late  # type: ignore[method-assign]
    assert "and the service shows it." in str(failed(session))
    assert session.slept[-1] == 3.0


def test_what_the_service_does_not_show_is_named() -> None:
    session = tenant(Fault("PATCH", f"{POLICIES}/", REFUSED, after=1))
    switching = session._switch
    session._switch = lambda is_enabled: None if is_enabled else switching(False)  # type: ignore[method-assign]
    error = failed(session)
    assert "does not show it: security defaults are off." in str(error)
    assert error.details["not_shown"] == ["security defaults are off"]


def test_reading_that_fails_is_told_beside_what_led_to_it() -> None:
    session = tenant(Fault("PATCH", f"{POLICIES}/", REFUSED, after=1))
    session.faults.append(Fault("GET", SECURITY_DEFAULTS, ServiceRefused("cannot be read")))
    error = failed(session)
    assert "refused" in error.message
    assert "it could not be read (cannot be read)" in str(error)


def test_creation_without_an_answer_that_is_shown_late_is_found_by_its_name() -> None:
    session = tenant(Fault("POST", POLICIES, OutcomeUnknown("no answer"), commits=True))
    session.stale_reads = LOOKS_FOR_WHAT_WAS_MADE
    error = failed(session)
    created = session.policy("New")["id"]
    assert f"The service shows: conditional_access_policy 'New' was created all the same ({created})." in str(error)


def test_what_appeared_is_what_was_neither_there_nor_made() -> None:
    session = tenant()
    before = outcome(session)
    made = replace(ONE, identifier=ids.POLICY_TWO, name="New")
    other = replace(ONE, identifier=ids.OFFICE, name="Microsoft-managed: One")
    created = {before.policy_plans[0].key: ids.POLICY_TWO.upper()}
    assert appeared(before, [ONE, made, other], created) == (other,)
    assert appeared(replace(before, policies=None), [ONE, other], created) == ()


def test_undisturbed_run_tells_what_appeared() -> None:
    session = tenant()
    switching = session._switch

    def switch(is_enabled: bool) -> None:
        switching(is_enabled)
        session.policies.append(stored("Microsoft-managed: One", ENABLED, identifier=ids.POLICY_TWO))

    session._switch = switch  # type: ignore[method-assign]
    found = carried_out(session, outcome(session), Wanted()).appeared
    assert [one.name for one in found] == ["Microsoft-managed: One"]
