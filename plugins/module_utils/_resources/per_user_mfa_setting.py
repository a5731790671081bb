# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Turning off MFA that was switched on for single users, once policies require it of them (facts section 7.2).

An undo puts back the states of single users, which is planned like any other setting.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, replace

from .._directory.directory import Directory
from .._graph.api_versions import BETA
from .._graph.errors import EntraError
from .._graph.session import Session
from .._guard.permissions import READ_PER_USER_MFA, WRITE_PER_USER_MFA
from .._policy.policy_plan import CurrentPolicy
from .._reconcile.action import Action
from .._reconcile.references import NamedReference
from .._reconcile.shape import Choice, Part
from .._settings.setting_plan import CurrentSetting, DesiredSetting, SettingPlan
from .people import NamedPeople
from .per_user_mfa import DISABLED, STATES, path_of, read_states
from .per_user_mfa_coverage import Coverage
from .per_user_mfa_people import people_to_ask
from .setting import Existing, Setting, update_action
from .settings_reader import SettingsReader

NOUN = "per_user_mfa"
_STATE = "perUserMfaState"
PER_USER_MFA = Part("perUserMfa", (Choice(_STATE, values=STATES, default=DISABLED),))


@dataclass(frozen=True)
class WantedPerUserMfa:
    """Whose per-user MFA is to be turned off: *users* and *groups* by name or id, or all members when both are None.

    At most *maximum_users* are asked for their states. *option* is the option path that messages begin with.
    """

    users: tuple[str, ...] | None = None
    groups: tuple[str, ...] | None = None
    maximum_users: int = 1000
    option: str = ""

    def mentions(self) -> list[NamedReference]:
        """Whom it names, with option paths."""
        prefix = f"{self.option}." if self.option else ""
        return [
            NamedReference(kind, value, f"{prefix}{kind}s[{index}]")
            for kind, values in (("user", self.users), ("group", self.groups))
            for index, value in enumerate(values or ())
        ]


@dataclass(frozen=True)
class LeftAlone:
    """A user whose per-user MFA stays on, because nothing else would require it."""

    identifier: str
    user_principal_name: str
    state: str
    reason: str


@dataclass(frozen=True)
class PerUserMfaPlan:
    """What is turned off, and what stays; *not_asked* users were too many to be asked."""

    plans: tuple[SettingPlan, ...] = ()
    left_alone: tuple[LeftAlone, ...] = ()
    asked: int = 0
    not_asked: int = 0


def plan_per_user_mfa(
    session: Session,
    wanted: WantedPerUserMfa,
    directory: Directory,
    policies: t.Iterable[CurrentPolicy],
    *,
    security_defaults: bool,
) -> PerUserMfaPlan:
    """Ask users for their states, and plan to turn off what *policies*, as they will be, or defaults make needless."""
    people = people_to_ask(session, _named(wanted, directory), wanted.maximum_users)
    coverage = Coverage(session, policies, security_defaults=security_defaults)
    plans: list[SettingPlan] = []
    left_alone: list[LeftAlone] = []
    for user, state in read_states(session, people.names).items():
        if state == DISABLED:
            continue
        is_covered, reason = coverage.of(user)
        if is_covered:
            plans.append(_turn_off(user, people.names[user], state, wanted.option))
        else:
            left_alone.append(LeftAlone(user, people.names[user], state, reason))
    return PerUserMfaPlan(tuple(plans), tuple(left_alone), len(people.names), people.not_asked)


def _named(wanted: WantedPerUserMfa, directory: Directory) -> NamedPeople | None:
    if wanted.users is None and wanted.groups is None:
        return None
    users = dict.fromkeys(directory.identify("user", one) for one in wanted.users or ())
    groups = dict.fromkeys(directory.identify("group", one) for one in wanted.groups or ())
    return NamedPeople(tuple(directory.object_of("user", user) for user in users), tuple(groups))


def _turn_off(user: str, name: str, state: str, option: str) -> SettingPlan:
    desired = DesiredSetting(option, {_STATE: DISABLED}, user)
    return SettingPlan(NOUN, name, desired, PER_USER_MFA, _current(user, name, state), {_STATE: DISABLED})


def _current(user: str, name: str, state: str) -> CurrentSetting:
    return CurrentSetting(user, name, {_STATE: state}, {_STATE: state}, PER_USER_MFA)


def _read(reader: SettingsReader) -> tuple[CurrentSetting, ...]:
    states = read_states(reader.session, reader.users)
    return tuple(_current(user, user, state) for user, state in states.items())


def _plan(_setting: Setting, desired: DesiredSetting, existing: Existing) -> SettingPlan:
    current = next((one for one in existing if one.identifier == desired.identifier), None)
    if current is None:
        raise EntraError(
            f"{desired.option}: there is no user {desired.identifier} any more.", remedy="Leave the user out."
        )
    return SettingPlan(NOUN, current.name, desired, PER_USER_MFA, current, dict(desired.content))


def _is_turned_on(plan: SettingPlan) -> bool:
    return plan.content is not None and plan.content[_STATE] != DISABLED


def _action(setting: Setting, plan: SettingPlan, _api_version: str) -> Action:
    identifier = plan.desired.identifier
    action = update_action(setting, plan, path_of(identifier), (plan.content or {}, plan.before), BETA)
    # A user may be gone by now; that is no reason to leave the others as they are.
    return replace(action, is_independent=True)


SETTING = Setting(
    noun=NOUN,
    label="per-user MFA of",
    options=PER_USER_MFA,
    read=_read,
    plan=_plan,
    action=_action,
    read_permissions=(READ_PER_USER_MFA,),
    write_permissions=(WRITE_PER_USER_MFA,),
    opens=_is_turned_on,
)
