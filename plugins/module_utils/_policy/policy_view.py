# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A canonical policy with its often used corners at hand."""

from __future__ import annotations

from dataclasses import dataclass

from .._reconcile.shape import Json


@dataclass(frozen=True)
class PolicyView:
    """A canonical policy with its often used corners at hand; a corner that is null is an empty dict."""

    policy: Json

    @property
    def conditions(self) -> Json:
        """conditions"""
        return self.policy["conditions"] or {}

    @property
    def users(self) -> Json:
        """conditions.users"""
        return self.conditions.get("users") or {}

    @property
    def applications(self) -> Json:
        """conditions.applications"""
        return self.conditions.get("applications") or {}

    @property
    def workloads(self) -> Json:
        """conditions.clientApplications"""
        return self.conditions.get("clientApplications") or {}

    @property
    def is_for_agents(self) -> bool:
        """Whether the policy speaks of agent identities, which only the beta endpoint knows."""
        agents = ("includeAgentIdServicePrincipals", "agentIdServicePrincipalFilter")
        return any(self.workloads.get(name) for name in agents) or bool(self.conditions.get("agentIdRiskLevels"))

    @property
    def platforms(self) -> Json:
        """conditions.platforms"""
        return self.conditions.get("platforms") or {}

    @property
    def locations(self) -> Json:
        """conditions.locations"""
        return self.conditions.get("locations") or {}

    @property
    def grant(self) -> Json:
        """grantControls"""
        return self.policy["grantControls"] or {}

    @property
    def controls(self) -> list[str]:
        """grantControls.builtInControls"""
        return list(self.grant.get("builtInControls") or [])

    @property
    def strength(self) -> str | None:
        """The id of grantControls.authenticationStrength"""
        return self.grant.get("authenticationStrength")

    @property
    def session(self) -> Json:
        """sessionControls"""
        return self.policy["sessionControls"] or {}

    @property
    def frequency(self) -> Json:
        """sessionControls.signInFrequency"""
        return self.session.get("signInFrequency") or {}

    @property
    def is_every_time(self) -> bool:
        """Whether signing in is asked for every time."""
        return bool(self.frequency.get("frequencyInterval") == "everyTime")
