# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds the application that is meant, in the tenant or in its bin, and reads all there is to know of it."""

from __future__ import annotations

import typing as t

from .._directory.principals import principal_of
from .._graph.errors import OptionError
from .._graph.filter_text import quoted
from .._graph.session import Session
from .._reconcile.shape import Json
from .claims import ClaimsWish
from .pair import APPLICATIONS, CLAIMS_POLICIES, SERVICE_PRINCIPALS, ApplicationPair, AssignedClaims
from .patience import NotSeenYet
from .wanted_application import WantedApplication

BIN = "/directory/deletedItems"
DELETED_APPLICATIONS = f"{BIN}/microsoft.graph.application"
DELETED_PRINCIPALS = f"{BIN}/microsoft.graph.servicePrincipal"
_NAMED = "id,appId,displayName"
# Public keys are only told where they are asked for.
_PRINCIPAL = (
    "id,appId,displayName,accountEnabled,appRoleAssignmentRequired,appRoles,appOwnerOrganizationId,"
    "applicationTemplateId,keyCredentials,passwordCredentials,loginUrl,notes,notificationEmailAddresses,"
    "preferredSingleSignOnMode,preferredTokenSigningKeyThumbprint,samlSingleSignOnSettings,tags"
)


def find_application(session: Session, wanted: WantedApplication) -> ApplicationPair | None:
    """The application that is meant, or None where there is none. Raises EntraError where it cannot be told which."""
    found = find_by_name_or_id(session, wanted.name, wanted.identifier)
    return None if found is None else read_application(session, *found, wanted)


def find_by_name_or_id(session: Session, name: str, identifier: str | None) -> tuple[str, str] | None:
    """The ids of the registration ("" where it is another tenant's) and of the service principal, in two requests.

    Both are asked: one of them may be seen before the other, and either may have been renamed.
    """
    clause = f"appId eq {quoted(identifier)}" if identifier else f"displayName eq {quoted(name)}"
    select = "id,appId,displayName,appOwnerOrganizationId"
    registrations = _by_application_id(session.list(APPLICATIONS, filter=clause, select=_NAMED))
    principals = _by_application_id(session.list(SERVICE_PRINCIPALS, filter=clause, select=select))
    known = sorted({*registrations, *principals})
    if len(known) > 1:
        raise OptionError(
            f"display_name: {len(known)} applications are named {name!r} ({', '.join(known)}).",
            remedy="Give the application id of the one that is meant as id. Nothing was written.",
        )
    if not known:
        return None
    clause = f"appId eq {quoted(known[0])}"
    registrations = registrations or _by_application_id(session.list(APPLICATIONS, filter=clause, select=_NAMED))
    principals = principals or _by_application_id(session.list(SERVICE_PRINCIPALS, filter=clause, select=select))
    if not principals:
        raise NotSeenYet(
            f"display_name: {name or known[0]!r} ({known[0]}) is registered in this tenant, but people cannot sign in "
            "to it: it has no service principal.",
            remedy="If it was made a moment ago, wait and run again; otherwise choose another name. "
            "Nothing was written.",
        )
    principal = principals[known[0]]
    if not registrations and _owner(principal) == session.claims.tenant_id:
        raise NotSeenYet(
            f"display_name: {name or known[0]!r} ({known[0]}) is an application of this tenant whose registration is "
            "not there.",
            remedy="If it was made or deleted a moment ago, wait and run again; otherwise restore the registration, or "
            "delete what is left in the portal. Nothing was written.",
        )
    return _id(registrations.get(known[0], {})), _id(principal)


def read_application(
    session: Session, registration_id: str, principal_id: str, wanted: WantedApplication
) -> ApplicationPair:
    """All there is to know, for what is *wanted*, of the application with these ids."""
    registration = session.get(f"{APPLICATIONS}/{registration_id}") if registration_id else None
    principal = session.get(f"{SERVICE_PRINCIPALS}/{principal_id}", select=_PRINCIPAL)
    path = f"{SERVICE_PRINCIPALS}/{principal_id}"
    owners: t.Sequence[Json] = ()
    if wanted.owners is not None:
        owners = session.list(f"{path}/owners", select="id,displayName,userPrincipalName")
    claims = _read_claims(session, path, wanted.claims) if wanted.speaks_of_claims else AssignedClaims()
    return ApplicationPair(registration, principal, tuple(sorted(map(principal_of, owners))), claims)


def find_in_bin(session: Session, wanted: WantedApplication) -> Json | None:
    """The deleted registration that is meant, or None. Raises OptionError where there are several."""
    clause = f"appId eq {quoted(wanted.identifier)}" if wanted.identifier else f"displayName eq {quoted(wanted.name)}"
    found = session.list(DELETED_APPLICATIONS, filter=clause)
    if len(found) > 1:
        identifiers = ", ".join(sorted(str(one.get("appId")) for one in found))
        raise OptionError(
            f"display_name: {len(found)} deleted applications are named {wanted.name!r} ({identifiers}).",
            remedy="Give the application id of the one that is wanted back as id. Nothing was written.",
        )
    return found[0] if found else None


def deleted_principal(session: Session, application_id: str) -> Json | None:
    """The deleted service principal of an application, or None."""
    found = session.list(DELETED_PRINCIPALS, filter=f"appId eq {quoted(application_id)}")
    return found[0] if found else None


def _by_application_id(found: t.Iterable[Json]) -> dict[str, Json]:
    return {str(one.get("appId") or "").lower(): one for one in found}


def _id(found: Json) -> str:
    return str(found.get("id") or "").lower()


def _owner(principal: Json) -> str:
    return str(principal.get("appOwnerOrganizationId") or "").lower()


def _read_claims(session: Session, path: str, wish: ClaimsWish | None) -> AssignedClaims:
    """What is assigned; who else has it, and whether there is one to be had, only where it is not as wanted."""
    assigned = tuple(session.list(f"{path}/claimsMappingPolicies"))
    if wish is None or (len(assigned) == 1 and wish.is_met_by(assigned[0])):
        return AssignedClaims(assigned)
    if len(assigned) == 1 and not _is_shared(session, assigned[0]):
        return AssignedClaims(assigned)
    policies = session.list(CLAIMS_POLICIES, filter=f"displayName eq {quoted(wish.name)}")
    named = next((one for one in policies if wish.is_met_by(one)), None)
    return AssignedClaims(assigned, bool(assigned), named)


def _is_shared(session: Session, policy: Json) -> bool:
    return policy.get("isOrganizationDefault") is True or (
        len(session.list(f"{CLAIMS_POLICIES}/{policy['id']}/appliesTo", select="id")) > 1
    )
