# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a module's body needs of whoever runs it, so that one body serves every door."""

from __future__ import annotations

import typing as t

from .._graph.session import Session

MakeSession = t.Callable[[], Session]


class ModuleProtocol(t.Protocol):
    """A running task."""

    @property
    def params(self) -> t.Mapping[str, t.Any]:
        """All options, validated, with defaults and nulls filled in."""

    @property
    def given(self) -> t.Mapping[str, t.Any]:
        """Only the options that were given, nulls included, at every depth."""

    @property
    def check_mode(self) -> bool:
        """Whether nothing may be written."""

    @property
    def diff(self) -> bool:
        """Whether a diff was asked for."""

    def warn(self, message: str) -> None:
        """Show a warning."""


Body = t.Callable[[ModuleProtocol, MakeSession], dict[str, t.Any]]
