# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the collection's action plugins have in common: a task's body is run in the worker that Ansible forked for it.

Each module has an action plugin of its own name, and not one that all names are routed to: Ansible looks up
module_defaults by the name of the action plugin, so that the defaults of one module would reach all of them.
Private to this collection.
"""

from __future__ import annotations

import atexit
import contextlib
import logging
import os
import typing as t
from collections.abc import Iterator
from dataclasses import dataclass

from ansible.errors import AnsibleActionFail
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase
from ansible.plugins.action.normal import ActionModule as OrdinaryAction

from ansible_collections.m365.entra.plugins.module_utils._graph.dependencies import missing_distributions
from ansible_collections.m365.entra.plugins.module_utils._graph.preload import load_ahead
from ansible_collections.m365.entra.plugins.module_utils._graph.run_tokens import RunTokens
from ansible_collections.m365.entra.plugins.module_utils._spec.argument_spec import ArgumentSpec
from ansible_collections.m365.entra.plugins.module_utils._spec.protocol import Body
from ansible_collections.m365.entra.plugins.module_utils._spec.worker_door import Call, Modes, run_in_worker
from ansible_collections.m365.entra.plugins.plugin_utils._filters_ahead import load_filters_ahead
from ansible_collections.m365.entra.plugins.plugin_utils._plain_arguments import plain_arguments
from ansible_collections.m365.entra.plugins.plugin_utils._task_options import task_options

IN_PROCESS = "entra_in_process"
SHARE_TOKENS = "entra_share_tokens"

# They log warnings that quote what was sent, on the terminal and in Ansible's own log. A failure is told without them.
_LOGGERS_OF_SDKS = ("azure", "msal", "httpx", "httpcore", "asyncio", "urllib3")

# Ansible imports an action plugin in its main process, and forks a worker for each task after that.
load_ahead()
load_filters_ahead()
_TOKENS = RunTokens()
atexit.register(_TOKENS.remove)


@dataclass(frozen=True)
class Work:
    """What a module does: its options, without those of the connection, and its body."""

    spec: ArgumentSpec
    body: Body


@contextlib.contextmanager
def without_logs_of_sdks() -> Iterator[None]:
    """Keep what the SDKs log off the terminal and out of Ansible's log."""
    silent = logging.NullHandler()
    loggers = [logging.getLogger(name) for name in _LOGGERS_OF_SDKS]
    before = [logger.propagate for logger in loggers]
    for logger in loggers:
        logger.addHandler(silent)
        logger.propagate = False
    try:
        yield
    finally:
        for logger, propagate in zip(loggers, before, strict=True):
            logger.removeHandler(silent)
            logger.propagate = propagate


class InProcessAction(OrdinaryAction):  # type: ignore[misc,unused-ignore]
    """Runs the body in this process, or the module where this process is not where or what the task is meant for."""

    work: Work

    def run(self, tmp: t.Any = None, task_vars: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
        """The task's result."""
        variables = task_vars or {}
        self._task.args = {**task_options(variables, self._templar.template), **self._task.args}
        if not self._belongs_here(variables):
            return t.cast("dict[str, t.Any]", super().run(tmp, task_vars))
        result = ActionBase.run(self, tmp, task_vars)
        tokens = _TOKENS if self._is_on(SHARE_TOKENS, variables) else None
        with self._surroundings(), without_logs_of_sdks():
            result.update(run_in_worker(self.work.spec, self.work.body, self._call(), tokens))
        return t.cast("dict[str, t.Any]", result)

    def _call(self) -> Call:
        return Call(
            name=str(self._task.action),
            arguments=plain_arguments(self._task.args),
            modes=Modes(check_mode=bool(self._task.check_mode), diff=bool(self._task.diff)),
        )

    def _belongs_here(self, task_vars: dict[str, t.Any]) -> bool:
        """Whether the module would run on this machine as this user while the task waits, with what it needs."""
        return (
            self._connection.transport == "local"
            and self._connection.become is None
            and not self._task.become
            and not self._task.async_val
            and self._is_on(IN_PROCESS, task_vars)
            and not missing_distributions()
        )

    def _is_on(self, switch: str, task_vars: dict[str, t.Any]) -> bool:
        """Whether a variable, or else the variable of the environment of that name, leaves something switched on."""
        given = self._templar.template(task_vars.get(switch, os.environ.get(switch.upper(), True)))
        try:
            return bool(boolean(given))
        except TypeError:
            raise AnsibleActionFail(
                f"{switch}: {given!r} is neither true nor false. Give false to switch it off."
            ) from None

    @contextlib.contextmanager
    def _surroundings(self) -> Iterator[None]:
        """The task's environment and the playbook's folder, which is where Ansible starts a module."""
        folder = os.getcwd()
        with self._environment():
            os.chdir(self._loader.get_basedir())
            try:
                yield
            finally:
                os.chdir(folder)

    @contextlib.contextmanager
    def _environment(self) -> Iterator[None]:
        """The task's environment."""
        environment: dict[str, t.Any] = {}
        self._compute_environment_string(environment)
        before = dict(os.environ)
        os.environ.update({name: str(value) for name, value in environment.items()})
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)
