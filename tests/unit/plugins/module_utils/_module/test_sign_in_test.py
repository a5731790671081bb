# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of sign_in_test: what is read for it, what it returns, and how it fails."""

from __future__ import annotations

import copy
import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._directory.directory import UnresolvedReferences
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused, OptionError
from ansible_collections.m365.entra.plugins.module_utils._graph.questions import EVALUATE
from ansible_collections.m365.entra.plugins.module_utils._module.sign_in_test import SPEC, SignInTestsFailed, run
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.evaluating_session import (
    EXCHANGE,
    GUEST,
    ROBOT,
    ROLE_ASSIGNMENTS,
    EvaluatingSession,
    memberships,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import LOCATIONS, POLICIES
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    BLOCK,
    ENABLED,
    REPORT_ONLY,
    stored,
)

Json = dict[str, t.Any]

ADA = {"name": "Ada", "user": "ada@contoso.example", "application": "Portal"}
STRONG = {"operator": "OR", "authenticationStrength": {"id": ids.PHISHING_RESISTANT_STRENGTH}}
MFA = stored("MFA", ENABLED)
FOR_ADMINISTRATORS = stored(
    "Administrators", ENABLED, ids.POLICY_TWO, users={"includeRoles": [ids.GLOBAL_ADMINISTRATOR]}, grant=STRONG
)


def tenant(*policies: Json, **more: t.Any) -> EvaluatingSession:
    """A tenant with these policies, in a session that only reads."""
    return EvaluatingSession(policies=list(policies), read_only=True, **more)


def result_of(session: EvaluatingSession, *sign_ins: Json, **options: t.Any) -> Json:
    """What a task in check mode returns."""
    module = fake_module(SPEC, {"sign_ins": [copy.deepcopy(one) for one in sign_ins], **options}, check_mode=True)
    return run(module, lambda: session)


def test_a_test_that_passes() -> None:
    found = result_of(tenant(MFA), {**ADA, "expect": {"outcome": "granted", "controls": ["mfa"]}})
    assert (found["changed"], found["passed"], found["failed_sign_ins"]) == (False, True, [])
    assert found["sign_in_tests"] == [
        {
            "name": "Ada",
            "passed": True,
            "failures": [],
            "outcome": "granted",
            "controls": ["mfa"],
            "blocked_by": [],
            "session_controls": [],
            "undecided": [],
            "missing": [],
            "policies": [
                {
                    "display_name": "MFA",
                    "id": ids.POLICY_ONE,
                    "policy_state": "enabled",
                    "applies": "yes",
                    "reason": "notSet",
                    "missing": [],
                }
            ],
        }
    ]


def test_without_an_expectation_nothing_passes_or_fails() -> None:
    (found,) = result_of(tenant(MFA), ADA)["sign_in_tests"]
    assert (found["passed"], found["controls"]) == (None, ["mfa"])


@pytest.mark.parametrize(
    ("expect", "failure"),
    [
        ({"outcome": "blocked"}, "expect.outcome: blocked was expected, and it is granted"),
        (
            {"controls": ["compliantDevice or mfa"]},
            "expect.controls: (compliantDevice or mfa) was expected, and mfa is asked for",
        ),
        ({"controls": []}, "expect.controls: nothing was expected, and mfa is asked for"),
        ({"policies_apply": ["Blöck"]}, "expect.policies_apply[0]: no policy is named 'Blöck'"),
        ({"policies_do_not_apply": ["MFA"]}, "expect.policies_do_not_apply[0]: 'MFA' applies"),
        ({"policies_apply": ["mfa", "Risk"]}, "expect.policies_apply[1]: it cannot be told whether 'Risk' applies"),
        ({"policies_apply": ["Off"]}, "expect.policies_apply[0]: 'Off' does not apply (policyNotEnabled)"),
        ({"policies_apply": ["Twice"]}, "expect.policies_apply[0]: 2 policies are named 'Twice'"),
    ],
)
def test_a_test_that_fails_says_how(expect: Json, failure: str) -> None:
    others = [
        stored("Risk", ENABLED, ids.POLICY_TWO, signInRiskLevels=["high"]),
        stored("Off", "disabled", ids.OFFICE),
        stored("Twice", ENABLED, ids.STAFF),
        stored("Twice", ENABLED, ids.PRINTERS),
    ]
    with pytest.raises(SignInTestsFailed) as failed:
        result_of(tenant(MFA, *others), {**ADA, "expect": expect})
    assert f"1 of 1 sign-ins did not become what was expected: 'Ada', sign_ins[0].{failure}" in failed.value.message
    details = failed.value.to_result()
    assert details["failed_sign_ins"] == ["Ada"]
    assert details["sign_in_tests"][0]["passed"] is False


def test_a_failure_says_what_blocks_and_what_is_missing() -> None:
    block = stored("Block", ENABLED, ids.POLICY_TWO, grant=BLOCK)
    risk = stored("Risk", ENABLED, ids.OFFICE, grant=BLOCK, signInRiskLevels=["high"])
    with pytest.raises(SignInTestsFailed, match="granted was expected, and it is blocked by 'Block'"):
        result_of(tenant(MFA, block, risk), {**ADA, "expect": {"outcome": "granted"}})
    with pytest.raises(SignInTestsFailed, match="because 'Risk' may apply: what is missing is sign_in_risk_level"):
        result_of(tenant(MFA, risk), {**ADA, "expect": {"outcome": "granted"}})


@pytest.mark.parametrize(
    ("expect", "other", "failure"),
    [
        ({"controls": []}, {}, "nothing was expected, and it is blocked by 'Other'"),
        ({"controls": ["mfa"]}, {"signInRiskLevels": ["high"]}, "mfa was expected, and it is unknown"),
    ],
)
def test_controls_alone_expect_that_somebody_gets_in(expect: Json, other: Json, failure: str) -> None:
    block = stored("Other", ENABLED, ids.POLICY_TWO, grant=BLOCK, **other)
    with pytest.raises(SignInTestsFailed, match=f"expect.controls: {failure}"):
        result_of(tenant(MFA, block), {**ADA, "expect": expect})


def test_controls_of_what_is_not_granted_can_be_expected_beside_the_outcome() -> None:
    risk = stored("Risk", ENABLED, ids.POLICY_TWO, grant=BLOCK, signInRiskLevels=["high"])
    expect = {"outcome": "unknown", "controls": ["mfa"]}
    assert result_of(tenant(MFA, risk), {**ADA, "expect": expect})["passed"]


def test_failures_can_be_reported_only() -> None:
    found = result_of(tenant(MFA), {**ADA, "expect": {"outcome": "blocked"}}, on_failure="report")
    assert (found["passed"], found["failed_sign_ins"]) == (False, ["Ada"])


def test_report_only_policies_count_when_they_should() -> None:
    block = stored("Block", REPORT_ONLY, grant=BLOCK)
    assert result_of(tenant(block), ADA)["sign_in_tests"][0]["outcome"] == "granted"
    assert result_of(tenant(block), ADA, include_report_only=True)["sign_in_tests"][0]["outcome"] == "blocked"


def test_groups_and_roles_are_read_once_for_each_user_and_only_if_policies_ask() -> None:
    session = tenant(FOR_ADMINISTRATORS)
    again = {**ADA, "name": "Again", "user": ids.ADA}
    found = result_of(session, ADA, again)
    assert [one["controls"] for one in found["sign_in_tests"]] == [["Phishing-resistant MFA"]] * 2
    assert (session.reads(memberships(ids.ADA)), session.reads(ROLE_ASSIGNMENTS)) == (1, 1)
    plain = tenant(MFA)
    result_of(plain, ADA)
    assert (plain.reads(memberships(ids.ADA)), plain.reads(ROLE_ASSIGNMENTS), plain.reads(LOCATIONS)) == (0, 0, 0)


def test_a_role_for_an_administrative_unit_does_not_count() -> None:
    policy = stored("Synchronization", ENABLED, users={"includeRoles": [ids.SYNCHRONIZATION_ACCOUNTS]})
    (found,) = result_of(tenant(policy), ADA)["sign_in_tests"]
    assert found["policies"][0]["reason"] == "users"


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        ({"user": "ada@contoso.example"}, "no"),
        ({"user": "bob@contoso.example"}, "no"),
        ({"user": GUEST}, "yes"),
        ({"user": GUEST, "guest_type": "member"}, "no"),
        ({"user": "ada@contoso.example", "guest_type": "serviceProvider"}, "yes"),
    ],
)
def test_guests(user: Json, expected: str) -> None:
    policy = stored("Guests", ENABLED, users={"includeUsers": ["GuestsOrExternalUsers"]})
    (found,) = result_of(tenant(policy), {"name": "x", "application": "Portal", **user})["sign_in_tests"]
    assert found["policies"][0]["applies"] == expected


def test_the_tenant_of_an_external_user() -> None:
    kinds = {
        "guestOrExternalUserTypes": "b2bCollaborationGuest",
        "externalTenants": {"membershipKind": "enumerated", "members": [ids.OTHER_TENANT]},
    }
    policy = stored("Guests", ENABLED, users={"includeGuestsOrExternalUsers": kinds})
    guest = {"name": "x", "application": "Portal", "user": GUEST}
    (untold,) = result_of(tenant(policy), guest)["sign_in_tests"]
    assert untold["missing"] == ["external_tenant_id"]
    (told,) = result_of(tenant(policy), {**guest, "external_tenant_id": ids.OTHER_TENANT.upper()})["sign_in_tests"]
    assert told["controls"] == ["mfa"]


def test_service_principals() -> None:
    workloads = {"includeServicePrincipals": ["ServicePrincipalsInMyTenant"]}
    policy = stored("Workloads", ENABLED, users={"includeUsers": ["None"]}, clientApplications=workloads, grant=BLOCK)
    ours = {"name": "Ours", "service_principal": "Portal", "application": "Mail"}
    theirs = {"name": "Theirs", "service_principal": "Mail", "application": "Mail"}
    found = result_of(tenant(policy), ours, theirs)
    assert [one["outcome"] for one in found["sign_in_tests"]] == ["blocked", "granted"]


def test_owners_of_applications_are_read_where_a_group_of_them_is_meant() -> None:
    session = tenant(stored("Office", ENABLED, applications={"includeApplications": ["Office365"]}))
    mail = {**ADA, "name": "Mail", "application": EXCHANGE}
    found = result_of(session, ADA, mail)
    assert [one["policies"][0]["applies"] for one in found["sign_in_tests"]] == ["no", "yes"]


def test_places() -> None:
    policy = stored("Away", ENABLED, locations={"includeLocations": ["All"], "excludeLocations": [ids.OFFICE]})
    session = tenant(policy)
    places = [
        {"locations": ["Office"]},
        {"locations": []},
        {"ip_address": "203.0.113.4"},
        {"ip_address": "192.0.2.1"},
        {},
    ]
    found = result_of(session, *({**ADA, "name": str(number), **place} for number, place in enumerate(places)))
    applies = [one["policies"][0]["applies"] for one in found["sign_in_tests"]]
    assert applies == ["no", "yes", "no", "yes", "unknown"]
    assert session.reads(LOCATIONS) == 1


def test_legacy_trusted_addresses() -> None:
    legacy = "00000000-0000-0000-0000-000000000000"
    policy = stored("Away", ENABLED, locations={"includeLocations": ["All"], "excludeLocations": [legacy]})
    there = {**ADA, "ip_address": "192.0.2.1"}
    assert result_of(tenant(policy), there)["sign_in_tests"][0]["missing"] == ["locations"]
    known = result_of(tenant(policy), there, mfa_trusted_ips=["192.0.2.0/24"])
    assert known["sign_in_tests"][0]["controls"] == []
    with pytest.raises(OptionError, match=r"mfa_trusted_ips\[0\]: 'here' is no range"):
        result_of(tenant(policy), there, mfa_trusted_ips=["here"])


def test_devices() -> None:
    rule = (
        'device.isCompliant -eq True -and device.extensionAttribute1 -eq "SAW" -and device.systemLabels -contains "x"'
    )
    policy = stored("Managed", ENABLED, devices={"deviceFilter": {"mode": "exclude", "rule": rule}})
    workstation = {"is_compliant": True, "extension_attribute1": "saw", "system_labels": ["X", "y"]}
    devices = [workstation, {"is_compliant": False}, {"is_registered": False}, {"is_compliant": True}]
    found = result_of(
        tenant(policy), *({**ADA, "name": str(number), "device": one} for number, one in enumerate(devices))
    )
    applies = [one["policies"][0]["applies"] for one in found["sign_in_tests"]]
    assert applies == ["no", "yes", "yes", "unknown"]
    assert found["sign_in_tests"][3]["missing"] == ["device.extension_attribute1", "device.system_labels"]


def test_authentication_contexts_and_user_actions() -> None:
    context = stored("Context", ENABLED, applications={"includeAuthenticationContextClassReferences": ["c1"]})
    action = stored(
        "Action", ENABLED, ids.POLICY_TWO, applications={"includeUserActions": ["urn:user:registersecurityinfo"]}
    )
    asked = {"name": "Context", "user": ids.ADA, "authentication_context": "Secrets"}
    registers = {"name": "Action", "user": ids.ADA, "user_action": "register_security_information"}
    found = result_of(tenant(context, action), asked, registers, {**asked, "name": "Both", "application": "Portal"})
    applying = [
        [one["display_name"] for one in test["policies"] if one["applies"] == "yes"] for test in found["sign_in_tests"]
    ]
    assert applying == [["Context"], ["Action"], ["Context"]]


def test_session_controls() -> None:
    policy = stored("Browser", ENABLED, grant=None, session={"persistentBrowser": {"isEnabled": True, "mode": "never"}})
    (found,) = result_of(tenant(policy), ADA)["sign_in_tests"]
    assert found["session_controls"] == [{"policy": "Browser", "session_controls": ["persistentBrowser"]}]


class VanishingUser(EvaluatingSession):
    """A tenant in which users are there when their names are looked up, and gone afterwards."""

    def list(self, path: str, *, version: str = "v1.0", **query: str) -> list[Json]:
        """Read a collection."""
        if path == "/users" and "displayName" not in query["select"]:
            return []
        return super().list(path, version=version, **query)


def test_a_user_who_vanishes_is_named() -> None:
    with pytest.raises(UnresolvedReferences, match=r"sign_ins\[0\].user: 'ada@contoso.example' was removed"):
        result_of(VanishingUser(policies=[MFA]), ADA)


def test_names_that_mean_nothing_are_named_together() -> None:
    nobody = {"name": "x", "user": "nobody@contoso.example", "application": "Nothing", "locations": ["Nowhere"]}
    with pytest.raises(UnresolvedReferences) as failed:
        result_of(tenant(MFA), ADA, nobody)
    for path in ("sign_ins[1].user", "sign_ins[1].application", "sign_ins[1].locations[0]"):
        assert path in failed.value.message


@pytest.mark.parametrize(
    ("permission", "needed_for"),
    [
        ("Policy.Read.All", "reading Conditional Access policies"),
        ("User.Read.All", "resolving users by name"),
        ("Application.Read.All", "resolving applications by name"),
    ],
)
def test_missing_permissions_are_named_before_names_are_read(permission: str, needed_for: str) -> None:
    session = tenant(FOR_ADMINISTRATORS)
    session.permissions -= {permission}
    with pytest.raises(GuardRefused, match=needed_for):
        result_of(session, ADA)
    assert {path for _method, path in session.requests} <= {POLICIES}


@pytest.mark.parametrize(
    ("permission", "needed_for"),
    [("GroupMember.Read.All", "resolving groups by name"), ("RoleManagement.Read.Directory", "resolving roles")],
)
def test_missing_permissions_are_named_before_people_are_read(permission: str, needed_for: str) -> None:
    session = tenant(FOR_ADMINISTRATORS)
    session.permissions -= {permission}
    with pytest.raises(GuardRefused, match=needed_for):
        result_of(session, ADA)
    assert (session.reads(memberships(ids.ADA)), session.reads(ROLE_ASSIGNMENTS)) == (0, 0)


def test_of_whom_every_policy_leaves_out_by_id_nothing_is_read() -> None:
    users = {"includeRoles": [ids.GLOBAL_ADMINISTRATOR], "excludeUsers": [ids.ADA], "excludeGroups": [ids.STAFF]}
    session = tenant(stored("Administrators", ENABLED, users=users, grant=STRONG))
    session.permissions -= {"GroupMember.Read.All", "RoleManagement.Read.Directory"}
    found = result_of(session, {**ADA, "expect": {"outcome": "granted", "controls": []}})
    assert found["passed"] is True
    with pytest.raises(GuardRefused, match="resolving roles"):
        result_of(session, ADA, {**ADA, "name": "Bob", "user": "bob@contoso.example"})


@pytest.mark.parametrize(
    ("described_user", "more", "controls"),
    [
        ({}, {}, ["mfa"]),
        ({"roles": ["Global Administrator"]}, {}, ["Phishing-resistant MFA", "mfa"]),
        ({"roles": [ids.GLOBAL_ADMINISTRATOR]}, {}, ["Phishing-resistant MFA", "mfa"]),
        ({"roles": ["User Administrator"]}, {}, ["mfa"]),
        ({"groups": ["Staff"]}, {}, []),
        ({"groups": [ids.STAFF]}, {}, []),
        ({}, {"guest_type": "b2bCollaborationGuest"}, []),
    ],
)
def test_a_user_who_is_described(described_user: Json, more: Json, controls: list[str]) -> None:
    users = {"includeUsers": ["All"], "excludeUsers": ["GuestsOrExternalUsers"], "excludeGroups": [ids.STAFF]}
    session = tenant(stored("MFA", ENABLED, users=users), FOR_ADMINISTRATORS)
    session.collections["/groups"] = [{"id": ids.STAFF, "displayName": "Staff"}]
    somebody = {"name": "Somebody", "described_user": described_user, "application": "Portal", **more}
    (found,) = result_of(session, somebody)["sign_in_tests"]
    assert (found["outcome"], found["controls"]) == ("granted", controls)
    assert [path for _method, path in session.requests if path.startswith(("/users", "/roleManagement"))] == []


def test_a_described_user_needs_no_permission_for_people() -> None:
    session = tenant(FOR_ADMINISTRATORS)
    session.permissions = frozenset({"Policy.Read.All"})
    somebody = {"roles": ["Global Administrator"]}
    (found,) = result_of(session, {"name": "x", "described_user": somebody, "application": "Office365"})[
        "sign_in_tests"
    ]
    assert found["controls"] == ["Phishing-resistant MFA"]


def test_groups_and_roles_of_a_described_user_must_exist() -> None:
    session = tenant(MFA)
    session.collections["/groups"] = []
    session.collections["/roleManagement/directory/roleDefinitions"] = [
        {"id": ids.OFFICE, "templateId": ids.OFFICE, "displayName": "Owner of printers", "isBuiltIn": False}
    ]
    somebody = {"name": "x", "application": "Portal"}
    with pytest.raises(UnresolvedReferences) as failed:
        result_of(session, {**somebody, "described_user": {"roles": ["Nothing"], "groups": ["Nobody"]}})
    assert "sign_ins[0].described_user.roles[0]: there is no directory role named 'Nothing'" in failed.value.message
    assert "sign_ins[0].described_user.groups[0]: there is no group named 'Nobody'" in failed.value.message
    with pytest.raises(OptionError, match=r"described_user.roles\[0\]: 'Owner of printers' is a custom role"):
        result_of(session, {**somebody, "described_user": {"roles": ["Owner of printers"]}})


def test_the_service_is_not_asked_about_who_is_only_described() -> None:
    session = tenant(MFA)
    with pytest.raises(OptionError, match=r"sign_ins\[1\].described_user: Microsoft's own evaluation knows no user"):
        result_of(session, ADA, {"name": "x", "described_user": {}, "application": "Portal"}, live=True)
    assert session.requests == []


def test_policies_with_preview_features_are_evaluated_in_full() -> None:
    policy = stored("Agents", ENABLED, agentIdRiskLevels="high")
    hidden = stored("Hidden", ENABLED, ids.POLICY_TWO, agentIdRiskLevels="high")
    session = tenant(policy, hidden, masked={ids.POLICY_ONE}, hidden={ids.POLICY_TWO})
    (found,) = result_of(session, ADA)["sign_in_tests"]
    assert [one["missing"] for one in found["policies"]] == [["the condition agentIdRiskLevels"]] * 2
    plain = tenant(MFA, serves_beta=False)
    assert result_of(plain, ADA)["sign_in_tests"][0]["controls"] == ["mfa"]


def answer(policy: Json, reason: str = "notSet") -> Json:
    """One result of the service's evaluation."""
    return {**policy, "policyApplies": reason == "notSet", "analysisReasons": reason}


@pytest.mark.parametrize(
    ("reason", "failure"),
    [
        ("notSet", ""),
        ("notEnoughInformation", ""),
        ("users", "sign_ins[0]: the service says that 'MFA' does not apply (users), and here it does"),
    ],
)
def test_the_service_is_asked_and_compared(reason: str, failure: str) -> None:
    session = tenant(MFA, answers=[[answer(MFA, reason)]])
    found = result_of(session, ADA, live=True, on_failure="report")
    (result,) = found["sign_in_tests"]
    assert result["failures"] == ([failure] if failure else [])
    assert result["service"] == {"policies_apply": ["MFA"] if reason == "notSet" else [], "agrees": not failure}
    assert (result["passed"], session.writes) == (not failure, [])


def test_the_service_may_find_more() -> None:
    mine = stored("Bob", ENABLED, users={"includeUsers": [ids.BOB]})
    with pytest.raises(SignInTestsFailed, match=r"the service says that 'Bob' applies, and here it does not \(users\)"):
        result_of(tenant(mine, answers=[[answer(mine)]]), ADA, live=True)


def test_the_service_must_answer_for_what_applies() -> None:
    with pytest.raises(SignInTestsFailed, match="the service says nothing of 'MFA', which applies here"):
        result_of(tenant(MFA, answers=[[]]), ADA, live=True)
    bob = stored("Bob", ENABLED, users={"includeUsers": [ids.BOB]})
    assert result_of(tenant(bob, answers=[[]]), ADA, live=True)["passed"]
    preview = stored("Preview", ENABLED, session={"continuousAccessEvaluation": {"mode": "disabled"}})
    session = tenant(preview, hidden={ids.POLICY_ONE}, answers=[[]])
    (found,) = result_of(session, ADA, live=True)["sign_in_tests"]
    assert (found["policies"][0]["applies"], found["passed"]) == ("yes", True)


def test_what_is_undecided_or_unknown_to_the_service_is_no_contradiction() -> None:
    risk = stored("Risk", ENABLED, signInRiskLevels=["high"])
    for found in ([answer(risk)], [answer(risk, "signInRisk")], []):
        assert result_of(tenant(risk, answers=[found]), ADA, live=True)["passed"]


def test_what_the_service_is_asked() -> None:
    session = tenant(MFA, answers=[[], []])
    everything = {
        "name": "All",
        "user": GUEST,
        "external_tenant_id": ids.OTHER_TENANT,
        "application": "Portal",
        "authentication_context": "c1",
        "client_app_type": "browser",
        "device_platform": "iOS",
        "device": {"is_compliant": False, "system_labels": ["x"], "is_registered": True},
        "ip_address": "203.0.113.4",
        "country": "ch",
        "sign_in_risk_level": "low",
        "user_risk_level": "none",
        "insider_risk_level": "minor",
        "authentication_flow": "none",
    }
    result_of(session, everything, live=True, on_failure="report")
    said = {
        "clientAppType": "browser",
        "devicePlatform": "iOS",
        "deviceInfo": {"isCompliant": False, "systemLabels": ["x"]},
        "ipAddress": "203.0.113.4",
        "country": "CH",
        "signInRiskLevel": "low",
        "userRiskLevel": "none",
        "insiderRiskLevel": "minor",
        "authenticationFlow": {"transferMethod": "none"},
    }
    who = {
        "@odata.type": "#microsoft.graph.userSignIn",
        "userId": GUEST,
        "externalUserType": "b2bCollaborationGuest",
        "externalTenantId": ids.OTHER_TENANT,
    }
    contexts = [
        {"@odata.type": "#microsoft.graph.applicationContext", "includeApplications": [ids.PORTAL]},
        {"@odata.type": "#microsoft.graph.authContext", "authenticationContextValue": "c1"},
    ]
    assert session.asked == [
        (
            EVALUATE,
            {"signInIdentity": who, "signInContext": one, "signInConditions": said, "appliedPoliciesOnly": False},
        )
        for one in contexts
    ]


def test_the_service_is_asked_about_workloads_and_actions() -> None:
    session = tenant(MFA, answers=[[], []])
    robot = {"name": "Robot", "service_principal": "Portal", "application": "Portal", "country": "unknown"}
    action = {"name": "Action", "user": ids.ADA, "user_action": "register_device"}
    result_of(session, robot, action, live=True)
    first, second = (body for _path, body in session.asked)
    assert first["signInIdentity"] == {
        "@odata.type": "#microsoft.graph.servicePrincipalSignIn",
        "servicePrincipalId": ROBOT,
    }
    assert first["signInConditions"] == {}
    assert second["signInIdentity"] == {"@odata.type": "#microsoft.graph.userSignIn", "userId": ids.ADA}
    assert second["signInContext"]["userAction"] == "registerOrJoinDevices"


@pytest.mark.parametrize(
    ("sign_in", "message"),
    [
        ({"application": "Portal"}, "sign_ins[0]: who signs in?"),
        ({"user": "a", "service_principal": "b", "application": "Portal"}, "sign_ins[0]: who signs in?"),
        ({"user": "a", "described_user": {}, "application": "Portal"}, "sign_ins[0]: who signs in?"),
        (
            {"described_user": {}, "application": "Portal", "service_principal_risk_level": "low"},
            "sign_ins[0].service_principal_risk_level: a described user has none",
        ),
        ({"user": "a"}, "sign_ins[0]: what is signed in to?"),
        ({"user": "a", "application": "x", "user_action": "register_device"}, "sign_ins[0]: what is signed in to?"),
        (
            {"service_principal": "a", "application": "x", "user_risk_level": "low"},
            "sign_ins[0].user_risk_level: a service principal has none",
        ),
        (
            {"user": "a", "application": "x", "service_principal_risk_level": "low"},
            "sign_ins[0].service_principal_risk_level: a user has none",
        ),
        ({"user": "a", "application": "x", "ip_address": "here"}, "sign_ins[0].ip_address: 'here' is no IP address"),
        ({"user": "a", "application": "x", "country": "Swiss"}, "sign_ins[0].country: 'Swiss' is no code"),
        (
            {"user": "a", "application": "x", "external_tenant_id": "contoso.example"},
            "sign_ins[0].external_tenant_id: 'contoso.example' is no id",
        ),
        ({"user": "a", "application": "x", "expect": {}}, "sign_ins[0].expect: nothing is expected"),
        (
            {"user": "a", "application": "x", "expect": {"policies_apply": [], "policies_do_not_apply": []}},
            "sign_ins[0].expect: nothing is expected",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_read(sign_in: Json, message: str) -> None:
    session = tenant(MFA)
    with pytest.raises(OptionError) as failed:
        result_of(session, {"name": "x", **sign_in})
    assert message in failed.value.message
    assert session.requests == []


def test_names_are_there_once() -> None:
    with pytest.raises(OptionError, match="sign_ins: the name 'Ada' stands there twice"):
        result_of(tenant(MFA), ADA, ADA)
