# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the task signin_baseline_audit returns of all tenants. Private to this collection."""

from __future__ import annotations

import typing as t

from ansible_collections.m365.entra.plugins.plugin_utils._audit.audited import Audited
from ansible_collections.m365.entra.plugins.plugin_utils._fleet.report import FAILED, PENDING, Digest

# A thousand names would hide what is said of them.
_NAMES_SHOWN = 3


def audit_result(hosts: t.Sequence[str], found: t.Sequence[Audited]) -> dict[str, t.Any]:
    """The task's result, tenants in the order of *hosts*."""
    order = {host: number for number, host in enumerate(hosts)}
    ordered = sorted(found, key=lambda one: order[one.digest.tenant])
    result: dict[str, t.Any] = {
        "changed": any(one.digest.status == PENDING for one in ordered),
        "tenants": [one.digest.to_result() for one in ordered],
        "failed_hosts": [one.digest.tenant for one in ordered if one.digest.status == FAILED],
    }
    warnings = _warnings(ordered)
    differences = [_named(one.digest.tenant, one.difference) for one in ordered if one.difference]
    return {
        **result,
        **({"warnings": warnings} if warnings else {}),
        **({"diff": differences} if differences else {}),
    }


def line_of(digest: Digest) -> str:
    """One tenant as it is shown as soon as it is done, like the hosts of a task."""
    line = f"{digest.status}: [{digest.tenant}]"
    return f"{line} => {digest.message}" if digest.message else line


def _warnings(found: t.Sequence[Audited]) -> list[str]:
    """Each warning once, with the hosts that it is about."""
    hosts: dict[str, list[str]] = {}
    for one in found:
        for warning in one.warnings:
            hosts.setdefault(warning, []).append(one.digest.tenant)
    return [f"{_some(names)}: {warning}" for warning, names in hosts.items()]


def _some(names: t.Sequence[str]) -> str:
    """The names, or how many there are besides the first."""
    shown, more = names[:_NAMES_SHOWN], len(names) - _NAMES_SHOWN
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def _named(host: str, difference: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """A difference with the host that it is of."""
    return {**difference, "before_header": f"{host} now", "after_header": f"{host} with the baseline"}
