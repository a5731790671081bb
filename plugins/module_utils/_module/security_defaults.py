# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of security_defaults: one switch."""

from __future__ import annotations

import typing as t

from .._resources.security_defaults import security_defaults_result
from .._resources.tenant import reconcile
from .._resources.wanted import Wanted
from .._spec.argument_spec import ArgumentSpec
from .._spec.protocol import MakeSession, ModuleProtocol
from .._spec.snapshot_options import SNAPSHOT
from .keeping import keeping_of
from .outcome_result import outcome_result

SPEC = ArgumentSpec({"is_enabled": {"type": "bool", "required": True}}).merged(SNAPSHOT)


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """Turn security defaults on or off."""
    wanted = Wanted(security_defaults=module.params["is_enabled"])
    outcome = reconcile(
        make_session(), wanted, check_mode=module.check_mode, keeping=keeping_of(module, "security_defaults")
    )
    return {
        **outcome_result(module, outcome),
        "security_defaults": security_defaults_result(bool(outcome.security_defaults)),
    }
