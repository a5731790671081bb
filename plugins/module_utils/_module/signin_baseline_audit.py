# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of signin_baseline_audit, whose body needs the inventory and so runs in the controller alone."""

from __future__ import annotations

import typing as t

from .._graph.errors import OptionError
from .._spec.argument_spec import ArgumentSpec
from .._spec.protocol import MakeSession, ModuleProtocol

SPEC = ArgumentSpec(
    {
        "hosts": {"type": "list", "elements": "str", "required": True},
        "at_once": {"type": "int", "default": 20},
    }
)


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """Refuse: as a module it has no inventory."""
    raise OptionError(
        "signin_baseline_audit runs in Ansible itself, and not as a module.",
        remedy="Run it in a playbook, with the collection m365.entra where Ansible finds its action plugins.",
    )
