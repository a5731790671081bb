# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where each kind of object is looked up, and by what."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from . import well_known


@dataclass(frozen=True)
class Kind:
    """One kind of object that policies refer to.

    *identifier* and *name* are the Graph properties that hold the id a policy takes and the name a person knows.
    *searchable*: the service filters on them; otherwise the whole (short) collection is read.
    *known*: names that mean the same id in every tenant; with *known_is_enough* no look-up is needed for them.
    *literal*: the form of ids that are taken as they are, without a look-up.
    """

    label: str
    path: str
    identifier: str
    name: str
    searchable: bool = True
    select: tuple[str, ...] = ()
    known: dict[str, str] = field(default_factory=dict)
    known_is_enough: bool = False
    literal: re.Pattern[str] | None = None


KINDS: dict[str, Kind] = {
    "user": Kind(
        "user",
        "/users",
        "id",
        "userPrincipalName",
        select=("id", "userPrincipalName", "displayName", "accountEnabled", "userType"),
    ),
    "group": Kind("group", "/groups", "id", "displayName", select=("id", "displayName")),
    "role": Kind(
        "directory role", "/roleManagement/directory/roleDefinitions", "templateId", "displayName", searchable=False
    ),
    "application": Kind(
        "application",
        "/servicePrincipals",
        "appId",
        "displayName",
        select=("id", "appId", "displayName"),
        known=well_known.APPLICATIONS,
    ),
    "service_principal": Kind(
        "service principal", "/servicePrincipals", "id", "displayName", select=("id", "appId", "displayName")
    ),
    "named_location": Kind(
        "named location",
        "/identity/conditionalAccess/namedLocations",
        "id",
        "displayName",
        searchable=False,
        known=well_known.LOCATIONS,
        known_is_enough=True,
    ),
    "authentication_strength_policy": Kind(
        "authentication strength",
        "/policies/authenticationStrengthPolicies",
        "id",
        "displayName",
        searchable=False,
        known=well_known.AUTHENTICATION_STRENGTHS,
        known_is_enough=True,
    ),
    "authentication_context": Kind(
        "authentication context",
        "/identity/conditionalAccess/authenticationContextClassReferences",
        "id",
        "displayName",
        searchable=False,
        # Microsoft offers some of them before anybody has written them, so that not all are listed (facts section 3.3).
        literal=re.compile("[cC][1-9][0-9]?"),
    ),
    "terms_of_use": Kind(
        "terms of use", "/identityGovernance/termsOfUse/agreements", "id", "displayName", searchable=False
    ),
}
