# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What must hold before a tenant is read, and before anything in it is written."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass
from functools import partial

from .._directory.roles import is_built_in
from .._graph.session import Session
from .._guard import permissions
from .._guard.license import needed_tier, require_license
from .._guard.mutual_exclusion import Enforceable, check_mutual_exclusion
from .._guard.policy_limit import check_policy_limit
from .._policy.policy_plan import CurrentPolicy
from .._policy.references import NamedReference, references
from .._reconcile.shape import Json
from . import settings
from .asked_guards import ask_guards
from .license import read_license
from .lockout_guard import check_lockout
from .objects import read_permissions, write_permissions
from .outcome import Outcome
from .planned_lint import GUARD as LINT
from .planned_lint import Before, check_lint
from .planned_sign_ins import GUARD as SIGN_INS
from .planned_sign_ins import check_sign_ins
from .wanted import Wanted

_PERMISSION_BY_KIND = {
    "user": permissions.READ_USERS,
    "group": permissions.READ_GROUPS,
    "application": permissions.READ_APPLICATIONS,
    "service_principal": permissions.READ_APPLICATIONS,
    "role": permissions.READ_ROLES,
    "terms_of_use": permissions.READ_TERMS_OF_USE,
    "named_location": permissions.READ_POLICIES,
    "authentication_context": permissions.READ_AUTHENTICATION_CONTEXTS,
    "authentication_strength_policy": permissions.READ_AUTHENTICATION_STRENGTHS,
}


@dataclass(frozen=True)
class Step:
    """What is *wanted*, what it leads to, and what there is now: whether security defaults are on, and policies."""

    wanted: Wanted
    outcome: Outcome
    defaults_now: bool | None
    policies_now: tuple[CurrentPolicy, ...] = ()

    @property
    def planned(self) -> list[Enforceable]:
        """All policies of the tenant as they will be, those that v1.0 hides among them."""
        return [*(self.outcome.policies or ()), *self.outcome.preview.hidden]


def require_reading(session: Session, wanted: Wanted) -> None:
    """Raise GuardRefused that names every permission that reading for *wanted* lacks."""
    needed = [permissions.READ_POLICIES] if wanted.speaks_of_policies else []
    needed.extend([permissions.READ_SECURITY_DEFAULTS] if wanted.speaks_of_security_defaults else [])
    needed.extend(_lookup_permissions(wanted.mentions()))
    needed.extend(read_permissions(wanted.objects))
    needed.extend(settings.read_permissions(wanted.settings))
    needed.extend([permissions.READ_PER_USER_MFA, permissions.READ_USERS] if wanted.per_user_mfa else [])
    permissions.require_permissions(dict.fromkeys(needed), session.claims.permissions)


def require_names(session: Session, policies: t.Iterable[CurrentPolicy]) -> None:
    """Raise GuardRefused that names every permission that reading the names in *policies* lacks."""
    mentions = [mention for policy in policies for mention in references(policy.content)]
    permissions.require_permissions(_lookup_permissions(mentions), session.claims.permissions)


def _lookup_permissions(mentions: t.Iterable[NamedReference]) -> list[permissions.Requirement]:
    kinds = {mention.kind for mention in mentions if mention.kind != "role" or not is_built_in(mention.value)}
    return [_PERMISSION_BY_KIND[kind] for kind in sorted(kinds)]


def require_prerequisites(session: Session, step: Step) -> tuple[Json, ...]:
    """Everything that must hold before the first write; in check mode too, so that a plan says what blocks it.

    Returns the answer of each guard as JSON values. Raises the GuardRefused of the first that blocks, with the answers
    so far among its details.
    """
    return ask_guards({name: partial(guard, session, step) for name, guard in _GUARDS.items()})


def _check_permissions(session: Session, step: Step) -> None:
    permissions.require_permissions(_write_permissions(step), session.claims.permissions)


def _check_policy_limit(_session: Session, step: Step) -> None:
    check_policy_limit(step.outcome.policy_plans, step.planned)


def _check_mutual_exclusion(_session: Session, step: Step) -> None:
    wanted = step.wanted.security_defaults
    check_mutual_exclusion(step.outcome.policy_plans, step.planned, bool(step.defaults_now), wanted)


def _check_license(session: Session, step: Step) -> None:
    outcome = step.outcome
    tiers = {plan.name: tier for plan in outcome.policy_plans if (tier := needed_tier(plan)) != "free"}
    tiers.update({plan.name: "p1" for plan in outcome.object_plans if plan.is_changed and plan.content is not None})
    tiers.update({plan.name: tier for plan in outcome.settings.plans if (tier := settings.needed_tier(plan)) != "free"})
    if tiers:
        permissions.require_permissions([permissions.READ_LICENSE], session.claims.permissions)
        require_license(tiers, read_license(session))


def _check_lockout(session: Session, step: Step) -> tuple[Json, ...]:
    return check_lockout(session, step.wanted, step.outcome)


def _check_sign_ins(session: Session, step: Step) -> tuple[Json, ...]:
    return check_sign_ins(session, step.wanted, step.outcome)


def _check_lint(session: Session, step: Step) -> tuple[Json, ...]:
    return check_lint(session, step.wanted, step.outcome, Before(step.policies_now, step.defaults_now))


_GUARDS: t.Final[dict[str, t.Callable[[Session, Step], t.Sequence[Json] | None]]] = {
    "permissions": _check_permissions,
    "policy_limit": _check_policy_limit,
    "mutual_exclusion": _check_mutual_exclusion,
    "license": _check_license,
    "lockout": _check_lockout,
    SIGN_INS: _check_sign_ins,
    LINT: _check_lint,
}


def _write_permissions(step: Step) -> list[permissions.Requirement]:
    wanted, outcome = step.wanted, step.outcome
    switches = wanted.security_defaults is not None and wanted.security_defaults != step.defaults_now
    conditional: t.Sequence[tuple[bool, permissions.Requirement]] = (
        (True, permissions.READ_ORGANIZATION),
        (any(plan.is_changed for plan in outcome.policy_plans), permissions.WRITE_POLICIES),
        (switches, permissions.WRITE_SECURITY_DEFAULTS),
        (bool(outcome.new_groups), permissions.WRITE_GROUPS),
    )
    return [
        *(one for holds, one in conditional if holds),
        *write_permissions(outcome.object_plans),
        *settings.write_permissions(outcome.settings.all_plans),
    ]
