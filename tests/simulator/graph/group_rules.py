# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a written group must be like."""

from __future__ import annotations

import re

from ..json_types import JsonObject
from ..resource_types import resource_type
from . import errors
from .directory import refuse_unknown, require

REQUIRED_TEXTS = ("displayName", "mailNickname")
TEXTS = (*REQUIRED_TEXTS, "description", "visibility", "membershipRule", "membershipRuleProcessingState")
REQUIRED_FLAGS = ("mailEnabled", "securityEnabled")
LONGEST = {"displayName": 256, "mailNickname": 64, "description": 1024}
# Visible ASCII without the characters that mail addresses give a meaning.
NICKNAME = re.compile(r"""(?:(?![@()\\\[\]";:<>,])[!-~])+""")
READ_ONLY = frozenset(
    {
        "id",
        "createdDateTime",
        "deletedDateTime",
        "expirationDateTime",
        "mail",
        "onPremisesSamAccountName",
        "onPremisesSyncEnabled",
        "proxyAddresses",
        "renewedDateTime",
        "securityIdentifier",
    }
)


def check_new_group(body: JsonObject) -> None:
    """Refuse a new group that lacks something or is of a kind that Graph does not create."""
    require(body, REQUIRED_TEXTS, "Group")
    for name in REQUIRED_FLAGS:
        if name not in body:
            raise errors.bad_request(f"A value is required for property '{name}' of resource 'Group'.")
    check_group_change(body)
    check_kind(body)


def check_group_change(body: JsonObject) -> None:
    """Refuse properties that a group does not have or that cannot be written, and values of a wrong type."""
    refuse_unknown(body, resource_type("group").selectable - READ_ONLY, "Group")
    for name in TEXTS:
        if name in body and not _is_text(name, body[name]):
            raise _invalid(name)
    for name in REQUIRED_FLAGS:
        if name in body and not isinstance(body[name], bool):
            raise _invalid(name)
    kinds = body.get("groupTypes", [])
    if not isinstance(kinds, list) or set(kinds) - {"Unified", "DynamicMembership"}:
        raise _invalid("groupTypes")


def check_kind(group: JsonObject) -> None:
    """Refuse groups with a mailbox that are no Microsoft 365 groups, and those without any purpose."""
    is_unified = "Unified" in group.get("groupTypes", ())
    if group["mailEnabled"] and not is_unified:
        raise errors.bad_request(
            "The service does not currently support writes of mail-enabled groups. Please ensure that the "
            "mail-enablement property is unset and the security-enablement property is set."
        )
    if not group["mailEnabled"] and (is_unified or not group["securityEnabled"]):
        raise errors.bad_request("A group must be security-enabled, or mail-enabled and of the type 'Unified'.")


def _is_text(name: str, value: object) -> bool:
    if value is None:
        return name not in REQUIRED_TEXTS
    if not isinstance(value, str) or len(value) > LONGEST.get(name, len(value)):
        return False
    if name == "mailNickname":
        return NICKNAME.fullmatch(value) is not None
    return bool(value) or name not in REQUIRED_TEXTS


def _invalid(name: str) -> errors.GraphError:
    return errors.bad_request(f"Invalid value specified for property '{name}' of resource 'Group'.")
