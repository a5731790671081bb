# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The evaluator against what Microsoft documents of its own evaluation.

The documented answers may be shortened, so that they say which policies must apply, and nothing of the others.
"""

from __future__ import annotations

import json
import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._evaluation.evaluated_policy import of_current
from ansible_collections.m365.entra.plugins.module_utils._evaluation.evaluation import evaluate
from ansible_collections.m365.entra.plugins.module_utils._evaluation.sign_in import (
    Application,
    Device,
    Place,
    Risks,
    SignIn,
    Target,
    UserIdentity,
    WorkloadIdentity,
)
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import current_policy
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.corpus import CORPUS, needs_corpus

EXAMPLES = CORPUS / "whatif" / "graph-docs"
USER_ACTIONS = {"registerSecurityInformation": "urn:user:registersecurityinfo"}
Json = dict[str, t.Any]


def read(name: str) -> t.Any:
    """One file of the examples."""
    return json.loads((EXAMPLES / name).read_text(encoding="utf-8"))


def identity_of(identity: Json) -> UserIdentity | WorkloadIdentity:
    """Who signs in. In the third example a policy for administrators applies to the user, and all are in one tenant."""
    if "userId" in identity:
        return UserIdentity(identity["userId"], frozenset(), frozenset({ids.GLOBAL_ADMINISTRATOR}), "member")
    return WorkloadIdentity(identity["servicePrincipalId"], is_of_tenant=True)


def target_of(context: Json) -> Target:
    """What is signed in to."""
    if "includeApplications" in context:
        (application,) = context["includeApplications"]
        return Target(application=Application(application))
    if "userAction" in context:
        return Target(user_action=USER_ACTIONS[context["userAction"]])
    return Target(authentication_context=context["authenticationContextValue"])


def sign_in_of(request: Json) -> SignIn:
    """The sign-in that a request describes."""
    conditions = request["signInConditions"]
    return SignIn(
        identity_of(request["signInIdentity"]),
        target_of(request["signInContext"]),
        client_app_type=conditions.get("clientAppType"),
        device_platform=conditions.get("devicePlatform"),
        device=Device(properties=conditions.get("deviceInfo") or {}),
        place=Place(conditions.get("ipAddress"), conditions.get("country")),
        risks=Risks(
            conditions.get("signInRiskLevel"),
            conditions.get("userRiskLevel"),
            conditions.get("servicePrincipalRiskLevel"),
            conditions.get("insiderRiskLevel"),
        ),
        authentication_flow=(conditions.get("authenticationFlow") or {}).get("transferMethod"),
    )


@needs_corpus
@pytest.mark.parametrize(
    "name",
    ["example1-user-application", "example2-user-authcontext", "example3-user-useraction", "example4-serviceprincipal"],
)
def test_the_documented_policies_apply(name: str) -> None:
    policies = [of_current(current_policy(raw)) for raw in read("derived-policy-set.json")]
    found = evaluate(policies, sign_in_of(read(f"{name}.request.json")))
    applying = {one.policy.key for one in found.verdicts if one.applies.is_yes}
    answered = {one["id"] for one in read(f"{name}.response.json")["value"]}
    assert answered == set(read("derived-expected.json")[name]["applies"])
    assert answered <= applying


# What applies by the same rules although the documented answer, which may be shortened, does not show it.
ALSO = {
    "example1-user-application": {"4aa7d105-d92b-4c07-9834-0e810ddb89ac"},
    "example2-user-authcontext": set(),
    "example3-user-useraction": set(),
    "example4-serviceprincipal": set(),
}


@needs_corpus
@pytest.mark.parametrize("name", ALSO)
def test_nothing_else_surely_applies(name: str) -> None:
    """The policy for administrators is for all resources: it applies to the first example as it does to the third."""
    policies = [of_current(current_policy(raw)) for raw in read("derived-policy-set.json")]
    found = evaluate(policies, sign_in_of(read(f"{name}.request.json")))
    applying = {one.policy.key for one in found.verdicts if one.applies.is_yes}
    assert applying == set(read("derived-expected.json")[name]["applies"]) | ALSO[name]
