# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The bodies of authentication_method_configuration and of the module that reads these."""

from __future__ import annotations

import typing as t

from .._graph.api_versions import V1
from .._guard.permissions import require_permissions
from .._resources.authentication_method_configuration import NOUN, SETTING
from .._resources.setting_options import desired_method, method_result
from .._resources.settings_reader import SettingsReader
from .._resources.tenant import reconcile
from .._resources.wanted import Wanted
from .._spec.argument_spec import ArgumentSpec
from .._spec.protocol import MakeSession, ModuleProtocol
from .._spec.setting_options import API_VERSION, METHOD
from .._spec.snapshot_options import SNAPSHOT
from .keeping import keeping_of
from .outcome_result import outcome_result

SPEC = ArgumentSpec(METHOD).merged(API_VERSION).merged(SNAPSHOT)
INFO_SPEC = ArgumentSpec({"id": {"type": "str"}}).merged(API_VERSION)


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """Bring one method to what is wanted."""
    api_version = module.params.get("api_version", V1)
    desired = desired_method(module.given, "", api_version)
    wanted = Wanted(settings={NOUN: (desired,)}, api_version=api_version)
    outcome = reconcile(
        make_session(),
        wanted,
        check_mode=module.check_mode,
        keeping=keeping_of(module, "authentication_method_configuration"),
    )
    found = outcome.setting_of(outcome.settings.plans[0])
    return {**outcome_result(module, outcome), NOUN: method_result(found) if found else {}}


def run_info(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """All methods of the tenant, or the one that was asked for, in one request."""
    session = make_session()
    require_permissions(SETTING.read_permissions, session.claims.permissions)
    sought = str(module.params["id"] or "").lower()
    found = SETTING.read(SettingsReader(session, module.params.get("api_version", V1)))
    return {
        "changed": False,
        "authentication_method_configurations": [
            method_result(one) for one in found if not sought or sought in (one.identifier.lower(), one.name.lower())
        ],
    }
