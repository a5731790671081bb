# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Holds one tenant against its baseline, in check mode. Private to this collection."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from ansible_collections.m365.entra.plugins.filter.signin_baseline_configuration import signin_baseline_configuration
from ansible_collections.m365.entra.plugins.filter.signin_baseline_options import signin_baseline_options
from ansible_collections.m365.entra.plugins.filter.signin_baseline_report import signin_baseline_report
from ansible_collections.m365.entra.plugins.module_utils._graph.connection import connection_from_options
from ansible_collections.m365.entra.plugins.module_utils._graph.session import GraphSession
from ansible_collections.m365.entra.plugins.module_utils._module import tenant_configuration, tenant_info
from ansible_collections.m365.entra.plugins.module_utils._spec.checked_options import (
    CheckedOptions,
    RememberedOptions,
    checked_options,
)
from ansible_collections.m365.entra.plugins.module_utils._spec.connection_options import CONNECTION
from ansible_collections.m365.entra.plugins.module_utils._spec.protocol import Body
from ansible_collections.m365.entra.plugins.module_utils._spec.worker_door import Modes, Result, WorkerTask, run_with
from ansible_collections.m365.entra.plugins.plugin_utils._audit.tenant import Tenant

_NAME = "m365.entra.signin_baseline_audit"
# No rule holds between these options and those of the connection, which a test makes sure of.
_OF_INFO = RememberedOptions(tenant_info.SPEC, _NAME)
_OF_CONFIGURATION = RememberedOptions(tenant_configuration.SPEC, _NAME)


@dataclass(frozen=True)
class Found:
    """What a visit found: the *report*, and why the tenant failed, which can be without a report or beside one.

    *difference* is what Ansible shows of what would change.
    """

    report: dict[str, t.Any] | None
    failure: str = ""
    warnings: tuple[str, ...] = ()
    difference: t.Any = None


@dataclass
class Visit:
    """The tasks that look at one tenant. They share a session that only reads, and so one sign-in."""

    tenant: Tenant
    diff: bool
    warnings: list[str] = field(default_factory=list)
    _session: GraphSession | None = None

    def run(self, body: Body, options: CheckedOptions) -> Result:
        """The result of a body with *options* beside those of the connection, in check mode, failed or not."""
        checked = checked_options(CONNECTION, self.tenant.connection, _NAME).joined(options)
        modes = Modes(check_mode=True, diff=self.diff)
        result = run_with(checked, modes, lambda task: body(task, lambda: self._session_for(task)))
        self.warnings.extend(result.get("warnings", []))
        return result

    def close(self) -> None:
        """Close the session."""
        if self._session is not None:
            self._session.close()

    def _session_for(self, task: WorkerTask) -> GraphSession:
        if self._session is None:
            self._session = GraphSession(connection_from_options(task.params), read_only=True)
        return self._session


def look_at(tenant: Tenant, *, diff: bool) -> Found:
    """Hold the tenant against its baseline. Raises AnsibleFilterError for a baseline that the tenant cannot have."""
    visit = Visit(tenant, diff)
    try:
        return _compared(visit)
    finally:
        visit.close()


def _compared(visit: Visit) -> Found:
    tenant, profile = visit.tenant, visit.tenant.baseline["profile"]
    # The task that compares reads the security defaults.
    info = visit.run(tenant_info.run, _OF_INFO.of({"security_defaults": False}))
    if info.get("failed"):
        return _found(visit, None, info)
    facts = info["tenant_info"]
    configuration = signin_baseline_configuration(None, tenant_info=facts, **tenant.baseline)
    options = {**signin_baseline_options(configuration), **tenant.options, "profile": profile}
    result = visit.run(tenant_configuration.run, _OF_CONFIGURATION.of(options))
    # A verdict that does not hold fails the task, and what holds is known then all the same.
    if "tenant_configuration" not in result:
        return _found(visit, None, result)
    report = signin_baseline_report(
        result,
        tenant=tenant.host,
        tenant_info=facts,
        configuration=configuration,
        profile=profile,
        enforce=tenant.baseline["enforce"],
        check_mode=True,
    )
    return _found(visit, report, result)


def _found(visit: Visit, report: dict[str, t.Any] | None, result: Result) -> Found:
    failure = str(result.get("msg") or "The tenant failed.") if result.get("failed") else ""
    return Found(report, failure, tuple(dict.fromkeys(visit.warnings)), result.get("diff"))
