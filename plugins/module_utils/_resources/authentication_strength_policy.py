# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The resource authentication strength: which combinations of methods are strong enough (facts section 3.2)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .._guard.cloud_capabilities import check_strength_in_cloud
from .._guard.permissions import READ_AUTHENTICATION_STRENGTHS, WRITE_AUTHENTICATION_STRENGTHS
from .._reconcile.action import CREATE, DELETE, UPDATE, Action
from .._reconcile.canonical import canonical_value
from .._reconcile.compare import full_body, patch_body
from .._reconcile.object_plan import ObjectPlan
from .._reconcile.shape import Json, Part, Text
from .declaration import Resource
from .strength_rules import check_strength
from .strength_shape import CONFIGURATION, SHAPE, key_of_limit

NOUN = "authentication_strength_policy"
COLLECTION = "/policies/authenticationStrengthPolicies"

_MOST_CUSTOM = 15
_PROPERTIES = Part("authenticationStrengthPolicy", (Text("displayName"), Text("description")))


def update_actions(resource: Resource, plan: ObjectPlan) -> tuple[Action, ...]:
    """The requests that change a strength: its texts, its combinations and the limits of each have their own.

    A limit that goes away goes before its combination does, a new one comes after its combination has come.
    """
    before, after = (plan.current.content if plan.current else {}), plan.content or {}
    removed, kept = _configuration_actions(plan)
    return (
        *_text_actions(resource, plan, before, after),
        *removed,
        *_combination_actions(resource, plan, before, after),
        *kept,
    )


def _text_actions(resource: Resource, plan: ObjectPlan, before: Json, after: Json) -> tuple[Action, ...]:
    body, undo_body = patch_body(_PROPERTIES, before, after), patch_body(_PROPERTIES, after, before)
    if not body:
        return ()
    action = resource.patch_action(plan)
    changes = tuple(one for one in action.changes if one.path in ("display_name", "description"))
    undo = replace(action, reason="take back", body=undo_body, changes=())
    return (replace(action, body=body, changes=changes, undo=undo),)


def _combination_actions(resource: Resource, plan: ObjectPlan, before: Json, after: Json) -> tuple[Action, ...]:
    old, new = before.get("allowedCombinations"), after.get("allowedCombinations")
    if old == new:
        return ()
    action = replace(resource.patch_action(plan), calls="updateAllowedCombinations", body={"allowedCombinations": new})
    changes = tuple(one for one in action.changes if one.path == "allowed_combinations")
    undo = replace(action, reason="take back", body={"allowedCombinations": old}, changes=())
    return (replace(action, changes=changes, undo=undo),)


def _configuration_actions(plan: ObjectPlan) -> tuple[list[Action], list[Action]]:
    """The removals of limits, and what changes and creates limits.

    The service may hold two limits for the same combinations; the first is kept, the others go.
    """
    wanted = {key_of_limit(one): one for one in (plan.content or {})["combinationConfigurations"]}
    kept: dict[str, _Limit] = {}
    removed: list[_Limit] = []
    for limit in _current_limits(plan):
        if limit.key in wanted and limit.key not in kept:
            kept[limit.key] = limit
        else:
            removed.append(limit)
    changed = [
        _configuration_action(plan, kept.get(key, _Limit(key, None, None)), one)
        for key, one in wanted.items()
        if key not in kept or kept[key].content != one
    ]
    return [_configuration_action(plan, limit, None) for limit in removed], changed


@dataclass(frozen=True)
class _Limit:
    """A limit on the combinations *key*, as the service has it; without *identifier* it has none."""

    key: str
    identifier: str | None
    content: Json | None


def _current_limits(plan: ObjectPlan) -> list[_Limit]:
    found = (plan.current.raw if plan.current else {}).get("combinationConfigurations") or []
    canonical = ((str(raw.get("id")), canonical_value(CONFIGURATION, raw)) for raw in found)
    return [
        _Limit(key_of_limit(content), identifier, content) for identifier, content in canonical if content is not None
    ]


def _configuration_action(plan: ObjectPlan, limit: _Limit, after: Json | None) -> Action:
    base = Action(
        operation=UPDATE,
        # A limit that comes or goes must not look like the strength.
        resource="combination_configuration",
        key=f"{plan.key}:{limit.identifier or limit.key}",
        name=f"{plan.name}: {limit.key}",
        collection=f"{COLLECTION}/{plan.key}/combinationConfigurations",
        reason=f"the limits of the combination {limit.key} differ from what is wanted",
        object_id=limit.identifier,
        changes=tuple(one for one in plan.changes if one.path == "combination_configurations"),
    )
    create, update, delete = (replace(base, operation=one) for one in (CREATE, UPDATE, DELETE))
    before = limit.content
    if before is None:
        undo = replace(delete, reason="take back", changes=())
        return replace(create, body=full_body(CONFIGURATION, after), undo=undo)
    if after is None:
        undo = replace(create, reason="take back", object_id=None, body=full_body(CONFIGURATION, before), changes=())
        return replace(delete, undo=undo)
    undo = replace(update, reason="take back", body=patch_body(CONFIGURATION, after, before), changes=())
    return replace(update, body=patch_body(CONFIGURATION, before, after), undo=undo)


def is_built_in(raw: Json) -> bool:
    """Whether a strength belongs to the service."""
    return str(raw.get("policyType") or "").lower() == "builtin"


def _check_in_cloud(cloud: str, content: Json, option: str) -> None:
    check_strength_in_cloud(cloud, content["allowedCombinations"], option)


AUTHENTICATION_STRENGTH_POLICY = Resource(
    noun=NOUN,
    label="authentication strength",
    collection=COLLECTION,
    options=SHAPE,
    shape_of=lambda strength: SHAPE,
    read_permission=READ_AUTHENTICATION_STRENGTHS,
    write_permission=WRITE_AUTHENTICATION_STRENGTHS,
    check=check_strength,
    check_in_cloud=_check_in_cloud,
    limits={SHAPE.name: _MOST_CUSTOM},
    read_only=is_built_in,
    details=("policyType", "requirementsSatisfied", "createdDateTime", "modifiedDateTime"),
    update_actions=update_actions,
)
