# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of role_holders_group: keeps a security group equal to the holders of directory roles."""

from __future__ import annotations

import typing as t

from .._directory.directory import Directory
from .._directory.roles import ADMINISTRATOR_ROLES, is_built_in
from .._graph.errors import OptionError
from .._graph.session import Session
from .._groups.keep_role_group import KeptRoleGroup, WantedHolders, keep_role_group
from .._groups.role_group_plan import WantedGroup
from .._guard.people_permissions import READ_ROLE_ELIGIBILITIES, READ_ROLE_HOLDERS
from .._guard.permissions import READ_GROUPS, READ_ROLES, READ_USERS, require_permissions
from .._policy.references import NamedReference
from .._reconcile.shape import Json
from .._spec.argument_spec import ArgumentSpec
from .._spec.protocol import MakeSession, ModuleProtocol
from .planned_result import planned_result

SPEC = ArgumentSpec(
    {
        "group": {"type": "str", "required": True},
        "description": {"type": "str"},
        "roles": {"type": "list", "elements": "str", "default": list(ADMINISTRATOR_ROLES)},
        "include_eligible": {"type": "bool", "default": False},
        "allow_empty": {"type": "bool", "default": False},
    }
)


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """Names first, then who holds the roles, then the group."""
    params = module.params
    if not params["group"].strip():
        raise OptionError("group: it is empty.", remedy="Give the name or the id of a group.")
    if not params["roles"]:
        raise OptionError("roles: it names no role.", remedy="Leave it out for the 14 administrator roles.")
    session = make_session()
    _require_reading(session, params)
    directory = Directory(session)
    mentions = [NamedReference("role", value, f"roles[{index}]") for index, value in enumerate(params["roles"])]
    directory.resolve(mentions)
    roles = {directory.identify("role", one.value): one.value for one in mentions}
    kept = keep_role_group(
        session,
        WantedGroup(params["group"], module.given.get("description")),
        WantedHolders(frozenset(roles), params["include_eligible"], params["allow_empty"]),
        check_mode=module.check_mode,
    )
    _warn(module, kept)
    named = {identifier: directory.name_of("role", identifier) or value for identifier, value in roles.items()}
    return _result(module, kept, named)


def _require_reading(session: Session, params: t.Mapping[str, t.Any]) -> None:
    needed = [READ_ROLE_HOLDERS, READ_USERS, READ_GROUPS]
    if params["include_eligible"]:
        needed.append(READ_ROLE_ELIGIBILITIES)
    if not all(is_built_in(role) for role in params["roles"]):
        needed.append(READ_ROLES)
    require_permissions(needed, session.claims.permissions)


def _warn(module: ModuleProtocol, kept: KeptRoleGroup) -> None:
    unknown = [one.identifier for one in kept.holders.left_out if one.kind == "unknown"]
    if unknown:
        module.warn(
            f"Nobody can tell who these holders of roles are: {', '.join(unknown)}. They are gone, or the application "
            "may not read them. Users among them who are in the group stay in it, and others do not come."
        )
    if not kept.plan.members_after:
        module.warn(f"Nobody holds the roles: a policy for the group {kept.plan.name!r} protects nobody.")


def _result(module: ModuleProtocol, kept: KeptRoleGroup, roles: t.Mapping[str, str]) -> dict[str, t.Any]:
    planned = planned_result(module, kept.plan.to_plan(), kept.guards, is_changed=not kept.plan.is_empty)
    return {**planned, "role_holders_group": _group_result(kept, roles)}


def _group_result(kept: KeptRoleGroup, roles: t.Mapping[str, str]) -> Json:
    plan = kept.plan
    return {
        "id": kept.group_id or None,
        "display_name": plan.name,
        "is_new": plan.is_new,
        "roles": [{"id": identifier, "display_name": name} for identifier, name in sorted(roles.items())],
        "member_count": len(plan.members_after),
        "added": [one.to_result() for one in plan.joining],
        "removed": [one.to_result() for one in plan.leaving],
        "groups_holding_roles": [one.to_result() for one in kept.holders.groups],
        "left_out": [one.to_result() for one in kept.holders.left_out],
    }
