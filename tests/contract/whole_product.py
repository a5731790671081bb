# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection's modules, run in this process against the simulator, without Ansible in between."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .product import CHECKOUT, PACKAGE


@dataclass
class Task:
    """What a module's body needs of a running task."""

    params: Mapping[str, Any]
    given: Mapping[str, Any]
    check_mode: bool = False
    diff: bool = False
    warnings: list[str] = field(default_factory=list)

    def warn(self, message: str) -> None:
        self.warnings.append(message)


def with_defaults(spec: Mapping[str, Any], options: Mapping[str, Any]) -> JsonObject:
    """Return ``options`` with the defaults of a specification, as Ansible fills them in."""
    params = {name: options.get(name, one.get("default")) for name, one in spec.items()}
    inner = {name: one["options"] for name, one in spec.items() if one.get("apply_defaults")}
    return params | {name: with_defaults(one, options.get(name) or {}) for name, one in inner.items()}


def check_known(spec: Mapping[str, Any], options: Mapping[str, Any]) -> None:
    """Raise a KeyError for an option that no specification has: Ansible would refuse it, the bodies do not see it."""
    for name, value in options.items():
        inner = spec[name].get("options")
        for one in value if isinstance(value, list) else [value]:
            if inner and isinstance(one, dict):
                check_known(inner, one)


def imported(folder: Path, name: str) -> ModuleType:
    """Import a part of the collection from this checkout; ``folder`` takes a link under the collection's own name."""
    link = folder / "ansible_collections" / "m365" / "entra"
    if not link.exists():
        link.parent.mkdir(parents=True)
        link.symlink_to(CHECKOUT)
    sys.path.insert(0, str(folder))
    try:
        return import_module(f"{PACKAGE}.{name}")
    finally:
        sys.path.remove(str(folder))


@dataclass(frozen=True)
class WholeProduct:
    """The modules of the collection against one simulator."""

    folder: Path
    simulator: TestSimulator

    def part(self, name: str) -> ModuleType:
        return imported(self.folder, name)

    def run(self, module: str, tenant: JsonObject, options: Mapping[str, Any], *, check_mode: bool = False) -> Any:
        """Return the result of a module with ``options`` in a tenant of the simulator."""
        return self.task(module, tenant, options, check_mode=check_mode)[0]

    def task(
        self,
        module: str,
        tenant: JsonObject,
        options: Mapping[str, Any],
        *,
        check_mode: bool = False,
        prepare: Callable[[Any], None] = lambda session: None,
    ) -> tuple[Any, Task]:
        """Return the result of a module and the task, which has its warnings; ``prepare`` is handed the session."""
        body = self.part(f"_module.{module}")
        check_known(body.SPEC.options, options)
        task = Task(with_defaults(body.SPEC.options, options), options, check_mode, diff=True)
        session = self.session(tenant, task.params.get("portal"), read_only=check_mode)
        prepare(session)
        try:
            return body.run(task, lambda: session), task
        finally:
            session.close()

    def session(self, tenant: JsonObject, portal: Mapping[str, Any] | None = None, *, read_only: bool = False) -> Any:
        """Return a session with a tenant of the simulator; ``portal`` is the option of that name."""
        options: defaultdict[str, Any] = defaultdict(lambda: None, portal=portal)
        options.update(
            {name: tenant[name] for name in ("tenant_id", "client_id", "client_secret")},
            auth_method="client_secret",
            cloud="global",
            authority_url=self.simulator.url,
            graph_url=self.simulator.url,
            ca_path=str(self.simulator.ca_path),
        )
        connection = self.part("_graph.connection").connection_from_options(options)
        return self.part("_graph.session").GraphSession(connection, read_only=read_only)
