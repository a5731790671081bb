# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The part of a run that concerns settings: what there is, what is to happen, in which phases."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field, replace

from .._directory.directory import Directory
from .._graph.session import Session
from .._policy.policy_plan import CurrentPolicy
from .._reconcile.shape import Json
from .._settings.setting_plan import CurrentSetting, SettingPlan
from . import authentication_method_configuration, authentication_methods_policy
from .authentication_method_configuration import as_graph_shows
from .per_user_mfa_setting import NOUN as PER_USER_MFA
from .per_user_mfa_setting import PerUserMfaPlan, plan_per_user_mfa
from .settings import check_cloud_has, plan_settings, planned_settings, read_settings, setting_phases
from .settings_reader import CONFIGURATIONS, SettingsReader
from .tenant_plan import Around
from .wanted import Wanted


@dataclass(frozen=True)
class TenantSettings:
    """The settings that are spoken of: as they are, by noun, and what is to happen to them.

    *methods_policy* is the authentication methods policy as the service showed it, where it was read.
    """

    current: t.Mapping[str, tuple[CurrentSetting, ...]] = field(default_factory=dict)
    plans: tuple[SettingPlan, ...] = ()
    per_user_mfa: PerUserMfaPlan | None = None
    methods_policy: Json | None = None

    @property
    def planned_methods_policy(self) -> Json | None:
        """The authentication methods policy as Graph would show it after the run; None when it was not read."""
        if self.methods_policy is None:
            return None
        planned = self.planned
        policy = next(iter(planned.get(authentication_methods_policy.NOUN, ())), None)
        methods = planned.get(authentication_method_configuration.NOUN)
        return {
            **self.methods_policy,
            **(policy.content if policy else {}),
            **({CONFIGURATIONS: [as_graph_shows(one) for one in methods]} if methods is not None else {}),
        }

    @property
    def all_plans(self) -> tuple[SettingPlan, ...]:
        """The plans of all kinds."""
        return (*self.plans, *(self.per_user_mfa.plans if self.per_user_mfa else ()))

    @property
    def planned(self) -> dict[str, tuple[CurrentSetting, ...]]:
        """The settings as they will be, by noun."""
        return planned_settings(self.plans, self.current)

    def around(self, objects: Around, api_version: str) -> Around:
        """The phases around the policies: those of settings inside those of the *objects* that policies refer to."""
        phases = setting_phases(self.all_plans, api_version)
        return Around((*objects.before, *phases.before), (*phases.after, *objects.after))


def plan_tenant_settings(session: Session, wanted: Wanted, directory: Directory) -> TenantSettings:
    """Read the settings that are wanted and plan them; names in them must have been looked up."""
    if not wanted.settings:
        return TenantSettings()
    check_cloud_has(wanted.settings, session.cloud)
    users = [one.identifier for one in wanted.settings.get(PER_USER_MFA, ())]
    reader = SettingsReader(session, wanted.api_version, wanted.portal_addresses, users)
    current = read_settings(reader, [noun for noun, desired in wanted.settings.items() if desired])
    plans = plan_settings(wanted.settings, current, directory.identify)
    return TenantSettings(current, plans, methods_policy=reader.methods_policy_read)


def with_per_user_mfa(
    settings: TenantSettings,
    session: Session,
    wanted: Wanted,
    directory: Directory,
    tenant: tuple[t.Sequence[CurrentPolicy], bool],
) -> TenantSettings:
    """*settings* with per-user MFA, planned by what covers the users: *tenant* is the policies and defaults to be."""
    if wanted.per_user_mfa is None:
        return settings
    policies, security_defaults = tenant
    plan = plan_per_user_mfa(session, wanted.per_user_mfa, directory, policies, security_defaults=security_defaults)
    return replace(settings, per_user_mfa=plan)
