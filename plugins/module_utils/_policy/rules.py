# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules that the service enforces on a whole policy, checked before anything is sent (facts section 2.6).

Each rule is a function from a canonical policy to the faults it finds. Rules that are only recommendations, or whose
enforcement nobody could verify, are not here.
"""

from __future__ import annotations

import typing as t

from .._graph.errors import OptionError
from .._reconcile.shape import Json
from .canonical_policy import control_count
from .policy_view import Fault, PolicyView

_USER_SELECTORS = ("includeUsers", "includeGroups", "includeRoles", "includeGuestsOrExternalUsers")
_OFFICE_APPLICATIONS = frozenset(
    {"Office365", "00000002-0000-0ff1-ce00-000000000000", "00000003-0000-0ff1-ce00-000000000000"}
)
_REGISTER_DEVICE = "urn:user:registerdevice"
_HOURS = range(1, 24)
_DAYS = range(1, 366)


Rule = t.Callable[[PolicyView], t.Iterator[Fault]]

_APPLICATIONS = "conditions.applications"
_USERS = "conditions.users"
_CONTROLS = "grant_controls.built_in_controls"
_FREQUENCY = "session_controls.sign_in_frequency"


def needs_a_name(view: PolicyView) -> t.Iterator[Fault]:
    """A policy has a name of at most 256 characters."""
    name = view.policy["displayName"] or ""
    if not name:
        yield Fault("display_name", "a policy needs a name", "Give display_name.")
    elif len(name) > 256:
        yield Fault("display_name", "a name has at most 256 characters", "Shorten it.")


def needs_a_target(view: PolicyView) -> t.Iterator[Fault]:
    """Exactly one kind of application selector (rules 2 and 5)."""
    members = {
        "include_applications": view.applications.get("includeApplications"),
        "include_user_actions": view.applications.get("includeUserActions"),
        "include_authentication_context_class_references": view.applications.get(
            "includeAuthenticationContextClassReferences"
        ),
    }
    given = [name for name, value in members.items() if value]
    if not given:
        yield Fault(
            _APPLICATIONS,
            "a policy needs applications, a user action or an authentication context",
            "Give include_applications: [All], or [None] to begin with.",
        )
    elif len(given) > 1:
        yield Fault(_APPLICATIONS, f"{' and '.join(given)} exclude each other", "Make one policy for each.")


def needs_a_subject(view: PolicyView) -> t.Iterator[Fault]:
    """Users or workload identities (rules 3 and 26)."""
    if not view.workloads:
        if not any(view.users.get(name) for name in _USER_SELECTORS):
            yield Fault(
                _USERS,
                "a policy needs users, groups, roles or guests that it applies to",
                "Give include_users, include_groups, include_roles or include_guests_or_external_users.",
            )
        return
    if view.controls != ["block"]:
        yield Fault(_CONTROLS, "a policy for workload identities can only block", "Give built_in_controls: [block].")
    if view.session:
        yield Fault("session_controls", "a policy for workload identities has no session controls", "Remove them.")


def keywords_stand_alone(view: PolicyView) -> t.Iterator[Fault]:
    """All and None are not mixed with other values in one list (rule 6)."""
    lists = (
        (f"{_USERS}.include_users", view.users.get("includeUsers")),
        (f"{_APPLICATIONS}.include_applications", view.applications.get("includeApplications")),
    )
    for path, values in lists:
        alone = {"All", "None"} & set(values or [])
        if alone and len(values or []) > 1:
            yield Fault(
                path, f"{' and '.join(sorted(alone))} cannot stand beside other values", "Leave the others out."
            )


def needs_a_control(view: PolicyView) -> t.Iterator[Fault]:
    """At least one grant or session control, and an operator where there are several (rule 4)."""
    if not view.grant and not view.session:
        yield Fault("grant_controls", "a policy needs a grant control or a session control", "Give at least one.")
    if view.grant and control_count(view.grant) > 1 and not view.grant.get("operator"):
        yield Fault("grant_controls.operator", "several controls need an operator", "Give AND or OR.")


def block_stands_alone(view: PolicyView) -> t.Iterator[Fault]:
    """block has no other grant control beside it (rule 15)."""
    if "block" in view.controls and control_count(view.grant) > 1:
        yield Fault(_CONTROLS, "block cannot be combined with another grant control", "Remove the others.")


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
            _CONTROLS,
            "approvedApplication was retired by Microsoft and cannot be used in new or edited policies",
            "Use compliantApplication (require app protection policy).",
        )


def password_change(view: PolicyView) -> t.Iterator[Fault]:
    """What passwordChange goes with (rule 12)."""
    if "passwordChange" not in view.controls:
        return
    if set(view.controls) != {"mfa", "passwordChange"} or control_count(view.grant) != 2:
        yield Fault(
            _CONTROLS,
            "passwordChange goes together with mfa and nothing else",
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
            _APPLICATIONS,
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
    if view.controls != ["riskRemediation"] or not view.strength or view.grant.get("operator") != "AND":
        yield Fault(
            "grant_controls",
            "riskRemediation goes together with an authentication strength by AND",
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


def sign_in_frequency(view: PolicyView) -> t.Iterator[Fault]:
    """The interval of signInFrequency (rules 18 to 20)."""
    frequency = view.frequency
    if not frequency:
        return
    if view.is_every_time:
        if view.session.get("applicationEnforcedRestrictions") or view.session.get("disableResilienceDefaults"):
            yield Fault(
                _FREQUENCY,
                "everyTime goes with neither application_enforced_restrictions nor disable_resilience_defaults",
                "Make one policy for each.",
            )
        return
    allowed = _HOURS if frequency["type"] == "hours" else _DAYS
    if frequency["type"] is None or frequency["value"] is None:
        yield Fault(_FREQUENCY, "a time based frequency needs type and value", "Give type: hours and a value.")
    elif frequency["value"] not in allowed:
        yield Fault(
            f"{_FREQUENCY}.value",
            f"{frequency['type']} go from {allowed.start} to {allowed.stop - 1}",
            "Choose a value in that range.",
        )


def enforced_restrictions(view: PolicyView) -> t.Iterator[Fault]:
    """applicationEnforcedRestrictions works for Office 365, Exchange Online and SharePoint Online (rule 17)."""
    included = set(view.applications.get("includeApplications") or [])
    if view.session.get("applicationEnforcedRestrictions") and not included <= _OFFICE_APPLICATIONS:
        yield Fault(
            "session_controls.application_enforced_restrictions",
            "only Office 365, Exchange Online and SharePoint Online enforce restrictions",
            "Give include_applications: [Office365].",
        )


def device_registration(view: PolicyView) -> t.Iterator[Fault]:
    """What the user action of registering a device goes with (rule 22)."""
    if _REGISTER_DEVICE not in (view.applications.get("includeUserActions") or []):
        return
    alone = bool(view.grant) and control_count(view.grant) == 1
    if not alone or not (view.controls == ["mfa"] or view.strength):
        yield Fault(
            _CONTROLS,
            "registering a device can only require mfa or an authentication strength",
            "Give built_in_controls: [mfa] alone, or authentication_strength alone.",
        )
    if view.conditions.get("devices"):
        yield Fault("conditions.devices", "registering a device goes with no device filter", "Remove it.")
    if view.conditions.get("clientAppTypes") != ["all"]:
        yield Fault("conditions.client_app_types", "registering a device goes with all client apps", "Leave it out.")


def filters_have_rules(view: PolicyView) -> t.Iterator[Fault]:
    """A filter has a mode and a rule (rule 29)."""
    filters = (
        ("conditions.devices.device_filter", (view.conditions.get("devices") or {}).get("deviceFilter")),
        (f"{_APPLICATIONS}.application_filter", view.applications.get("applicationFilter")),
        ("conditions.client_applications.service_principal_filter", view.workloads.get("servicePrincipalFilter")),
    )
    for path, value in filters:
        if value and not (value["mode"] and value["rule"]):
            yield Fault(path, "a filter needs a mode and a rule", "Give both.")


def persistent_browser(view: PolicyView) -> t.Iterator[Fault]:
    """A persistent browser setting says always or never."""
    control = view.session.get("persistentBrowser")
    if control and not control["mode"]:
        yield Fault(
            "session_controls.persistent_browser.mode",
            "a persistent browser setting needs a mode",
            "Give always or never.",
        )


def placeholders_of_templates(view: PolicyView) -> t.Iterator[Fault]:
    """Microsoft's templates carry a text where an id belongs (rule 32)."""
    if any("current administrator" in value.lower() for value in view.users.get("excludeUsers") or []):
        yield Fault(
            f"{_USERS}.exclude_users",
            "the template's text about the current administrator is no user",
            "Put the emergency access accounts in its place.",
        )


RULES: tuple[Rule, ...] = (
    needs_a_name,
    needs_a_target,
    needs_a_subject,
    keywords_stand_alone,
    needs_a_control,
    block_stands_alone,
    mfa_or_strength,
    retired_controls,
    password_change,
    risk_remediation,
    sign_in_frequency,
    enforced_restrictions,
    device_registration,
    filters_have_rules,
    persistent_browser,
    placeholders_of_templates,
)


def faults_of(policy: Json) -> list[Fault]:
    """Every broken rule of a canonical policy."""
    view = PolicyView(policy)
    return [fault for rule in RULES for fault in rule(view)]


def check_rules(policy: Json, option: str) -> None:
    """Raise one OptionError that names every broken rule of a canonical policy; *option* leads each path."""
    faults = faults_of(policy)
    if faults:
        prefix = f"{option}." if option else ""
        raise OptionError(" ".join(f"{prefix}{fault}" for fault in faults))
