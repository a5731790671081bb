# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The settings of a tenant as options, for files: what Graph shows of them, whole."""

from __future__ import annotations

import typing as t

from .._directory.directory import Directory
from .._graph.session import Session
from .._guard.permissions import READ_GROUPS, require_permissions
from .._reconcile.shape import Json
from .._resources import (
    authentication_method_configuration,
    authentication_methods_policy,
    authorization_policy,
)
from .._resources.settings_reader import SettingsReader
from .._settings.authentication_method_kinds import EXTERNAL, kind_of
from .._settings.setting_plan import CurrentSetting
from .names import learn_names, named_options

_METHODS = "authentication_method_configurations"
_SINGLE = (authentication_methods_policy.SETTING, authorization_policy.SETTING)


def export_settings(session: Session, api_version: str) -> dict[str, t.Any]:
    """The settings by the option of tenant_configuration, names in place of ids; two reads, and one for names.

    Methods that this collection does not know are left out. Raises what reading raises.
    """
    methods = authentication_method_configuration.SETTING
    needed = [need for setting in (*_SINGLE, methods) for need in setting.read_permissions]
    require_permissions([*dict.fromkeys(needed), READ_GROUPS], session.claims.permissions)
    reader = SettingsReader(session, api_version)
    directory = Directory(session)
    single = {setting.noun: setting.read(reader)[0] for setting in _SINGLE}
    known = [one for one in methods.read(reader) if _is_known(one)]
    for found in (*single.values(), *known):
        learn_names(directory, [found.content], found.shape)
    return {
        **{noun: _options(found, directory) for noun, found in single.items()},
        _METHODS: [_method(one, directory) for one in known],
    }


def _is_known(method: CurrentSetting) -> bool:
    kind = kind_of(method.identifier)
    return kind is not EXTERNAL or "external" in method.content


def _options(found: CurrentSetting, directory: Directory) -> Json:
    """All that is known of a setting: false and empty lists say something, what has no value does not."""
    return t.cast("Json", _without_nulls(named_options(found.content, directory, found.shape, keeps_empty=True)))


def _without_nulls(value: t.Any) -> t.Any:
    if isinstance(value, dict):
        return {name: _without_nulls(member) for name, member in value.items() if member is not None}
    if isinstance(value, list):
        return [_without_nulls(member) for member in value]
    return value


def _method(found: CurrentSetting, directory: Directory) -> Json:
    return {"id": found.name, **_options(found, directory)}
