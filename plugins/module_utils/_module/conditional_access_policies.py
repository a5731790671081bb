# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of conditional_access_policies: a list of policies, read once and written in order."""

from __future__ import annotations

import typing as t
from dataclasses import replace

from .._graph.errors import OptionError
from .._policy.desired import DesiredPolicy, check_names_differ, desired_policy
from .._policy.options import content_from_options
from .._policy.policy_plan import CurrentPolicy
from .._policy.policy_shape import POLICY as POLICY_SHAPE
from .._policy.unmanaged import IGNORE, Unmanaged, check_list_is_not_empty
from .._policy.vocabulary import USER_KEYWORDS
from .._reconcile.canonical import known_spelling
from .._reconcile.content_check import check_content
from .._reconcile.list_edit import ADD
from .._reconcile.option_path import prefix_of
from .._reconcile.shape import Json, snake_case
from .._resources.conditional_access_policy import policy_result
from .._resources.outcome import Outcome
from .._resources.tenant import reconcile
from .._resources.wanted import Wanted
from .._rollout.given_rollout import with_rollouts
from .._rollout.promoting import promotion_of
from .._spec.argument_spec import ArgumentSpec
from .._spec.planned_check_options import PLANNED_CHECKS
from .._spec.policy_options import AROUND_THE_LIST, EMERGENCY_ACCESS, LANE, POLICIES
from .._spec.protocol import MakeSession, ModuleProtocol
from .._spec.snapshot_options import SNAPSHOT
from .keeping import keeping_of
from .outcome_result import outcome_result
from .planned_checks import check_results, with_checks

SPEC = (
    ArgumentSpec({"policies": {**POLICIES, "required": True}, **AROUND_THE_LIST})
    .merged(LANE)
    .merged(EMERGENCY_ACCESS)
    .merged(PLANNED_CHECKS)
    .merged(SNAPSHOT)
)


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """Bring all listed policies to what is wanted."""
    wanted = with_policies(lane(module.params), module.given, "")
    wanted = with_checks(wanted.with_emergency_access(module.given), module.given)
    outcome = reconcile(
        make_session(), wanted, check_mode=module.check_mode, keeping=keeping_of(module, "conditional_access_policies")
    )
    result = {
        **outcome_result(module, outcome),
        "conditional_access_policies": managed_results(outcome),
        **check_results(module.given, outcome),
    }
    if module.params["unmanaged"] != IGNORE:
        result["unmanaged_policies"] = [unmanaged_result(policy) for policy in outcome.unmanaged]
    return result


def with_policies(wanted: Wanted, given: t.Mapping[str, t.Any], option: str) -> Wanted:
    """*wanted* with the list of policies in *given*, and what goes for the others; *option* is the list's path.

    Raises OptionError.
    """
    prefix = prefix_of(option)
    items = given.get("policies") or ()
    policies = desired_policies(items, f"{prefix}policies", wanted.api_version)
    policies = with_rollouts(policies, items, given.get("rollout"), f"{prefix}rollout")
    unmanaged = Unmanaged(
        given.get("unmanaged") or IGNORE,
        tuple(given.get("protected_display_names") or ()),
        tuple(given.get("protected_display_name_prefixes") or ()),
    )
    check_list_is_not_empty(unmanaged, policies, f"{prefix}policies")
    every = edit_of_every_policy(given.get("every_policy"), f"{prefix}every_policy")
    promotion = promotion_of(given, prefix)
    return replace(wanted, policies=policies, unmanaged=unmanaged, every_policy=every, promotion=promotion)


def lane(params: t.Mapping[str, t.Any]) -> Wanted:
    """Nothing wanted yet, through the version of Graph and with the treatment of groups that *params* say."""
    groups = params.get("groups") or {}
    return Wanted(api_version=params["api_version"], creates_groups=groups.get("missing") == "create")


def edit_of_every_policy(option: t.Mapping[str, t.Any] | None, path: str) -> Json:
    """The option every_policy in Graph's names. Raises OptionError when it is anything but additions and removals."""
    edit = content_from_options(option or {})
    check_content(POLICY_SHAPE, edit, path)
    users = (edit.get("conditions") or {}).get("users") or {}
    whole = [snake_case(name) for name, value in users.items() if not isinstance(value, dict)]
    if whole:
        raise OptionError(
            f"{path}.conditions.users.{whole[0]}: only add and remove are possible for all policies at once.",
            remedy="A list that replaces those of all policies would drop exclusions.",
        )
    _refuse_keywords(users, path)
    return edit if users else {}


def _refuse_keywords(users: Json, path: str) -> None:
    """One word must not take everybody out of every policy."""
    for name, change in users.items():
        words = [one for one in change.get(ADD) or [] if known_spelling(one, USER_KEYWORDS) in USER_KEYWORDS]
        if words:
            raise OptionError(
                f"{path}.conditions.users.{snake_case(name)}.add: {', '.join(words)} would leave out whole kinds of "
                "users from every policy.",
                remedy="Name the users, groups or roles that are meant.",
            )


def desired_policies(
    items: t.Sequence[t.Mapping[str, t.Any]], option: str, api_version: str
) -> tuple[DesiredPolicy, ...]:
    """The wanted policies of a list option; *option* is its path. Raises OptionError."""
    policies = tuple(desired_policy(item, f"{option}[{index}]", api_version) for index, item in enumerate(items))
    check_names_differ(policies)
    return policies


def managed_results(outcome: Outcome) -> list[dict[str, t.Any]]:
    """The listed policies that are present, in the order they were listed."""
    found = [(plan, outcome.policy_of(plan)) for plan in outcome.listed_plans if not plan.desired.is_twin]
    return [{**policy_result(policy), "template": plan.desired.template} for plan, policy in found if policy]


def unmanaged_result(policy: CurrentPolicy) -> dict[str, t.Any]:
    """A policy that nothing speaks of, in short."""
    full = policy_result(policy)
    return {name: full[name] for name in ("id", "display_name", "policy_state", "microsoft_managed")}
