# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The door in the controller: runs a body where Ansible's worker is, with the result the module would have had.

AnsibleModule itself cannot be used there: it ends the process, and its warnings go past the result. So what it does
with arguments and results is done here, with the same parts of Ansible. That both doors come to the same is tested.
"""

from __future__ import annotations

import json
import typing as t
from dataclasses import dataclass, field

from ansible.module_utils.common.parameters import remove_values

from .._graph.errors import EntraError
from .._graph.run_tokens import RunTokens
from .argument_spec import ArgumentSpec
from .checked_options import CheckedOptions, checked_options
from .connection_options import CONNECTION
from .protocol import Body
from .running import result_of

Result = dict[str, t.Any]
# Ansible compares secrets with these too, which JSON spells another way.
_WORDS_OF_PYTHON = " True False None"


@dataclass(frozen=True)
class Modes:
    """In which of Ansible's modes a task runs."""

    check_mode: bool = False
    diff: bool = False


@dataclass(frozen=True)
class Call:
    """A task as Ansible hands it over: *arguments* are plain JSON values, *name* is what the task calls the module."""

    name: str
    arguments: t.Mapping[str, t.Any]
    modes: Modes = Modes()


@dataclass
class WorkerTask:
    """The running task, as a body sees it. *params* and *given* as in ModuleProtocol."""

    params: dict[str, t.Any]
    given: dict[str, t.Any]
    check_mode: bool
    diff: bool
    warnings: list[str] = field(default_factory=list)

    def warn(self, message: str) -> None:
        """Show a warning, once however often it is given."""
        if message not in self.warnings:
            self.warnings.append(message)


Run: t.TypeAlias = t.Callable[[WorkerTask], Result]


def run_in_worker(spec: ArgumentSpec, body: Body, call: Call, tokens: RunTokens | None = None) -> Result:
    """The result of *body* with the options of *spec* and the connection options, secrets removed; failed or not.

    *tokens* are those that the tasks of the run share.
    """
    return run_checked(spec, call, lambda task: result_of(task, body, tokens))


def run_checked(spec: ArgumentSpec, call: Call, run: Run) -> Result:
    """The result of *run* for a task whose options are in order, otherwise what is wrong with them."""
    return run_with(checked_options(spec.merged(CONNECTION), call.arguments, call.name), call.modes, run)


def run_with(options: CheckedOptions, modes: Modes, run: Run) -> Result:
    """The result of *run* for a task with checked *options*, otherwise what is wrong with them."""
    task = WorkerTask(options.params, options.given, modes.check_mode, modes.diff)
    result = _failed(options.fault) if options.fault else _outcome(task, run)
    return _as_returned(result, task, options)


def _outcome(task: WorkerTask, run: Run) -> Result:
    try:
        return run(task)
    except EntraError as error:
        return {**_failed(str(error)), **error.to_result()}


def _failed(message: str) -> Result:
    return {"failed": True, "msg": message}


def _as_returned(result: Result, task: WorkerTask, options: CheckedOptions) -> Result:
    """*result* with what AnsibleModule adds, without what it hides, as it is after its way through JSON."""
    whole: Result = {**result, "invocation": {"module_args": task.params}}
    if task.warnings:
        whole["warnings"] = task.warnings
    if options.deprecations:
        whole["deprecations"] = list(options.deprecations)
    # A secret may read like a truth value; AnsibleModule does not hide those at the top either.
    shown = {name: value if _is_plain(value) else _hidden(value, options.secrets) for name, value in whole.items()}
    return t.cast(Result, json.loads(json.dumps(shown)))


def _is_plain(value: t.Any) -> bool:
    return value is None or isinstance(value, bool)


def _hidden(value: t.Any, secrets: t.Collection[str]) -> t.Any:
    """*value* with each of the *secrets* hidden as Ansible hides it.

    To look at every value in it takes long, and a secret that is part of one is, in JSON's spelling, part of the text.
    """
    text = json.dumps(value) + _WORDS_OF_PYTHON
    if not any(json.dumps(secret)[1:-1] in text for secret in secrets):
        return value
    if isinstance(value, dict):
        return {name: _hidden(member, secrets) for name, member in value.items()}
    return remove_values(value, secrets)
