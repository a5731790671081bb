# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated tenants that are measured: some that are in order, and some where nothing was done yet."""

from __future__ import annotations

import json
import ssl
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.demo import demo_documents

JsonObject = dict[str, Any]


@dataclass(frozen=True)
class Service:
    """A running simulator."""

    url: str
    ca_path: str

    def ask(self, method: str, path: str, body: JsonObject | None = None) -> Any:
        """Send a request to a control endpoint and return the answer."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}{path}", data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, context=ssl.create_default_context(cafile=self.ca_path)) as answer:
            content = answer.read()
        return json.loads(content) if content else None

    def set_profile(self, **settings: Any) -> None:
        """Change settings of the simulator."""
        self.ask("PUT", "/_simulator/profile", settings)

    def slow_down(self, milliseconds: int) -> None:
        """Let every answer of Microsoft Graph take this much longer."""
        action = {"kind": "delay", "seconds": milliseconds / 1000}
        rule = {"method": "*", "path": "^/(v1.0|beta)/", "count": 10**9, "action": action}
        self.ask("PUT", "/_simulator/faults", {"rules": [rule] if milliseconds else []})

    def new_tenant(self, name: str, state: JsonObject | None = None) -> JsonObject:
        """Make a P2 tenant, as the demonstration's or with a whole state, and return its entry."""
        (document,) = [one for one in demo_documents() if one["license"] == "p2"]
        del document["tenant_id"]
        answer: JsonObject = self.ask(
            "POST", "/_simulator/tenants", {**document, "name": name, **({"state": state} if state else {})}
        )
        return answer

    def state(self, tenant: JsonObject) -> JsonObject:
        """Return all objects of a tenant that another one can have, too: its own names are its own."""
        found: JsonObject = self.ask("GET", f"/_simulator/tenants/{tenant['tenant_id']}")["state"]
        return {path: objects for path, objects in found.items() if path not in ("/organization", "/domains")}

    def requests(self) -> list[JsonObject]:
        """Return the journal, and empty it."""
        entries = self.ask("GET", "/_simulator/requests")
        self.ask("DELETE", "/_simulator/requests")
        found: list[JsonObject] = entries["requests"]
        return found


def inventory(tenants: list[JsonObject], service: Service, folder: Path, variables: JsonObject) -> Path:
    """Write an inventory with a host for each tenant and return its path."""
    hosts = {
        tenant["name"]: {f"entra_{name}": tenant[name] for name in ("tenant_id", "client_id", "client_secret")}
        for tenant in tenants
    }
    shared = {
        "ansible_connection": "local",
        "ansible_python_interpreter": sys.executable,
        "entra_authority_url": service.url,
        "entra_graph_url": service.url,
        "entra_ca_path": service.ca_path,
        "signin_baseline_enforce": True,
        "signin_baseline_emergency_access_groups": ["Emergency access accounts"],
        "signin_baseline_report_directory": str(folder / "reports"),
        **variables,
    }
    path = folder / "inventory.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps({"all": {"hosts": hosts, "vars": shared}}), encoding="utf-8")
    return path
