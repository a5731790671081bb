# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The settings authentication methods: who may use which method, and how (facts section 4.2).

The tenant has one of each built-in kind; external methods can be created and deleted. In a content, what only one kind
has stands in a part of its own; on the wire it stands beside the rest.
"""

from __future__ import annotations

import typing as t
from dataclasses import replace

from .._graph.api_versions import BETA
from .._graph.errors import EntraError, OptionError
from .._guard.permissions import READ_METHODS_POLICY, WRITE_METHODS_POLICY
from .._reconcile.action import CREATE, DELETE, Action
from .._reconcile.canonical import canonical, is_guid
from .._reconcile.compare import complete_body, patch_body
from .._reconcile.option_path import path_of
from .._reconcile.preview import without_preview
from .._reconcile.shape import Json, Part, Targets, snake_case
from .._settings.authentication_method_kinds import ENABLED, EXTERNAL, KINDS, MethodKind, kind_of, kind_of_type
from .._settings.authentication_method_rules import check_given_method, check_method
from .._settings.setting_plan import CurrentSetting, DesiredSetting, SettingPlan, wanted_setting
from .setting import Existing, Setting, update_action
from .settings_reader import CONFIGURATIONS, METHODS_POLICY, SettingsReader

NOUN = "authentication_method_configuration"
PATH = f"{METHODS_POLICY}/{CONFIGURATIONS}"
_LABEL = "authentication method"


def current_methods(policy: Json, api_version: str) -> tuple[CurrentSetting, ...]:
    """The methods in the service's answer; of those that this collection does not know only the common part."""
    return tuple(_current(raw, api_version) for raw in policy.get(CONFIGURATIONS) or ())


def _current(raw: Json, api_version: str) -> CurrentSetting:
    kind = _kind(raw)
    shape = _shape(kind, api_version)
    content = canonical(shape, {**raw, **({kind.own.name: raw} if kind.own else {})})
    identifier = str(raw.get("id") or "")
    name = str(raw.get("displayName") or identifier) if kind is EXTERNAL else kind.identifier or identifier
    return CurrentSetting(identifier, name, content, raw, shape)


def _kind(raw: Json) -> MethodKind:
    """The kind of a method: by its type, which newer kinds have and their ids do not tell."""
    return kind_of_type(str(raw.get("@odata.type"))) or MethodKind(
        str(raw.get("id")), _type_name(raw), is_second_factor=False
    )


def _type_name(raw: Json) -> str:
    return str(raw.get("@odata.type") or "").removeprefix("#microsoft.graph.")


def _shape(kind: MethodKind, api_version: str) -> Part:
    return kind.shape if api_version == BETA else without_preview(kind.shape)


def _read(reader: SettingsReader) -> tuple[CurrentSetting, ...]:
    return current_methods(reader.methods_policy(), reader.api_version)


def _plan(setting: Setting, desired: DesiredSetting, existing: Existing) -> SettingPlan:
    current = _find(desired, existing)
    kind = _kind(current.raw) if current else kind_of(desired.identifier)
    shape = current.shape if current else kind.shape
    if not desired.is_present:
        return _removal(setting, desired, current, kind)
    if current is None:
        _refuse_unknown(desired, kind, existing)
        desired = _named(desired)
    refuse_foreign(desired, shape)
    content = wanted_setting(shape, desired, current)
    plan = SettingPlan(setting.noun, _name(desired, current, content), desired, shape, current, content)
    if plan.is_changed:
        setting.check(content, desired.option)
    return plan


def _find(desired: DesiredSetting, existing: Existing) -> CurrentSetting | None:
    """The method that is meant: by id, by name, or by the name that an external method is to have.

    Raises EntraError when that is not one method.
    """
    found = _called(desired.identifier, "id", desired, existing)
    new_name = str((desired.content.get("external") or {}).get("displayName") or "")
    renamed = _called(new_name, "external.display_name", desired, existing) if new_name else None
    if found is not None and renamed is not None and found is not renamed:
        raise EntraError(
            f"{path_of(desired.option, 'external.display_name')}: {desired.identifier!r} ({found.identifier}) cannot "
            f"be called {new_name!r}: another external method is ({renamed.identifier}).",
            remedy="Remove one of the two, or choose another name.",
        )
    # Who is called so already has been renamed, or was made under that name.
    return found or renamed


def _called(name: str, option: str, desired: DesiredSetting, existing: Existing) -> CurrentSetting | None:
    sought = name.lower()
    by_id = next((one for one in existing if one.identifier.lower() == sought), None)
    named = [one for one in existing if one.name.lower() == sought]
    if by_id is None and len(named) > 1:
        identifiers = ", ".join(sorted(one.identifier for one in named))
        raise EntraError(
            f"{path_of(desired.option, option)}: {len(named)} external methods are named {name!r}: {identifiers}.",
            remedy="Give the id of the one that is meant.",
        )
    return by_id or next(iter(named), None)


def _removal(
    setting: Setting, desired: DesiredSetting, current: CurrentSetting | None, kind: MethodKind
) -> SettingPlan:
    if kind is not EXTERNAL:
        raise OptionError(
            f"{path_of(desired.option, 'state')}: {kind.identifier} is built in and cannot be removed.",
            remedy="Turn it off with method_state: disabled.",
        )
    name = current.name if current else desired.identifier
    return SettingPlan(setting.noun, name, desired, current.shape if current else kind.shape, current, None)


def _refuse_unknown(desired: DesiredSetting, kind: MethodKind, existing: Existing) -> None:
    """Only an external method with a name of its own can be new."""
    if kind is EXTERNAL and desired.content.get("external") and not is_guid(desired.identifier):
        return
    preview = f" {kind.identifier} is only in Graph's beta: add api_version: beta." if kind.preview else ""
    there = ", ".join(sorted(one.name for one in existing))
    raise EntraError(
        f"{path_of(desired.option, 'id')}: the tenant has no authentication method {desired.identifier!r}.",
        remedy=f"Correct it; there are: {there}.{preview} An external method is created from the options of external.",
    )


def _named(desired: DesiredSetting) -> DesiredSetting:
    """A new external method has the name under which it is wanted, unless it says another."""
    own = {"displayName": desired.identifier, **desired.content["external"]}
    return replace(desired, content={**desired.content, "external": own})


def refuse_foreign(desired: DesiredSetting, shape: Part) -> None:
    """Raise OptionError when something is wanted that a method of the form *shape* does not have."""
    foreign = [snake_case(name) for name in desired.content if shape.field(name) is None]
    foreign.extend(f"include_targets.{snake_case(name)}" for name in _foreign_of_targets(desired.content, shape))
    if foreign:
        raise OptionError(
            f"{path_of(desired.option, foreign[0])}: the method {desired.identifier} does not have it.",
            remedy="Give only what belongs to this method.",
        )


def _foreign_of_targets(content: Json, shape: Part) -> list[str]:
    """The members of wanted targets that belong to targets of other kinds of methods."""
    field = shape.field("includeTargets")
    known = {"id", "targetType", *(member.name for member in (field.fields if isinstance(field, Targets) else ()))}
    given = content.get("includeTargets") or []
    lists = [members or [] for members in given.values()] if isinstance(given, dict) else [given]
    members = [name for targets in lists for one in targets if isinstance(one, dict) for name in one]
    return sorted(set(members) - known)


def _name(desired: DesiredSetting, current: CurrentSetting | None, content: Json) -> str:
    return str((content.get("external") or {}).get("displayName") or (current or desired).identifier)


def _on_the_wire(body: Json, kind: MethodKind) -> Json:
    """*body* with what only its kind has beside the rest, and with its type."""
    own = body.pop(kind.own.name, None) if kind.own else None
    return {"@odata.type": kind.odata_type, **body, **(own or {})}


def as_graph_shows(method: CurrentSetting) -> Json:
    """A method as the service would show it with its canonical content."""
    content = dict(method.content)
    kind = _kind(method.raw) if method.raw else EXTERNAL
    own = content.pop(kind.own.name, None) if kind.own else None
    return {**method.raw, **content, **(own or {})}


def _action(setting: Setting, plan: SettingPlan, api_version: str) -> Action:
    if plan.current is None or plan.content is None:
        return _external_action(setting, plan, api_version)
    kind = _kind(plan.current.raw)
    body, back = patch_body(plan.shape, plan.before, plan.content), patch_body(plan.shape, plan.content, plan.before)
    bodies = _on_the_wire(body, kind), _on_the_wire(back, kind)
    return update_action(setting, plan, f"{PATH}/{plan.current.identifier}", bodies, api_version)


def _external_action(setting: Setting, plan: SettingPlan, api_version: str) -> Action:
    """The creation or the deletion of an external method; each is the other's undo."""
    create = Action(
        CREATE,
        setting.noun,
        plan.key,
        plan.name,
        PATH,
        "there is no external method of this name",
        _on_the_wire(complete_body(plan.shape, plan.content or plan.before), EXTERNAL),
        changes=tuple(plan.changes),
        api_version=api_version,
    )
    delete = replace(create, operation=DELETE, body=None, changes=(), reason="the external method is to be absent")
    if plan.current is None:
        return replace(create, undo=replace(delete, reason="take back"))
    undo = replace(create, reason="take back", changes=())
    return replace(delete, object_id=plan.current.identifier, undo=undo)


def opens(plan: SettingPlan) -> bool:
    """Whether a plan only lets more people use a method: it is turned on, or for more groups and else unchanged."""
    if plan.content is None or not plan.is_changed:
        return False
    if plan.is_new or plan.before.get("state") != plan.content["state"]:
        return bool(plan.content["state"] == ENABLED)
    gains = _gains_somebody(plan.before, plan.content) and not _gains_somebody(plan.content, plan.before)
    return gains and _apart_from_joining(plan.content, plan.before) == _apart_from_joining(plan.before, plan.before)


def _apart_from_joining(content: Json, before: Json) -> Json:
    """*content* without whom it excludes, and without the targets that were not included *before*."""
    known = _ids(before, "includeTargets")
    kept = [target for target in content["includeTargets"] if str(target["id"]) in known]
    return {**content, "includeTargets": kept, "excludeTargets": []}


def _gains_somebody(before: Json, after: Json) -> bool:
    joined = _ids(after, "includeTargets") - _ids(before, "includeTargets")
    return bool(joined or _ids(before, "excludeTargets") - _ids(after, "excludeTargets"))


def _ids(content: Json, name: str) -> set[str]:
    return {str(target["id"]) for target in content.get(name) or ()}


def _all_options() -> Part:
    """The form of the options: what all kinds have, and a part for each kind that has more."""
    of_target = {member.name: member for kind in KINDS for member in kind.of_target}
    common = MethodKind("", "", of_target=tuple(of_target.values())).shape
    return Part(NOUN, (*common.fields, *(kind.own for kind in KINDS if kind.own)))


OPTIONS: t.Final[Part] = _all_options()

SETTING = Setting(
    noun=NOUN,
    label=_LABEL,
    options=OPTIONS,
    read=_read,
    plan=_plan,
    action=_action,
    read_permissions=(READ_METHODS_POLICY,),
    write_permissions=(WRITE_METHODS_POLICY,),
    check=check_method,
    check_given=check_given_method,
    opens=opens,
    clouds_without=("china",),
)
