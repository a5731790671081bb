# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tenants that the user lists in the inventory file. Private to this collection."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.m365.entra.plugins.module_utils._graph.clouds import CLOUDS
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._reconcile.canonical import is_guid
from ansible_collections.m365.entra.plugins.module_utils._resources.license import TIERS

from .tenant import FleetTenant, Json

TEXTS = ("name", "display_name", "default_domain", "country", "license_tier", "cloud")
KNOWN = ("tenant_id", *TEXTS, "variables")
_HOST_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
# Names that mean something else to Ansible.
_RESERVED = frozenset({"all", "ungrouped", "localhost"})


def listed_tenants(entries: t.Any, default_cloud: str) -> list[FleetTenant]:
    """The tenants of the option ``tenants``. Raises OptionError that names the entry for what cannot be meant."""
    if not isinstance(entries, list):
        raise OptionError("tenants: a list is expected.", remedy="Write one entry for each tenant.")
    tenants = [_listed(entry, f"tenants[{number}]", default_cloud) for number, entry in enumerate(entries)]
    _refuse_repeated([one.tenant_id for one in tenants], "tenant_id")
    _refuse_repeated([one.name for one in tenants if one.name], "name")
    return tenants


def excluded_ids(given: t.Iterable[t.Any]) -> frozenset[str]:
    """The option ``exclude_tenants``. Raises OptionError for what is no id: it would leave out nobody, unnoticed."""
    found = [str(one).strip().lower() for one in given]
    wrong = [one for one in found if not is_guid(one)]
    if wrong:
        raise OptionError(
            f"exclude_tenants: these are no tenant ids (GUIDs): {', '.join(wrong)}.",
            remedy="Give the ids; groups and --limit leave out hosts by their names.",
        )
    return frozenset(found)


def _listed(entry: t.Any, option: str, default_cloud: str) -> FleetTenant:
    if not isinstance(entry, dict):
        raise OptionError(f"{option}: a dictionary is expected.", remedy="Give at least tenant_id.")
    _refuse_unknown(entry, option)
    texts = {name: str(entry.get(name) or "") for name in TEXTS}
    _check_name(texts["name"], option)
    _check_choice(texts["license_tier"], TIERS, f"{option}.license_tier")
    _check_choice(texts["cloud"], tuple(CLOUDS), f"{option}.cloud")
    return FleetTenant(
        tenant_id=_tenant_id(entry, option),
        display_name=texts["display_name"],
        default_domain=texts["default_domain"],
        country=texts["country"],
        license_tier=texts["license_tier"],
        cloud=texts["cloud"] or default_cloud,
        name=texts["name"],
        sources=("list",),
        variables=_variables(entry, option),
    )


def _refuse_unknown(entry: Json, option: str) -> None:
    unknown = sorted(set(map(str, entry)) - set(KNOWN))
    if unknown:
        raise OptionError(
            f"{option}: unknown: {', '.join(unknown)}.",
            remedy=f"Known are {', '.join(KNOWN)}; what a play is to know of the tenant belongs in variables.",
        )


def _tenant_id(entry: Json, option: str) -> str:
    identifier = str(entry.get("tenant_id") or "")
    if not is_guid(identifier):
        raise OptionError(
            f"{option}.tenant_id: this is not a tenant id (a GUID).",
            remedy="Give the tenant's id; its domain name belongs in default_domain.",
        )
    return identifier.lower()


def _check_name(name: str, option: str) -> None:
    if name and (not _HOST_NAME.fullmatch(name) or name.lower() in _RESERVED):
        raise OptionError(
            f"{option}.name: {name!r} cannot be the name of a host.",
            remedy="Use letters, digits, dots, hyphens and underscores, and none of all, ungrouped and localhost.",
        )


def _check_choice(value: str, choices: t.Sequence[str], option: str) -> None:
    if value and value not in choices:
        raise OptionError(f"{option}: {value!r} is none of {', '.join(choices)}.")


def _variables(entry: Json, option: str) -> dict[str, t.Any]:
    variables = entry.get("variables")
    if variables is not None and not isinstance(variables, dict):
        raise OptionError(f"{option}.variables: a dictionary is expected.")
    return dict(variables or {})


def _refuse_repeated(values: t.Sequence[str], name: str) -> None:
    repeated = sorted({value for value in values if values.count(value) > 1})
    if repeated:
        raise OptionError(
            f"tenants: the same {name} more than once: {', '.join(repeated)}.",
            remedy="One entry is one tenant and one host.",
        )
