# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which wanted policies have a rollout: their own, that of their list, or both laid over each other."""

from __future__ import annotations

import typing as t
from dataclasses import replace

from .._graph.errors import OptionError
from .._policy.desired import DesiredPolicy
from .._reconcile.object_plan import at
from .rollout import Options, rollout_of
from .twins import twin_name

_WANTED_STATE = "enabled"


def with_rollouts(
    policies: t.Sequence[DesiredPolicy], items: t.Sequence[Options], default: Options | None, option: str
) -> tuple[DesiredPolicy, ...]:
    """*policies* with their rollouts; *items* are their options, *default* is what goes for the list.

    *option* is the path of *default*. Raises OptionError.
    """
    if default is not None:
        rollout_of(default, option)
    found = tuple(with_rollout(one, item, default, option) for one, item in zip(policies, items, strict=True))
    _refuse_names_of_twins(found)
    return found


def _refuse_names_of_twins(policies: t.Sequence[DesiredPolicy]) -> None:
    """A policy that is called like a twin would be taken for one by the first run that finds it."""
    owners = {twin_name(one.name): one.name for one in policies if one.rollout is not None and one.name}
    for policy in policies:
        if policy.name in owners:
            raise OptionError(
                f"{at(policy, 'display_name')}: {policy.name!r} is the name of the twin that the rollout of "
                f"{owners[policy.name]!r} makes and removes.",
                remedy="Give the policy another name.",
            )


def with_rollout(
    policy: DesiredPolicy, item: Options, default: Options | None = None, option: str = ""
) -> DesiredPolicy:
    """*policy* with its rollout, if it has one; *item* are its options, *default* stands at the path *option*.

    What goes for a list does so only for policies that are to be enforced. Raises OptionError.
    """
    own = item.get("rollout")
    if own is None and (default is None or not _is_to_be_enforced(policy)):
        return policy
    path = option if own is None else at(policy, "rollout")
    rollout = rollout_of({**(default or {}), **(own or {})}, path)
    if rollout is not None and policy.is_present and not _is_to_be_enforced(policy):
        raise OptionError(
            f"{path}: a rollout ends with an enforced policy, which this one is not to be.",
            remedy="Give policy_state: enabled, which is where the rollout leads, or leave rollout out.",
        )
    return replace(policy, rollout=rollout)


def _is_to_be_enforced(policy: DesiredPolicy) -> bool:
    return policy.is_present and policy.policy_state == _WANTED_STATE
