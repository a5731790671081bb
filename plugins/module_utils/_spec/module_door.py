# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The ordinary door: runs a body as an Ansible module in a process of its own."""

from __future__ import annotations

import copy
import typing as t

from ansible.module_utils.basic import AnsibleModule

from .._graph.errors import EntraError
from .argument_spec import ArgumentSpec
from .connection_options import CONNECTION
from .form import well_formed
from .given import given_options, without_nulls
from .protocol import Body
from .running import result_of


class EntraModule(AnsibleModule):
    """An Ansible module that remembers its arguments as they were given."""

    params: dict[str, t.Any]

    def _load_params(self) -> None:
        super()._load_params()
        self._raw = copy.deepcopy(self.params)
        # Ansible refuses null where an option has choices; that it was given is remembered above.
        self.params, self._form_faults = well_formed(without_nulls(self.params), self.argument_spec)

    def add_path_info(self, kwargs: dict[str, t.Any]) -> dict[str, t.Any]:
        """Leave a result as it is: what AnsibleModule adds for a path takes the names of our own return values."""
        return kwargs

    def fail_json(self, msg: str, **kwargs: t.Any) -> t.NoReturn:
        """Fail with *msg*, or with what is wrong with the form of the arguments, from which the rest may follow."""
        super().fail_json(msg=" ".join(self._form_faults) or msg, **kwargs)
        raise SystemExit(1)  # never reached: Ansible has ended the process

    def require_form(self) -> None:
        """Fail when an argument has the wrong form."""
        if self._form_faults:
            self.fail_json("")

    @property
    def given(self) -> dict[str, t.Any]:
        """Only the options that were given, nulls included, at every depth."""
        return t.cast("dict[str, t.Any]", given_options(self.params, self._raw))

    @property
    def diff(self) -> bool:
        """Whether a diff was asked for."""
        return bool(self._diff)


def run_module(spec: ArgumentSpec, body: Body) -> None:
    """Run *body* with the options of *spec* and the connection options, and end the process with its result."""
    module = EntraModule(supports_check_mode=True, **spec.merged(CONNECTION).to_module_arguments())
    module.require_form()
    try:
        result = result_of(module, body)
    except EntraError as error:
        module.fail_json(msg=str(error), **error.to_result())
    module.exit_json(**result)
