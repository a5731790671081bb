# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules for what a policy does to the session of someone it lets in (facts section 2.6, rules 17 to 20)."""

from __future__ import annotations

import typing as t

from .._reconcile.canonical import is_guid
from .._reconcile.fault import Fault
from .policy_view import PolicyView
from .vocabulary import APPLICATION_KEYWORDS

FREQUENCY = "session_controls.sign_in_frequency"
RESTRICTIONS = "session_controls.application_enforced_restrictions"

# Office 365, Exchange Online and SharePoint Online.
RESTRICTING_APPLICATIONS = frozenset(
    {"Office365", "00000002-0000-0ff1-ce00-000000000000", "00000003-0000-0ff1-ce00-000000000000"}
)
_HOURS = range(1, 24)
_DAYS = range(1, 366)


def sign_in_frequency(view: PolicyView) -> t.Iterator[Fault]:
    """The interval of signInFrequency (rules 18 to 20)."""
    frequency = view.frequency
    if not frequency:
        return
    if view.is_every_time:
        if view.session.get("applicationEnforcedRestrictions") or view.session.get("disableResilienceDefaults"):
            yield Fault(
                FREQUENCY,
                "everyTime goes with neither application_enforced_restrictions nor disable_resilience_defaults",
                "Make one policy for each.",
            )
        return
    allowed = _HOURS if frequency["type"] == "hours" else _DAYS
    if frequency["type"] is None or frequency["value"] is None:
        yield Fault(FREQUENCY, "a time based frequency needs type and value", "Give type: hours and a value.")
    elif frequency["value"] not in allowed:
        yield Fault(
            f"{FREQUENCY}.value",
            f"{frequency['type']} go from {allowed.start} to {allowed.stop - 1}",
            "Choose a value in that range.",
        )


def enforced_restrictions(view: PolicyView) -> t.Iterator[Fault]:
    """applicationEnforcedRestrictions needs an application that can enforce them (rule 17).

    All counts: a policy of 2026 with All and these restrictions was published as the service gave it out.
    """
    included = set(view.applications.get("includeApplications") or []) - {"None"}
    # A name that is still to be resolved may be a suitable one.
    suitable = RESTRICTING_APPLICATIONS | {"All"} | {one for one in included if not _is_resolved(one)}
    if view.session.get("applicationEnforcedRestrictions") and included and not included & suitable:
        yield Fault(
            RESTRICTIONS,
            "only Office 365, Exchange Online and SharePoint Online enforce restrictions",
            "Give include_applications: [Office365].",
        )


def _is_resolved(application: str) -> bool:
    return is_guid(application) or application in APPLICATION_KEYWORDS


def persistent_browser(view: PolicyView) -> t.Iterator[Fault]:
    """A persistent browser setting says always or never."""
    control = view.session.get("persistentBrowser")
    if control and not control["mode"]:
        yield Fault(
            "session_controls.persistent_browser.mode",
            "a persistent browser setting needs a mode",
            "Give always or never.",
        )
