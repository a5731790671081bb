# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples of the module and of the guide, run against a tenant that has what they speak of."""

from __future__ import annotations

import re
import typing as t
from pathlib import Path

import pytest
import yaml

from ansible_collections.m365.entra.plugins.module_utils._module.sign_in_test import SPEC, run
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.evaluating_session import (
    EXCHANGE,
    GROUP,
    MICROSOFT,
    ROLE_ASSIGNMENTS,
    EvaluatingSession,
    memberships,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    BLOCK,
    ENABLED,
    REPORT_ONLY,
    stored,
)

Json = dict[str, t.Any]

ROOT = Path(__file__).resolve().parents[5]
MODULE = "m365.entra.sign_in_test"
EVERYBODY = {"includeUsers": ["All"], "excludeGroups": [ids.STAFF]}
MANAGED = {"operator": "OR", "builtInControls": ["compliantDevice", "domainJoinedDevice"]}
ADMINISTRATORS = {"includeRoles": [ids.GLOBAL_ADMINISTRATOR], "excludeGroups": [ids.STAFF]}
POLICIES = (
    ("Require MFA", ENABLED, {"users": EVERYBODY}),
    ("Require MFA for administrators", ENABLED, {"users": ADMINISTRATORS}),
    ("Block legacy", ENABLED, {"users": EVERYBODY, "grant": BLOCK, "clientAppTypes": ["other"]}),
    ("Managed devices", REPORT_ONLY, {"users": EVERYBODY, "grant": MANAGED}),
    (
        "No device codes",
        REPORT_ONLY,
        {"users": EVERYBODY, "grant": BLOCK, "authenticationFlows": {"transferMethods": "deviceCodeFlow"}},
    ),
)


def example_tasks() -> list[tuple[str, Json]]:
    """Every task of this module in the examples, and where it stands."""
    module = (ROOT / "plugins" / "modules" / "sign_in_test.py").read_text(encoding="utf-8")
    guide = (ROOT / "docs" / "docsite" / "rst" / "guide_sign_in_tests.rst").read_text(encoding="utf-8")
    blocks = re.findall(r'^EXAMPLES = r"""\n(.*?)^"""', module, re.MULTILINE | re.DOTALL)
    blocks += re.findall(r"^\.\. code-block:: yaml\n\n((?:(?: {4}.*)?\n)+)", guide, re.MULTILINE)
    tasks = [task for block in blocks for task in yaml.safe_load(block)]
    return [(task["name"], task[MODULE]) for task in tasks if MODULE in task]


def tenant() -> EvaluatingSession:
    """A tenant with the people, the application and the policies of the examples."""
    people = {"emergency-access-1": ids.EMERGENCY, "bela.user": ids.BOB, "alex.admin": ids.ADA}
    policies = [
        stored(name, state, f"eeeeeeee-0000-4000-8000-00000000000{number}", **parts)
        for number, (name, state, parts) in enumerate(POLICIES)
    ]
    session = EvaluatingSession(policies=policies, read_only=True)
    session.collections |= {
        "/users": [{"id": user, "userPrincipalName": f"{name}@contoso.example"} for name, user in people.items()],
        "/servicePrincipals": [
            {
                "id": ids.PORTAL,
                "appId": EXCHANGE,
                "displayName": "Office 365 Exchange Online",
                "appOwnerOrganizationId": MICROSOFT,
            }
        ],
        memberships(ids.EMERGENCY): [{"@odata.type": GROUP, "id": ids.STAFF}],
        memberships(ids.ADA): [],
        ROLE_ASSIGNMENTS: [
            {"roleDefinitionId": ids.GLOBAL_ADMINISTRATOR, "principalId": ids.ADA, "directoryScopeId": "/"}
        ],
    }
    return session


def agreeing_answers(options: Json) -> list[list[Json]]:
    """What a service says of each sign-in that finds the same policies to apply."""
    here = run(fake_module(SPEC, {**options, "live": False}, check_mode=True), tenant)
    return [
        [
            {
                "id": policy["id"],
                "displayName": policy["display_name"],
                "policyApplies": policy["applies"] == "yes",
                "analysisReasons": policy["reason"],
            }
            for policy in one["policies"]
        ]
        for one in here["sign_in_tests"]
    ]


def test_there_are_examples() -> None:
    assert len(example_tasks()) == 8


@pytest.mark.parametrize(("name", "options"), example_tasks(), ids=[name for name, _options in example_tasks()])
def test_what_an_example_expects_is_so(name: str, options: Json) -> None:
    session = tenant()
    session.answers = agreeing_answers(options)
    result = run(fake_module(SPEC, options, check_mode=True), lambda: session)
    assert result["passed"], [one["failures"] for one in result["sign_in_tests"]]
    assert len(result["sign_in_tests"]) == len(options["sign_ins"])
