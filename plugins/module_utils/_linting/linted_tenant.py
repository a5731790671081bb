# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the rules of the linter look at: a tenant's policies, as they are or as a plan leaves them, and what they need.

Policies are CurrentPolicy: a plan tells the policies that it leaves in that form too, the predicates of Step 1 take it,
and it alone keeps what the service says of a custom authentication strength.
"""

from __future__ import annotations

import functools
import typing as t
from dataclasses import dataclass, field
from datetime import datetime

from .._policy.exclusions import NOBODY, EmergencyAccess
from .._policy.policy_plan import DISABLED, REPORT_ONLY, CurrentPolicy

DEFAULT_REPORT_ONLY_DAYS = 30


@dataclass(frozen=True)
class LintedTenant:
    """All *policies* of a tenant, and what a reader found out for them. What is not told here leads to no finding.

    *last_changed* is by the ids of policies. *gone* are kinds and ids of objects that policies refer to and that do not
    exist, *empty_groups* groups that surely have no member, *trusted_locations* the named locations marked so. *names*
    are names by ids. *security_defaults* is None where nobody read them; where policies are enforced they are off
    (facts section 1.2).
    """

    policies: tuple[CurrentPolicy, ...]
    now: datetime
    report_only_days: int = DEFAULT_REPORT_ONLY_DAYS
    emergency: EmergencyAccess = NOBODY
    last_changed: t.Mapping[str, datetime] = field(default_factory=dict)
    gone: frozenset[tuple[str, str]] = frozenset()
    empty_groups: frozenset[str] = frozenset()
    trusted_locations: frozenset[str] = frozenset()
    names: t.Mapping[str, str] = field(default_factory=dict)
    security_defaults: bool | None = None

    @functools.cached_property
    def live(self) -> tuple[CurrentPolicy, ...]:
        """The policies that are enforced or reported on."""
        return tuple(policy for policy in self.policies if policy.state != DISABLED)

    @functools.cached_property
    def enforced(self) -> tuple[CurrentPolicy, ...]:
        """The policies that take effect."""
        return tuple(policy for policy in self.policies if policy.is_enforced)

    @functools.cached_property
    def reported(self) -> tuple[CurrentPolicy, ...]:
        """The policies that are only reported on."""
        return tuple(policy for policy in self.policies if policy.state == REPORT_ONLY)

    @property
    def may_have_defaults(self) -> bool:
        """Whether security defaults are on, or nothing tells that they are off."""
        return not self.enforced if self.security_defaults is None else self.security_defaults

    def named(self, identifier: str) -> str:
        """An id with its name, where that is known."""
        name = self.names.get(identifier)
        return f"{name} ({identifier})" if name else identifier

    def is_nobody(self, account: str) -> bool:
        """Whether a user or group by id surely means nobody who could sign in."""
        return ("user", account) in self.gone or self.holds_nobody(account)

    def holds_nobody(self, group: str) -> bool:
        """Whether a group surely has no member, because it is empty or gone."""
        return group in self.empty_groups or ("group", group) in self.gone
