# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of per_user_mfa: turns off the MFA of single users where policies require it of them anyway."""

from __future__ import annotations

import typing as t

from .._graph.errors import OptionError
from .._reconcile.option_path import path_of
from .._resources.outcome import Outcome
from .._resources.per_user_mfa_setting import PerUserMfaPlan, WantedPerUserMfa
from .._resources.tenant import reconcile
from .._resources.wanted import Wanted
from .._spec.argument_spec import ArgumentSpec
from .._spec.protocol import MakeSession, ModuleProtocol
from .._spec.setting_options import PER_USER_MFA
from .._spec.snapshot_options import SNAPSHOT
from .keeping import keeping_of
from .outcome_result import outcome_result

SPEC = ArgumentSpec(PER_USER_MFA).merged(SNAPSHOT)
_DEFAULT_MAXIMUM = 1000


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """Turn off what is covered, and say what is not."""
    wanted = Wanted(per_user_mfa=wanted_per_user_mfa(module.given, ""))
    outcome = reconcile(
        make_session(), wanted, check_mode=module.check_mode, keeping=keeping_of(module, "per_user_mfa")
    )
    return {**outcome_result(module, outcome), "per_user_mfa": per_user_mfa_result(outcome)}


def wanted_per_user_mfa(given: t.Mapping[str, t.Any], option: str) -> WantedPerUserMfa:
    """Whose MFA the given options mean; *option* is their path. Raises OptionError."""
    maximum = given.get("maximum_users") or _DEFAULT_MAXIMUM
    if given.get("maximum_users") is not None and given["maximum_users"] < 1:
        raise OptionError(
            f"{path_of(option, 'maximum_users')}: at least one user must be asked.", remedy="Give a positive number."
        )
    return WantedPerUserMfa(_named(given.get("users")), _named(given.get("groups")), maximum, option)


def _named(names: t.Sequence[str] | None) -> tuple[str, ...] | None:
    return None if names is None else tuple(names)


def per_user_mfa_result(outcome: Outcome) -> dict[str, t.Any]:
    """What was, or would be, turned off, and what was left alone and why."""
    plan = outcome.settings.per_user_mfa or PerUserMfaPlan()
    return {
        "turned_off": [
            {"id": one.desired.identifier, "user_principal_name": one.name, "per_user_mfa_state": state}
            for one in plan.plans
            for state in one.before.values()
        ],
        "left_alone": [
            {
                "id": one.identifier,
                "user_principal_name": one.user_principal_name,
                "per_user_mfa_state": one.state,
                "reason": one.reason,
            }
            for one in plan.left_alone
        ],
        "asked": plan.asked,
        "not_asked": plan.not_asked,
    }
