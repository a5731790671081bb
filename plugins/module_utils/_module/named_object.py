# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The bodies of the modules for named objects that policies refer to: one object, and reading them."""

from __future__ import annotations

import typing as t

from .._guard.permissions import require_permissions
from .._resources.declaration import Resource
from .._resources.named_location import NAMED_LOCATION
from .._resources.object_options import desired_object, object_result
from .._resources.tenant import reconcile
from .._resources.wanted import Wanted
from .._spec.argument_spec import ArgumentSpec
from .._spec.object_options import object_options
from .._spec.policy_options import EMERGENCY_ACCESS
from .._spec.protocol import Body, MakeSession, ModuleProtocol
from .._spec.snapshot_options import SNAPSHOT
from .keeping import keeping_of
from .outcome_result import outcome_result

INFO_SPEC = ArgumentSpec(
    {"display_name": {"type": "str"}, "id": {"type": "str"}}, mutually_exclusive=(("display_name", "id"),)
)


def spec_of(resource: Resource) -> ArgumentSpec:
    """The options of the module for one object. A place that changes can cut somebody off, which can be overridden."""
    spec = object_options(resource).merged(SNAPSHOT)
    return spec.merged(EMERGENCY_ACCESS) if resource is NAMED_LOCATION else spec


def body_of(resource: Resource) -> Body:
    """The body of the module for one object."""

    def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
        """Bring one object to what is wanted."""
        wanted = Wanted(objects={resource.noun: (desired_object(resource, module.given),)})
        wanted = wanted.with_emergency_access(module.given)
        outcome = reconcile(
            make_session(), wanted, check_mode=module.check_mode, keeping=keeping_of(module, resource.noun)
        )
        found = outcome.object_of(outcome.object_plans[0])
        return {**outcome_result(module, outcome), resource.noun: object_result(resource, found) if found else {}}

    return run


def info_body_of(resource: Resource, key: str) -> Body:
    """The body of the module that reads objects; *key* is what it returns them under."""

    def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
        """All objects of the tenant, or those that were asked for, in one read."""
        session = make_session()
        require_permissions((resource.read_permission,), session.claims.permissions)
        found = [one for one in resource.read(session) if was_asked_for(one.identifier, one.name, module.params)]
        return {"changed": False, key: [object_result(resource, one) for one in found]}

    return run


def was_asked_for(identifier: str, name: str, params: t.Mapping[str, t.Any]) -> bool:
    """Whether an object is one that the options *id* and *display_name* ask for."""
    if params["id"] and identifier != str(params["id"]).lower():
        return False
    return not params["display_name"] or name == params["display_name"]
