# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Puts back settings: of each only what the run changed, so that what others have set since stays."""

from __future__ import annotations

import typing as t
from dataclasses import replace

from .._graph.errors import OptionError
from .._graph.session import Session
from .._reconcile.canonical import canonical, canonical_value
from .._reconcile.shape import Json, Part, Targets, snake_case
from .._resources import per_user_mfa_setting
from .._resources.setting import Setting
from .._resources.settings import SETTINGS
from .._resources.settings_reader import SettingsReader
from .._settings.portal_addresses import PortalAddresses
from .._settings.setting_plan import CurrentSetting, DesiredSetting
from .ids import Ids
from .judge import LEAVE, REMOVE, Live, Seen, judge
from .snapshot import Form, Snapshot, TouchedObject
from .undo import Told, Undo, option_at

PORTAL_NOUNS = ("mfa_registration_policy", "self_service_password_reset")


def undo_settings(session: Session, snapshot: Snapshot, ids: Ids, addresses: PortalAddresses | None) -> Undo:
    """What puts back the settings of *snapshot*; without *addresses* those that only the portal holds are told."""
    touched = [(index, one) for index, one in enumerate(snapshot.objects) if one.resource in SETTINGS and one.is_kept]
    reachable = [(index, one) for index, one in touched if addresses or one.resource not in PORTAL_NOUNS]
    undo = Undo(
        not_undone=tuple(
            Told(one, "only the portal holds it; give portal, with the credential of a signed-in person")
            for index, one in touched
            if (index, one) not in reachable
        )
    )
    users = [one.identifier for _index, one in reachable if one.resource == per_user_mfa_setting.NOUN]
    reader = SettingsReader(session, snapshot.api_version, addresses, users)
    current = {noun: SETTINGS[noun].read(reader) for noun in dict.fromkeys(one.resource for _index, one in reachable)}
    for index, one in reachable:
        undo_one = _undo_existing if one.before and one.planned else _undo_coming_and_going
        undo = undo.joined(undo_one(option_at(index), one, current[one.resource], snapshot, ids))
    return undo


def _undo_existing(
    option: str, touched: TouchedObject, existing: t.Sequence[CurrentSetting], snapshot: Snapshot, ids: Ids
) -> Undo:
    """What was there before and after the run: what it changed is put back, member by member."""
    setting = SETTINGS[touched.resource]
    current = _find(touched, existing)
    if current is None:
        return Undo(not_undone=(Told(touched, "it is not there any more"),))
    before, planned = (_up_to_date(setting, form, current.shape, ids) for form in (touched.before, touched.planned))
    changed = [name for name, value in planned.items() if value != before[name]]
    to_do = [name for name in changed if current.content[name] != before[name]]
    lost = [name for name in to_do if current.content[name] != planned[name]]
    if not to_do:
        return Undo()
    content = {name: explicit(current.shape, name, before[name]) for name in to_do}
    problem = _problem(setting, {**current.content, **{name: before[name] for name in to_do}}, option)
    if problem:
        return Undo(not_undone=(Told(touched, problem),))
    return Undo(
        settings=((setting.noun, DesiredSetting(option, content, current.identifier)),),
        changed_since=(Told(touched, f"changed: {', '.join(map(snake_case, lost))}"),) if lost else (),
    )


def _find(touched: TouchedObject, existing: t.Sequence[CurrentSetting]) -> CurrentSetting | None:
    """The setting as it is now; one that the portal holds is told by its address, which may be another one by now."""
    if touched.resource in PORTAL_NOUNS:
        return next(iter(existing), None)
    return next((one for one in existing if one.identifier == touched.identifier), None)


def _undo_coming_and_going(
    option: str, touched: TouchedObject, existing: t.Sequence[CurrentSetting], snapshot: Snapshot, ids: Ids
) -> Undo:
    """What the run created or removed, such as an external authentication method."""
    setting = SETTINGS[touched.resource]

    def form(old: Form | None) -> Form | None:
        return old and replace(old, content=_known(old.content))

    seen = Seen([Live(one.identifier, one.name, _known(one.content)) for one in existing])
    judged = replace(
        touched,
        identifier=touched.identifier or ids.created.get(touched.key, ""),
        before=form(touched.before),
        planned=form(touched.planned),
    )
    verdict = judge(judged, seen, is_finished=snapshot.is_finished)
    undo = Undo(
        changed_since=(Told(touched, verdict.since),) if verdict.since else (),
        not_undone=(Told(touched, verdict.problem),) if verdict.problem else (),
        remade=(Told(touched, "it is made anew, with a new id"),) if verdict.is_remade else (),
    )
    if verdict.action == REMOVE:
        gone = DesiredSetting(option, {}, verdict.identifier, is_present=False)
        return replace(undo, settings=((setting.noun, gone),))
    if verdict.action == LEAVE or touched.before is None:
        return undo
    found = next((one for one in existing if one.identifier == verdict.identifier), None)
    content = _known(touched.before.content)
    if found is not None:
        content = {name: explicit(found.shape, name, value) for name, value in content.items()}
    desired = DesiredSetting(option, content, verdict.identifier or touched.before.name)
    return replace(undo, settings=((setting.noun, desired),))


def _known(content: Json) -> Json:
    return {name: value for name, value in content.items() if value is not None}


def _up_to_date(setting: Setting, form: Form | None, shape: Part, ids: Ids) -> Json:
    return canonical(shape, ids.up_to_date(setting.options, form.content if form else {}))


def explicit(shape: Part, name: str, value: t.Any) -> t.Any:
    """A canonical value as one that is laid over another: with what it leaves out because it says nothing."""
    field = shape.field(name)
    if isinstance(field, Targets):
        defaults = {member.name: canonical_value(member, None) for member in field.fields}
        return [{**defaults, **target} for target in value or []]
    if isinstance(field, Part) and isinstance(value, dict):
        return {member: explicit(field, member, one) for member, one in value.items()}
    return value


def _problem(setting: Setting, content: Json, option: str) -> str:
    """Why the service would refuse a content that it accepted once; empty when it would not."""
    try:
        setting.check(content, option)
    except OptionError as broken:
        return broken.message
    return ""
