# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules for what a policy asks for before it lets someone in (facts section 2.6)."""

from __future__ import annotations

import typing as t

from .._reconcile.fault import Fault
from .canonical_policy import control_count
from .policy_view import PolicyView
from .rules_selectors import APPLICATIONS, USERS

CONTROLS = "grant_controls.built_in_controls"
_FREQUENCY = "session_controls.sign_in_frequency"
REGISTER_DEVICE = "urn:user:registerdevice"


def needs_a_control(view: PolicyView) -> t.Iterator[Fault]:
    """At least one grant or session control, and an operator where there are several (rule 4)."""
    if not view.grant and not view.session:
        yield Fault("grant_controls", "a policy needs a grant control or a session control", "Give at least one.")
    if view.grant and control_count(view.grant) > 1 and not view.grant.get("operator"):
        yield Fault("grant_controls.operator", "several controls need an operator", "Give AND or OR.")


def block_stands_alone(view: PolicyView) -> t.Iterator[Fault]:
    """block has no other grant control beside it (rule 15)."""
    if "block" in view.controls and control_count(view.grant) > 1:
        yield Fault(CONTROLS, "block cannot be combined with another grant control", "Remove the others.")


def mfa_or_strength(view: PolicyView) -> t.Iterator[Fault]:
    """mfa and an authentication strength exclude each other (rule 14)."""
    if "mfa" in view.controls and view.strength:
        yield Fault(
            "grant_controls",
            "mfa and an authentication strength exclude each other",
            "Keep one; set the other to null or leave it out of the list.",
        )


def retired_controls(view: PolicyView) -> t.Iterator[Fault]:
    """approvedApplication is retired (rule 16)."""
    if "approvedApplication" in view.controls:
        yield Fault(
            CONTROLS,
            "approvedApplication was retired by Microsoft and cannot be used in new or edited policies",
            "Use compliantApplication (require app protection policy).",
        )


def password_change(view: PolicyView) -> t.Iterator[Fault]:
    """What passwordChange goes with (rule 12).

    The reference asks for mfa and no strength. Published exports of 2024 and 2025 show that the service takes a
    strength in place of mfa, so a strength is not refused here.
    """
    if "passwordChange" not in view.controls:
        return
    proof = ["mfa"] if "mfa" in view.controls else ["strength"] if view.strength else []
    if not proof or control_count(view.grant) != 2:
        yield Fault(
            CONTROLS,
            "passwordChange goes together with mfa, or with an authentication strength, and nothing else",
            "Give built_in_controls: [mfa, passwordChange].",
        )
    elif view.grant.get("operator") != "AND":
        yield Fault("grant_controls.operator", "passwordChange needs the operator AND", "Give operator: AND.")
    if not view.conditions.get("userRiskLevels"):
        yield Fault("conditions.user_risk_levels", "passwordChange needs user risk levels", "Give them, e.g. [high].")
    yield from _applications_are_all(view, "passwordChange")
    yield from _no_other_condition(view, "passwordChange", allowed={"users", "applications", "userRiskLevels"})


def _applications_are_all(view: PolicyView, control: str) -> t.Iterator[Fault]:
    applications = view.applications
    if applications.get("includeApplications") != ["All"] or applications.get("excludeApplications"):
        yield Fault(
            APPLICATIONS,
            f"{control} needs all applications without exclusions",
            "Give include_applications: [All] and no exclude_applications.",
        )


def _no_other_condition(view: PolicyView, control: str, allowed: set[str]) -> t.Iterator[Fault]:
    names = {name for name, value in view.conditions.items() if value and name not in allowed}
    if view.conditions.get("clientAppTypes") == ["all"]:
        names.discard("clientAppTypes")
    if names:
        yield Fault(
            "conditions",
            f"{control} allows no condition but users, applications and user risk",
            f"Remove {', '.join(sorted(names))}.",
        )


def risk_remediation(view: PolicyView) -> t.Iterator[Fault]:
    """What riskRemediation goes with (rule 13)."""
    if "riskRemediation" not in view.controls:
        return
    asks_for_mfa = bool(view.strength) or "mfa" in view.controls
    if "passwordChange" in view.controls or not asks_for_mfa or view.grant.get("operator") != "AND":
        yield Fault(
            "grant_controls",
            "riskRemediation goes together with an authentication strength or mfa by AND, and not with passwordChange",
            "Give operator: AND, built_in_controls: [riskRemediation] and authentication_strength.",
        )
    if not view.is_every_time:
        yield Fault(_FREQUENCY, "riskRemediation needs signing in every time", "Give frequency_interval: everyTime.")
    if not view.conditions.get("userRiskLevels") or view.conditions.get("signInRiskLevels"):
        yield Fault(
            "conditions.user_risk_levels",
            "riskRemediation goes with user risk only",
            "Give user_risk_levels and no sign_in_risk_levels.",
        )
    if view.users.get("includeGuestsOrExternalUsers") or "GuestsOrExternalUsers" in view.users.get("includeUsers", []):
        yield Fault(USERS, "riskRemediation is not supported for guests", "Include members only.")


def device_registration(view: PolicyView) -> t.Iterator[Fault]:
    """What the user action of registering a device goes with (rule 22)."""
    if REGISTER_DEVICE not in (view.applications.get("includeUserActions") or []):
        return
    alone = bool(view.grant) and control_count(view.grant) == 1
    if not alone or not (view.controls == ["mfa"] or view.strength):
        yield Fault(
            CONTROLS,
            "registering a device can only require mfa or an authentication strength",
            "Give built_in_controls: [mfa] alone, or authentication_strength alone.",
        )
    if view.conditions.get("devices"):
        yield Fault("conditions.devices", "registering a device goes with no device filter", "Remove it.")
    if view.conditions.get("clientAppTypes") != ["all"]:
        yield Fault("conditions.client_app_types", "registering a device goes with all client apps", "Leave it out.")
