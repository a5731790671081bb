# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ordinary door, entered as Ansible enters it, without a network."""

from __future__ import annotations

import json
import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused
from ansible_collections.m365.entra.plugins.module_utils._spec import running
from ansible_collections.m365.entra.plugins.module_utils._spec.argument_spec import ArgumentSpec
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module
from ansible_collections.m365.entra.plugins.module_utils._spec.protocol import MakeSession, ModuleProtocol
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import TENANT
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.module_arguments import patch_module_args

SECRET = "very-secret-value"
SPEC = ArgumentSpec(
    {"part": {"type": "dict", "options": {"x": {"type": "list", "elements": "str"}, "y": {"type": "str"}}}}
)
CONNECTION = {"tenant_id": TENANT, "client_id": "client", "client_secret": SECRET}
Result = dict[str, t.Any]


def run(
    body: t.Callable[[ModuleProtocol, MakeSession], Result], capfd: pytest.CaptureFixture[str], **options: t.Any
) -> Result:
    """Run a body through the door; the JSON that Ansible would read."""
    with patch_module_args({**CONNECTION, **options}), pytest.raises(SystemExit):
        run_module(SPEC, body)
    return t.cast(Result, json.loads(capfd.readouterr().out))


def test_body_sees_what_was_given_and_its_result_is_returned(capfd: pytest.CaptureFixture[str]) -> None:
    def body(module: ModuleProtocol, make_session: MakeSession) -> Result:
        return {
            "changed": True,
            "given": dict(module.given["part"]),
            "modes": [module.check_mode, module.diff],
            "whole": module.params["part"],
        }

    result = run(body, capfd, part={"x": None}, _ansible_check_mode=True, _ansible_diff=True)
    assert result["changed"] is True
    assert result["given"] == {"x": None}
    assert result["whole"] == {"x": None, "y": None}
    assert result["modes"] == [True, True]


def test_failure_is_told_with_its_remedy_and_details(capfd: pytest.CaptureFixture[str]) -> None:
    def body(module: ModuleProtocol, make_session: MakeSession) -> Result:
        raise GuardRefused("It is unsafe.", remedy="Do this.", details={"done": []})

    result = run(body, capfd)
    assert result["failed"] is True
    assert result["msg"] == "It is unsafe. Do this."
    assert result["error"] == {"message": "It is unsafe.", "remedy": "Do this."}
    assert result["done"] == []
    assert SECRET not in json.dumps(result)


def test_wrong_connection_options_are_told(capfd: pytest.CaptureFixture[str]) -> None:
    result = run(lambda module, make_session: {"x": make_session()}, capfd, graph_url="http://localhost")
    assert "graph_url" in result["msg"]
    assert SECRET not in json.dumps(result)


@pytest.mark.parametrize("check_mode", [True, False])
def test_session_is_read_only_in_check_mode_and_closed_in_the_end(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, check_mode: bool
) -> None:
    made: list[tuple[str, bool]] = []
    closed: list[bool] = []

    class PaperSession:
        def __init__(self, connection: t.Any, *, read_only: bool, tokens: t.Any) -> None:
            made.append((connection.tenant_id, read_only))

        def close(self) -> None:
            closed.append(True)

    monkeypatch.setattr(running, "GraphSession", PaperSession)

    def body(module: ModuleProtocol, make_session: MakeSession) -> Result:
        make_session()
        raise GuardRefused("stop")

    run(body, capfd, _ansible_check_mode=check_mode)
    assert made == [(TENANT, check_mode)]
    assert closed == [True]


def test_invocation_does_not_show_secrets(capfd: pytest.CaptureFixture[str]) -> None:
    result = run(lambda module, make_session: {"changed": False}, capfd)
    assert SECRET not in json.dumps(result)


def test_warning_is_shown(capfd: pytest.CaptureFixture[str]) -> None:
    """In the result, or by the controller itself where its code is loaded in the same process."""

    def body(module: ModuleProtocol, make_session: MakeSession) -> Result:
        module.warn("Take care.")
        return {"changed": False}

    with patch_module_args(dict(CONNECTION)), pytest.raises(SystemExit):
        run_module(SPEC, body)
    assert "Take care." in "".join(capfd.readouterr())


def test_bug_is_not_hidden(capfd: pytest.CaptureFixture[str]) -> None:
    def body(module: ModuleProtocol, make_session: MakeSession) -> Result:
        raise ZeroDivisionError("a bug")

    with patch_module_args(dict(CONNECTION)), pytest.raises(ZeroDivisionError):
        run_module(SPEC, body)
