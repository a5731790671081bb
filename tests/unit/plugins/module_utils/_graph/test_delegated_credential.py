# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person's credential: redeemed once, renewed where it belongs."""

from __future__ import annotations

import stat
import time
from pathlib import Path

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.connection import Connection
from ansible_collections.m365.entra.plugins.module_utils._graph.delegated_credential import (
    DelegatedCredential,
    delegated_credential_for,
)
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.connections import connection
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.token_service import (
    AUTHORITY,
    put_in_place,
)

SCOPE, OTHER_SCOPE = "portal/.default", "https://graph.windows.net/.default"


def tokens(number: int, expires_in: int = 3600) -> dict[str, str | int]:
    """The answer of the token service to the redemption of that number."""
    return {"access_token": f"access-{number}", "refresh_token": f"refresh-{number}", "expires_in": expires_in}


def credential(**portal: str) -> DelegatedCredential:
    """The credential in the option portal."""
    found: Connection = connection(authority_url=AUTHORITY, portal=portal)
    assert found.portal
    return delegated_credential_for(found, found.portal)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A private file with a refresh token."""
    file = tmp_path / "token"
    file.write_text("refresh-0\n", encoding="utf-8")
    file.chmod(0o600)
    return file


def test_given_access_token() -> None:
    assert credential(access_token="access").get_token(SCOPE).token == "access"


def test_refresh_token_is_redeemed_once_for_each_scope(monkeypatch: pytest.MonkeyPatch) -> None:
    service = put_in_place(monkeypatch, tokens(1), tokens(2))
    found = credential(refresh_token="refresh-0")
    assert [found.get_token(scope).token for scope in (SCOPE, SCOPE, OTHER_SCOPE, SCOPE)] == [
        "access-1",
        "access-1",
        "access-2",
        "access-1",
    ]
    # The one before may be worth nothing any more.
    assert [form["refresh_token"] for form in service.forms] == ["refresh-0", "refresh-1"]


def test_access_token_near_its_end_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in_place(monkeypatch, tokens(1, expires_in=200), tokens(2))
    found = credential(refresh_token="refresh-0")
    assert found.get_token(SCOPE).token == "access-1"
    second = found.get_token(SCOPE)
    assert second.token == "access-2"
    assert second.expires_on > time.time() + 3000


def test_renewed_token_takes_its_place_in_the_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_in_place(monkeypatch, tokens(1), tokens(2))
    found = credential(refresh_token_path=str(path))
    found.get_token(SCOPE)
    assert path.read_text(encoding="utf-8") == "refresh-1"
    found.get_token(OTHER_SCOPE)
    assert path.read_text(encoding="utf-8") == "refresh-2"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("answer", [{"refresh_token": "refresh-0"}, {}])
def test_file_is_left_alone_when_nothing_is_new(
    path: Path, monkeypatch: pytest.MonkeyPatch, answer: dict[str, str]
) -> None:
    put_in_place(monkeypatch, {"access_token": "a", "expires_in": 3600, **answer})
    before = path.stat().st_ino
    credential(refresh_token_path=str(path)).get_token(SCOPE)
    assert path.stat().st_ino == before


def test_wrong_file_is_told_before_anything_is_sent(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    service = put_in_place(monkeypatch)
    path.chmod(0o644)
    with pytest.raises(OptionError, match=r"^portal\.refresh_token_path: .*mode 0644"):
        credential(refresh_token_path=str(path))
    assert service.urls == []


def test_token_that_cannot_be_kept_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise PermissionError

    put_in_place(monkeypatch, tokens(1))
    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(OptionError, match="cannot be written") as failure:
        credential(refresh_token_path=str(path)).get_token(SCOPE)
    assert "refresh-1" not in str(failure.value)
