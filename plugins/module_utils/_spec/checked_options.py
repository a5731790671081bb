# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Options that were held against their specification, with the same parts of Ansible that AnsibleModule uses."""

from __future__ import annotations

import copy
import functools
import json
import pickle
import typing as t
from dataclasses import dataclass

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator, ValidationResult
from ansible.module_utils.errors import UnsupportedError

from .argument_spec import ArgumentSpec
from .form import well_formed
from .given import given_options, without_nulls

# As many different ones as a run may have at once; beyond that the oldest are checked anew.
_REMEMBERED = 64


@dataclass(frozen=True)
class CheckedOptions:
    """Options as a body sees them: *params* and *given* as in ModuleProtocol.

    *fault* is what is wrong with them, empty when nothing is; *secrets* are the values that are never shown.
    """

    params: dict[str, t.Any]
    given: dict[str, t.Any]
    fault: str
    secrets: frozenset[str]
    deprecations: tuple[t.Any, ...]

    def joined(self, other: CheckedOptions) -> CheckedOptions:
        """Both together, where no rule holds between them."""
        return CheckedOptions(
            params={**self.params, **other.params},
            given={**self.given, **other.given},
            fault=" ".join(fault for fault in (self.fault, other.fault) if fault),
            secrets=self.secrets | other.secrets,
            deprecations=self.deprecations + other.deprecations,
        )


def checked_options(spec: ArgumentSpec, options: t.Mapping[str, t.Any], name: str) -> CheckedOptions:
    """The *options* (plain JSON values) of the task *name*, which are left as they were."""
    arguments = spec.to_module_arguments()
    params, form_faults = well_formed(without_nulls(copy.deepcopy(dict(options))), arguments["argument_spec"])
    validation = ArgumentSpecValidator(**arguments).validate(params)
    params.update(validation.validated_parameters)
    return CheckedOptions(
        params=params,
        given=given_options(params, options),
        fault=" ".join(form_faults) or _fault(validation, name),
        # Ansible keeps what it found out about secrets and deprecations in private places that it reads itself.
        secrets=frozenset(validation._no_log_values),
        deprecations=tuple(validation._deprecations or ()),
    )


class RememberedOptions:
    """Checked options of one kind of task: those that many tenants have alike are checked once."""

    def __init__(self, spec: ArgumentSpec, name: str) -> None:
        self._spec = spec
        self._name = name
        self._checked = functools.lru_cache(maxsize=_REMEMBERED)(self._check)

    def of(self, options: t.Mapping[str, t.Any]) -> CheckedOptions:
        """The *options* (plain JSON values), checked; nobody else has the same objects."""
        return t.cast(CheckedOptions, pickle.loads(self._checked(json.dumps(options))))

    def _check(self, text: str) -> bytes:
        return pickle.dumps(checked_options(self._spec, json.loads(text), self._name))


def _fault(validation: ValidationResult, name: str) -> str:
    """What is wrong with the arguments, in the words of AnsibleModule; empty when nothing is."""
    if not validation.error_messages:
        return ""
    told = str(validation.errors.msg)
    if isinstance(validation.errors[0], UnsupportedError):
        return f"Unsupported parameters for ({name}) module: {told}"
    return told
