# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The evaluator against CISA's ScubaGear cases: what their rules find by reading policies, sign-ins must show.

A requirement is met when no sign-in gets past it but those of whom the tenant's configuration exempts. Only cases that
an evaluation decides are here: what an authentication strength consists of is no matter of an evaluation.
"""

from __future__ import annotations

import itertools
import json
import typing as t
from pathlib import Path

import pytest

from ansible_collections.m365.entra.plugins.module_utils._evaluation.evaluated_policy import EvaluatedPolicy
from ansible_collections.m365.entra.plugins.module_utils._evaluation.evaluation import (
    BLOCKED,
    GRANTED,
    Outcome,
    evaluate,
)
from ansible_collections.m365.entra.plugins.module_utils._evaluation.sign_in import (
    Application,
    Risks,
    SignIn,
    Target,
    UserIdentity,
)
from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.corpus import CORPUS, needs_corpus

Json = dict[str, t.Any]

CASES = CORPUS / "scuba"
LEGACY, MFA, STRONG_FOR_ROLES = "MS.AAD.1.1v1", "MS.AAD.3.2v2", "MS.AAD.3.6v1"
NOT_DECIDED = ("IsGeneralMFA", "MFA_Builtin_AuthenticationStrength", "MFA_Custom_AuthenticationStrength")
OUTSIDER_TENANT = ids.OTHER_TENANT
Strict = t.Callable[[Outcome], bool]


def cases(control: str) -> list[Path]:
    """The cases of one control that an evaluation decides."""
    found = sorted((CASES / control).glob("*.json")) if CASES.is_dir() else []
    return [path for path in found if not any(word in path.name for word in NOT_DECIDED)]


def graph_names(value: t.Any) -> t.Any:
    """PowerShell's names as Graph's."""
    if isinstance(value, dict):
        return {name[:1].lower() + name[1:]: graph_names(member) for name, member in value.items()}
    return [graph_names(member) for member in value] if isinstance(value, list) else value


def policies_of(case: Json) -> list[EvaluatedPolicy]:
    """The policies of a case; risks are none of the control's business, so that they are left out."""
    found = []
    for number, raw in enumerate(case["input"]["conditional_access_policies"]):
        policy = graph_names(raw)
        policy["conditions"] |= {"signInRiskLevels": [], "userRiskLevels": []}
        if case["control"] == STRONG_FOR_ROLES:
            policy["conditions"]["users"]["includeUsers"] = []  # this control looks at the roles alone
        found.append(EvaluatedPolicy(str(number), policy["displayName"], policy["state"], canonical_policy(policy)))
    return found


def people(policies: list[EvaluatedPolicy], roles: frozenset[str]) -> t.Iterator[tuple[str, str, UserIdentity]]:
    """An ordinary user, and one for everything that the policies exclude: its kind, its id, and the user.

    All of them hold *roles*.
    """
    yield "", "", UserIdentity("ordinary", frozenset(), roles, "member", ids.TENANT)
    for policy in policies:
        users = policy.view.users
        for user in users["excludeUsers"]:
            yield "Users", user, UserIdentity(user, frozenset(), roles, "member")
        for group in users["excludeGroups"]:
            yield "Groups", group, UserIdentity("member", frozenset({group}), roles, "member")
        for role in users["excludeRoles"]:
            yield "Roles", role, UserIdentity("holder", frozenset(), roles | {role}, "member")
        for kind in (users["excludeGuestsOrExternalUsers"] or {}).get("guestOrExternalUserTypes") or []:
            yield "GuestUserTypes", kind, UserIdentity("guest", frozenset(), roles, kind, OUTSIDER_TENANT)


def privileged_roles(case: Json) -> list[frozenset[str]]:
    """The roles of which each holder must be covered; nobody needs a role where the control does not speak of any."""
    if case["control"] != STRONG_FOR_ROLES:
        return [frozenset()]
    return [frozenset({role["RoleTemplateId"]}) for role in case["input"].get("privileged_roles", ())] or [frozenset()]


def applications(policies: list[EvaluatedPolicy]) -> t.Iterator[str]:
    """An ordinary application, and everything that the policies exclude."""
    yield "ordinary"
    for policy in policies:
        yield from policy.view.applications["excludeApplications"]


def is_met(case: Json, clients: tuple[str, ...], strict: Strict) -> bool:
    """Whether no sign-in gets past the policies but those that the tenant's configuration exempts."""
    policies = policies_of(case)
    configuration = ((case["input"].get("scuba_config") or {}).get("Aad") or {}).get(case["control"]) or {}
    exempt = configuration.get("CapExclusions") or {}
    for roles, application in itertools.product(privileged_roles(case), applications(policies)):
        for kind, name, user in people(policies, roles):
            if name in (exempt.get(kind) or []) or application in (exempt.get("Applications") or []):
                continue
            target = Target(application=Application(application, is_of_microsoft=False))
            for client in clients:
                sign_in = SignIn(user, target, client_app_type=client, risks=Risks("none", "none"))
                if not strict(evaluate(policies, sign_in).outcome):
                    return False
    return True


def is_blocked(outcome: Outcome) -> bool:
    """Whether nobody gets in."""
    return outcome.kind == BLOCKED


def asks_for_mfa(outcome: Outcome) -> bool:
    """Whether nobody gets in without MFA."""
    return outcome.kind == BLOCKED or (outcome.kind == GRANTED and frozenset({"mfa"}) in outcome.controls)


@needs_corpus
@pytest.mark.parametrize("path", cases(LEGACY), ids=lambda path: path.stem)
def test_legacy_authentication_is_blocked(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    assert is_met(case, ("other", "exchangeActiveSync"), is_blocked) is case["expectedRequirementMet"]


@needs_corpus
@pytest.mark.parametrize("path", cases(MFA), ids=lambda path: path.stem)
def test_mfa_is_asked_of_all_users(path: Path) -> None:
    """The cases' policies name legacy clients alone, which the control does not look at; so neither do we."""
    case = json.loads(path.read_text(encoding="utf-8"))
    assert is_met(case, ("other",), asks_for_mfa) is case["expectedRequirementMet"]


@needs_corpus
@pytest.mark.parametrize("path", cases(STRONG_FOR_ROLES), ids=lambda path: path.stem)
def test_privileged_roles_are_covered(path: Path) -> None:
    """In these cases the policies block beside the strength, and what a strength consists of is not looked at."""
    case = json.loads(path.read_text(encoding="utf-8"))
    assert is_met(case, ("other",), is_blocked) is case["expectedRequirementMet"]


@needs_corpus
def test_there_are_cases() -> None:
    """Guards the tests above against passing because nothing was found, or all is of one kind."""
    for control, least in ((LEGACY, 20), (MFA, 20), (STRONG_FOR_ROLES, 10)):
        verdicts = [json.loads(path.read_text())["expectedRequirementMet"] for path in cases(control)]
        assert len(verdicts) >= least
        assert set(verdicts) == {True, False}
