# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The bodies of the modules for settings of which a tenant has one."""

from __future__ import annotations

import typing as t

from .._graph.api_versions import V1
from .._guard.permissions import require_permissions
from .._resources.setting import Setting
from .._resources.setting_options import desired_setting, setting_result
from .._resources.settings_reader import SettingsReader
from .._resources.tenant import reconcile
from .._resources.wanted import Wanted
from .._spec.protocol import Body, MakeSession, ModuleProtocol
from .keeping import keeping_of
from .outcome_result import outcome_result


def body_of(setting: Setting) -> Body:
    """The body of the module that changes the setting."""

    def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
        """Bring the setting to what is wanted."""
        api_version = module.params.get("api_version", V1)
        desired = desired_setting(setting, module.given, "", api_version)
        wanted = Wanted(settings={setting.noun: (desired,)}, api_version=api_version)
        outcome = reconcile(
            make_session(), wanted, check_mode=module.check_mode, keeping=keeping_of(module, setting.noun)
        )
        found = outcome.setting_of(outcome.settings.plans[0])
        return {**outcome_result(module, outcome), setting.noun: setting_result(found) if found else {}}

    return run


def info_body_of(setting: Setting) -> Body:
    """The body of the module that reads the setting."""

    def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
        """Read the setting, in one request."""
        session = make_session()
        require_permissions(setting.read_permissions, session.claims.permissions)
        reader = SettingsReader(session, module.params.get("api_version", V1))
        return {"changed": False, setting.noun: setting_result(setting.read(reader)[0])}

    return run
