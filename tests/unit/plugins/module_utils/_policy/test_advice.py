# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is worth thinking over in a policy: told where it matters, and nowhere else."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._policy.advice import advice_about
from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.rules import faults_of
from ansible_collections.m365.entra.plugins.module_utils._policy.template_catalogue import TEMPLATES
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import ENABLED, REPORT_ONLY, policy

Json = dict[str, t.Any]

ALL_GUESTS = (
    "internalGuest,b2bCollaborationGuest,b2bCollaborationMember,b2bDirectConnectUser,otherExternalUser,serviceProvider"
)
BROWSER: Json = {"persistentBrowser": {"isEnabled": True, "mode": "never"}}
RESTRICTIONS: Json = {"applicationEnforcedRestrictions": {"isEnabled": True}}
EVALUATION: Json = {"continuousAccessEvaluation": {"mode": "strictLocation"}}
ACTION: Json = {"includeUserActions": ["urn:user:registersecurityinfo"]}


def applications(*names: str) -> Json:
    """A condition on applications."""
    return {"includeApplications": list(names)}


def protected(operator: str, *others: str, **platforms: list[str]) -> Json:
    """A policy that asks for application protection, on some platforms."""
    controls = {"operator": operator, "builtInControls": ["compliantApplication", *others]}
    return policy(grant=controls, **({"platforms": platforms} if platforms else {}))


def guests(types: str, direction: str = "exclude", **others: t.Any) -> Json:
    """A policy with the keyword for guests beside a condition on guests."""
    users = {"includeUsers": ["All"], "excludeUsers": []}
    users[f"{direction}Users"] = ["GuestsOrExternalUsers"]
    return policy(users={**users, f"{direction}GuestsOrExternalUsers": {"guestOrExternalUserTypes": types, **others}})


def told(raw: Json, state: str = ENABLED) -> list[str]:
    """The option paths that advice is about."""
    return [fault.path for fault in advice_about(canonical_policy(raw), state)]


GOOD = [
    policy(),
    policy(session=BROWSER),
    policy(session=RESTRICTIONS, applications=applications("Office365")),
    policy(session=RESTRICTIONS, applications=applications("00000003-0000-0ff1-ce00-000000000000", "Office365")),
    policy(signInRiskLevels=["high"]),
    policy(userRiskLevels=["high"]),
    policy(session=EVALUATION),
    policy(applications=ACTION),
    protected("OR", "compliantDevice"),
    protected("OR", includePlatforms=["android", "iOS"]),
    protected("OR", includePlatforms=["all"], excludePlatforms=["windows", "macOS", "linux"]),
    protected("AND", "mfa", includePlatforms=["android", "iOS"]),
    guests(ALL_GUESTS),
    policy(users={"includeUsers": ["None"], "includeRoles": [ids.GLOBAL_ADMINISTRATOR]}),
    policy(
        users={"includeUsers": ["None"]},
        clientApplications={"includeServicePrincipals": ["ServicePrincipalsInMyTenant"]},
    ),
    policy(users={"includeUsers": ["None"]}, agentIdRiskLevels="high"),
]

TOLD = [
    (policy(session=BROWSER, applications=applications("Office365")), "session_controls.persistent_browser"),
    (policy(session=RESTRICTIONS), "session_controls.application_enforced_restrictions"),
    (
        policy(session=RESTRICTIONS, applications=applications("Office365", ids.PORTAL)),
        "session_controls.application_enforced_restrictions",
    ),
    (policy(signInRiskLevels=["high"], userRiskLevels=["high"]), "conditions"),
    (protected("OR"), "grant_controls.built_in_controls"),
    (protected("AND", "mfa"), "grant_controls.built_in_controls"),
    (protected("OR", includePlatforms=["macOS", "iOS"]), "grant_controls.built_in_controls"),
    (protected("OR", includePlatforms=["all"], excludePlatforms=["windows"]), "grant_controls.built_in_controls"),
    (guests("internalGuest"), "conditions.users.exclude_guests_or_external_users"),
    (guests("internalGuest", "include"), "conditions.users.include_guests_or_external_users"),
    (
        guests(ALL_GUESTS, externalTenants={"membershipKind": "enumerated", "members": [ids.OTHER_TENANT]}),
        "conditions.users.exclude_guests_or_external_users",
    ),
    (policy(users={"includeUsers": ["None"]}), "conditions.users.include_users"),
    (policy(users={"includeUsers": [ids.ADA], "excludeUsers": ["All"]}), "conditions.users.exclude_users"),
    (policy(applications=applications("None")), "conditions.applications.include_applications"),
]


@pytest.mark.parametrize("raw", GOOD)
def test_nothing_to_tell(raw: Json) -> None:
    assert told(raw) == []


@pytest.mark.parametrize(("raw", "path"), TOLD)
def test_advice(raw: Json, path: str) -> None:
    (fault,) = advice_about(canonical_policy(raw), ENABLED)
    assert fault.path == path
    assert fault.rule
    assert fault.remedy


@pytest.mark.parametrize("raw", [raw for raw, _unused in TOLD])
def test_advice_is_no_refusal(raw: Json) -> None:
    assert faults_of(canonical_policy(raw)) == []


@pytest.mark.parametrize("raw", [policy(applications=ACTION), policy(session=EVALUATION)])
def test_what_report_only_cannot_do(raw: Json) -> None:
    assert told(raw, REPORT_ONLY) == ["policy_state"]
    assert told(raw, ENABLED) == []
    assert advice_about(canonical_policy(raw)) == []


def test_only_desktops_that_the_policy_reaches_are_named() -> None:
    raw = protected("OR", includePlatforms=["all"], excludePlatforms=["windows", "linux"])
    (fault,) = advice_about(canonical_policy(raw))
    assert "on macOS can" in fault.rule


@pytest.mark.parametrize("name", TEMPLATES)
def test_our_templates_need_no_advice_once_they_are_enforced(name: str) -> None:
    assert told(TEMPLATES[name].content_for("modern")) == []


@pytest.mark.parametrize("raw", [{}, {"displayName": "x"}, {"conditions": {}}, {"grantControls": {}}])
def test_an_empty_policy_is_no_stumbling_block(raw: Json) -> None:
    assert told(raw, REPORT_ONLY) == []


def devices(*controls: str, **platforms: list[str]) -> Json:
    """A policy that asks for a managed device, on some platforms."""
    return policy(
        grant={"operator": "OR", "builtInControls": list(controls)}, **({"platforms": platforms} if platforms else {})
    )


@pytest.mark.parametrize(
    ("raw", "named"),
    [
        (devices("compliantDevice"), "macOS, iOS, android"),
        (devices("compliantDevice", "domainJoinedDevice", "mfa"), "macOS, iOS, android"),
        (devices("compliantDevice", includePlatforms=["iOS", "windows"]), "iOS"),
        (devices("compliantDevice", includePlatforms=["all"], excludePlatforms=["iOS", "macOS"]), "android"),
    ],
)
def test_report_only_is_not_invisible_on_some_platforms(raw: Json, named: str) -> None:
    (fault,) = advice_about(canonical_policy(raw), REPORT_ONLY)
    assert fault.path == "policy_state"
    assert f"on {named} choose a device certificate" in fault.rule
    assert told(raw, ENABLED) == []


@pytest.mark.parametrize(
    "raw",
    [
        devices("domainJoinedDevice"),
        devices("mfa"),
        devices("compliantDevice", includePlatforms=["windows", "linux"]),
        devices("compliantDevice", includePlatforms=["all"], excludePlatforms=["iOS", "macOS", "android"]),
    ],
)
def test_where_report_only_asks_nobody(raw: Json) -> None:
    assert told(raw, REPORT_ONLY) == []
