# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The portal's object for the MFA registration policy, as far as it was recorded (facts section 5.1).

The names of its members stand in the record without their exact spelling, so that they are found without case.
"""

from __future__ import annotations

import typing as t

from .._graph.errors import GuardRefused, OptionError
from .._reconcile.canonical import canonical
from .._reconcile.option_path import path_of
from .._reconcile.shape import Flag, Json, Number, Part, References
from .recorded_object import Member, require_recorded_form

LABEL = "MFA registration policy"
_WINDOWS = range(0, 91)

MFA_REGISTRATION_POLICY = Part(
    "mfaRegistrationPolicy",
    (
        Flag("isEnabled", nullable=False),
        Flag("includeAllUsers", nullable=False),
        References("includeGroups", kind="group"),
        References("excludeGroups", kind="group"),
        Number("registrationWindowInDays"),
    ),
)

RECORDED: tuple[Member, ...] = (
    Member("objectid", (str,)),
    Member("isenabled", (bool,)),
    Member("includeallusers", (bool,)),
    Member("includegroups", (list,), holds_ids=True),
    Member("excludegroups", (list,), holds_ids=True),
    Member("registrationwindowindays", (int,)),
    Member("securitydefaults", (dict,)),
)


def require_mfa_registration_policy(raw: Json) -> None:
    """Raise GuardRefused when the portal's object does not look as it was recorded."""
    for member in RECORDED:
        spellings = [name for name in raw if name.lower() == member.name]
        if len(spellings) > 1:
            raise GuardRefused(
                f"The portal's object for the {LABEL} does not look as it is known to: "
                f"{' and '.join(spellings)} differ by case only.",
                remedy="Use lane: evidence and change the policy in the portal by hand. Nothing was written to it.",
            )
    require_recorded_form({name.lower(): value for name, value in raw.items()}, RECORDED, f"the {LABEL}")


def from_the_wire(raw: Json) -> Json:
    """The canonical content of the portal's object, which was held against what is recorded before."""
    return canonical(MFA_REGISTRATION_POLICY, {field.name: raw[_spelling(raw, field.name)] for field in _FIELDS})


def to_the_wire(raw: Json, before: Json, after: Json) -> Json:
    """The portal's object with what differs between *before* and *after* put in, and all else as it came."""
    changed = {name: value for name, value in after.items() if value != before.get(name)}
    return {**raw, **{_spelling(raw, name): value for name, value in changed.items()}}


def _spelling(raw: Json, name: str) -> str:
    return next(member for member in raw if member.lower() == name.lower())


_FIELDS: t.Final = MFA_REGISTRATION_POLICY.fields


def check_given_mfa_registration(given: Json, option: str) -> None:
    """Hold what was given against what is known of the policy. Raises OptionError."""
    window = given.get("registrationWindowInDays")
    if window is not None and window not in _WINDOWS:
        raise OptionError(
            f"{path_of(option, 'registration_window_in_days')} must be between {_WINDOWS.start} and "
            f"{_WINDOWS.stop - 1}."
        )


def check_mfa_registration(content: Json, option: str) -> None:
    """Hold a wanted whole content against what is known of the policy; *option* leads the paths in messages.

    Raises OptionError.
    """
    if content["isEnabled"] and not content["includeAllUsers"] and not content["includeGroups"]:
        raise OptionError(
            f"{path_of(option, 'include_groups')} is needed where the policy is on and not for all users."
        )
