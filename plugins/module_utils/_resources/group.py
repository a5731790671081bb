# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Groups that policies name and the tenant lacks: made as assigned security groups without members."""

from __future__ import annotations

import hashlib
import re
import typing as t
from dataclasses import replace

from .._graph.errors import ServiceRefused
from .._graph.session import Session
from .._reconcile.action import CREATE, DELETE, Action, Expectation
from .._reconcile.compare import Change
from .._reconcile.created import key_of_new

NOUN = "group"
COLLECTION = "/groups"
_NOT_FOUND = 404
_NOT_IN_NICKNAMES = re.compile(r"[^A-Za-z0-9]+")
_LONGEST_PREFIX = 40


def key_of(name: str) -> str:
    """What stands in for the id of the new group *name*."""
    return key_of_new(NOUN, name)


def create_action(name: str) -> Action:
    """The action that creates the group *name*."""
    body = {
        "displayName": name,
        "description": "Named by a Conditional Access policy.",
        "mailEnabled": False,
        "mailNickname": nickname(name),
        "securityEnabled": True,
    }
    reason = "a policy names this group, and the tenant has none of that name"
    changes = (Change("display_name", None, name), Change("security_enabled", None, True))
    action = Action(CREATE, NOUN, key_of(name), name, COLLECTION, reason, body, changes=changes)
    return replace(action, undo=replace(action, operation=DELETE, reason=f"take back: {reason}", body=None, changes=()))


def nickname(name: str) -> str:
    """A mail nickname for *name*, which must be unique in a tenant: letters, digits and a fingerprint of the name."""
    plain = _NOT_IN_NICKNAMES.sub("-", name).strip("-")[:_LONGEST_PREFIX]
    fingerprint = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{plain}-{fingerprint}" if plain else fingerprint


def expectation(name: str) -> Expectation:
    """What must be read back."""
    return Expectation(NOUN, key_of(name), name, None, name)


def unmet(session: Session, expectations: t.Sequence[Expectation], created: t.Mapping[str, str]) -> list[str]:
    """Which of *expectations* the tenant does not show yet, in words; one read for each."""
    return [f"group {one.name!r} is not there" for one in expectations if not _is_there(session, created[one.key])]


def _is_there(session: Session, identifier: str) -> bool:
    try:
        session.get(f"{COLLECTION}/{identifier}", select="id")
    except ServiceRefused as error:
        if error.status == _NOT_FOUND:
            return False
        raise
    return True
