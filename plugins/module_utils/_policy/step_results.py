# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The three results that Step 1 promises, as far as they can be read; the rest is ``unknown`` with a reason."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._reconcile.shape import Json

YES, NO, UNKNOWN = "yes", "no", "unknown"
_REPORT = "registration report"
_PERSONS_WORD = "attestation"
_WHOM = {"all": "for all users", "selected": "for a selected group", "none": "for nobody"}


@dataclass(frozen=True)
class Registered:
    """Counts of the registration report, or why there are none.

    *total* users are in the report, of whom *mfa_capable* have registered for MFA with a method that policy allows,
    *password_reset_registered* for password reset, and *password_reset_capable* can reset their own password. With a
    *problem* the counts mean nothing.
    """

    total: int = 0
    mfa_capable: int = 0
    password_reset_registered: int = 0
    password_reset_capable: int = 0
    problem: str = ""


NOT_READ = Registered(problem="the registration report was not read")


def step_results(requirements: t.Sequence[Json], registered: Registered, password_reset: Json | None) -> list[Json]:
    """The three results, each with *holds*, *by* and *note*.

    *requirements* are what the policies answer, *password_reset* is the verdict on self-service password reset, if one
    was asked for (``lane``, ``settings``).
    """
    required = next(one for one in requirements if one["requirement"] == "mfa_for_all_users")
    return [
        {
            "result": "mfa_required",
            "statement": "Users are required to use MFA for sign-ins",
            "holds": required["holds"],
            "by": required["by"],
            "note": required["note"],
        },
        {
            "result": "mfa_registered",
            "statement": "Users have completed MFA registration and use MFA for all sign-ins",
            **_share(registered.mfa_capable, registered, "have registered for MFA"),
            "registered": _known(registered.mfa_capable, registered),
            "total": _known(registered.total, registered),
        },
        _password_reset(registered, password_reset),
    ]


def _password_reset(registered: Registered, verdict: Json | None) -> Json:
    share = _share(registered.password_reset_capable, registered, "can reset their own password")
    enabled_for, source = _enabled_for(verdict)
    notes = [share["note"], _told(enabled_for, source), _told_registered(registered)]
    return {
        "result": "sspr_available",
        "statement": "Users can reset their own passwords",
        **share,
        "note": "; ".join(note for note in notes if note),
        "enabled_for": enabled_for,
        "lane": verdict["lane"] if verdict else "",
        "registered": _known(registered.password_reset_registered, registered),
        "total": _known(registered.total, registered),
    }


def _enabled_for(verdict: Json | None) -> tuple[str, str]:
    """For whom password reset is enabled - all, selected, none or unknown - and what says so."""
    settings = verdict["settings"] if verdict else []
    answer = next((one for one in settings if one["option"] == "enablement_type"), None)
    if answer is None:
        return UNKNOWN, ""
    if answer["found"] in _WHOM:
        return answer["found"], answer["source"]
    if answer["compliant"] is True and answer["source"].startswith(_PERSONS_WORD):
        return answer["wanted"], answer["source"]
    return UNKNOWN, ""


def _told(enabled_for: str, source: str) -> str:
    return f"enabled {_WHOM[enabled_for]} ({source})" if enabled_for in _WHOM else ""


def _told_registered(registered: Registered) -> str:
    if registered.problem or not registered.total:
        return ""
    return f"{registered.password_reset_registered} of {registered.total} have registered for it"


def _known(count: int, registered: Registered) -> int | None:
    return None if registered.problem else count


def _share(count: int, registered: Registered, what: str) -> Json:
    """Whether all users do *what*: yes, no, or unknown with the reason."""
    if registered.problem or registered.total == 0:
        return {"holds": UNKNOWN, "by": [], "note": registered.problem or "the registration report holds no users"}
    holds = YES if count >= registered.total else NO
    return {"holds": holds, "by": [_REPORT], "note": f"{count} of {registered.total} users {what}"}
