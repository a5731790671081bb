# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The portal's object for self-service password reset: its members, its form, its rules (facts section 6.2).

Nobody but the portal is meant to know this object. Its members are held against what was recorded of them, and what was
not recorded is handed back as it came.
"""

from __future__ import annotations

import typing as t

from .._graph.errors import OptionError
from .._reconcile.canonical import canonical
from .._reconcile.option_path import path_of
from .._reconcile.shape import Choice, Flag, Json, Number, Part, Reference, Text, snake_case
from .._reconcile.targets import NOBODY
from .recorded_object import Member

GROUP = "passwordResetEnabledGroup"
_GROUP_IDS = "passwordResetEnabledGroupIds"
_GROUP_NAME = "passwordResetEnabledGroupName"
# The portal's own spelling of the interval.
_INTERVAL = "registrationReconfirmIntervalInDays"
_INTERVAL_ON_THE_WIRE = "registrationReconfirmIntevalInDays"
SELECTED = "selected"
_ENABLEMENT = ("none", SELECTED, "all")
_METHODS = (
    "emailOptionEnabled",
    "mobilePhoneOptionEnabled",
    "officePhoneOptionEnabled",
    "securityQuestionsOptionEnabled",
    "mobileAppNotificationEnabled",
    "mobileAppCodeEnabled",
)
_SWITCHES = (
    *_METHODS,
    "registrationRequiredOnSignIn",
    "notifyUsersOnPasswordReset",
    "notifyOnAdminPasswordReset",
    "customizeHelpdeskLink",
)
_RANGES = {
    "numberOfAuthenticationMethodsRequired": range(1, 3),
    "numberOfQuestionsToRegister": range(3, 6),
    "numberOfQuestionsToReset": range(3, 6),
    _INTERVAL: range(0, 731),
}

SELF_SERVICE_PASSWORD_RESET = Part(
    "selfServicePasswordReset",
    (
        Choice("enablementType", values=_ENABLEMENT),
        Reference(GROUP, kind="group"),
        Number("numberOfAuthenticationMethodsRequired"),
        *(Flag(name, nullable=False) for name in _METHODS),
        Number("numberOfQuestionsToRegister"),
        Number("numberOfQuestionsToReset"),
        Flag("registrationRequiredOnSignIn", nullable=False),
        Number(_INTERVAL),
        Flag("notifyUsersOnPasswordReset", nullable=False),
        Flag("notifyOnAdminPasswordReset", nullable=False),
        Flag("customizeHelpdeskLink", nullable=False),
        Text("customHelpdeskEmailOrUrl"),
    ),
)


def _on_the_wire(name: str) -> str:
    return _INTERVAL_ON_THE_WIRE if name == _INTERVAL else name


RECORDED: tuple[Member, ...] = (
    Member("objectId", (str,), ("default",)),
    Member("enablementType", (int,), tuple(range(len(_ENABLEMENT)))),
    *(Member(name, (bool,)) for name in _SWITCHES),
    *(Member(_on_the_wire(name), (int,)) for name in _RANGES),
    Member("customHelpdeskEmailOrUrl", (str, type(None))),
    Member(_GROUP_IDS, (list, type(None)), holds_ids=True),
)


def from_the_wire(raw: Json) -> Json:
    """The canonical content of the portal's object, which was held against RECORDED before."""
    groups = [str(one) for one in raw[_GROUP_IDS] or [] if str(one) != NOBODY]
    content = {
        **raw,
        "enablementType": _ENABLEMENT[raw["enablementType"]],
        GROUP: groups[0] if groups else None,  # only one is effective
        _INTERVAL: raw[_INTERVAL_ON_THE_WIRE],
    }
    return canonical(SELF_SERVICE_PASSWORD_RESET, content)


def to_the_wire(raw: Json, before: Json, after: Json) -> Json:
    """The portal's object with what differs between *before* and *after* put in, and all else as it came."""
    changed = {name: value for name, value in after.items() if value != before.get(name)}
    body = dict(raw)
    for name, value in changed.items():
        body.update(_members(name, value))
    return body


def _members(name: str, value: t.Any) -> Json:
    if name == "enablementType":
        return {name: _ENABLEMENT.index(value)}
    if name == GROUP:
        # The id counts; the name is what the portal looks up for display.
        return {_GROUP_IDS: [value] if value else [], _GROUP_NAME: ""}
    return {_on_the_wire(name): "" if value is None else value}


def check_given_password_reset(given: Json, option: str) -> None:
    """Hold what was given against the ranges that the portal accepts. Raises one OptionError for all faults."""
    _refuse(list(_range_faults(given)), option)


def check_password_reset(content: Json, option: str) -> None:
    """Hold a wanted whole content against the portal's rules; *option* leads the paths in messages.

    Ranges were looked at where something was given: what the portal itself holds is its own affair. Raises one
    OptionError that names every fault.
    """
    _refuse(list(_sense_faults(content)), option)


def _refuse(faults: t.Sequence[tuple[str, str]], option: str) -> None:
    if faults:
        raise OptionError("; ".join(f"{path_of(option, path)} {fault}" for path, fault in faults) + ".")


def _range_faults(content: Json) -> t.Iterator[tuple[str, str]]:
    for name, allowed in _RANGES.items():
        value = content.get(name)
        if value is not None and value not in allowed:
            yield snake_case(name), f"must be between {allowed.start} and {allowed.stop - 1}"


def _sense_faults(content: Json) -> t.Iterator[tuple[str, str]]:
    if content["enablementType"] == SELECTED and not content[GROUP]:
        yield "password_reset_enabled_group", "is needed with enablement_type: selected"
    needed = content["numberOfAuthenticationMethodsRequired"] or 0
    if content["enablementType"] != "none" and sum(content[name] for name in _METHODS) < needed:
        yield "number_of_authentication_methods_required", "is more than the methods that are enabled"
    register, reset = content["numberOfQuestionsToRegister"], content["numberOfQuestionsToReset"]
    if register is not None and reset is not None and reset > register:
        yield "number_of_questions_to_reset", "must not be more than number_of_questions_to_register"
    if content["customizeHelpdeskLink"] and not content["customHelpdeskEmailOrUrl"]:
        yield "custom_helpdesk_email_or_url", "is needed with customize_helpdesk_link: true"
