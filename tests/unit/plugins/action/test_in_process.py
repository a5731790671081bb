# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which tasks run in the controller, and that every module has the plugin that does it."""

from __future__ import annotations

import importlib
import os
import typing as t
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import pytest
from ansible.errors import AnsibleActionFail
from ansible.plugins.action.normal import ActionModule as OrdinaryAction

from ansible_collections.m365.entra.plugins.module_utils._spec.argument_spec import ArgumentSpec
from ansible_collections.m365.entra.plugins.plugin_utils import _in_process
from ansible_collections.m365.entra.plugins.plugin_utils._in_process import InProcessAction, Work

PLUGINS = Path(_in_process.__file__).parents[1]
MODULES = sorted(path.stem for path in (PLUGINS / "modules").glob("*.py"))


class Action(InProcessAction):
    work = Work(
        ArgumentSpec({}),
        lambda module, make_session: {
            "changed": module.check_mode,
            "variable": os.environ.get("OF_THE_TASK"),
            "folder": os.getcwd(),
            "tenant": module.params["tenant_id"],
        },
    )


def action(environment: dict[str, t.Any] | None = None, folder: str = "/", **differences: t.Any) -> Action:
    """An action for a task on this machine; *differences* are of the task, the connection or the switch."""
    task = SimpleNamespace(
        action="m365.entra.tenant_info",
        args={"tenant_id": "example.com"},
        async_val=differences.pop("async_val", 0),
        become=differences.pop("become", False),
        check_mode=True,
        diff=False,
        environment=[environment] if environment else [],
        any_errors_fatal=False,
        delegate_to=None,
    )
    shell = SimpleNamespace(tmpdir=None, env_prefix=lambda **variables: "")
    connection = SimpleNamespace(
        transport=differences.pop("transport", "local"), become=differences.pop("plugin", None), _shell=shell
    )
    assert not differences
    return Action(
        task=task,
        connection=connection,
        play_context=SimpleNamespace(),
        loader=SimpleNamespace(get_basedir=lambda: folder),
        templar=SimpleNamespace(template=lambda value: value),
        shared_loader_obj=None,
    )


def runs_module(one: Action, variables: dict[str, t.Any]) -> bool:
    with mock.patch.object(OrdinaryAction, "run", return_value={"by": "module"}):
        return one.run(task_vars=variables) == {"by": "module"}


@pytest.mark.parametrize("name", MODULES)
def test_every_module_has_its_action_plugin(name: str) -> None:
    plugin = importlib.import_module(f"ansible_collections.m365.entra.plugins.action.{name}")
    module = importlib.import_module(f"ansible_collections.m365.entra.plugins.modules.{name}")
    assert plugin.ActionModule.work == Work(module.SPEC, module.run)


def test_no_action_plugin_is_without_a_module() -> None:
    assert sorted(path.stem for path in (PLUGINS / "action").glob("*.py")) == MODULES


def test_task_on_this_machine_runs_here(tmp_path: Path) -> None:
    before = dict(os.environ), os.getcwd()
    result = action({"OF_THE_TASK": 5}, str(tmp_path)).run(task_vars={})
    assert result["changed"] is True
    assert result["variable"] == "5"
    assert result["folder"] == str(tmp_path)
    assert result["tenant"] == "example.com"
    assert (dict(os.environ), os.getcwd()) == before


@pytest.mark.parametrize(
    "differences", [{"async_val": 10}, {"become": True}, {"plugin": "sudo"}, {"transport": "ssh"}], ids=str
)
def test_other_tasks_run_the_module(differences: dict[str, t.Any]) -> None:
    assert runs_module(action(**differences), {})


@pytest.mark.parametrize(("value", "is_module"), [(False, True), ("no", True), ("true", False), (1, False)])
def test_switch(value: t.Any, is_module: bool) -> None:
    assert runs_module(action(), {"entra_in_process": value}) is is_module


def test_switch_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENTRA_IN_PROCESS", "0")
    assert runs_module(action(), {})
    assert not runs_module(action(), {"entra_in_process": True})


def test_switch_that_says_nothing_is_told() -> None:
    with pytest.raises(AnsibleActionFail, match="entra_in_process: 'perhaps' is neither true nor false"):
        action().run(task_vars={"entra_in_process": "perhaps"})


def test_missing_packages_are_left_to_the_interpreter_of_the_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_in_process, "missing_distributions", lambda: ["azure-identity"])
    assert runs_module(action(), {})
