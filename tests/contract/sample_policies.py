# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Policies and strengths for the tests, each a variation of one that is valid."""

from __future__ import annotations

import copy
from typing import Any

from simulator.json_types import JsonObject

STRENGTH_MULTIFACTOR = "00000000-0000-0000-0000-000000000002"
STRENGTH_PHISHING_RESISTANT = "00000000-0000-0000-0000-000000000004"
EXCHANGE = "00000002-0000-0ff1-ce00-000000000000"
GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"

REQUIRE_MFA: JsonObject = {
    "displayName": "Require multifactor authentication",
    "state": "enabledForReportingButNotEnforced",
    "conditions": {
        "clientAppTypes": ["all"],
        "applications": {"includeApplications": ["All"]},
        "users": {"includeUsers": ["All"]},
    },
    "grantControls": {"operator": "OR", "builtInControls": ["mfa"]},
}

CHANGE_PASSWORD: JsonObject = {
    "displayName": "Users at high risk change their password",
    "state": "enabledForReportingButNotEnforced",
    "conditions": {
        "clientAppTypes": ["all"],
        "applications": {"includeApplications": ["All"]},
        "users": {"includeUsers": ["All"]},
        "userRiskLevels": ["high"],
    },
    "grantControls": {"operator": "AND", "builtInControls": ["mfa", "passwordChange"]},
}

EVERY_TIME: JsonObject = {"isEnabled": True, "frequencyInterval": "everyTime"}

REMEDIATE: JsonObject = {
    "displayName": "Users at high risk sign in with more, again",
    "state": "enabledForReportingButNotEnforced",
    "conditions": {
        "clientAppTypes": ["all"],
        "applications": {"includeApplications": ["All"]},
        "users": {"includeUsers": ["All"]},
        "userRiskLevels": ["high"],
    },
    "grantControls": {
        "operator": "AND",
        "builtInControls": ["riskRemediation"],
        "authenticationStrength": {"id": STRENGTH_MULTIFACTOR},
    },
    "sessionControls": {"signInFrequency": EVERY_TIME},
}

BLOCK_WORKLOADS: JsonObject = {
    "displayName": "Block workloads",
    "state": "enabledForReportingButNotEnforced",
    "conditions": {
        "clientAppTypes": ["all"],
        "applications": {"includeApplications": ["All"]},
        "users": {"includeUsers": ["None"]},
        "clientApplications": {"includeServicePrincipals": ["ServicePrincipalsInMyTenant"]},
    },
    "grantControls": {"operator": "OR", "builtInControls": ["block"]},
}

KEYS: JsonObject = {
    "displayName": "Keys and certificates",
    "description": "What our administrators sign in with",
    "allowedCombinations": ["fido2", "x509CertificateMultiFactor"],
}
FIDO2_CONFIGURATION: JsonObject = {
    "@odata.type": "#microsoft.graph.fido2CombinationConfiguration",
    "appliesToCombinations": ["fido2"],
    "allowedAAGUIDs": ["2fc0579f-8113-47ea-b116-bb5a8db9202a"],
}
X509_CONFIGURATION: JsonObject = {
    "@odata.type": "#microsoft.graph.x509CertificateCombinationConfiguration",
    "appliesToCombinations": ["x509CertificateMultiFactor"],
    "allowedIssuerSkis": ["9a4248c6ac8c2931ab2a86537818e92e7b6c97b6"],
    "allowedPolicyOIDs": ["1.2.840.113556.1.4"],
}


def varied(policy: JsonObject, **changes: Any) -> JsonObject:
    """Return a copy of ``policy`` with values replaced at paths, where ``__`` stands for a step down.

    ``varied(REQUIRE_MFA, conditions__users__includeUsers=[])``. Missing objects on the way are made.
    """
    result = copy.deepcopy(policy)
    for path, value in changes.items():
        *parents, name = path.split("__")
        holder = result
        for parent in parents:
            if holder.get(parent) is None:
                holder[parent] = {}
            holder = holder[parent]
        holder[name] = copy.deepcopy(value)
    return result
