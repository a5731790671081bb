# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The floor: one process that sends the same requests for every tenant of an inventory, and compares nothing.

Run as `python -m bench.floor INVENTORY`.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import sys
from pathlib import Path
from typing import Any

import httpx

from bench.plays import READ

AT_ONCE = 20


async def audit(client: httpx.AsyncClient, tenant: dict[str, str], shared: dict[str, Any]) -> None:
    """Fetch a token and everything that a quiet run reads."""
    form = {
        "grant_type": "client_credentials",
        "client_id": tenant["entra_client_id"],
        "client_secret": tenant["entra_client_secret"],
        "scope": f"{shared['entra_graph_url']}/.default",
    }
    answer = await client.post(
        f"{shared['entra_authority_url']}/{tenant['entra_tenant_id']}/oauth2/v2.0/token", data=form
    )
    headers = {"Authorization": f"Bearer {answer.raise_for_status().json()['access_token']}"}
    for path in READ:
        found = await client.get(f"{shared['entra_graph_url']}{path}", headers=headers)
        found.raise_for_status().json()


async def audit_all(inventory: Path) -> None:
    """Audit all tenants, a few at once."""
    document = json.loads(inventory.read_text(encoding="utf-8"))["all"]
    shared, limit = document["vars"], asyncio.Semaphore(AT_ONCE)
    async with httpx.AsyncClient(verify=ssl.create_default_context(cafile=shared["entra_ca_path"])) as client:

        async def one(tenant: dict[str, str]) -> None:
            async with limit:
                await audit(client, tenant, shared)

        await asyncio.gather(*(one(tenant) for tenant in document["hosts"].values()))


if __name__ == "__main__":
    asyncio.run(audit_all(Path(sys.argv[1])))
