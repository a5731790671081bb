# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The door in the controller: runs a body where Ansible's worker is, with the result the module would have had.

AnsibleModule itself cannot be used there: it ends the process, and its warnings go past the result. So what it does
with arguments and results is done here, with the same parts of Ansible. That both doors come to the same is tested.
"""

from __future__ import annotations

import copy
import json
import typing as t
from dataclasses import dataclass, field

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator, ValidationResult
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.errors import UnsupportedError

from .._graph.errors import EntraError
from .._graph.run_tokens import RunTokens
from .argument_spec import ArgumentSpec
from .connection_options import CONNECTION
from .form import well_formed
from .given import given_options, without_nulls
from .protocol import Body
from .running import result_of

Result = dict[str, t.Any]
# Ansible compares secrets with these too, which JSON spells another way.
_WORDS_OF_PYTHON = " True False None"


@dataclass(frozen=True)
class Call:
    """A task as Ansible hands it over: *arguments* are plain JSON values, *name* is what the task calls the module."""

    name: str
    arguments: t.Mapping[str, t.Any]
    check_mode: bool = False
    diff: bool = False


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
    arguments = spec.merged(CONNECTION).to_module_arguments()
    params, form_faults = well_formed(without_nulls(copy.deepcopy(dict(call.arguments))), arguments["argument_spec"])
    validation = ArgumentSpecValidator(**arguments).validate(params)
    params.update(validation.validated_parameters)
    task = WorkerTask(params, given_options(params, call.arguments), call.check_mode, call.diff)
    fault = " ".join(form_faults) or _fault(validation, call.name)
    result = _failed(fault) if fault else _outcome(task, run)
    return _as_returned(result, task, validation)


def _fault(validation: ValidationResult, name: str) -> str:
    """What is wrong with the arguments, in the words of AnsibleModule; empty when nothing is."""
    if not validation.error_messages:
        return ""
    told = str(validation.errors.msg)
    if isinstance(validation.errors[0], UnsupportedError):
        return f"Unsupported parameters for ({name}) module: {told}"
    return told


def _outcome(task: WorkerTask, run: Run) -> Result:
    try:
        return run(task)
    except EntraError as error:
        return {**_failed(str(error)), **error.to_result()}


def _failed(message: str) -> Result:
    return {"failed": True, "msg": message}


def _as_returned(result: Result, task: WorkerTask, validation: ValidationResult) -> Result:
    """*result* with what AnsibleModule adds, without what it hides, as it is after its way through JSON."""
    whole: Result = {**result, "invocation": {"module_args": task.params}}
    if task.warnings:
        whole["warnings"] = task.warnings
    # Ansible keeps what it found out about secrets and deprecations in private places that it reads itself.
    deprecations = validation._deprecations
    if deprecations:
        whole["deprecations"] = deprecations
    return t.cast(Result, json.loads(_without_secrets(whole, validation._no_log_values)))


def _without_secrets(whole: Result, secrets: t.Collection[str]) -> str:
    """*whole* as JSON, with each of the *secrets* hidden as Ansible hides it."""
    text = json.dumps(whole)
    # To look at every value takes long, and a secret that is part of one is, in JSON's spelling, part of the text.
    searched = text + _WORDS_OF_PYTHON
    if not any(json.dumps(secret)[1:-1] in searched for secret in secrets):
        return text
    # A secret may read like a truth value; AnsibleModule does not hide those at the top either.
    plain = {name: value for name, value in whole.items() if value is None or isinstance(value, bool)}
    return json.dumps({**remove_values(whole, secrets), **plain})
