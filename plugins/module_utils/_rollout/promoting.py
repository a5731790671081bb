# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options promote and promotion, made into one thing."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._graph.errors import OptionError

DEFAULT_MAXIMUM_SIGN_INS = 100_000
DEFAULT_MAXIMUM_USERS = 20


@dataclass(frozen=True)
class Promotion:
    """That policies are to be promoted, and how the sign-in log is read for that."""

    maximum_sign_ins: int = DEFAULT_MAXIMUM_SIGN_INS
    maximum_users: int = DEFAULT_MAXIMUM_USERS
    include_non_interactive: bool = False


def promotion_of(given: t.Mapping[str, t.Any], prefix: str) -> Promotion | None:
    """What the options promote and promotion say, None where nothing is to be promoted. Raises OptionError."""
    if not given.get("promote"):
        return None
    options = {name: value for name, value in (given.get("promotion") or {}).items() if value is not None}
    promotion = Promotion(**options)
    for name, value, least in (
        ("maximum_sign_ins", promotion.maximum_sign_ins, 1),
        ("maximum_users", promotion.maximum_users, 0),
    ):
        if value < least:
            raise OptionError(
                f"{prefix}promotion.{name}: {value} cannot be meant.", remedy=f"It must be {least} or more."
            )
    return promotion
