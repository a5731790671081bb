# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a named policy is, and the pieces that named policies are put together from."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .._directory.roles import (
    ADMINISTRATOR_ROLES,
    DIRECTORY_SYNCHRONIZATION_ACCOUNTS,
    role_ids,
)
from .._reconcile.preview import preview_uses
from .._reconcile.shape import Json
from .policy_shape import POLICY

PROFILES = ("modern", "seed_2021")


@dataclass(frozen=True)
class Template:
    """A named policy.

    *content* is the policy in Graph's names; *seed_content* replaces it in the profile ``seed_2021`` where the 2021
    guidance differs; *microsoft_template_id* is the id of Microsoft's template of the same meaning.
    """

    name: str
    display_name: str
    content: Json
    seed_content: Json | None = field(default=None)
    microsoft_template_id: str | None = None

    @property
    def needs_beta(self) -> bool:
        """Whether only Graph's beta endpoint accepts the policy."""
        return bool(preview_uses(POLICY, self.content))

    def content_for(self, profile: str) -> Json:
        """The policy's content in *profile*, with its display name."""
        content = self.seed_content if profile == "seed_2021" and self.seed_content is not None else self.content
        return {"displayName": self.display_name, **content}


ALL_USERS: Json = {"includeUsers": ["All"]}
ALL_USERS_BUT_SYNCHRONIZATION: Json = {**ALL_USERS, "excludeRoles": [DIRECTORY_SYNCHRONIZATION_ACCOUNTS]}
NO_USERS: Json = {"includeUsers": ["None"]}
ADMINISTRATORS: Json = {"includeRoles": role_ids(ADMINISTRATOR_ROLES)}

ALL_APPLICATIONS: Json = {"includeApplications": ["All"]}
OFFICE_365: Json = {"includeApplications": ["Office365"]}

MFA: Json = {"operator": "OR", "builtInControls": ["mfa"]}
BLOCK: Json = {"operator": "OR", "builtInControls": ["block"]}
EVERY_TIME: Json = {"signInFrequency": {"isEnabled": True, "frequencyInterval": "everyTime"}}


def strength(identifier: str) -> Json:
    """The grant controls that ask for an authentication strength."""
    return {"operator": "AND", "authenticationStrength": identifier}


def one_of(*controls: str) -> Json:
    """The grant controls of which one is enough."""
    return {"operator": "OR", "builtInControls": list(controls)}


def all_of(*controls: str) -> Json:
    """The grant controls that are all asked for."""
    return {"operator": "AND", "builtInControls": list(controls)}


def conditions(users: Json, applications: Json | None = None, **others: t.Any) -> Json:
    """Conditions with all applications and all clients unless told otherwise."""
    return {"users": users, "applications": applications or ALL_APPLICATIONS, "clientAppTypes": ["all"], **others}


def policy(when: Json, grant: Json | None, session: Json | None = None) -> Json:
    """A policy's content."""
    return {"conditions": when, "grantControls": grant, "sessionControls": session}
