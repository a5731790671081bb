# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Carries a plan out and reads back what it has led to, kind by kind."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field, replace

from .._graph.errors import EntraError
from .._graph.session import Session
from .._policy.policy_plan import NOUN as POLICY
from .._policy.policy_plan import CurrentPolicy
from .._reconcile.action import Action, Expectation, Phase
from .._reconcile.apply import apply_plan
from .._reconcile.carry_out import Progress
from .._reconcile.object_plan import CurrentObject
from .._reconcile.verify import wait_until_met
from .._settings.portal_addresses import PortalAddresses
from .._settings.setting_plan import CurrentSetting
from .._snapshot.record import Keeping, recorded
from . import conditional_access_policy as policies
from . import group
from . import security_defaults as defaults
from .objects import RESOURCES
from .outcome import Outcome
from .settings import SETTINGS
from .settings_reader import SettingsReader
from .state_before import appeared, created_all_the_same, expectations_before, known_before
from .wanted import Wanted

# The service shows a change within seconds (facts section 0.4).
_LOOK_AGAIN_AFTER_SECONDS = 3.0


@dataclass
class _ReadBack:
    """What was read last, by kind."""

    session: Session
    api_version: str
    portal_addresses: PortalAddresses | None = None
    policies: tuple[CurrentPolicy, ...] | None = None
    security_defaults: bool | None = None
    objects: dict[str, tuple[CurrentObject, ...]] = field(default_factory=dict)
    settings: dict[str, tuple[CurrentSetting, ...]] = field(default_factory=dict)

    def unmet(self, expectations: t.Sequence[Expectation], created: t.Mapping[str, str]) -> list[str]:
        """Read every kind that *expectations* speak of, and say in words what does not hold."""
        by_resource: dict[str, list[Expectation]] = {}
        for one in expectations:
            by_resource.setdefault(one.resource, []).append(one)
        return [
            problem for noun, of_kind in by_resource.items() for problem in self._unmet_of_kind(noun, of_kind, created)
        ]

    def _unmet_of_kind(
        self, noun: str, expectations: t.Sequence[Expectation], created: t.Mapping[str, str]
    ) -> list[str]:
        if noun == POLICY:
            self.policies = tuple(policies.read_policies(self.session, self.api_version))
            return policies.unmet(expectations, self.policies, created)
        if noun == defaults.NOUN:
            self.security_defaults = defaults.read_is_enabled(self.session)
            state = "on" if self.security_defaults else "off"
            return [f"security defaults are {state}" for one in expectations if one.value != self.security_defaults]
        if noun == group.NOUN:
            return group.unmet(self.session, expectations, created)
        if noun in SETTINGS:
            return self._unmet_settings(noun, expectations, created)
        self.objects[noun] = tuple(RESOURCES[noun].read(self.session))
        return RESOURCES[noun].unmet(expectations, self.objects[noun], created)

    def _unmet_settings(
        self, noun: str, expectations: t.Sequence[Expectation], created: t.Mapping[str, str]
    ) -> list[str]:
        users = [one.object_id for one in expectations if one.object_id]
        reader = SettingsReader(self.session, self.api_version, self.portal_addresses, users)
        self.settings[noun] = SETTINGS[noun].read(reader)
        return SETTINGS[noun].unmet(expectations, self.settings[noun], created)


def _not_as_before(
    read_back: _ReadBack,
    outcome: Outcome,
    taken_back: t.Sequence[Action],
    unclear: Action | None,
    created: t.Mapping[str, str],
) -> list[str]:
    """What policies and security defaults show after they were put back and is not as before, in words.

    It is read a second time where the first does not show it yet.
    """
    before = expectations_before(taken_back, outcome.policy_plans)
    try:
        missing = read_back.unmet(before, created)
        if missing:
            read_back.session.sleep(_LOOK_AGAIN_AFTER_SECONDS)
            missing = read_back.unmet(before, created)
        if unclear is not None and unclear.resource == POLICY:
            if POLICY not in (one.resource for one in before):
                read_back.policies = tuple(policies.read_policies(read_back.session, read_back.api_version))
            missing.extend(created_all_the_same(unclear, read_back.policies or (), known_before(outcome)))
    except EntraError as error:
        # The failure that led here is the one to tell; that nobody could look belongs to it.
        return [f"it could not be read ({error.message})"]
    return missing


def carried_out(session: Session, outcome: Outcome, wanted: Wanted, keeping: Keeping | None = None) -> Outcome:
    """Carry out the plan of *outcome*, phase by phase, and return what the tenant shows afterwards.

    *keeping* says where a snapshot of what was there before is kept, if one is.

    Raises an EntraError when the service refuses, does not answer, or does not show what was written.
    """
    read_back = _ReadBack(session, wanted.api_version, wanted.portal_addresses)

    def verify(phase: Phase, created: t.Mapping[str, str]) -> None:
        wait_until_met(session, phase.expectations, lambda expectations: read_back.unmet(expectations, created))

    def look_back(taken_back: t.Sequence[Action], unclear: Action | None, created: t.Mapping[str, str]) -> list[str]:
        return _not_as_before(read_back, outcome, taken_back, unclear, created)

    progress = Progress()
    with recorded(session, outcome, wanted.api_version, keeping, progress) as record:
        apply_plan(session, outcome.plan, verify, progress, look_back)
    return replace(
        outcome,
        policies=outcome.policies if read_back.policies is None else read_back.policies,
        security_defaults=outcome.security_defaults
        if read_back.security_defaults is None
        else read_back.security_defaults,
        objects={**outcome.objects, **read_back.objects},
        settings_after={**outcome.settings_after, **read_back.settings},
        created=progress.created,
        appeared=appeared(outcome, read_back.policies or (), progress.created),
        snapshot=record.path,
        snapshot_problems=tuple(record.problems),
    )
