# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One tenant as the variables of its host describe it. Private to this collection."""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass, field
from pathlib import Path

from ansible.module_utils.parsing.convert_bool import boolean

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._resources.license import TIERS
from ansible_collections.m365.entra.plugins.plugin_utils._signin_baseline import PARTS_OF_A_TIER
from ansible_collections.m365.entra.plugins.plugin_utils._task_options import TASK_OPTIONS, task_options

Variables: t.TypeAlias = t.Mapping[str, t.Any]
Render: t.TypeAlias = t.Callable[[t.Any], t.Any]

_PREFIX = "signin_baseline_"
# What the filter signin_baseline_configuration takes from the role's variables: its arguments by their names. The role
# hands over the same, which a test holds against this.
_SETTINGS = {
    **{
        name: f"{_PREFIX}{name}"
        for name in (
            "license_tier",
            "profile",
            "enforce",
            "emergency_access_users",
            "emergency_access_groups",
            "administrators_group",
            "display_name_prefix",
            "unmanaged",
            "sign_in_tests",
            "additional_sign_in_tests",
            "sign_in_tests_on_failure",
            "lint_fail_on",
            "rollout",
            "promote",
            "promotion",
            "mfa_registration",
            "mfa_registration_overrides",
            "self_service_password_reset",
            "self_service_password_reset_overrides",
            "exceptions",
        )
    },
    "overrides": f"{_PREFIX}policy_overrides",
}
# What belongs to a tenant's connection, and says nothing where it is not defined.
_OPTIONAL = {"cloud": "entra_cloud", "portal": "entra_portal"}
_DIRECTORY = f"{_PREFIX}report_directory"
_NEEDED = {
    *_SETTINGS.values(),
    *(f"{_PREFIX}{name}" for name in ("administrators_group_managed", "override_guards")),
    *(f"baseline_{tier}_{part}" for tier in TIERS for part in PARTS_OF_A_TIER),
    # Without a premium licence there are no policies.
} - {"baseline_free_policies"}


@dataclass(frozen=True)
class Place:
    """Where is written what became of a host."""

    host: str
    tenant_id: str
    report_path: Path

    @property
    def failure_path(self) -> Path:
        """Where is written why the tenant failed."""
        return self.report_path.with_suffix(".failure.json")


@dataclass(frozen=True)
class Tenant:
    """What a host of the inventory says.

    *connection* are the connection's options, *baseline* the arguments of the filter signin_baseline_configuration
    but for the tenant's own facts, and *options* those of tenant_configuration that do not come from the baseline.
    """

    place: Place
    connection: dict[str, t.Any] = field(repr=False)
    baseline: dict[str, t.Any] = field(repr=False)
    options: dict[str, t.Any] = field(repr=False)

    @property
    def host(self) -> str:
        """The name of the host."""
        return self.place.host


@dataclass(frozen=True)
class HostVariables:
    """The *variables* of a host as they stand in the inventory; *render* makes values of them.

    *connection* are options of the connection for a tenant that says nothing of its own.
    """

    host: str
    variables: Variables = field(repr=False)
    render: Render = field(repr=False)
    connection: Variables = field(default_factory=dict, repr=False)

    def place(self) -> Place:
        """Where is written what became of the tenant. Raises OptionError and what *render* does."""
        self._require({_DIRECTORY})
        tenant_id = self.variables.get("entra_tenant_id", "")
        values = self._rendered({_DIRECTORY: self.variables[_DIRECTORY], "entra_tenant_id": tenant_id}, {_DIRECTORY})
        path = Path(str(values[_DIRECTORY])).absolute() / f"{file_name(self.host)}.json"
        return Place(self.host, str(values.get("entra_tenant_id") or ""), path)

    def tenant(self, place: Place) -> Tenant:
        """What the host says of its tenant. Raises OptionError and what *render* does."""
        values = self._values()
        creates_group = boolean(values[f"{_PREFIX}administrators_group_managed"])
        return Tenant(
            place=place,
            connection={**self.connection, **task_options({**self.variables, TASK_OPTIONS: {}}, self.render)},
            baseline={
                **{argument: values[name] for argument, name in {**_SETTINGS, **_OPTIONAL}.items() if name in values},
                "tiers": {tier: _tier(tier, values) for tier in TIERS},
            },
            options={
                "override_guards": values[f"{_PREFIX}override_guards"],
                **({"portal": values["entra_portal"]} if "entra_portal" in values else {}),
                # A group that a run would make is not there for the policies that name it.
                **({"groups": {"missing": "create"}} if creates_group else {}),
            },
        )

    def _values(self) -> Variables:
        """What the variables say, all in one go: each go of Ansible's templates has its price."""
        self._require(_NEEDED)
        wanted = [*_NEEDED, *(name for name in _OPTIONAL.values() if name in self.variables)]
        return self._rendered({name: self.variables[name] for name in wanted}, _NEEDED)

    def _rendered(self, variables: Variables, needed: t.Collection[str]) -> Variables:
        """The values of the *variables* but for those that say omit, which none of those *needed* may."""
        omit = self.variables.get("omit")
        values = {name: value for name, value in self.render(variables).items() if omit is None or value != omit}
        omitted = sorted(set(needed) - values.keys())
        if omitted:
            raise OptionError(
                f"{', '.join(omitted)}: omit is no value.", remedy="Do not define it, and the role's default holds."
            )
        return values

    def _require(self, names: t.Collection[str]) -> None:
        missing = sorted(set(names) - self.variables.keys())
        if missing:
            raise OptionError(
                f"{', '.join(missing)}: not defined in the play.",
                remedy="Import signin_baseline and the roles of the tiers with tasks_from: defaults in the same play.",
            )


def _tier(tier: str, values: Variables) -> dict[str, t.Any]:
    """What the role of the tier brings."""
    return {part: values.get(f"baseline_{tier}_{part}", {}) for part in PARTS_OF_A_TIER}


def file_name(host: str) -> str:
    """What the roles make of a host's name for a file, which may be the same of two hosts."""
    return re.sub(r"[^A-Za-z0-9._-]", "_", host)
