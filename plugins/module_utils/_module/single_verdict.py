# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One of the two policies without a supported interface, in a task of its own."""

from __future__ import annotations

import typing as t

from .._resources.tenant import reconcile
from .._resources.wanted import Wanted
from .._settings.portal_addresses import portal_addresses
from .._spec.protocol import MakeSession, ModuleProtocol
from .keeping import keeping_of
from .outcome_result import outcome_result
from .setting_warnings import portal_warning
from .verdicts import Known, require_verdicts, today, verdict_result, wanted_verdict, with_verdict


def run_verdict(noun: str, wanted: Wanted, module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """The verdict on the policy *noun*, after it was brought there in the lane portal."""
    verdict = wanted_verdict(noun, module.given, "", wanted.api_version, today())
    if verdict.is_by_portal:
        module.warn(portal_warning(verdict.setting.label))
    wanted = with_verdict(wanted, verdict, portal_addresses(module.params["portal"]))
    session = make_session()
    outcome = reconcile(session, wanted, check_mode=module.check_mode, keeping=keeping_of(module, noun))
    found = verdict_result(session, outcome, verdict, Known(), check_mode=module.check_mode)
    return require_verdicts({noun: (verdict, found)}, {**outcome_result(module, outcome), noun: found})
