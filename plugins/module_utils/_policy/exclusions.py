# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who is left out of policies: the emergency access accounts, and edits that go for every policy of a tenant."""

from __future__ import annotations

from dataclasses import dataclass

from .._graph.errors import GuardRefused
from .._reconcile.canonical import is_guid
from .._reconcile.compare import merged
from .._reconcile.list_edit import REMOVE
from .._reconcile.shape import Json, snake_case
from .canonical_policy import canonical_policy
from .policy_shape import POLICY


@dataclass(frozen=True)
class EmergencyAccess:
    """The ids of the users and groups that no policy may stop."""

    users: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.users or self.groups)


NOBODY = EmergencyAccess()


def with_exclusions(content: Json, emergency: EmergencyAccess) -> Json:
    """*content* with the emergency access accounts among its exclusions; a policy for workload identities as it is."""
    if not emergency or not _is_for_users(content):
        return content
    additions = {"excludeUsers": {"add": list(emergency.users)}, "excludeGroups": {"add": list(emergency.groups)}}
    return _with_users(content, additions)


def with_edit(content: Json, edit: Json) -> Json:
    """*content* with an edit of its exclusions, in Graph's names; a policy for workload identities as it is.

    *edit* is what the option every_policy holds, with ids.
    """
    users = (edit.get("conditions") or {}).get("users") or {}
    return _with_users(content, users) if users and _is_for_users(content) else content


def excluded_accounts(content: Json) -> list[str]:
    """The ids of the users and groups that a canonical content leaves out."""
    users = (content.get("conditions") or {}).get("users") or {}
    return [*(one for one in users.get("excludeUsers") or [] if is_guid(one)), *(users.get("excludeGroups") or [])]


def refuse_removal_of_emergency_access(edit: Json, emergency: EmergencyAccess) -> None:
    """Raise GuardRefused when *edit*, as for with_edit, would take emergency access accounts out of exclusions."""
    users = (edit.get("conditions") or {}).get("users") or {}
    for name, accounts in (("excludeUsers", emergency.users), ("excludeGroups", emergency.groups)):
        leaving = set((users.get(name) or {}).get(REMOVE) or [])
        if leaving & set(accounts):
            raise GuardRefused(
                f"every_policy.conditions.users.{snake_case(name)}: emergency access accounts would lose their "
                f"exclusion: {', '.join(sorted(leaving & set(accounts)))}.",
                remedy="Leave them out of remove, or out of emergency_access. Nothing was written.",
            )


def _is_for_users(content: Json) -> bool:
    conditions = content["conditions"] or {}
    return bool(conditions.get("users")) and not conditions.get("clientApplications")


def _with_users(content: Json, users: Json) -> Json:
    return canonical_policy(merged(POLICY, content, {"conditions": {"users": users}}))
