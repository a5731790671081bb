# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A session with a tenant that lives in memory and behaves like the service where the core depends on it."""

from __future__ import annotations

import copy
import re
import typing as t
from dataclasses import dataclass, field

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused
from ansible_collections.m365.entra.plugins.module_utils._graph.token_claims import TokenClaims
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_objects import (
    CONTEXTS,
    GROUPS,
    LOCATION_BIN,
    LOCATIONS,
    STRENGTHS,
    refused,
    write_object,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_settings import FakeSettings
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.service import merge_patch, read_back

__all__ = [
    "ALL_PERMISSIONS",
    "AUDIT_LOG",
    "BIN",
    "CONTEXTS",
    "COUNTS",
    "GROUPS",
    "LOCATIONS",
    "LOCATION_BIN",
    "POLICIES",
    "REGISTRATION",
    "ROLE_ASSIGNMENTS",
    "SECURITY_DEFAULTS",
    "STRENGTHS",
    "FakeSession",
    "Fault",
    "refused",
    "role_assignment",
    "subscription",
]

Json = dict[str, t.Any]

POLICIES = "/identity/conditionalAccess/policies"
BIN = "/identity/conditionalAccess/deletedItems/policies"
SECURITY_DEFAULTS = "/policies/identitySecurityDefaultsEnforcementPolicy"

ROLE_ASSIGNMENTS = "/roleManagement/directory/roleAssignments"
AUDIT_LOG = "/auditLogs/directoryAudits"
COUNTS = "/reports/authenticationMethods/usersRegisteredByFeature"
REGISTRATION = f"{COUNTS}(includedUserTypes='all',includedUserRoles='all')"

ALL_PERMISSIONS = frozenset(
    {
        "Policy.Read.All",
        "Policy.ReadWrite.ConditionalAccess",
        "Policy.ReadWrite.SecurityDefaults",
        "Policy.ReadWrite.AuthenticationMethod",
        "Policy.ReadWrite.Authorization",
        "Organization.Read.All",
        "User.Read.All",
        "Group.Read.All",
        "Application.Read.All",
        "AuditLog.Read.All",
        "Agreement.Read.All",
        "Group.Create",
        "RoleManagement.Read.Directory",
    }
)

P1 = "41781fb2-bc02-4b7c-bd55-b576c07bb09d"
P2 = "eec0eb4f-6444-4f95-aba0-50c24d67f998"


def subscription(name: str, *plans: str, status: str = "Enabled", **changes: t.Any) -> Json:
    """One entry of /subscribedSkus with service plans that are all provisioned."""
    return {
        "skuPartNumber": name,
        "capabilityStatus": status,
        "prepaidUnits": {"enabled": 10, "warning": 0, "suspended": 0},
        "consumedUnits": 3,
        "servicePlans": [{"servicePlanId": plan, "provisioningStatus": "Success"} for plan in plans],
        **changes,
    }


def role_assignment(role: str, principal: str) -> Json:
    """One active assignment of a role for the whole tenant."""
    return {"roleDefinitionId": role, "principalId": principal, "directoryScopeId": "/"}


def _user(identifier: str, name: str, *, is_enabled: bool) -> Json:
    return {
        "id": identifier,
        "userPrincipalName": f"{name}@contoso.example",
        "accountEnabled": is_enabled,
        "userType": "Member",
    }


def _directory() -> dict[str, list[Json]]:
    return {
        "/organization": [
            {"id": ids.TENANT, "displayName": "Contoso", "verifiedDomains": [{"name": "contoso.example"}]}
        ],
        "/subscribedSkus": [subscription("SPE_E5", P1, P2)],
        "/users": [
            _user(ids.ADA, "ada", is_enabled=True),
            _user(ids.BOB, "bob", is_enabled=False),
            _user(ids.EMERGENCY, "emergency", is_enabled=True),
        ],
        ROLE_ASSIGNMENTS: [role_assignment(ids.GLOBAL_ADMINISTRATOR, ids.EMERGENCY)],
        GROUPS: [{"id": ids.STAFF, "displayName": "Staff"}, {"id": ids.PRINTERS, "displayName": "Printers"}],
        "/servicePrincipals": [{"id": ids.PORTAL[::-1], "appId": ids.PORTAL, "displayName": "Portal"}],
        LOCATIONS: [{"id": ids.OFFICE, "displayName": "Office"}],
        f"/groups/{ids.STAFF}/transitiveMembers": [_user(ids.ADA, "ada", is_enabled=True)],
        f"/groups/{ids.PRINTERS}/transitiveMembers": [_user(ids.BOB, "bob", is_enabled=False)],
        f"/users/{ids.ADA}/transitiveMemberOf": [{"@odata.type": "#microsoft.graph.group", "id": ids.STAFF}],
        f"/users/{ids.BOB}/transitiveMemberOf": [{"@odata.type": "#microsoft.graph.group", "id": ids.PRINTERS}],
        f"/users/{ids.EMERGENCY}/transitiveMemberOf": [],
    }


@dataclass
class Fault:
    """What happens to a request that matches: *error* is raised, before or (*commits*) after it took effect.

    The first *after* requests that match are spared.
    """

    method: str
    path: str
    error: BaseException
    commits: bool = False
    after: int = 0


@dataclass
class FakeSession:
    """The Session protocol over dictionaries; *requests* is the journal, *versions* says through which endpoint.

    *hidden* are the ids of policies that v1.0 neither shows nor lets change, *masked* those that it shows without what
    is preview. *settings* are those of the tenant. The first *stale_reads* reads of policies
    after a write show what was there before it, and a new group is missing from its first *late_reads* reads.
    """

    policies: list[Json] = field(default_factory=list)
    security_defaults: bool = False
    collections: dict[str, list[Json]] = field(default_factory=_directory)
    permissions: frozenset[str] = ALL_PERMISSIONS
    tenant_id: str = ids.TENANT
    cloud: str = "global"
    token_tenant: str = ids.TENANT
    read_only: bool = False
    registration: Json = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    stale_reads: int = 0
    late_reads: int = 0
    hidden: set[str] = field(default_factory=set)
    masked: set[str] = field(default_factory=set)
    serves_beta: bool = True
    bin: list[Json] = field(default_factory=list)
    settings: FakeSettings = field(default_factory=FakeSettings)
    requests: list[tuple[str, str]] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)
    queries: list[dict[str, str]] = field(default_factory=list)
    bodies: list[t.Any] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    turns: list[str] = field(default_factory=list)
    last_request_id: str = ""
    _shown: list[Json] | None = None
    _check: t.Callable[[], None] | None = None

    @property
    def claims(self) -> TokenClaims:
        """What the token says."""
        return TokenClaims(self.token_tenant, "", self.permissions, True)

    @property
    def portal(self) -> FakePortal:
        """The portal's services."""
        return FakePortal(self)

    @property
    def writes(self) -> list[tuple[str, str]]:
        """The journal without reads."""
        return [request for request in self.requests if request[0] != "GET"]

    def reads(self, path: str) -> int:
        """How often *path* was read."""
        return self.requests.count(("GET", path))

    def policy(self, name: str) -> Json:
        """The stored policy of that name."""
        (found,) = [policy for policy in self.policies if policy["displayName"] == name]
        return found

    def get(self, path: str, *, version: str = "v1.0", **query: str) -> Json:
        """Read security defaults, the registration report, a setting or a group."""
        self._note("GET", path, version, query)
        if self.settings.has(path):
            return self.settings.read(path)
        if path.startswith(f"{GROUPS}/"):
            return self._group(path.rsplit("/", 1)[-1])
        if path == AUDIT_LOG:
            return {"value": copy.deepcopy(self.collections.get(path, []))}
        if path.startswith(COUNTS):
            return copy.deepcopy(self.registration)
        assert path == SECURITY_DEFAULTS, path
        return {"id": "00000000-0000-0000-0000-000000000005", "isEnabled": self.security_defaults}

    def list(self, path: str, *, version: str = "v1.0", **query: str) -> list[Json]:
        """Read a collection; a filter of the form ``property in ('a','b')`` is carried out."""
        self._note("GET", path, version, query)
        if path == BIN:
            self._refuse_bin()
            return [read_back(policy) for policy in self.bin]
        if path == POLICIES:
            shown = (policy for policy in self._visible_policies() if self._shows(policy["id"], version))
            return [self._masked(read_back(policy), version) for policy in shown]
        found = self.collections.get(path, [])
        return [copy.deepcopy(one) for one in found if _matches(one, query.get("filter"))]

    def pages(self, path: str, *, version: str = "v1.0", **query: str) -> t.Iterator[t.Sequence[Json]]:
        """Read a collection as pages of two."""
        found = self.list(path, version=version, **query)
        for start in range(0, max(len(found), 1), 2):
            yield found[start : start + 2]

    def post(self, path: str, body: Json | None, *, version: str = "v1.0") -> Json:
        """Create an object, call its action, or restore one from the bin."""
        return self._write("POST", path, body, version) or {}

    def patch(self, path: str, body: Json, *, version: str = "v1.0") -> None:
        """Change an object or security defaults."""
        self._write("PATCH", path, body, version)

    def delete(self, path: str, *, version: str = "v1.0") -> None:
        """Remove an object; a policy goes to the bin."""
        self._write("DELETE", path, None, version)

    def before_first_write(self, check: t.Callable[[], None]) -> None:
        """Remember the check."""
        self._check = check

    def wait_for_turn(self, path: str) -> None:
        """Note whose turn was waited for."""
        self.turns.append(path)

    def sleep(self, seconds: float) -> None:
        """Wait for nothing, but note it."""
        self.slept.append(seconds)

    def _visible_policies(self) -> list[Json]:
        if self._shown is not None and self.stale_reads > 0:
            self.stale_reads -= 1
            return self._shown
        return self.policies

    def _shows(self, identifier: str, version: str) -> bool:
        return version == "beta" or identifier not in self.hidden

    def _masked(self, policy: Json, version: str) -> Json:
        if version == "beta" or policy["id"] not in self.masked:
            return policy
        conditions = {name: value for name, value in policy["conditions"].items() if name != "agentIdRiskLevels"}
        return {**policy, "conditions": conditions}

    def _group(self, identifier: str) -> Json:
        if self.late_reads > 0:
            self.late_reads -= 1
            raise refused(404, f"404 Request_ResourceNotFound: {identifier} does not exist.")
        return next(group for group in self.collections[GROUPS] if group["id"] == identifier)

    def _refuse_bin(self) -> None:
        if self.cloud != "global":
            raise refused(400, "400 BadRequest: Resource not found for the segment 'deletedItems'.")

    def _note(self, method: str, path: str, version: str, query: dict[str, str] | None = None) -> None:
        self.requests.append((method, path))
        self.versions.append(version)
        if version == "beta" and not self.serves_beta:
            raise refused(404, "404 NotFound: there is no such endpoint.")
        self.queries.append(query or {})
        if method == "GET":
            fault = self._fault(method, path)
            if fault:
                raise fault.error

    def _fault(self, method: str, path: str) -> Fault | None:
        found = next((one for one in self.faults if one.method == method and path.startswith(one.path)), None)
        if found and found.after:
            found.after -= 1
            return None
        if found:
            self.faults.remove(found)
        return found

    def _write(self, method: str, path: str, body: Json | None, version: str) -> Json | None:
        if self.read_only:
            raise GuardRefused("in check mode nothing is written.")
        check, self._check = self._check, None
        if check is not None:
            check()
        self._note(method, path, version)
        self.bodies.append(copy.deepcopy(body))
        fault = self._fault(method, path)
        if fault and not fault.commits:
            raise fault.error
        self._shown = copy.deepcopy(self.policies)
        answer = self._carry_out(method, path, body or {}, version)
        if fault:
            raise fault.error
        return answer

    def _carry_out(self, method: str, path: str, body: Json, version: str) -> Json | None:
        if path == SECURITY_DEFAULTS:
            self._switch(body["isEnabled"])
            return None
        if self.settings.has(path):
            return self.settings.write(method, path, body)
        if path in self.settings.portal:
            self.settings.portal[path] = copy.deepcopy(body)
            return None
        if not path.startswith((POLICIES, BIN)):
            return write_object(self.collections, method, path, body)
        if method == "POST" and path == POLICIES:
            return self._create(body)
        identifier = path.removesuffix("/restore").rsplit("/", 1)[-1]
        if not self._shows(identifier, version):
            raise refused(400, "400 BadRequest: 1037: the policy contains preview features. Use the Beta endpoint.")
        if path.endswith("/restore"):
            self._refuse_bin()
            return self._move(identifier, self.bin, self.policies)
        if method == "DELETE":
            self._move(identifier, self.policies, self.bin)
            return None
        position = self._position(identifier, self.policies)
        changed = merge_patch(self.policies[position], body)
        self._refuse_enforcing(changed)
        self.policies[position] = changed
        return None

    def _switch(self, is_enabled: bool) -> None:
        if is_enabled and any(policy["state"] == "enabled" for policy in self.policies):
            raise refused(400, "400 BadRequest: security defaults cannot be turned on while policies are enforced")
        self.security_defaults = is_enabled

    def _create(self, body: Json) -> Json:
        assert body["state"] in ("enabled", "disabled", "enabledForReportingButNotEnforced")
        self._refuse_enforcing(body)
        policy = {
            "id": f"eeeeeeee-0000-4000-8000-{len(self.policies) + len(self.bin) + 0x100:012x}",
            **copy.deepcopy(body),
        }
        self.policies.append(policy)
        return read_back(policy)

    def _refuse_enforcing(self, policy: Json) -> None:
        if self.security_defaults and policy["state"] == "enabled":
            raise refused(400, "400 BadRequest: Security Defaults is enabled in the tenant.")

    @staticmethod
    def _position(identifier: str, policies: list[Json]) -> int:
        for position, policy in enumerate(policies):
            if policy["id"] == identifier:
                return position
        raise refused(404, f"ConditionalAccessPolicy with id {identifier} does not exist in the directory.")

    def _move(self, identifier: str, source: list[Json], target: list[Json]) -> Json:
        policy = source.pop(self._position(identifier, source))
        self._refuse_enforcing({**policy, "state": policy["state"] if source is self.bin else "disabled"})
        target.append(policy)
        return policy


@dataclass
class FakePortal:
    """The portal's objects in a session's settings; what is read and written stands in the session's journal."""

    session: FakeSession

    def get(self, url: str, scope: str) -> Json:
        """Read one object, or the list above it."""
        self.session._note("GET", url, "portal", {"scope": scope})
        stored = self.session.settings.portal
        if url in stored:
            return copy.deepcopy(stored[url])
        below = [one for address, one in stored.items() if address.startswith(f"{url}/")]
        if not below:
            raise refused(404, "404: No HTTP resource was found.")
        return {"value": [{name: one.get(name) for name in ("objectId", "displayName")} for one in below]}

    def write(self, method: str, url: str, scope: str, body: Json) -> None:
        """Replace one object."""
        assert scope, url
        self.session._write(method, url, body, "portal")


def _matches(one: Json, expression: str | None) -> bool:
    if expression is None:
        return True
    match = re.fullmatch(r"(\w+) in \((.*)\)", expression)
    assert match, expression
    values = [value.replace("''", "'").lower() for value in re.findall(r"'((?:[^']|'')*)'", match.group(2))]
    assert len(values) <= 15, "the service refuses more than 15 values"
    return str(one.get(match.group(1))).lower() in values
