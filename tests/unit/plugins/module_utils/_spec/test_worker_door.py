# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The door in the controller, held against the ordinary one where that needs no network."""

from __future__ import annotations

import json
import typing as t

import pytest
from ansible.module_utils.common.parameters import remove_values
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused
from ansible_collections.m365.entra.plugins.module_utils._spec import running
from ansible_collections.m365.entra.plugins.module_utils._spec.argument_spec import ArgumentSpec
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module
from ansible_collections.m365.entra.plugins.module_utils._spec.protocol import Body, MakeSession, ModuleProtocol
from ansible_collections.m365.entra.plugins.module_utils._spec.worker_door import Call, Modes, run_in_worker
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import TENANT
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.module_arguments import patch_module_args

SECRET = "very-secret-value"
SPEC = ArgumentSpec(
    {
        "part": {"type": "dict", "options": {"x": {"type": "list", "elements": "str"}, "y": {"type": "str"}}},
        "parts": {"type": "list", "elements": "dict", "options": {"n": {"type": "int", "required": True}}},
        "word": {"type": "str", "choices": ["a", "b"], "default": "a"},
        "key": {"type": "dict", "options": {"inner": {"type": "str", "no_log": True}}},
        "left": {"type": "bool"},
        "right": {"type": "bool"},
    },
    mutually_exclusive=(("left", "right"),),
)
CONNECTION = {"tenant_id": TENANT, "client_id": "client", "client_secret": SECRET}
Result = dict[str, t.Any]
# Pieces that JSON spells its own way, and that secrets and results are likely to share.
PIECES = st.text(alphabet=st.sampled_from('aT1rue "\\\n\u00e4\U0001f511'), min_size=1, max_size=4)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-20, 20) | st.floats(allow_nan=False, allow_infinity=False) | PIECES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("xyz"), inner, max_size=3),
    max_leaves=8,
)


def echo(module: ModuleProtocol, make_session: MakeSession) -> Result:
    return {
        "changed": True,
        "given": dict(module.given),
        "word": module.params["word"],
        "told": f"the secret is {SECRET}",
        "list": [SECRET, (1, 2)],
        "diff": {"before": {"y": "deep-secret"}, "after": {}},
        "modes": [module.check_mode, module.diff],
    }


def refuse(module: ModuleProtocol, make_session: MakeSession) -> Result:
    raise GuardRefused(f"It is unsafe with {SECRET}.", remedy="Do this.", details={"done": [SECRET]})


def inside(body: Body, options: Result) -> Result:
    return run_in_worker(SPEC, body, Call("module_name", {**CONNECTION, **options}, Modes(check_mode=True, diff=True)))


def outside(body: Body, options: Result, capfd: pytest.CaptureFixture[str]) -> Result:
    modes = {"_ansible_check_mode": True, "_ansible_diff": True, "_ansible_module_name": "module_name"}
    with patch_module_args({**CONNECTION, **options, **modes}), pytest.raises(SystemExit):
        run_module(SPEC, body)
    return t.cast(Result, json.loads(capfd.readouterr().out))


CASES: list[Result] = [
    {},
    {"part": {"x": None}},
    {"part": {"x": "a,b", "y": 5}},
    {"part": "y=1"},
    {"part": "y"},
    {"part": 3},
    {"parts": [{"n": "4"}, {"n": 5}]},
    {"parts": [{}]},
    {"parts": {"n": 1}},
    {"parts": [{"n": "many"}]},
    {"word": None},
    {"word": "c"},
    {"left": True, "right": "no"},
    {"left": "perhaps so"},
    {"key": {"inner": "deep-secret"}},
    {"key": {"inner": None}},
    {"no_such_option": 1, "part": {"nor_this": 2}},
    {"auth_method": "certificate"},
    {"cloud": "moon"},
    {"client_secret": None},
    {"client_secret": "true"},
]


@pytest.mark.parametrize("body", [echo, refuse])
@pytest.mark.parametrize("options", CASES, ids=[json.dumps(options) for options in CASES])
def test_both_doors_return_the_same(body: Body, options: Result, capfd: pytest.CaptureFixture[str]) -> None:
    if "perhaps so" in options.values():
        # Ansible prints a set in no particular order.
        told = [str(one["msg"])[:40] for one in (inside(body, options), outside(body, options, capfd))]
        assert told[0] == told[1]
        return
    expected = outside(body, options, capfd)
    expected.pop("exception", None)  # set where Ansible was told to show tracebacks
    expected.pop("warnings", None)  # AnsibleModule keeps those of all tests in this process
    assert inside(body, options) == expected


def test_environment_stands_in_for_options(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AZURE_CLIENT_SECRET", "secret-of-environment")

    def body(module: ModuleProtocol, make_session: MakeSession) -> Result:
        return {"changed": False, "told": module.params["client_secret"]}

    result = run_in_worker(SPEC, body, Call("name", {"tenant_id": TENANT}))
    assert "secret-of-environment" not in json.dumps(result)
    assert result["invocation"]["module_args"]["client_secret"] == "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"


def test_warning_is_in_the_result_once_and_without_secrets() -> None:
    def body(module: ModuleProtocol, make_session: MakeSession) -> Result:
        for message in ("Take care.", "Take care.", f"It was {SECRET}."):
            module.warn(message)
        return {"changed": False}

    assert run_in_worker(SPEC, body, Call("name", CONNECTION))["warnings"] == ["Take care.", "It was ********."]


def test_deprecation_is_in_the_result() -> None:
    spec = ArgumentSpec(
        {"old": {"type": "str", "removed_in_version": "9.0.0", "removed_from_collection": "m365.entra"}}
    )
    result = run_in_worker(spec, echo, Call("name", {**CONNECTION, "old": "x", "word": "a"}))
    assert [one["version"] for one in result["deprecations"]] == ["9.0.0"]


@given(found=VALUES, secret=PIECES | st.sampled_from(["True", "None", "e", "1.5"]))
def test_what_is_hidden_is_what_ansible_hides(found: t.Any, secret: str) -> None:
    result = run_in_worker(
        ArgumentSpec({"key": {"type": "str", "no_log": True}}),
        lambda module, make_session: {"found": [found]},
        Call("name", {"tenant_id": TENANT, "key": secret}),
    )
    assert result["found"] == json.loads(json.dumps(remove_values([found], [secret])))


def test_arguments_are_left_as_they_were() -> None:
    options = {**CONNECTION, "part": {"x": None}}
    before = json.dumps(options)
    run_in_worker(SPEC, echo, Call("name", options))
    assert json.dumps(options) == before


def test_session_is_closed_whatever_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[t.Any] = []

    class PaperSession:
        def __init__(self, connection: t.Any, *, read_only: bool, tokens: t.Any) -> None:
            events.append(read_only)

        def close(self) -> None:
            events.append("closed")

    def body(module: ModuleProtocol, make_session: MakeSession) -> Result:
        make_session()
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(running, "GraphSession", PaperSession)
    with pytest.raises(ZeroDivisionError):
        run_in_worker(SPEC, body, Call("name", CONNECTION))
    assert events == [False, "closed"]
