# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs the module tenant_report in the controller, where that is possible."""

from __future__ import annotations

from ansible_collections.m365.entra.plugins.module_utils._module.tenant_report import SPEC, run
from ansible_collections.m365.entra.plugins.plugin_utils._in_process import InProcessAction, Work


class ActionModule(InProcessAction):
    """The task tenant_report."""

    work = Work(SPEC, run)
