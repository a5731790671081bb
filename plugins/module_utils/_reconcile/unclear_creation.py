# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Creates an object once: where no clear answer comes, the tenant is searched, and nothing is sent again.

An object that was made may stay out of lists for a while (facts section 0.4). To send again what a search does not
find, or to leave that to a run which begins at once, would make a second object of the same name.
"""

from __future__ import annotations

import typing as t

from .._graph.api_versions import V1
from .._graph.errors import EntraError, OutcomeUnknown
from .._graph.filter_text import quoted
from .._graph.session import Session
from .shape import Json
from .verify import WAITS_SECONDS

# There may be very many of these, and the service finds them by name.
_SEARCHED = ("/groups",)
# What the service gives back as it was sent, and a person would tell two objects apart by.
_TELLING = ("displayName", "@odata.type", "state", "mailNickname")


def create_once(session: Session, collection: str, body: Json, *, version: str = V1, not_id: str = "") -> str:
    """The id of the object that *body* makes in *collection*, in which no other may have its name.

    *not_id* is an object of that name that may still be listed though it is gone. Raises OutcomeUnknown when no clear
    answer came and nothing of the name is shown for about a minute, or more than one object.
    """
    try:
        return _identifier(session.post(collection, body, version=version))
    except OutcomeUnknown as unclear:
        return _found(session, collection, body, version, not_id, unclear)


def _identifier(created: Json) -> str:
    identifier = created.get("id")
    if not identifier:
        raise OutcomeUnknown(
            "The service answered without the id of what it created.", remedy="Run again: what holds now is read first."
        )
    return str(identifier)


def _found(session: Session, collection: str, body: Json, version: str, not_id: str, unclear: OutcomeUnknown) -> str:
    for seconds in (*WAITS_SECONDS, None):
        found = [one for one in _like(session, collection, body, version, unclear) if one != not_id.lower()]
        if len(found) == 1:
            return found[0]
        if found:
            unclear.remedy = f"{len(found)} of that name are there now ({', '.join(found)}): remove all but one."
            raise unclear
        if seconds is not None:
            session.sleep(seconds)
    unclear.remedy = (
        "Nothing of that name was seen for a minute after that. Run again: what holds now is read first, and nothing "
        "is done twice."
    )
    raise unclear


def _like(session: Session, collection: str, body: Json, version: str, unclear: OutcomeUnknown) -> list[str]:
    """The ids of the objects that look like what was sent. Raises *unclear* when they cannot be read."""
    query = {"filter": f"displayName eq {quoted(str(body.get('displayName')))}"} if collection in _SEARCHED else {}
    try:
        listed = session.list(collection, version=version, **query)
    except EntraError as problem:
        unclear.message += f" Nor could it be looked for: {problem.message}"
        raise unclear from problem
    sent = _telling(body)
    return sorted(str(one["id"]).lower() for one in listed if _telling(one).items() >= sent.items())


def _telling(one: Json) -> dict[str, t.Any]:
    return {name: one[name] for name in _TELLING if one.get(name) is not None}
