# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is wanted of a tenant."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field, replace

from .._evaluation.wanted_tests import WantedTests
from .._graph.api_versions import V1
from .._linting.wanted_lint import WantedLint
from .._policy.desired import DesiredPolicy
from .._policy.references import NamedReference, references
from .._policy.unmanaged import Unmanaged
from .._reconcile.object_plan import DesiredObject
from .._reconcile.shape import Json
from .._rollout.promoting import Promotion
from .._settings.portal_addresses import PortalAddresses
from .._settings.setting_plan import DesiredSetting
from .per_user_mfa_setting import WantedPerUserMfa
from .settings import setting_mentions


@dataclass(frozen=True)
class Wanted:
    """What is wanted of a tenant.

    *policies* are None when policies are not spoken of; *security_defaults* is None to leave them alone.
    *emergency_users* and *emergency_groups* are names or ids, which join the exclusions of every wanted policy.
    *overridden_guards* are checks against a lockout that are not asked.
    *objects* are the wanted objects that policies refer to, by noun; *creates_groups*: a group that is named and
    missing is made. *unmanaged* says what becomes of policies that are not listed; *every_policy* is an edit, in
    Graph's names, of the exclusions of all policies of the tenant. Policies are read and written through *api_version*.
    *settings* are the wanted settings of the tenant by noun; those that only the portal holds are at
    *portal_addresses*. *per_user_mfa* says for whom that is to be turned off.
    With a *promotion* policies of a rollout are enforced where sign-ins allow it.
    What the plan leads to is held against *sign_in_tests* and *lint*.
    *looked_at* is what is only named in what is looked at, not changed: it must exist all the same.
    *whole_picture*: read also what is not needed for the plan, to be able to say what holds in the tenant.
    """

    policies: tuple[DesiredPolicy, ...] | None = None
    security_defaults: bool | None = None
    emergency_users: tuple[str, ...] = ()
    emergency_groups: tuple[str, ...] = ()
    overridden_guards: tuple[str, ...] = ()
    objects: t.Mapping[str, tuple[DesiredObject, ...]] = field(default_factory=dict)
    creates_groups: bool = False
    unmanaged: Unmanaged = field(default_factory=Unmanaged)
    every_policy: Json = field(default_factory=dict)
    api_version: str = V1
    settings: t.Mapping[str, tuple[DesiredSetting, ...]] = field(default_factory=dict)
    portal_addresses: PortalAddresses | None = None
    per_user_mfa: WantedPerUserMfa | None = None
    looked_at: tuple[NamedReference, ...] = ()
    promotion: Promotion | None = None
    sign_in_tests: WantedTests | None = None
    lint: WantedLint | None = None
    whole_picture: bool = False

    def with_emergency_access(self, given: t.Mapping[str, t.Any]) -> Wanted:
        """The same with what the options emergency_access (its *users* and *groups*) and override_guards say."""
        accounts = given.get("emergency_access") or {}
        return replace(
            self,
            emergency_users=tuple(accounts.get("users") or ()),
            emergency_groups=tuple(accounts.get("groups") or ()),
            overridden_guards=tuple(given.get("override_guards") or ()),
        )

    @property
    def speaks_of_policies(self) -> bool:
        """Whether policies must be read."""
        return self.policies is not None or self.per_user_mfa is not None or self.whole_picture

    @property
    def speaks_of_security_defaults(self) -> bool:
        """Whether security defaults must be read."""
        return self.security_defaults is not None or self.per_user_mfa is not None or self.whole_picture

    def emergency_mentions(self) -> list[NamedReference]:
        """The emergency access accounts, with their option paths."""
        return [
            NamedReference(kind, value, f"{option}[{index}]")
            for kind, option, values in (
                ("user", "emergency_access.users", self.emergency_users),
                ("group", "emergency_access.groups", self.emergency_groups),
            )
            for index, value in enumerate(values)
        ]

    def listed_mentions(self) -> list[NamedReference]:
        """Every object that a listed policy names, with its option path."""
        return [mention for one in self.policies or () if one.is_present for mention in one.mentions()]

    def policy_mentions(self) -> list[NamedReference]:
        """Every object that is named in what is wanted of policies, with its option path."""
        return [*self.listed_mentions(), *references(self.every_policy, "every_policy.")]

    def setting_mentions(self) -> list[NamedReference]:
        """Every group and user that is named in what is wanted of settings, with its option path."""
        per_user_mfa = self.per_user_mfa.mentions() if self.per_user_mfa else ()
        return [*setting_mentions(self.settings), *per_user_mfa, *self.looked_at]

    def mentions(self) -> list[NamedReference]:
        """Every object of the directory that is named anywhere, with its option path."""
        return [*self.policy_mentions(), *self.emergency_mentions(), *self.setting_mentions()]
