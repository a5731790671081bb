# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options that a task takes from variables as a whole."""

from __future__ import annotations

import typing as t

import pytest
from ansible.errors import AnsibleActionFail, AnsibleUndefinedVariable

from ansible_collections.m365.entra.plugins.plugin_utils._task_options import task_options

OMIT = "omit this"


def render(value: t.Any) -> t.Any:
    if value == "{{ nothing }}":
        raise AnsibleUndefinedVariable("nothing is undefined")
    return OMIT if value == "{{ omit }}" else value


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
