# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The way through the admin center for every setting of the MFA registration policy that is not proven."""

from __future__ import annotations

import typing as t
from enum import Enum

from .._reconcile.list_edit import ADD
from .._reconcile.shape import Json
from . import portal_links as pages
from .compliance import Answer
from .manual_steps import SAVE, step

_WAY = "ID Protection > Multifactor authentication registration policy"
_INSTEAD = (
    "The policy needs Microsoft Entra ID P2. Without it, enforce a Conditional Access policy that requires MFA of all "
    "users for all resources (Microsoft Entra ID P1), or turn on security defaults."
)
_DONE = (
    "The policy needs Microsoft Entra ID P2, so that there is nothing to set. Security defaults or a policy of "
    "Conditional Access make all users register."
)
_WINDOW = (
    "The admin center does not offer the days that users have to register; Microsoft documents 14. Only the portal "
    "lane can tell or change another number."
)


class Way(Enum):
    """Where a tenant goes: to the policy; without a licence for that to something else; or nowhere, with that done."""

    ADMIN_CENTER = ""
    SOMETHING_ELSE = _INSTEAD
    DONE_BY_SOMETHING_ELSE = _DONE


def steps(answers: t.Iterable[Answer], cloud: str, way: Way) -> list[Json]:
    """A step for each answer that is not true, in the order of the answers: ``{"option", "text", "link"}``.

    Without a licence, as *way* says, there is no page to go to.
    """
    return [_step(answer, cloud, way) for answer in answers if answer.compliant is not True]


def _step(answer: Answer, cloud: str, way: Way) -> Json:
    if way is not Way.ADMIN_CENTER:
        return step(answer.option, way.value, cloud, None)
    if answer.option == "registration_window_in_days":
        return step(answer.option, _WINDOW, cloud, None)
    return step(answer.option, _text(answer.option, answer.wanted), cloud, pages.MFA_REGISTRATION)


def _text(option: str, wanted: t.Any) -> str:
    if option == "is_enabled":
        return f"{_WAY}: set 'Policy enforcement' to {'Enabled' if wanted else 'Disabled'}. {SAVE}"
    if option == "include_all_users":
        choice = "All users" if wanted else "Select individuals and groups"
        return f"{_WAY} > Assignments > Users > Include: choose {choice!r}. {SAVE}"
    groups = wanted.get(ADD) or [] if isinstance(wanted, dict) else wanted
    names = ", ".join(repr(str(name)) for name in groups) or "nobody"
    if option == "include_groups":
        return f"{_WAY} > Assignments > Users > Include: choose 'Select individuals and groups', and {names}. {SAVE}"
    return f"{_WAY} > Assignments > Users > Exclude: choose {names}. {SAVE}"
