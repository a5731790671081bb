# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Between options and settings: what is wanted of a setting, and how tasks return one."""

from __future__ import annotations

import typing as t

from .._graph.api_versions import BETA
from .._graph.errors import OptionError
from .._reconcile.content_check import check_content
from .._reconcile.option_names import content_from_options, options_from_content
from .._reconcile.option_path import path_of
from .._reconcile.preview import preview_uses
from .._reconcile.shape import Json
from .._settings.authentication_method_kinds import kind_of
from .._settings.setting_plan import CurrentSetting, DesiredSetting
from . import authentication_method_configuration as methods
from .setting import Setting

Options = t.Mapping[str, t.Any]


def desired_setting(setting: Setting, options: Options, option: str, api_version: str) -> DesiredSetting:
    """What the given *options* want of the one setting of a kind; *option* is the path that messages begin with.

    Null says nothing. Raises OptionError for what cannot be meant, and for what only beta has in another version.
    """
    content = _content(setting, options, option)
    _refuse_preview(preview_uses(setting.options, content), option, api_version)
    return DesiredSetting(option, content)


def desired_method(options: Options, option: str, api_version: str) -> DesiredSetting:
    """What the given *options* want of one authentication method. Raises OptionError as desired_setting does."""
    identifier = str(options.get("id") or "").strip()
    if not identifier:
        raise OptionError(
            f"{path_of(option, 'id')}: the method's id is needed.",
            remedy="Such as MicrosoftAuthenticator or Fido2, or the name of an external method.",
        )
    is_present = (options.get("state") or "present") == "present"
    content = _content(methods.SETTING, options, option)
    kind = kind_of(identifier)
    methods.refuse_foreign(DesiredSetting(option, content, identifier), kind.shape)
    uses = preview_uses(methods.SETTING.options, content)
    _refuse_preview([*([f"id {kind.identifier}"] if kind.preview else []), *uses], option, api_version)
    return DesiredSetting(option, content, kind.identifier or identifier, is_present)


def desired_methods(items: t.Sequence[Options], option: str, api_version: str) -> tuple[DesiredSetting, ...]:
    """The wanted methods of a list option; *option* is its path."""
    return tuple(desired_method(item, f"{option}[{index}]", api_version) for index, item in enumerate(items))


def beta_uses(setting: Setting, desired: DesiredSetting) -> list[str]:
    """The option paths in what is wanted that only Graph's beta endpoint has."""
    uses = preview_uses(setting.options, desired.content)
    if setting.noun == methods.NOUN and kind_of(desired.identifier).preview:
        uses.insert(0, f"id {desired.identifier}")
    return [path_of(desired.option, use) for use in uses]


def _content(setting: Setting, options: Options, option: str) -> Json:
    content: Json = _without_nulls(content_from_options(setting.options, _without_nulls(options)))
    check_content(setting.options, content, option)
    setting.check_given(content, option)
    return content


def _without_nulls(value: t.Any) -> t.Any:
    """A setting is never without a value, so that null can only mean that nothing is said."""
    if isinstance(value, dict):
        return {name: _without_nulls(member) for name, member in value.items() if member is not None}
    return value


def _refuse_preview(uses: t.Sequence[str], option: str, api_version: str) -> None:
    if uses and api_version != BETA:
        paths = ", ".join(path_of(option, use) for use in uses)
        raise OptionError(
            f"{paths}: only Graph's beta endpoint has this.",
            remedy="Add api_version: beta if you accept that Microsoft may change it at any time, or leave it out.",
        )


def setting_result(current: CurrentSetting) -> Json:
    """A setting as tasks return it."""
    return options_from_content(current.shape, current.content, keeps_empty=True)


def method_result(current: CurrentSetting) -> Json:
    """An authentication method as tasks return it: all that its kind has."""
    return {"id": current.identifier or None, "display_name": current.name, **setting_result(current)}
