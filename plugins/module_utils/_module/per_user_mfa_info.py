# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of per_user_mfa_info: reads for whom MFA was switched on by hand, and changes nothing."""

from __future__ import annotations

import typing as t
from collections import Counter

from .._graph.errors import OptionError
from .._graph.session import Session
from .._guard.permissions import READ_GROUPS, READ_PER_USER_MFA, READ_USERS, require_permissions
from .._resources.people import NamedPeople, named_people
from .._resources.per_user_mfa import DISABLED, STATES, read_states
from .._resources.per_user_mfa_people import PeopleToAsk, people_to_ask
from .._spec.argument_spec import ArgumentSpec
from .._spec.protocol import MakeSession, ModuleProtocol

SPEC = ArgumentSpec(
    {
        "users": {"type": "list", "elements": "str"},
        "groups": {"type": "list", "elements": "str"},
        "maximum_users": {"type": "int", "default": 1000},
    }
)


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """The people that were named, or all enabled members, then one read for each of them."""
    maximum = module.params["maximum_users"]
    if maximum < 1:
        raise OptionError("maximum_users: at least one user must be asked.", remedy="Give a positive number.")
    session = make_session()
    needed = [READ_PER_USER_MFA, READ_USERS, *([READ_GROUPS] if module.params["groups"] else [])]
    require_permissions(needed, session.claims.permissions)
    people = people_to_ask(session, _named(session, module.params), maximum)
    if people.not_asked:
        module.warn(
            f"{people.not_asked} more users were not asked for their MFA states, because maximum_users is {maximum}. "
            "Raise it, or name users or groups."
        )
    return {"changed": False, "per_user_mfa": _result(people, read_states(session, people.names))}


def _named(session: Session, params: t.Mapping[str, t.Any]) -> NamedPeople | None:
    """Who was named; None where neither option was given, and nobody where one was given and is empty."""
    if params["users"] is None and params["groups"] is None:
        return None
    return named_people(session, users=params["users"] or (), groups=params["groups"] or ())


def _result(people: PeopleToAsk, states: t.Mapping[str, str]) -> dict[str, t.Any]:
    return {
        "users": [
            {"id": user, "user_principal_name": people.names[user], "per_user_mfa_state": state}
            for user, state in states.items()
            if state != DISABLED
        ],
        "counts": {**dict.fromkeys(STATES, 0), **Counter(states.values())},
        "asked": len(people.names),
        "vanished": len(people.names) - len(states),
        "complete": not people.not_asked,
        "not_asked": people.not_asked,
    }
