# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tenants, what runs make of them, and what of a tenant must be as it was after an undo."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from simulator.json_types import JsonObject

from .graph_client import (
    AUTHORIZATION_POLICY,
    CONTEXTS,
    METHOD_CONFIGURATIONS,
    METHODS_POLICY,
    NAMED_LOCATIONS,
    POLICIES,
    SECURITY_DEFAULTS,
    STRENGTHS,
    GraphClient,
)
from .sample_policies import REQUIRE_MFA
from .switch_overs import EMERGENCY, ENABLED, MODULE, PEOPLE, REPORT_ONLY
from .whole_product import WholeProduct

STAFF = "bbbbbbbb-0000-4000-8000-000000000001"
OFFICE = "cccccccc-0000-4000-8000-000000000001"
BRANCH = "cccccccc-0000-4000-8000-000000000002"
KEYS = "dddddddd-0000-4000-8000-000000000001"
FIRST, SECOND, THIRD = (f"eeeeeeee-0000-4000-8000-00000000000{number}" for number in (1, 2, 3))
ADATUM = {
    "app_id": "12345678-0000-4000-8000-000000000000",
    "open_id_connect_setting": {"client_id": "abc", "discovery_url": "https://adatum.example/.well-known"},
}
GLASS = {"users": ["glass@fabrikam.example"]}

BEFORE_THE_BASELINE: JsonObject = {
    **PEOPLE,
    SECURITY_DEFAULTS: {"isEnabled": True},
    "/groups": [{"id": STAFF, "displayName": "Staff"}],
    NAMED_LOCATIONS: [
        {
            "id": OFFICE,
            "@odata.type": "#microsoft.graph.ipNamedLocation",
            "displayName": "Office",
            "isTrusted": True,
            "ipRanges": [{"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "203.0.113.0/24"}],
        }
    ],
    POLICIES: [{**REQUIRE_MFA, "id": FIRST, "displayName": "Piloted", "state": REPORT_ONLY}],
    METHOD_CONFIGURATIONS: [{"id": "Sms", "state": "enabled", "includeTargets": [{"id": "all_users"}]}],
}
#: A whole baseline, with everything that it rests on.
BASELINE: JsonObject = {
    "security_defaults": {"is_enabled": False},
    "named_locations": [
        {"display_name": "Office", "ip_ranges": ["203.0.113.0/24", "198.51.100.0/24"], "is_trusted": True},
        {"display_name": "Allowed countries", "countries_and_regions": ["DE", "NL"]},
    ],
    "authentication_contexts": [{"id": "c7", "display_name": "Payments", "is_available": True}],
    "authentication_strength_policies": [
        {"display_name": "Security keys", "allowed_combinations": ["fido2"], "description": "Keys alone."}
    ],
    "groups": {"missing": "create"},
    "conditional_access_policies": {
        "policies": [
            {"template": "require_mfa_for_all_users", "policy_state": "enabled"},
            {"template": "block_legacy_authentication", "policy_state": "enabled"},
            {
                "display_name": "Keys for pilots",
                "policy_state": "report_only",
                "conditions": {
                    "users": {"include_groups": ["Pilots"]},
                    "applications": {"include_applications": ["All"]},
                    "locations": {"include_locations": ["All"], "exclude_locations": ["Office"]},
                },
                "grant_controls": {"operator": "OR", "authentication_strength": "Security keys"},
            },
            {
                "display_name": "Piloted",
                "policy_state": "enabled",
                "conditions": {"users": {"include_groups": ["Staff"], "include_users": []}},
            },
        ]
    },
    "emergency_access": GLASS,
    "authentication_method_configurations": [
        {"id": "Fido2", "method_state": "enabled"},
        {"id": "Adatum", "method_state": "enabled", "include_targets": ["all_users"], "external": ADATUM},
        {"id": "Sms", "method_state": "disabled"},
    ],
    "authentication_methods_policy": {"policy_migration_state": "migrationInProgress"},
    "authorization_policy": {"allowed_to_use_sspr": False},
}


def _strength(identifier: str, name: str) -> JsonObject:
    return {"id": identifier, "displayName": name, "policyType": "custom", "allowedCombinations": ["fido2"]}


_FOR_ALL_BUT_ONE: JsonObject = {
    **REQUIRE_MFA["conditions"],
    "users": {**REQUIRE_MFA["conditions"]["users"], "excludeUsers": [EMERGENCY]},
}
#: A tenant with policies in force and what they refer to.
FURNISHED: JsonObject = {
    **BEFORE_THE_BASELINE,
    SECURITY_DEFAULTS: {"isEnabled": False},
    STRENGTHS: [_strength(KEYS, "Keys")],
    CONTEXTS: [{"id": "c1", "displayName": "Payroll", "isAvailable": True}],
    POLICIES: [
        {**REQUIRE_MFA, "id": FIRST, "displayName": "MFA", "state": ENABLED, "conditions": _FOR_ALL_BUT_ONE},
        {
            **REQUIRE_MFA,
            "id": SECOND,
            "displayName": "Keys outside",
            "state": ENABLED,
            "conditions": {
                **_FOR_ALL_BUT_ONE,
                "locations": {"includeLocations": ["All"], "excludeLocations": [OFFICE]},
            },
            "grantControls": {"operator": "OR", "builtInControls": [], "authenticationStrength": {"id": KEYS}},
        },
    ],
}
#: Everything that the furnished tenant has goes, or changes.
CLEARANCE: JsonObject = {
    "named_locations": [{"display_name": "Office", "state": "absent"}],
    "authentication_contexts": [{"display_name": "Payroll", "state": "absent"}],
    "authentication_strength_policies": [{"display_name": "Keys", "state": "absent"}],
    "conditional_access_policies": {
        "policies": [
            {"display_name": "MFA", "policy_state": "report_only", "description": "To be replaced."},
            {"display_name": "Keys outside", "state": "absent"},
        ]
    },
}

#: Everything that the furnished tenant has is altered, also what nobody lists.
ALTERATIONS: JsonObject = {
    "named_locations": [
        {
            "display_name": "Headquarters",
            "previous_name": "Office",
            "ip_ranges": ["198.51.100.0/24"],
            "is_trusted": False,
        }
    ],
    "authentication_contexts": [{"id": "c1", "display_name": "Wages", "is_available": False}],
    "authentication_strength_policies": [
        {
            "display_name": "Keys",
            "allowed_combinations": ["fido2", "windowsHelloForBusiness"],
            "description": "More than keys.",
            "combination_configurations": [
                {
                    "applies_to_combinations": ["fido2"],
                    "allowed_aaguids": ["2fc0579f-8113-47ea-b116-bb5a8db9202a"],
                }
            ],
        }
    ],
    "conditional_access_policies": {
        "policies": [
            {
                "display_name": "MFA for all",
                "previous_name": "MFA",
                "conditions": {"client_app_types": ["browser"]},
                "session_controls": {"persistent_browser": {"mode": "never", "is_enabled": True}},
            }
        ],
        "unmanaged": "disable",
        "every_policy": {"conditions": {"users": {"exclude_groups": {"add": ["Staff"]}}}},
    },
    "emergency_access": GLASS,
}

PATHS = (
    SECURITY_DEFAULTS,
    POLICIES,
    NAMED_LOCATIONS,
    STRENGTHS,
    CONTEXTS,
    METHOD_CONFIGURATIONS,
    METHODS_POLICY,
    AUTHORIZATION_POLICY,
)
_PASSING = ("createdDateTime", "modifiedDateTime", "lastModifiedDateTime", "deletedDateTime")


def held(client: GraphClient) -> JsonObject:
    """Return what the collection may write in a tenant, without times; lists are sorted by id."""
    state = client.simulator.state(client.tenant_id)
    return {path: _told(copy.deepcopy(state[path])) for path in PATHS}


def _told(value: Any) -> Any:
    if isinstance(value, list):
        return sorted((_told(one) for one in value), key=repr) if value else value
    if not isinstance(value, dict):
        return value
    return {name: _told(member) for name, member in sorted(value.items()) if name not in _PASSING}


def by_name(state: JsonObject) -> JsonObject:
    """Return the state of a tenant with names in place of the ids of what has a name."""
    text = json.dumps(state)
    for path in (POLICIES, NAMED_LOCATIONS, STRENGTHS, METHOD_CONFIGURATIONS):
        for one in state[path]:
            text = text.replace(one["id"], one.get("displayName") or one["id"])
    found = json.loads(text)
    return {path: sorted(value, key=repr) if isinstance(value, list) else value for path, value in found.items()}


def snapshots(product: WholeProduct, client: GraphClient) -> list[JsonObject]:
    """Return what there is of a tenant's snapshots, the newest first."""
    options: JsonObject = {}
    tenant = {**client.entry}
    body = product.part("_module.tenant_snapshot_info")
    task = _Listing({"tenant_id": tenant["tenant_id"], "snapshot": {"directory": None}, **options})
    return list(body.run(task, _no_session)["tenant_snapshots"])


class _Listing:
    """What the module that lists snapshots needs of a running task."""

    check_mode = False
    diff = False

    def __init__(self, params: JsonObject) -> None:
        self.params = params
        self.given = params

    def warn(self, message: str) -> None:
        raise AssertionError(message)


def _no_session() -> Any:
    raise AssertionError("no service is to be asked")


def undo(product: WholeProduct, client: GraphClient, path: str | Path = "latest", **options: Any) -> Any:
    """Return the result of tenant_undo and its task."""
    given = {"from_snapshot": str(path), "emergency_access": GLASS, **options}
    return product.task("tenant_undo", client.entry, given, prepare=_quick)


def apply(product: WholeProduct, client: GraphClient, wanted: JsonObject) -> JsonObject:
    """Return the result of a run."""
    result: JsonObject = product.task(MODULE, client.entry, wanted, prepare=_quick)[0]
    return result


def _quick(session: Any) -> None:
    """Waiting takes no time."""
    session._transporter().sleep = lambda seconds: None
