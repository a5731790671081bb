# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A session that answers prepared reads, and evidence to begin with."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from ansible_collections.m365.entra.plugins.module_utils._evidence.mfa_registration_evidence import (
    MfaRegistrationEvidence,
)
from ansible_collections.m365.entra.plugins.module_utils._evidence.password_reset_evidence import PasswordResetEvidence
from ansible_collections.m365.entra.plugins.module_utils._evidence.reading import Read
from ansible_collections.m365.entra.plugins.module_utils._evidence.reset_activity import ResetActivity
from ansible_collections.m365.entra.plugins.module_utils._evidence.users_in_report import Counted, FeatureCounts
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import ServiceRefused
from ansible_collections.m365.entra.plugins.module_utils._graph.token_claims import TokenClaims
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import CurrentPolicy
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids

Json = dict[str, t.Any]

PERMISSIONS = frozenset({"AuditLog.Read.All", "Policy.Read.All", "Group.Read.All", "Organization.Read.All"})
UNLICENSED = ServiceRefused("x", status=403, code="Authentication_RequestFromNonPremiumTenantOrB2CTenant")


@dataclass
class EvidenceSession:
    """Answers each path with an object, a list of pages or an error; everything else does not exist.

    There is no way to write: who tried would fail.
    """

    answers: dict[str, t.Any] = field(default_factory=dict)
    permissions: frozenset[str] = PERMISSIONS
    reads: list[str] = field(default_factory=list)
    queries: list[dict[str, str]] = field(default_factory=list)
    last_request_id: str = ""

    @property
    def claims(self) -> TokenClaims:
        """What the token says."""
        return TokenClaims(ids.TENANT, "", self.permissions, True)

    def get(self, path: str, *, version: str = "v1.0", **query: str) -> Json:
        """The prepared object."""
        return t.cast(Json, self._answer(path, version, query))

    def list(self, path: str, *, version: str = "v1.0", **query: str) -> list[Json]:
        """All prepared pages."""
        return [member for page in self.pages(path, version=version, **query) for member in page]

    def pages(self, path: str, *, version: str = "v1.0", **query: str) -> t.Iterator[t.Sequence[Json]]:
        """The prepared pages, or the one that a filter leads to, each as a read of its own."""
        found = self._answer(path, version, query)
        pages = found[query["filter"]] if isinstance(found, dict) else found
        for number, page in enumerate(pages):
            if number:
                self.reads.append(path)
            yield page

    def _answer(self, path: str, version: str, query: dict[str, str]) -> t.Any:
        assert version == "v1.0"
        self.reads.append(path)
        self.queries.append(query)
        answer = self.answers.get(path)
        if answer is None:
            raise ServiceRefused(f"GET {path}", status=404, code="NotFound")
        if isinstance(answer, Exception):
            raise answer
        return answer


FEATURES = ("ssprRegistered", "ssprEnabled", "ssprCapable", "passwordlessCapable", "mfaCapable")


def summary(total: int, **features: int) -> Json:
    """An answer of usersRegisteredByFeature; of what is not named nobody has anything."""
    counts = [{"feature": feature, "userCount": features.get(feature, 0)} for feature in FEATURES]
    return {"totalUserCount": total, "userRegistrationFeatureCounts": counts}


def method(identifier: str, state: str = "enabled", target: str = "all_users", **more: t.Any) -> Json:
    """One method of the authentication methods policy."""
    return {"id": identifier, "state": state, "includeTargets": [{"id": target, "targetType": "group"}], **more}


def methods_policy(*methods: Json, state: str = "migrationComplete") -> Json:
    """The authentication methods policy with these methods."""
    return {"policyMigrationState": state, "authenticationMethodConfigurations": list(methods)}


def password_reset_evidence(**changes: t.Any) -> PasswordResetEvidence:
    """Of 10 ordinary users 4 are enabled; methods are migrated, and nobody has reset a password."""
    parts: Json = {
        "users": Read(FeatureCounts(total=10, password_reset_enabled=4)),
        "methods_policy": Read(methods_policy()),
        "activity": Read(ResetActivity()),
    }
    return PasswordResetEvidence(**{**parts, **changes})


def mfa_evidence(*policies: CurrentPolicy, **changes: t.Any) -> MfaRegistrationEvidence:
    """A P2 tenant with these policies, without security defaults, in which 3 of 10 users have not registered."""
    parts: Json = {
        "policies": Read(policies),
        "security_defaults": Read(False),
        "methods_policy": Read(methods_policy()),
        "tier": Read("p2"),
        "users": Read(FeatureCounts(total=10, mfa_capable=7)),
        "unregistered": Read(Counted(3)),
    }
    return MfaRegistrationEvidence(**{**parts, **changes})
