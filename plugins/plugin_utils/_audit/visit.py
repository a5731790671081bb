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
from ansible_collections.m365.entra.plugins.module_utils._spec.argument_spec import ArgumentSpec
from ansible_collections.m365.entra.plugins.module_utils._spec.protocol import Body
from ansible_collections.m365.entra.plugins.module_utils._spec.worker_door import Call, Result, WorkerTask, run_checked
from ansible_collections.m365.entra.plugins.plugin_utils._audit.tenant import Tenant


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

    def run(self, name: str, spec: ArgumentSpec, body: Body, options: t.Mapping[str, t.Any]) -> Result:
        """The result of the module *name* in check mode, failed or not."""
        call = Call(f"m365.entra.{name}", {**self.tenant.connection, **options}, check_mode=True, diff=self.diff)
        result = run_checked(spec, call, lambda task: body(task, lambda: self._session_for(task)))
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
    info = visit.run("tenant_info", tenant_info.SPEC, tenant_info.run, {"security_defaults": False})
    if info.get("failed"):
        return _found(visit, None, info)
    facts = info["tenant_info"]
    configuration = signin_baseline_configuration(None, tenant_info=facts, **tenant.baseline)
    options = {**signin_baseline_options(configuration), **tenant.options, "profile": profile}
    result = visit.run("tenant_configuration", tenant_configuration.SPEC, tenant_configuration.run, options)
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
