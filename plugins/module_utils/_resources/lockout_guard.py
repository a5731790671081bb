# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Holds the plan of a tenant against the checks that nobody is locked out, all of them at once."""

from __future__ import annotations

from dataclasses import replace

from .._evaluation.evaluated_policy import EvaluatedPolicy
from .._evaluation.matching_places import Locations
from .._evaluation.planned import planned_locations
from .._graph.errors import GuardRefused
from .._graph.session import Session
from .._guard.lockout import CHECKS, EmergencyGroup, Enforcing, lockout_problems
from .._guard.lockout_people import Account, account_of
from .._guard.lockout_reach import could_stop
from .._reconcile.shape import Json
from .guard_answer import ALLOWED, BLOCKED, OVERRIDDEN, guard_answer
from .named_location import NAMED_LOCATION, changes_a_place
from .outcome import Outcome
from .planned_in_full import planned_in_full, planned_places
from .wanted import Wanted


def check_lockout(session: Session, wanted: Wanted, outcome: Outcome) -> tuple[Json, ...]:
    """The answer of every check, as JSON values.

    Raises GuardRefused that names everything that is wrong, with the answers among its details. A plan that enforces
    nothing passes without a request.
    """
    overridden = frozenset(wanted.overridden_guards)
    problems: dict[str, list[str]] = {name: [] for name in CHECKS}
    if any(plan.begins_to_enforce for plan in outcome.policy_plans) or _changes_places_of_enforced(outcome):
        problems = lockout_problems(session, _enforcing(session, wanted, outcome))
    answers = tuple(_answer(name, found, overridden) for name, found in problems.items())
    failed = [name for name, found in problems.items() if found]
    if not failed:
        return answers
    raise GuardRefused(
        "Somebody could be locked out: " + "; ".join(problem for name in failed for problem in problems[name]) + ".",
        remedy="Make emergency_access accounts usable, and leave them out of these policies "
        "(every_policy.conditions.users.exclude_users.add does so for all policies of the tenant). Who knows another "
        f"way in says override_guards: [{', '.join(failed)}]. Nothing was written.",
        details={"guards": list(answers)},
    )


def _changes_places_of_enforced(outcome: Outcome) -> bool:
    """Whether a named location changes while an enforced policy that could stop somebody asks for places."""
    if not changes_a_place(outcome.object_plans):
        return False
    return any(could_stop(policy) and policy.view.locations for policy in planned_in_full(outcome))


def _answer(name: str, problems: list[str], overridden: frozenset[str]) -> Json:
    if problems:
        return guard_answer(name, BLOCKED, "; ".join(problems) + ".")
    if name in overridden:
        return guard_answer(name, OVERRIDDEN, "override_guards names it: it was not asked.")
    return guard_answer(name, ALLOWED)


def _enforcing(session: Session, wanted: Wanted, outcome: Outcome) -> Enforcing:
    directory = outcome.directory
    accounts, groups = [], []
    for mention in wanted.emergency_mentions():
        identifier = directory.identify(mention.kind, mention.value)
        if mention.kind == "user":
            accounts.append(_account(directory.object_of("user", identifier), identifier, mention.path))
        else:
            name = directory.name_of("group", identifier) or identifier
            groups.append(EmergencyGroup(identifier, name, mention.path))
    planned = planned_in_full(outcome)
    overridden = frozenset(wanted.overridden_guards)
    locations = _locations(session, outcome, planned)
    return Enforcing(outcome.policy_plans, planned, accounts, groups, overridden, locations)


def _locations(session: Session, outcome: Outcome, planned: list[EvaluatedPolicy]) -> Locations:
    """The named locations as they will be; they are read only where a policy that could stop somebody names places."""
    if not any(could_stop(policy) and policy.view.locations for policy in planned):
        return Locations()
    known = planned_places(outcome)
    return Locations(planned_locations(NAMED_LOCATION.read(session), ()) if known is None else known)


def _account(user: Json, identifier: str, option: str) -> Account:
    return replace(account_of(user, option), identifier=identifier)
