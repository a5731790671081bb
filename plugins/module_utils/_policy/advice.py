# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is worth thinking over in a policy that the service accepts, or whose refusal nobody could verify.

These are facts section 2.6, rules 17, 21, 23, 24, 25 and 28, section 2.7, and policies that reach nobody. They are told
and never stop a run.
"""

from __future__ import annotations

import typing as t

from .._reconcile.fault import Fault
from .._reconcile.shape import Json, snake_case
from .canonical_policy import control_count
from .policy_view import PolicyView
from .rules_selectors import APPLICATIONS, GUEST_CONDITIONS, USER_SELECTORS, USERS
from .rules_sessions import RESTRICTING_APPLICATIONS, RESTRICTIONS
from .vocabulary import GUEST_OR_EXTERNAL_USER_TYPES, STATE_BY_OPTION

Advice = t.Callable[[PolicyView], t.Iterator[Fault]]

_REPORT_ONLY = STATE_BY_OPTION["report_only"]
_DESKTOPS = ("windows", "macOS", "linux")
_ASKING_FOR_A_CERTIFICATE = ("macOS", "iOS", "android")


def persistent_browser_for_some(view: PolicyView) -> t.Iterator[Fault]:
    """A persistent browser session spans all applications (rule 21)."""
    if view.session.get("persistentBrowser") and view.applications.get("includeApplications") != ["All"]:
        yield Fault(
            "session_controls.persistent_browser",
            "a persistent browser session takes effect only where the policy applies to all applications",
            "Give include_applications: [All].",
        )


def restrictions_for_others(view: PolicyView) -> t.Iterator[Fault]:
    """Applications that do not know the restrictions ignore them (rule 17)."""
    included = set(view.applications.get("includeApplications") or [])
    if view.session.get("applicationEnforcedRestrictions") and included - RESTRICTING_APPLICATIONS - {"None"}:
        yield Fault(
            RESTRICTIONS,
            "only Office 365, Exchange Online and SharePoint Online enforce restrictions; the other applications of "
            "the policy do not",
            "Give include_applications: [Office365], or protect the others by another policy.",
        )


def both_risks(view: PolicyView) -> t.Iterator[Fault]:
    """Both kinds of risk in one policy mean that both must be there (rule 24)."""
    if view.conditions.get("signInRiskLevels") and view.conditions.get("userRiskLevels"):
        yield Fault(
            "conditions",
            "with sign_in_risk_levels and user_risk_levels in one policy it applies only where both risks are there",
            "Make one policy for each, as Microsoft recommends.",
        )


def application_protection_on_desktops(view: PolicyView) -> t.Iterator[Fault]:
    """Application protection is made for mobile applications (rule 25)."""
    only_way = control_count(view.grant) == 1 or view.grant.get("operator") == "AND" if view.grant else False
    desktops = _platforms_of(view, _DESKTOPS)
    if "compliantApplication" in view.controls and only_way and desktops:
        yield Fault(
            "grant_controls.built_in_controls",
            f"few or no clients on {', '.join(desktops)} can meet compliantApplication, and there is no other way in",
            "Give platforms: include_platforms: [android, iOS], or another control with operator: OR.",
        )


def _platforms_of(view: PolicyView, names: t.Iterable[str]) -> list[str]:
    """Those of *names* that the policy applies to; without a condition on platforms these are all."""
    included = set(view.platforms.get("includePlatforms") or ["all"])
    excluded = set(view.platforms.get("excludePlatforms") or [])
    return [name for name in names if {name, "all"} & included and not {name, "all"} & excluded]


def guests_said_twice(view: PolicyView) -> t.Iterator[Fault]:
    """The keyword for all guests beside a condition on some of them; the service itself adds the one on all."""
    for name in GUEST_CONDITIONS:
        listed = name.replace("GuestsOrExternalUsers", "Users")
        if "GuestsOrExternalUsers" in (view.users.get(listed) or []) and _is_about_some(view.users.get(name)):
            yield Fault(
                f"{USERS}.{snake_case(name)}",
                f"GuestsOrExternalUsers in {snake_case(listed)} means all guests already",
                "Keep the one that is meant.",
            )


def _is_about_some(guests: Json | None) -> bool:
    if not guests:
        return False
    return guests["guestOrExternalUserTypes"] != list(GUEST_OR_EXTERNAL_USER_TYPES) or bool(guests["externalTenants"])


def reaches_nobody(view: PolicyView) -> t.Iterator[Fault]:
    """A policy that applies to no user or to no application protects nothing."""
    others = any(view.users.get(name) for name in USER_SELECTORS if name != "includeUsers")
    if view.users.get("includeUsers") == ["None"] and not others and not view.workloads and not view.is_for_agents:
        yield Fault(f"{USERS}.include_users", "None means that the policy applies to nobody", "Say whom it is for.")
    if "All" in (view.users.get("excludeUsers") or []):
        yield Fault(f"{USERS}.exclude_users", "All leaves nobody that the policy applies to", "Remove All.")
    if view.applications.get("includeApplications") == ["None"] and not view.applications.get("applicationFilter"):
        yield Fault(
            f"{APPLICATIONS}.include_applications",
            "None means that the policy applies to no application",
            "Say which applications it is for.",
        )


def user_actions_in_report_only(view: PolicyView) -> t.Iterator[Fault]:
    """User actions are not evaluated in report-only (rule 23)."""
    if view.applications.get("includeUserActions"):
        yield Fault(
            "policy_state",
            "report_only reports nothing for user actions",
            "Test it with a small group and policy_state: enabled.",
        )


def device_prompts_in_report_only(view: PolicyView) -> t.Iterator[Fault]:
    """On some platforms a device shows that it is compliant by a certificate, which people are asked to choose."""
    asking = _platforms_of(view, _ASKING_FOR_A_CERTIFICATE)
    if "compliantDevice" in view.controls and asking:
        yield Fault(
            "policy_state",
            f"compliantDevice can make people on {', '.join(asking)} choose a device certificate also in report_only, "
            "again and again until the device is compliant",
            "Give platforms: include_platforms: [all] and exclude_platforms: [macOS, iOS, android] while the policy is "
            "in report_only, or begin with a small group.",
        )


def access_evaluation_in_report_only(view: PolicyView) -> t.Iterator[Fault]:
    """Continuous access evaluation has no report-only (rule 28); a published policy of 2024 has it all the same."""
    if view.session.get("continuousAccessEvaluation"):
        yield Fault(
            "policy_state",
            "continuous_access_evaluation has no report_only, and the service may refuse the policy",
            "Give policy_state: disabled or enabled.",
        )


_ALWAYS: tuple[Advice, ...] = (
    persistent_browser_for_some,
    restrictions_for_others,
    both_risks,
    application_protection_on_desktops,
    guests_said_twice,
    reaches_nobody,
)
_IN_REPORT_ONLY: tuple[Advice, ...] = (
    user_actions_in_report_only,
    device_prompts_in_report_only,
    access_evaluation_in_report_only,
)


def advice_about(policy: Json, state: str = "") -> list[Fault]:
    """What is worth a warning about a canonical policy in *state* (Graph's word; empty when it does not matter)."""
    view = PolicyView(policy)
    given = (*_ALWAYS, *_IN_REPORT_ONLY) if state == _REPORT_ONLY else _ALWAYS
    return [fault for advice in given for fault in advice(view)]
