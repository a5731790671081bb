# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Holds all tenants of a play against the baseline, in the controller and not in a task for each of them."""

from __future__ import annotations

import typing as t

from ansible.plugins.action import ActionBase
from ansible.template import Templar

from ansible_collections.m365.entra.plugins.module_utils._graph.dependencies import require_dependencies
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._module import signin_baseline_audit
from ansible_collections.m365.entra.plugins.module_utils._spec.worker_door import WorkerTask, run_checked
from ansible_collections.m365.entra.plugins.plugin_utils._audit.audited import Audited
from ansible_collections.m365.entra.plugins.plugin_utils._audit.many import Audit
from ansible_collections.m365.entra.plugins.plugin_utils._audit.outcome import audit_result, line_of
from ansible_collections.m365.entra.plugins.plugin_utils._audit.tenant import HostVariables
from ansible_collections.m365.entra.plugins.plugin_utils._in_process import (
    InProcessAction,
    Work,
    without_logs_of_sdks,
)
from ansible_collections.m365.entra.plugins.plugin_utils._plain_arguments import plain_arguments


class ActionModule(InProcessAction):
    """The task signin_baseline_audit."""

    work = Work(signin_baseline_audit.SPEC, signin_baseline_audit.run)
    _supports_async = False

    def run(self, tmp: t.Any = None, task_vars: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
        """The task's result."""
        result = ActionBase.run(self, tmp, task_vars)
        with self._environment(), without_logs_of_sdks():
            result.update(run_checked(self.work.spec, self._call(), self._audited))
        return t.cast("dict[str, t.Any]", result)

    def _audited(self, task: WorkerTask) -> dict[str, t.Any]:
        require_dependencies()
        hosts, at_once = list(dict.fromkeys(task.params["hosts"])), task.params["at_once"]
        if at_once < 1:
            raise OptionError(f"at_once: {at_once} is no number of tenants.", remedy="Give 1 or more.")
        shared = {name: task.given[name] for name in task.given if name not in self.work.spec.options}
        audit = Audit(
            variables_of=lambda host: self._variables(host, shared),
            at_once=at_once,
            folder=self._loader.get_basedir(),
            diff=task.diff,
        )
        found: list[Audited] = []
        for one in audit.all(hosts):
            self._display.display(line_of(one.digest))
            found.append(one)
        return audit_result(hosts, found)

    def _variables(self, host: str, shared: t.Mapping[str, t.Any]) -> HostVariables:
        """The variables that a task of the host's own would have here. Raises OptionError for an unknown host."""
        manager = self._task.get_variable_manager()
        known = manager._inventory.get_host(host)
        if known is None:
            raise OptionError(f"hosts: {host!r} is no host of the inventory.", remedy="Give names of hosts.")
        variables = manager.get_vars(play=self._task.get_play(), host=known, task=self._task)
        templar = Templar(loader=self._loader, variables=variables)

        def render(value: t.Any) -> t.Any:
            return plain_arguments({"value": templar.template(value)})["value"]

        return HostVariables(host, variables, render, shared)
