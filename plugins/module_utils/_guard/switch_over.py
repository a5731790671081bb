# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What security defaults protect, and which policies see to it when they are off (facts section 1.4): pure.

Each protection is a set of sign-ins of which nothing is said but what makes them what they are. A policy that only
sometimes applies - by place, device or risk - therefore does not count: security defaults know no such conditions.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._directory.roles import ADMINISTRATOR_ROLES, role_ids
from .._directory.well_known import APPLICATIONS, AUTHENTICATION_STRENGTHS
from .._evaluation.evaluated_policy import EvaluatedPolicy
from .._evaluation.evaluation import BLOCKED, Outcome, evaluate
from .._evaluation.sign_in import MEMBER, Application, Place, SignIn, Target, UserIdentity
from .._policy.policy_plan import CurrentPolicy
from .._policy.vocabulary import LEGACY_CLIENT_APP_TYPES

_MODERN_CLIENTS = ("browser", "mobileAppsAndDesktopClients")
_AZURE = Application(APPLICATIONS["Windows Azure Service Management API"], is_of_microsoft=True)
# Stand for whoever and whatever no policy names.
_SOMEBODY = "somebody"
_ANYTHING = Application("anything", is_of_microsoft=False)

_MFA = "mfa"
_BUILT_IN_STRENGTHS = frozenset(AUTHENTICATION_STRENGTHS.values())


class Case(t.NamedTuple):
    """One sign-in, and what to call it where only some of a protection's sign-ins are left open."""

    name: str
    sign_in: SignIn


@dataclass(frozen=True)
class Protection:
    """One thing that security defaults do; *is_missing* tells in words that nothing does it."""

    name: str
    is_missing: str
    cases: tuple[Case, ...]


def _cases(name: str, client: str, application: Application = _ANYTHING, role: str = "") -> tuple[Case, ...]:
    """One sign-in from a trusted place and one from elsewhere."""
    roles = frozenset(role_ids((role,) if role else ()))
    person = UserIdentity(_SOMEBODY, groups=frozenset(), roles=roles, kind=MEMBER)
    return tuple(
        Case(name, SignIn(person, Target(application), client_app_type=client, place=Place(is_trusted=is_trusted)))
        for is_trusted in (True, False)
    )


# The ones that matter most come first.
PROTECTIONS: t.Final[tuple[Protection, ...]] = (
    Protection(
        "mfa_for_administrators",
        "administrators are not asked for MFA at every sign-in",
        tuple(
            case
            for role in ADMINISTRATOR_ROLES
            for client in _MODERN_CLIENTS
            for case in _cases(role, client, role=role)
        ),
    ),
    Protection(
        "mfa_for_all_users",
        "users who are in no group are not asked for MFA at every sign-in",
        tuple(case for client in _MODERN_CLIENTS for case in _cases(client, client)),
    ),
    Protection(
        "legacy_authentication_blocked",
        "clients with legacy authentication get in with a password alone",
        tuple(case for client in LEGACY_CLIENT_APP_TYPES for case in _cases(client, client)),
    ),
    Protection(
        "mfa_for_azure_management",
        "users are not asked for MFA before they manage Azure",
        tuple(case for client in _MODERN_CLIENTS for case in _cases(client, client, _AZURE)),
    ),
)


def mfa_strengths(policies: t.Iterable[CurrentPolicy]) -> frozenset[str]:
    """The ids of authentication strengths that surely ask for MFA: the built-in ones, and those of which the service
    says so in a policy that uses one."""
    expanded = [(policy.raw.get("grantControls") or {}).get("authenticationStrength") or {} for policy in policies]
    custom = {
        str(one.get("id")).lower() for one in expanded if _MFA in str(one.get("requirementsSatisfied") or "").split(",")
    }
    return _BUILT_IN_STRENGTHS | custom


def open_cases(
    protection: Protection, policies: t.Sequence[EvaluatedPolicy], strengths: frozenset[str] = _BUILT_IN_STRENGTHS
) -> t.Iterator[str]:
    """The names of the *protection*'s sign-ins that enforced *policies* surely neither block nor ask for MFA.

    A client with legacy authentication cannot do MFA, so that asking for it keeps it out.
    """
    return (
        case.name for case in protection.cases if not _is_protected(evaluate(policies, case.sign_in).outcome, strengths)
    )


def _is_protected(outcome: Outcome, strengths: frozenset[str]) -> bool:
    """Whether nobody gets in with less than MFA; a clause is met by any one of its controls."""
    return outcome.kind == BLOCKED or any(clause <= strengths | {_MFA} for clause in outcome.controls)


def weight(policy: EvaluatedPolicy) -> int:
    """How much of what security defaults protect *policy* protects by itself once it is enforced.

    A protection outweighs all that come after it together.
    """
    alone = [policy.enforced()]
    bits = ("1" if next(open_cases(protection, alone), None) is None else "0" for protection in PROTECTIONS)
    return int("".join(bits), base=2)


def lost_protection_warning(policies: t.Sequence[EvaluatedPolicy], strengths: frozenset[str]) -> str:
    """What nothing protects once security defaults are off and *policies* are all that there is; empty if nothing."""
    missing = [
        _told(protection, cases)
        for protection in PROTECTIONS
        if (cases := list(dict.fromkeys(open_cases(protection, policies, strengths))))
    ]
    if not missing:
        return ""
    return (
        f"Security defaults are off, and no enforced policy does what they did: {'; '.join(missing)}. "
        "Enforce policies for that, or leave security defaults on."
    )


def _told(protection: Protection, cases: list[str]) -> str:
    every = list(dict.fromkeys(case.name for case in protection.cases))
    return protection.is_missing if cases == every else f"{protection.is_missing} ({', '.join(cases)})"
