# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Directory roles by name: built-in ones are known without asking the tenant."""

from __future__ import annotations

import re

from .built_in_roles import BUILT_IN_ROLES

_NOISE = re.compile(r"[^a-z0-9]")

# The 14 roles of Microsoft's template "Require multifactor authentication for admins" (facts section 7.3).
ADMINISTRATOR_ROLES: tuple[str, ...] = (
    "Global Administrator",
    "Security Administrator",
    "SharePoint Administrator",
    "Exchange Administrator",
    "Conditional Access Administrator",
    "Helpdesk Administrator",
    "Billing Administrator",
    "User Administrator",
    "Authentication Administrator",
    "Application Administrator",
    "Cloud Application Administrator",
    "Password Administrator",
    "Privileged Authentication Administrator",
    "Privileged Role Administrator",
)

# What the phishing-resistant template adds.
FURTHER_ADMINISTRATOR_ROLES: tuple[str, ...] = (
    "Compliance Administrator",
    "Compliance Data Administrator",
    "Intune Administrator",
    "Dynamics 365 Administrator",
    "Power Platform Administrator",
)

# The roles that the 2021 guidance names for its group of administrators.
SEED_ADMINISTRATOR_ROLES: tuple[str, ...] = (
    "Exchange Administrator",
    "User Administrator",
    "Password Administrator",
    "Security Administrator",
    "SharePoint Administrator",
    "Global Administrator",
)

DIRECTORY_SYNCHRONIZATION_ACCOUNTS = BUILT_IN_ROLES["Directory Synchronization Accounts"]


def plain(name: str) -> str:
    """*name* without case, blanks and punctuation, so that spelling variants of one role meet."""
    return _NOISE.sub("", name.lower())


_ID_BY_PLAIN_NAME = {plain(name): identifier for name, identifier in BUILT_IN_ROLES.items()}
_NAME_BY_ID = {identifier: name for name, identifier in BUILT_IN_ROLES.items()}


def built_in_role_id(name: str) -> str | None:
    """The template id of the built-in role of that name, or None."""
    return _ID_BY_PLAIN_NAME.get(plain(name))


def built_in_role_name(identifier: str) -> str | None:
    """The display name of the built-in role with that template id, or None."""
    return _NAME_BY_ID.get(identifier)


def is_built_in(name_or_id: str) -> bool:
    """Whether this names a built-in role, by display name or template id."""
    return built_in_role_id(name_or_id) is not None or built_in_role_name(name_or_id.lower()) is not None


def role_ids(names: tuple[str, ...]) -> list[str]:
    """The template ids of built-in roles, sorted. Raises KeyError for a name that is none."""
    return sorted(BUILT_IN_ROLES[name] for name in names)
