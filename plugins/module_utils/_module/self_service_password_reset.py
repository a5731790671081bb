# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of self_service_password_reset: password reset for users, by evidence or through the portal."""

from __future__ import annotations

import typing as t

from .._graph.api_versions import V1
from .._resources.self_service_password_reset import NOUN
from .._resources.wanted import Wanted
from .._spec.argument_spec import ArgumentSpec
from .._spec.portal_options import PORTAL
from .._spec.protocol import MakeSession, ModuleProtocol
from .._spec.setting_options import PASSWORD_RESET
from .._spec.snapshot_options import SNAPSHOT
from .single_verdict import run_verdict

SPEC = ArgumentSpec(PASSWORD_RESET).merged(PORTAL).merged(SNAPSHOT)


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """Say whether the policy is as wanted, or in the lane portal bring it there."""
    return run_verdict(NOUN, Wanted(api_version=V1), module, make_session)
