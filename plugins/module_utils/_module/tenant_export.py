# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of tenant_export: writes a tenant's policies, and what they refer to, as files of our own options."""

from __future__ import annotations

import typing as t
from pathlib import Path

from .._directory.directory import Directory
from .._files.exported import Exported, Skipped, export_objects, export_policies
from .._files.exported_settings import export_settings
from .._files.folder import FileChange, carry_out_changes, make_folders, planned_changes
from .._files.layout import FOLDERS, SETTINGS_FOLDER, SUFFIX, file_names
from .._files.names import learn_names
from .._files.text import file_text
from .._graph.api_versions import API_VERSIONS, V1
from .._graph.errors import OptionError
from .._graph.session import Session
from .._guard.permissions import READ_POLICIES, require_permissions
from .._reconcile.shape import Json
from .._resources.conditional_access_policy import read_policies
from .._resources.objects import RESOURCES, read_objects, read_permissions, tell_directory
from .._resources.prerequisites import require_names
from .._resources.preview_policies import PreviewPolicies, preview_policies_warning, read_preview_policies
from .._spec.argument_spec import ArgumentSpec
from .._spec.protocol import MakeSession, ModuleProtocol

SPEC = ArgumentSpec(
    {
        "path": {"type": "path", "required": True},
        "remove_stale": {"type": "bool", "default": False},
        "schemas": {"type": "str"},
        "settings": {"type": "bool", "default": False},
        "api_version": {"type": "str", "choices": list(API_VERSIONS), "default": V1},
    }
)


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """Read all objects once, and bring the files to them."""
    path, schemas = str(module.params["path"]).strip(), module.params["schemas"]
    if not path:
        raise OptionError("path: a folder is needed.")
    if schemas and not schemas.isprintable():
        raise OptionError("schemas: a path or an address has no control characters.")
    session, api_version = make_session(), module.params["api_version"]
    exported, skipped, hidden, warnings = _export(session, api_version)
    settings = export_settings(session, api_version) if module.params["settings"] else {}
    for warning in warnings:
        module.warn(warning)
    root = Path(path)
    changes = planned_changes(
        root,
        {**_files(exported, schemas), **_setting_files(settings, schemas)},
        removes_stale=module.params["remove_stale"],
        # What exists and is not written now may have been written through another version of Graph.
        keeps={*(one.name for one in skipped), *hidden},
    )
    if not module.check_mode:
        make_folders(root)
        carry_out_changes(changes)
    result: dict[str, t.Any] = {
        "changed": bool(changes),
        "tenant_export": {
            "path": str(root),
            "counts": {folder: sum(one.noun == noun for one in exported) for noun, folder in FOLDERS.items()},
            "settings": sorted(settings),
            "written": [str(change.path.relative_to(root)) for change in changes if change.after is not None],
            "removed": [str(change.path.relative_to(root)) for change in changes if change.after is None],
            "skipped": [_told(one) for one in skipped],
        },
    }
    if module.diff:
        result["diff"] = [_diff(change) for change in changes]
    return result


def _export(session: Session, api_version: str) -> tuple[list[Exported], list[Skipped], list[str], list[str]]:
    require_permissions([READ_POLICIES, *read_permissions(RESOURCES)], session.claims.permissions)
    policies = read_policies(session, api_version)
    preview = read_preview_policies(session, policies) if api_version == V1 else PreviewPolicies()
    warning = preview_policies_warning(preview)
    objects = read_objects(session, RESOURCES)
    directory = Directory(session)
    tell_directory(directory, (), objects)
    require_names(session, policies)
    learn_names(directory, [policy.content for policy in policies])
    parts = [
        *(export_objects(RESOURCES[noun], found) for noun, found in objects.items()),
        export_policies(policies, directory, frozenset(one.identifier for one in preview.masked)),
    ]
    return (
        [one for exported, _skipped, _warnings in parts for one in exported],
        [one for _exported, skipped, _warnings in parts for one in skipped],
        [one.name for one in preview.hidden],
        [*([warning] if warning else []), *(one for _exported, _skipped, warnings in parts for one in warnings)],
    )


def _files(exported: t.Sequence[Exported], schemas: str | None) -> dict[str, str]:
    files: dict[str, str] = {}
    for noun, folder in FOLDERS.items():
        of_kind = [one for one in exported if one.noun == noun]
        schema = f"{schemas.rstrip('/')}/{noun}.json" if schemas else None
        for one, name in zip(of_kind, file_names([one.name for one in of_kind]), strict=True):
            files[f"{folder}/{name}"] = file_text(one.options, schema)
    return files


def _setting_files(settings: t.Mapping[str, t.Any], schemas: str | None) -> dict[str, str]:
    return {
        f"{SETTINGS_FOLDER}/{name}{SUFFIX}": file_text(
            options, f"{schemas.rstrip('/')}/{name}.json" if schemas else None
        )
        for name, options in settings.items()
    }


def _told(skipped: Skipped) -> Json:
    return {
        "resource": skipped.noun,
        "display_name": skipped.name,
        "id": skipped.identifier,
        "reason": skipped.reason,
    }


def _diff(change: FileChange) -> Json:
    header = str(change.path)
    return {
        "before_header": header,
        "after_header": header,
        "before": change.before or "",
        "after": change.after or "",
    }
