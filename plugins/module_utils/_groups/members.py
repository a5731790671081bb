# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The direct members of a group: read, added and removed, and told one by one where that fails."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .._directory.principals import Principal, principal_of
from .._graph.batch import BatchAnswer, BatchRequest, send_in_batches
from .._graph.clouds import CLOUDS
from .._graph.errors import ServiceRefused
from .._graph.session import Json, Session
from .kept_group import COLLECTION

# The service takes no more in one update of a group.
MOST_ADDED_AT_ONCE = 20
_LARGEST_PAGE = "999"
_NOT_FOUND = 404
# Refusals that may concern one member alone.
_OF_ONE_MEMBER = (400, 404)
_ALREADY_THERE = "already exist"
_WAITS_FOR_NEW_GROUP_SECONDS = (0.5, 1.0, 2.0, 3.0, 5.0, 8.0)


@dataclass
class MembersWritten:
    """What became of members so far; *refused* has those that the service refused, with its words."""

    added: list[Principal] = field(default_factory=list)
    removed: list[Principal] = field(default_factory=list)
    refused: list[tuple[Principal, str]] = field(default_factory=list)


def read_members(session: Session, group_id: str) -> tuple[Principal, ...]:
    """The direct members of a group, sorted by name, in one read a thousand members."""
    path = f"{COLLECTION}/{group_id}/members"
    pages = session.pages(path, select="id,displayName,userPrincipalName", top=_LARGEST_PAGE)
    return tuple(sorted(principal_of(member) for page in pages for member in page))


def reference(session: Session, identifier: str) -> str:
    """The address by which a member is named in a write."""
    return f"{CLOUDS[session.cloud].graph_url}/v1.0/directoryObjects/{identifier}"


def add_members(session: Session, group_id: str, members: t.Sequence[Principal], written: MembersWritten) -> None:
    """Add *members*, twenty a request; where such a request is refused, each by itself.

    Whoever is a member already counts as added: somebody else has been faster, or the read was old.
    """
    for start in range(0, len(members), MOST_ADDED_AT_ONCE):
        some = members[start : start + MOST_ADDED_AT_ONCE]
        if _added_together(session, group_id, some):
            written.added.extend(some)
        else:
            _add_one_by_one(session, group_id, some, written)


def remove_members(session: Session, group_id: str, members: t.Sequence[Principal], written: MembersWritten) -> None:
    """Remove *members*, twenty a request; whoever is no member any more counts as removed."""
    requests = [BatchRequest("DELETE", f"{COLLECTION}/{group_id}/members/{one.identifier}/$ref") for one in members]
    for member, (request, answer) in zip(members, send_in_batches(session, requests), strict=True):
        if answer.is_success or answer.status == _NOT_FOUND:
            written.removed.append(member)
        else:
            written.refused.append((member, answer.refusal(request).message))


def _added_together(session: Session, group_id: str, members: t.Sequence[Principal]) -> bool:
    """Whether one update added them all; a new group may not be known everywhere yet (facts section 0.4)."""
    body: Json = {"members@odata.bind": [reference(session, one.identifier) for one in members]}
    for seconds in _WAITS_FOR_NEW_GROUP_SECONDS:
        try:
            session.patch(f"{COLLECTION}/{group_id}", body)
            return True
        except ServiceRefused as error:
            if error.status == _NOT_FOUND and not _names_a_member(error, members):
                session.sleep(seconds)
            elif error.status in _OF_ONE_MEMBER:
                return False
            else:
                raise
    return False


def _names_a_member(error: ServiceRefused, members: t.Iterable[Principal]) -> bool:
    """Whether what was not found is a member and not the group."""
    return any(one.identifier in error.message.lower() for one in members)


def _add_one_by_one(session: Session, group_id: str, members: t.Sequence[Principal], written: MembersWritten) -> None:
    path = f"{COLLECTION}/{group_id}/members/$ref"
    requests = [BatchRequest("POST", path, {"@odata.id": reference(session, one.identifier)}) for one in members]
    for member, (request, answer) in zip(members, send_in_batches(session, requests), strict=True):
        if answer.is_success or _is_there_already(answer):
            written.added.append(member)
        else:
            written.refused.append((member, answer.refusal(request).message))


def _is_there_already(answer: BatchAnswer) -> bool:
    error = answer.body.get("error") or {}
    return answer.status == 400 and _ALREADY_THERE in str(error.get("message") or "").lower()
