# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Options that a task takes from variables as a whole. Private to this collection.

Ansible compiles every template anew for every task of every tenant. With a template for each option that alone costs
more than all the requests of a quiet run.
"""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleActionFail, AnsibleError, AnsibleUndefinedVariable

from ansible_collections.m365.entra.plugins.module_utils._spec.connection_options import CONNECTION

TASK_OPTIONS = "entra_task_options"
# As the roles have always taken them.
_OF_CONNECTION = tuple(f"entra_{name}" for name in CONNECTION.options)
_SECRETS = frozenset(f"entra_{name}" for name, option in CONNECTION.options.items() if option.get("no_log"))

Render: t.TypeAlias = t.Callable[[t.Any], t.Any]


def task_options(variables: t.Mapping[str, t.Any], render: Render) -> dict[str, t.Any]:
    """What a task takes where it gives no option itself: nothing unless the variable entra_task_options is defined.

    Then it is what that dictionary holds and, behind it, the connection's options from the variables that are named
    like them, such as entra_tenant_id. *render* makes values of templates. Raises AnsibleActionFail for no dictionary
    and for such a variable that is made of something undefined or, where it is a secret, no good template.
    """
    if TASK_OPTIONS not in variables:
        return {}
    given = render(variables[TASK_OPTIONS])
    if not isinstance(given, t.Mapping):
        # Not what was given: it may well be a dictionary in the wrong form, secrets included.
        raise AnsibleActionFail(f"{TASK_OPTIONS}: this is no dictionary. Give options by their names, or {{}}.")
    return {**_of_connection(variables, render), **given}


def _of_connection(variables: t.Mapping[str, t.Any], render: Render) -> dict[str, t.Any]:
    found: dict[str, t.Any] = {}
    for name in _OF_CONNECTION:
        if name in variables:
            value = _rendered(name, variables, render).get(name, variables.get("omit"))
            if value != variables.get("omit"):
                found[name.removeprefix("entra_")] = value
    return found


def _rendered(name: str, variables: t.Mapping[str, t.Any], render: Render) -> t.Mapping[str, t.Any]:
    """The value by the variable's *name*: a member that says omit is left out, and alone it would be an error."""
    try:
        return t.cast("t.Mapping[str, t.Any]", render({name: variables[name]}))
    except AnsibleUndefinedVariable as error:
        # Left out, an option would come from the environment: another tenant's name, or another's secret.
        raise AnsibleActionFail(f"{name}: {error} Define what it is made of, or leave it out with omit.") from error
    except AnsibleError:
        if name not in _SECRETS:
            raise
        # What Ansible says of a template quotes it, and a secret may only look like one.
        raise AnsibleActionFail(
            f"{name}: this is no good template. Where it is meant as it stands, mark it with !unsafe."
        ) from None
