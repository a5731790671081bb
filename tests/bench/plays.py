# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is compared: our playbook through each door, tasks as people write them by hand, empty tasks, and the floor."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Play = dict[str, Any]

APPLY = "m365.entra.remote_work_step1"
AUDIT = "m365.entra.audit"
# What a quiet run of the baseline reads, each of them once.
READ = (
    "/v1.0/subscribedSkus",
    "/v1.0/organization",
    "/v1.0/policies/identitySecurityDefaultsEnforcementPolicy",
    "/v1.0/identity/conditionalAccess/policies",
    "/v1.0/policies/authenticationMethodsPolicy",
    "/v1.0/policies/authorizationPolicy",
    "/v1.0/groups?$filter=displayName eq 'Emergency access accounts'",
)


def _on_all(tasks: list[dict[str, Any]]) -> Play:
    return {"hosts": "all", "gather_facts": False, "strategy": "ansible.builtin.free", "tasks": tasks}


def an_empty_task() -> list[Play]:
    """Return a play with a task that does nothing: what any playbook costs that has a task for each tenant."""
    return [_on_all([{"ansible.builtin.debug": {"msg": "nothing"}}])]


def by_hand(expected: int) -> list[Play]:
    """Return a play with tasks as people write them: a token, a request for each kind of object, a comparison each."""
    token = {
        "ansible.builtin.uri": {
            "url": "{{ entra_authority_url }}/{{ entra_tenant_id }}/oauth2/v2.0/token",
            "method": "POST",
            "body_format": "form-urlencoded",
            "body": {
                "grant_type": "client_credentials",
                "client_id": "{{ entra_client_id }}",
                "client_secret": "{{ entra_client_secret }}",
                "scope": "{{ entra_graph_url }}/.default",
            },
            "ca_path": "{{ entra_ca_path }}",
        },
        "register": "token",
    }
    tasks: list[dict[str, Any]] = [token]
    for number, path in enumerate(READ):
        name = f"read_{number}"
        tasks.append(
            {
                "ansible.builtin.uri": {
                    "url": "{{ entra_graph_url }}" + path.replace(" ", "%20"),
                    "headers": {"Authorization": "Bearer {{ token.json.access_token }}"},
                    "ca_path": "{{ entra_ca_path }}",
                },
                "register": name,
            }
        )
    policies = f"read_{READ.index('/v1.0/identity/conditionalAccess/policies')}.json.value"
    compared = {
        "that": [f"{policies} | selectattr('displayName', 'equalto', item) | map(attribute='state') | first in states"],
        "quiet": True,
    }
    names = f"{{{{ ({policies} | map(attribute='displayName') | sort)[:{expected}] }}}}"
    tasks.append(
        {
            "ansible.builtin.assert": compared,
            "loop": names,
            "loop_control": {"label": "{{ item }}"},
            "vars": {"states": ["enabled", "enabledForReportingButNotEnforced"]},
        }
    )
    return [_on_all(tasks)]


def write(folder: Path, name: str, plays: list[Play]) -> Path:
    """Write a playbook and return its path."""
    path = folder / f"{name}.json"
    path.write_text(json.dumps(plays), encoding="utf-8")
    return path
