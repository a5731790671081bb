# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What may be wrong with what is wanted: a broken rule, where it is broken, and what to do."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._graph.errors import OptionError
from .option_path import prefix_of


@dataclass(frozen=True)
class Fault:
    """One broken rule: the option path it concerns, what the rule is, and what to do."""

    path: str
    rule: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}: {self.rule}. {self.remedy}"


def refuse_faults(faults: t.Sequence[Fault], option: str) -> None:
    """Raise one OptionError that names every fault; *option* leads each path."""
    if faults:
        prefix = prefix_of(option)
        raise OptionError(" ".join(f"{prefix}{fault}" for fault in faults))
