# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One tenant from its variables to its files and to what a summary says of it. Private to this collection."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, replace
from pathlib import Path

from ansible.errors import AnsibleError
from ansible.module_utils.common.parameters import remove_values

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import EntraError
from ansible_collections.m365.entra.plugins.module_utils._module.tenant_report import report_text, write_report
from ansible_collections.m365.entra.plugins.module_utils._spec.connection_options import CONNECTION
from ansible_collections.m365.entra.plugins.plugin_utils._audit.failure import failure_of
from ansible_collections.m365.entra.plugins.plugin_utils._audit.tenant import Place, Tenant
from ansible_collections.m365.entra.plugins.plugin_utils._audit.visit import look_at
from ansible_collections.m365.entra.plugins.plugin_utils._fleet.report import Digest, digest_of_document


@dataclass(frozen=True)
class Audited:
    """A tenant after it was looked at; *difference* is what Ansible shows of what would change."""

    digest: Digest
    warnings: tuple[str, ...] = ()
    difference: t.Any = None


def audited(tenant: Tenant, *, diff: bool) -> Audited:
    """Look at the tenant and write what was found, or why nothing was. Raises what look_at does, and OSError."""
    found = look_at(tenant, diff=diff)
    digest = None
    if found.report is not None:
        write_report(tenant.place.report_path, report_text(found.report))
        digest = digest_of_document(found.report, tenant.place.report_path)
    if found.failure or digest is None:
        failure = _written_failure(tenant.place, found.failure)
        digest = digest.failing_as(failure) if digest else failure
    return Audited(digest, found.warnings, found.difference)


def failed(host: str, place: Place | None, message: str) -> Audited:
    """A tenant that nothing is known of but why, which is written down where there is a place for it."""
    if place is None:
        return Audited(_unwritten_failure(host, message))
    try:
        return Audited(_written_failure(place, message))
    except OSError as unwritten:
        return Audited(_unwritten_failure(host, f"{message} This could not be written down: {unwritten}"))


def message_of(error: BaseException, tenant: Tenant | None) -> str:
    """What an error says, without the tenant's secrets; one that nobody meant for people is named by its kind."""
    is_for_people = isinstance(error, (AnsibleError, EntraError, OSError))
    text = _said_by(error) if is_for_people else f"{type(error).__name__}: {_said_by(error)}"
    return _without_secrets(text, tenant.connection) if tenant else text


def _said_by(error: BaseException) -> str:
    """The error's words. One that cannot even say them must not take the other tenants with it."""
    try:
        return str(error)
    except Exception as silent:  # noqa: BLE001 - whatever it is, it is told
        return f"no words, but {type(silent).__name__}"


def _without_secrets(text: str, connection: t.Mapping[str, t.Any]) -> str:
    secrets = [str(value) for name, value in connection.items() if CONNECTION.options[name].get("no_log")]
    return str(remove_values(text, [secret for secret in secrets if secret]))


def _written_failure(place: Place, message: str) -> Digest:
    failure = failure_of(place.host, place.tenant_id, message)
    write_report(place.failure_path, report_text(failure))
    return digest_of_document(failure, place.failure_path)


def _unwritten_failure(host: str, message: str) -> Digest:
    return replace(digest_of_document(failure_of(host, "", message), Path()), path="")
