# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Asks the service's own evaluation, and compares it with ours (facts section 2.10)."""

from __future__ import annotations

import typing as t

from .._graph.api_versions import V1
from .._graph.questions import EVALUATE
from .._graph.session import Session
from .._policy.policy_shape import POLICY
from .._reconcile.preview import preview_uses
from .._reconcile.shape import Json
from .evaluated_policy import EvaluatedPolicy
from .evaluation import Evaluation
from .run_tests import ServiceAnswer
from .sign_in import MEMBER, UNKNOWN_COUNTRY, Property, SignIn, Target, UserIdentity
from .verdict import NOT_ENOUGH_INFORMATION, Verdict

_ACTIONS = {
    "urn:user:registersecurityinfo": "registerSecurityInformation",
    "urn:user:registerdevice": "registerOrJoinDevices",
}


def ask_service(session: Session, sign_in: SignIn, evaluation: Evaluation, version: str = V1) -> ServiceAnswer:
    """What the service says of *sign_in*, and where its answer contradicts *evaluation*."""
    answers = [session.ask(EVALUATE, body, version=version) for body in questions(sign_in)]
    by_policy: dict[str, list[Json]] = {}
    for result in (one for answer in answers for one in answer):
        by_policy.setdefault(str(result.get("id")).lower(), []).append(result)
    applying = sorted(
        {str(one.get("displayName")) for found in by_policy.values() for one in found if one.get("policyApplies")}
    )
    differences = [
        difference
        for verdict in evaluation.verdicts
        if (difference := _difference(verdict, by_policy.get(verdict.policy.key, []), version))
    ]
    return ServiceAnswer(tuple(applying), tuple(differences))


def _difference(verdict: Verdict, found: list[Json], version: str) -> str:
    """How the service contradicts a verdict; where one of both cannot tell, there is no contradiction."""
    name, ours = verdict.policy.name, verdict.applies.value
    if not found:
        if ours is not True or _is_hidden(verdict.policy, version):
            return ""
        return f"the service says nothing of {name!r}, which applies here"
    applies = any(bool(one.get("policyApplies")) for one in found)
    reasons = sorted({str(one.get("analysisReasons")) for one in found})
    cannot_tell = not applies and any(NOT_ENOUGH_INFORMATION in reason for reason in reasons)
    if ours is None or cannot_tell or ours is applies:
        return ""
    if applies:
        return f"the service says that {name!r} applies, and here it does not ({verdict.reason})"
    return f"the service says that {name!r} does not apply ({', '.join(reasons)}), and here it does"


def _is_hidden(policy: EvaluatedPolicy, version: str) -> bool:
    """Whether that version of the service does not answer for the policy, because it uses preview features."""
    return version == V1 and bool(preview_uses(POLICY, policy.content))


def questions(sign_in: SignIn) -> list[Json]:
    """The bodies that ask about *sign_in*: one for each thing that is signed in to, since a body takes one."""
    identity, conditions = _identity(sign_in), _conditions(sign_in)
    return [
        {
            "signInIdentity": identity,
            "signInContext": context,
            "signInConditions": conditions,
            "appliedPoliciesOnly": False,
        }
        for context in _contexts(sign_in.target)
    ]


def _typed(name: str, **members: t.Any) -> Json:
    return {"@odata.type": f"#microsoft.graph.{name}", **members}


def _identity(sign_in: SignIn) -> Json:
    identity = sign_in.identity
    if not isinstance(identity, UserIdentity):
        return _typed("servicePrincipalSignIn", servicePrincipalId=identity.identifier)
    external: Json = {}
    if identity.kind not in (None, MEMBER):
        external["externalUserType"] = identity.kind
    if identity.home_tenant is not None:
        external["externalTenantId"] = identity.home_tenant
    return _typed("userSignIn", userId=identity.identifier, **external)


def _contexts(target: Target) -> t.Iterator[Json]:
    if target.application is not None:
        yield _typed("applicationContext", includeApplications=[target.application.identifier])
    if target.user_action is not None:
        yield _typed("userActionContext", userAction=_ACTIONS[target.user_action])
    if target.authentication_context is not None:
        yield _typed("authContext", authenticationContextValue=target.authentication_context)


def _conditions(sign_in: SignIn) -> Json:
    """What was said, as far as a question can say it: no named locations, and no device that is not registered."""
    place, risks, flow = sign_in.place, sign_in.risks, sign_in.authentication_flow
    said: Json = {
        "clientAppType": sign_in.client_app_type,
        "devicePlatform": sign_in.device_platform,
        "signInRiskLevel": risks.sign_in,
        "userRiskLevel": risks.user,
        "servicePrincipalRiskLevel": risks.service_principal,
        "insiderRiskLevel": risks.insider,
        "country": None if place.country in (None, UNKNOWN_COUNTRY) else place.country.upper(),
        "ipAddress": place.ip_address,
        "authenticationFlow": None if flow is None else {"transferMethod": flow},
        "deviceInfo": {name: _json(value) for name, value in sign_in.device.properties.items()} or None,
    }
    return {name: value for name, value in said.items() if value is not None}


def _json(value: Property) -> t.Any:
    return list(value) if isinstance(value, tuple) else value
