# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens that the tasks of a run share: who gets them, what lies where, and what is left."""

from __future__ import annotations

import os
import signal
import stat
import time
import typing as t
from pathlib import Path

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph import run_tokens
from ansible_collections.m365.entra.plugins.module_utils._graph.credentials import credential_for
from ansible_collections.m365.entra.plugins.module_utils._graph.run_tokens import (
    RunTokens,
    SharedToken,
    remove_leftovers,
)
from ansible_collections.m365.entra.plugins.module_utils._graph.sharing_credential import (
    SharingCredential,
    description,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.connections import SECRET, connection

SCOPE = "https://graph.microsoft.com/.default"
LATER = int(time.time()) + 3600


@pytest.fixture(autouse=True)
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return tmp_path / f"m365-entra-{os.getuid()}"


class Counting:
    """A credential that counts the tokens it has handed out."""

    def __init__(self, expires_on: int = LATER) -> None:
        self.count = 0
        self.expires_on = expires_on

    def get_token(self, *scopes: str, **options: t.Any) -> t.Any:
        from azure.core.credentials import AccessToken

        self.count += 1
        return AccessToken(f"token-{self.count}", self.expires_on)


def fork(work: t.Callable[[], None], end: int | None = None) -> int:
    """Begin *work* in a fork that ends by itself or by the signal *end*."""
    child = os.fork()
    if not child:
        try:
            work()
            if end is not None:
                os.kill(os.getpid(), end)
            os._exit(0)
        finally:
            os._exit(1)
    return child


def in_a_fork(work: t.Callable[[], None], end: int | None = None) -> int:
    """Do *work* in a fork; how it ended."""
    return os.waitpid(fork(work, end), 0)[1]


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_token_of_one_fork_is_found_by_another(runtime: Path) -> None:
    tokens = RunTokens()
    assert in_a_fork(lambda: tokens.keep("a", SharedToken("abc", LATER))) == 0
    assert tokens.find("a") == SharedToken("abc", LATER)
    (file,) = files(runtime)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert b"abc" not in file.read_bytes()


def test_nothing_is_shared_between_credentials_or_runs() -> None:
    tokens = RunTokens()
    tokens.keep("a", SharedToken("abc", LATER))
    assert tokens.find("b") is None
    assert RunTokens().find("a") is None
    # Not even where a file is put in the place of another.
    other = RunTokens()
    other.keep("a", SharedToken("foreign", LATER))
    path, foreign = tokens._path("a"), other._path("a")
    assert path is not None
    assert foreign is not None
    path.write_bytes(foreign.read_bytes())
    assert tokens.find("a") is None


@pytest.mark.parametrize(("seconds", "is_found"), [(-1, False), (200, False), (400, True)])
def test_token_that_ends_soon_is_not_handed_out(seconds: int, is_found: bool) -> None:
    tokens = RunTokens()
    tokens.keep("a", SharedToken("abc", int(time.time()) + seconds))
    assert (tokens.find("a") is not None) is is_found


def test_main_process_removes_everything_and_a_fork_nothing(runtime: Path) -> None:
    tokens = RunTokens()
    tokens.keep("a", SharedToken("abc", LATER))
    assert in_a_fork(tokens.remove) == 0
    assert tokens.find("a") is not None
    tokens.remove()
    assert files(runtime) == []
    tokens.remove()


def test_what_a_killed_run_leaves_is_removed_by_the_next(runtime: Path) -> None:
    ended = in_a_fork(lambda: RunTokens().keep("a", SharedToken("abc", LATER)), signal.SIGKILL)
    assert os.WTERMSIG(ended) == signal.SIGKILL
    assert len(files(runtime)) == 1
    tokens = RunTokens()
    tokens.keep("b", SharedToken("def", LATER))
    assert tokens.find("b") is not None
    assert len(files(runtime)) == 1


def test_folders_of_runs_that_go_on_are_left(runtime: Path) -> None:
    RunTokens().keep("a", SharedToken("abc", LATER))
    remove_leftovers(runtime)
    assert len(files(runtime)) == 1


def test_representation_shows_no_secret() -> None:
    tokens = RunTokens()
    assert str(tokens.key) not in repr(tokens)
    assert "abc" not in repr(SharedToken("abc", LATER))


def test_tasks_with_the_same_credential_ask_once() -> None:
    tokens, service = RunTokens(), Counting()
    for _unused in range(3):
        found = SharingCredential(service, connection(), tokens).get_token(SCOPE, enable_cae=True)
        assert (found.token, found.expires_on) == ("token-1", LATER)
    assert service.count == 1


@pytest.mark.parametrize(
    "difference",
    [
        {"tenant_id": "fabrikam.example"},
        {"client_id": "another"},
        {"client_secret": "another"},
        {"authority_url": "https://login.microsoftonline.us"},
        {"cloud": "china"},
        {"auth_method": "federated_token", "federated_token": "x"},
    ],
    ids=str,
)
def test_tasks_that_differ_in_anything_ask_each(difference: dict[str, t.Any]) -> None:
    first, second = connection(), connection(**difference)
    assert description(first, [first.cloud.scope], True) != description(second, [second.cloud.scope], True)


def test_scope_and_renewed_files_make_a_difference(tmp_path: Path) -> None:
    file = tmp_path / "federated"
    file.write_text("one", encoding="utf-8")
    one = connection("federated_token", federated_token_path=str(file))
    before = description(one, [SCOPE], True)
    assert description(one, ["other"], True) != before
    assert description(one, [SCOPE], False) != before
    file.write_text("two", encoding="utf-8")
    assert description(one, [SCOPE], True) != before


def test_challenge_of_the_service_drops_the_token_for_all() -> None:
    tokens, service = RunTokens(), Counting()
    for options, expected in [({}, "token-1"), ({"claims": "{}"}, "token-2"), ({}, "token-2")]:
        assert SharingCredential(service, connection(), tokens).get_token(SCOPE, **options).token == expected


def test_tasks_that_begin_at_once_ask_once(tmp_path: Path) -> None:
    tokens, asked = RunTokens(), tmp_path / "asked"

    class Slow(Counting):
        def get_token(self, *scopes: str, **options: t.Any) -> t.Any:
            with asked.open("a", encoding="utf-8") as file:
                file.write("asked\n")
            time.sleep(0.2)
            return super().get_token(*scopes, **options)

    def sign_in() -> None:
        assert SharingCredential(t.cast(t.Any, Slow()), connection(), tokens).get_token(SCOPE).token == "token-1"

    children = [fork(sign_in) for _unused in range(5)]
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 5
    assert asked.read_text(encoding="utf-8") == "asked\n"


def test_a_task_that_hangs_does_not_keep_others_from_signing_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_tokens, "_LONGEST_TURN_SECONDS", 0.1)
    tokens, service = RunTokens(), Counting()
    described = description(connection(), [SCOPE], False)
    with tokens.turn(described):
        assert SharingCredential(t.cast(t.Any, service), connection(), tokens).get_token(SCOPE).token == "token-1"


def test_a_task_that_is_killed_while_it_signs_in_keeps_nobody_waiting() -> None:
    tokens = RunTokens()

    def take() -> None:
        with tokens.turn("a"):
            os.kill(os.getpid(), signal.SIGKILL)

    assert os.WTERMSIG(in_a_fork(take)) == signal.SIGKILL
    began = time.monotonic()
    with tokens.turn("a"):
        assert time.monotonic() - began < 1


def test_token_that_expired_is_fetched_anew() -> None:
    tokens, service = RunTokens(), Counting(int(time.time()) + 100)
    for expected in ("token-1", "token-2"):
        assert SharingCredential(service, connection(), tokens).get_token(SCOPE).token == expected


@pytest.mark.parametrize(
    ("method", "shares"),
    [("client_secret", True), ("federated_token", True), ("managed_identity", False), ("azure_cli", False)],
)
def test_which_methods_share(method: str, shares: bool) -> None:
    one = connection(method, federated_token=SECRET)
    assert isinstance(credential_for(one, RunTokens())._credential, SharingCredential) is shares
    assert not isinstance(credential_for(one)._credential, SharingCredential)
