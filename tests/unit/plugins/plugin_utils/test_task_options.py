# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options that a task takes from variables as a whole."""

from __future__ import annotations

import typing as t

import ansible.template
import pytest
from ansible.errors import AnsibleActionFail, AnsibleUndefinedVariable
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar
from ansible.vars.manager import VariableManager

from ansible_collections.m365.entra.plugins.plugin_utils._task_options import task_options

OMIT = "omit this"


def render(value: t.Any) -> t.Any:
    if isinstance(value, dict):
        return {name: render(member) for name, member in value.items()}
    if value == "{{ nothing }}":
        raise AnsibleUndefinedVariable("nothing is undefined")
    return OMIT if value == "{{ omit }}" else value


def rendered_by_ansible(**variables: str) -> dict[str, t.Any]:
    """What a task takes where Ansible renders, with values as they stand in a file that it trusts."""
    # Before ansible-core 2.19 all text is trusted.
    trusted = getattr(ansible.template, "trust_as_template", str)
    given = {name: trusted(value) for name, value in variables.items()}
    known = {**VariableManager(loader=DataLoader()).get_vars(), "entra_task_options": {}, **given}
    return task_options(known, Templar(loader=DataLoader(), variables=known).template)


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"entra_tenant_id": "contoso.example"}, {}),
        ({"entra_task_options": {}}, {}),
        ({"entra_task_options": {"profile": "modern"}}, {"profile": "modern"}),
        (
            {"entra_task_options": {}, "entra_tenant_id": "contoso.example", "entra_snapshot_directory": "x"},
            {"tenant_id": "contoso.example"},
        ),
        (
            {"entra_task_options": {"tenant_id": "fabrikam.example"}, "entra_tenant_id": "contoso.example"},
            {"tenant_id": "fabrikam.example"},
        ),
        ({"entra_task_options": {}, "entra_ca_path": "{{ omit }}", "omit": OMIT}, {}),
    ],
)
def test_what_a_task_takes(variables: dict[str, t.Any], expected: dict[str, t.Any]) -> None:
    assert task_options(variables, render) == expected


def test_what_is_no_dictionary_is_refused() -> None:
    with pytest.raises(AnsibleActionFail, match=r"^entra_task_options: this is no dictionary"):
        task_options({"entra_task_options": "modern"}, render)


def test_what_is_made_of_something_undefined_is_not_left_to_the_environment() -> None:
    with pytest.raises(AnsibleActionFail, match="entra_client_secret: nothing is undefined"):
        task_options({"entra_task_options": {}, "entra_client_secret": "{{ nothing }}"}, render)


def test_what_says_omit_is_left_out() -> None:
    found = rendered_by_ansible(entra_client_id="{{ 'an' ~ ' id' }}", entra_ca_path="{{ nothing | default(omit) }}")
    assert found == {"client_id": "an id"}


def test_secret_that_looks_like_a_template_is_not_quoted() -> None:
    with pytest.raises(AnsibleActionFail, match="entra_client_secret: this is no good template") as refused:
        rendered_by_ansible(entra_client_secret="4711{{hush")
    assert "hush" not in str(refused.value)
