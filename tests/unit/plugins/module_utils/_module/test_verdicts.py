# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Verdicts on what has no supported interface: by evidence, through the portal, and on what a task fails."""

from __future__ import annotations

import copy
import typing as t
from datetime import date, timedelta

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import EntraError, GuardRefused, OptionError
from ansible_collections.m365.entra.plugins.module_utils._module import (
    mfa_registration_policy,
    self_service_password_reset,
    tenant_configuration,
)
from ansible_collections.m365.entra.plugins.module_utils._module.verdicts import (
    NotAsWanted,
    require_verdicts,
    today,
    wanted_verdict,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import FakeModule, fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_settings import (
    PASSWORD_RESET,
    PORTAL,
    password_reset,
    registration_policy,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import PRINTERS, STAFF

Json = dict[str, t.Any]
RESET, REGISTRATION = "self_service_password_reset", "mfa_registration_policy"
MODULES = {RESET: self_service_password_reset, REGISTRATION: mfa_registration_policy}
POLICY_URL = "https://graph.example/one"
LANE = {"lane": "portal", "portal": {"url": PORTAL, "mfa_registration_policy_url": POLICY_URL, "refresh_token": "x"}}
DAY = date(2026, 11, 23)


def tenant(**members: t.Any) -> FakeSession:
    """A tenant with 2 users who may all reset their passwords, and with both objects of the portal."""
    features = ("ssprEnabled", "ssprRegistered", "ssprCapable", "mfaCapable")
    counts = [{"feature": name, "userCount": 2} for name in features]
    session = FakeSession(
        registration={"totalUserCount": 2, "userRegistrationFeatureCounts": counts},
        permissions=FakeSession().permissions | {"AuditLog.Read.All"},
    )
    session.settings.portal = {PASSWORD_RESET: password_reset(**members), POLICY_URL: registration_policy()}
    return session


def task(session: FakeSession, noun: str, options: Json, **modes: bool) -> tuple[Json, FakeModule]:
    """One task with an empty journal."""
    session.requests.clear()
    module = fake_module(MODULES[noun].SPEC, options, **modes)
    session.read_only = module.check_mode
    return MODULES[noun].run(module, lambda: session), module


ATTESTATION = {"attested_by": "kim@contoso.example", "attested_on": "2026-11-01", "valid_until": "2026-12-31"}


@pytest.mark.parametrize(
    ("options", "fails_on"),
    [
        ({}, ()),
        ({"on_noncompliant": "report", "on_unknown": "report"}, ()),
        ({"on_noncompliant": None, "on_unknown": None}, ()),
        ({"on_noncompliant": "fail"}, (False,)),
        ({"on_unknown": "fail"}, ("unknown",)),
        ({"on_noncompliant": "fail", "on_unknown": "fail"}, (False, "unknown")),
    ],
)
def test_on_what_a_task_fails(options: Json, fails_on: tuple[bool | str, ...]) -> None:
    assert wanted_verdict(RESET, options, "", "v1.0", DAY).fails_on == fails_on


def test_what_is_wanted() -> None:
    options = {"enablement_type": "all", "email_option_enabled": None, "lane": None, "attestation": None}
    verdict = wanted_verdict(RESET, options, RESET, "v1.0", DAY)
    assert (verdict.lane, verdict.is_by_portal, verdict.attestation) == ("evidence", False, None)
    assert verdict.given == {"enablement_type": "all"}
    assert verdict.desired.content == {"enablementType": "all"}
    assert wanted_verdict(RESET, {"lane": "portal"}, "", "v1.0", DAY).is_by_portal


@pytest.mark.parametrize(
    ("noun", "options", "words"),
    [
        (RESET, {"number_of_authentication_methods_required": 3}, "number_of_authentication_methods_required must be"),
        (RESET, {"enablement_type": "some"}, "enablement_type must be one of none, selected, all"),
        (REGISTRATION, {"registration_window_in_days": 91}, "registration_window_in_days must be between 0 and 90"),
        (RESET, {"attestation": {**ATTESTATION, "valid_until": "soon"}}, r"attestation\.valid_until: 'soon' is not"),
        (
            RESET,
            {"attestation": {**ATTESTATION, "attested_on": "2026-11-25"}},
            r"attestation\.attested_on: .* lies in the future",
        ),
    ],
)
def test_faults_by_path(noun: str, options: Json, words: str) -> None:
    with pytest.raises(OptionError, match=rf"^here\.{words}"):
        wanted_verdict(noun, options, "here", "v1.0", DAY)


@pytest.mark.parametrize(
    ("on_noncompliant", "on_unknown", "compliant", "fails"),
    [
        ("report", "report", False, False),
        ("report", "report", "unknown", False),
        ("fail", "report", False, True),
        ("fail", "report", "unknown", False),
        ("fail", "report", True, False),
        ("report", "fail", False, False),
        ("report", "fail", "unknown", True),
        ("report", "fail", True, False),
        ("fail", "fail", True, False),
    ],
)
def test_failing(on_noncompliant: str, on_unknown: str, compliant: bool | str, fails: bool) -> None:
    options = {"on_noncompliant": on_noncompliant, "on_unknown": on_unknown}
    verdict = wanted_verdict(RESET, options, "", "v1.0", DAY)
    found = {"compliant": compliant, "settings": [{"option": "enablement_type", "compliant": compliant}]}
    result = {"changed": True, RESET: found}
    if not fails:
        assert require_verdicts({RESET: (verdict, found)}, result) is result
        return
    with pytest.raises(NotAsWanted) as failure:
        require_verdicts({RESET: (verdict, found)}, result)
    assert failure.value.details == result
    words = "not as wanted: enablement_type" if compliant is False else "nobody can tell: enablement_type"
    assert failure.value.message == f"{RESET}: {words}."


def test_all_that_fail_are_told_and_the_portal_lane_never_does() -> None:
    failing = {"on_noncompliant": "fail", "on_unknown": "fail"}
    verdicts = {noun: wanted_verdict(noun, failing, "", "v1.0", DAY) for noun in MODULES}
    found: Json = {"compliant": False, "settings": []}
    with pytest.raises(NotAsWanted) as failure:
        require_verdicts({noun: (verdict, found) for noun, verdict in verdicts.items()}, {})
    assert RESET in failure.value.message
    assert REGISTRATION in failure.value.message
    by_portal = wanted_verdict(RESET, {**failing, "lane": "portal"}, "", "v1.0", DAY)
    assert require_verdicts({RESET: (by_portal, found)}, {}) == {}


@pytest.mark.parametrize("check_mode", [True, False])
def test_evidence_changes_nothing_and_leaves_the_portal_alone(check_mode: bool) -> None:
    session = tenant()
    before = copy.deepcopy(session.settings)
    result, told = task(session, RESET, {"enablement_type": "all"}, check_mode=check_mode, diff=True)
    assert (result["changed"], result["plan"], told.warnings) == (False, [], [])
    assert (result[RESET]["lane"], result[RESET]["compliant"]) == ("evidence", True)
    assert {method for method, _path in session.requests} == {"GET"}
    assert not [path for _method, path in session.requests if path.startswith("https")]
    assert session.settings == before
    result, _told = task(session, REGISTRATION, {"is_enabled": True}, check_mode=check_mode)
    assert (result["changed"], result[REGISTRATION]["lane"]) == (False, "evidence")


def attested(days: int) -> Json:
    """An attestation that ends that many days from now."""
    ends = today() + timedelta(days=days)
    begins = today() - timedelta(days=30)
    return {"attested_by": "kim@contoso.example", "attested_on": str(begins), "valid_until": str(ends)}


@pytest.mark.parametrize(("days", "compliant"), [(1, True), (0, True), (-1, "unknown")])
def test_attestation_counts_until_it_ends(days: int, compliant: bool | str) -> None:
    options: Json = {"registration_reconfirm_interval_in_days": 90, "attestation": attested(days), "on_unknown": "fail"}
    session = tenant()
    if compliant is True:
        result, _told = task(session, RESET, options)
        assert result[RESET]["compliant"] is True
        assert "attestation of kim@contoso.example" in result[RESET]["settings"][0]["source"]
        return
    with pytest.raises(NotAsWanted, match="nobody can tell: registration_reconfirm_interval_in_days") as failure:
        task(session, RESET, options)
    (answer,) = failure.value.details[RESET]["settings"]
    assert "expired" in answer["note"]
    assert failure.value.details["changed"] is False


def test_attestation_never_overrules_what_was_read() -> None:
    options = {"enablement_type": "none", "attestation": attested(9), "on_noncompliant": "fail"}
    with pytest.raises(NotAsWanted, match="not as wanted: enablement_type"):
        task(tenant(), RESET, options)


def test_group_of_the_evidence_lane_must_exist() -> None:
    options = {"enablement_type": "selected", "password_reset_enabled_group": "Nowhere"}
    with pytest.raises(EntraError, match=r"^password_reset_enabled_group.*Nowhere"):
        task(tenant(), RESET, options)


def test_portal_lane_check_do_repeat() -> None:
    session = tenant()
    options = {"enablement_type": "selected", "password_reset_enabled_group": "staff", **LANE}
    before = copy.deepcopy(session.settings.portal)
    announced, told = task(session, RESET, options, check_mode=True, diff=True)
    assert session.writes == []
    assert session.settings.portal == before
    assert [one["found"] for one in announced[RESET]["settings"]] == ["none", None]
    assert announced[RESET]["compliant"] is False
    (warning,) = told.warnings
    assert warning.startswith("ATTENTION: lane: portal reads and writes self-service password reset")
    done, _told = task(session, RESET, options, diff=True)
    assert (done["plan"], done["diff"]) == (announced["plan"], announced["diff"])
    assert session.writes == [("PUT", PASSWORD_RESET)]
    assert session.settings.portal[PASSWORD_RESET] == before[PASSWORD_RESET] | {
        "enablementType": 1,
        "passwordResetEnabledGroupIds": [STAFF],
    }
    assert (done[RESET]["lane"], done[RESET]["compliant"]) == ("portal", True)
    assert [one["found"] for one in done[RESET]["settings"]] == ["selected", "Staff"]
    again, _told = task(session, RESET, options)
    assert (again["changed"], session.writes) == (False, [])


def test_portal_lane_of_the_registration_policy() -> None:
    session = tenant()
    options = {"is_enabled": True, "exclude_groups": {"add": ["Staff", PRINTERS]}, **LANE}
    done, told = task(session, REGISTRATION, options)
    assert session.writes == [("PATCH", POLICY_URL)]
    assert session.settings.portal[POLICY_URL] == registration_policy(
        IsEnabled=True, ExcludeGroups=sorted([STAFF, PRINTERS])
    )
    assert done[REGISTRATION]["compliant"] is True
    assert [one["found"] for one in done[REGISTRATION]["settings"]] == [True, ["Staff", "Printers"]]
    assert "MFA registration policy" in told.warnings[0]


def test_registration_policy_needs_its_licence_to_be_on() -> None:
    session = tenant()
    session.collections["/subscribedSkus"] = []
    with pytest.raises(GuardRefused, match=r"(?i)p2"):
        task(session, REGISTRATION, {"is_enabled": True, **LANE})
    assert session.writes == []
    task(session, REGISTRATION, {"registration_window_in_days": 7, **LANE})
    assert session.writes == [("PATCH", POLICY_URL)]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"enablement_type": "selected"}, "^password_reset_enabled_group is needed"),
        ({"customize_helpdesk_link": True}, "^custom_helpdesk_email_or_url is needed"),
    ],
)
def test_wish_that_the_portal_would_not_accept(options: Json, words: str) -> None:
    session = tenant()
    with pytest.raises(OptionError, match=words):
        task(session, RESET, {**options, **LANE})
    assert session.writes == []


def test_both_lanes_in_the_plan_of_a_tenant() -> None:
    session = tenant()
    options: Json = {
        RESET: {"lane": "portal", "enablement_type": "all"},
        REGISTRATION: {"is_enabled": True},
        "portal": LANE["portal"],
    }
    module = fake_module(tenant_configuration.SPEC, options)
    result = tenant_configuration.run(module, lambda: session)
    state = result["tenant_configuration"]
    assert (state[RESET]["lane"], state[REGISTRATION]["lane"]) == ("portal", "evidence")
    assert session.writes == [("PUT", PASSWORD_RESET)]


def test_tenant_fails_with_its_whole_result() -> None:
    session = tenant()
    options: Json = {
        RESET: {"enablement_type": "none", "on_noncompliant": "fail"},
        "authorization_policy": {"allowed_to_use_sspr": False},
    }
    module = fake_module(tenant_configuration.SPEC, options)
    with pytest.raises(NotAsWanted) as failure:
        tenant_configuration.run(module, lambda: session)
    assert failure.value.details["changed"] is True
    assert failure.value.details["tenant_configuration"]["authorization_policy"]["allowed_to_use_sspr"] is False
