# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A running task for module bodies."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.m365.entra.plugins.module_utils._spec.argument_spec import ArgumentSpec
from ansible_collections.m365.entra.plugins.module_utils._spec.given import given_options


@dataclass
class FakeModule:
    """The ModuleProtocol over dictionaries."""

    params: dict[str, t.Any]
    given: dict[str, t.Any]
    check_mode: bool = False
    diff: bool = False
    warnings: list[str] = field(default_factory=list)

    def warn(self, message: str) -> None:
        """Keep a warning."""
        self.warnings.append(message)


def fake_module(spec: ArgumentSpec, options: dict[str, t.Any], **modes: bool) -> FakeModule:
    """A task with *options*, validated by Ansible itself against *spec*."""
    arguments = spec.to_module_arguments()
    validated = ArgumentSpecValidator(arguments.pop("argument_spec"), **arguments).validate(options)
    assert validated.error_messages == []
    return FakeModule(validated.validated_parameters, given_options(validated.validated_parameters, options), **modes)
