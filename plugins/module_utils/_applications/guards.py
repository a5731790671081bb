# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What must hold before an application or its assignments are written; each guard answers by itself."""

from __future__ import annotations

from .._graph.errors import GuardRefused
from .._graph.session import Session
from .._guard import permissions
from .._guard.permissions import Requirement
from .._reconcile.action import DELETE, Plan
from .._reconcile.shape import Json
from .._resources.asked_guards import ask_guards
from .application_plan import CLAIMS_POLICY
from .pair import ApplicationPair
from .template import template_ids
from .wanted_application import WantedApplication

# Directories of Microsoft, which owns its own applications (general knowledge).
_MICROSOFT = frozenset({"f8cdef31-a31e-4b4a-93e4-5f571e91255a", "72f988bf-86f1-41af-91ab-2d7cd011db47"})

WRITE_APPLICATIONS = Requirement("writing applications", ("Application.ReadWrite.All",))
READ_CLAIMS_POLICIES = Requirement(
    "reading claims-mapping policies",
    ("Policy.Read.ApplicationConfiguration", "Policy.ReadWrite.ApplicationConfiguration", "Policy.Read.All"),
)
WRITE_CLAIMS_POLICIES = Requirement("writing claims-mapping policies", ("Policy.ReadWrite.ApplicationConfiguration",))
WRITE_ASSIGNMENTS = Requirement("assigning people to applications", ("AppRoleAssignment.ReadWrite.All",))


def require_reading(session: Session, wanted: WantedApplication) -> None:
    """Raise GuardRefused that names every permission that reading for *wanted* lacks."""
    needed = [permissions.READ_APPLICATIONS]
    needed.extend([permissions.READ_USERS] if wanted.owners else [])
    needed.extend([READ_CLAIMS_POLICIES] if wanted.speaks_of_claims else [])
    permissions.require_permissions(needed, session.claims.permissions)


def require_writable(
    session: Session, wanted: WantedApplication, pair: ApplicationPair | None, plan: Plan
) -> tuple[Json, ...]:
    """The answer of each guard. Raises the GuardRefused of the first that blocks, with the answers so far."""
    return ask_guards(
        {
            "permissions": lambda: _check_permissions(session, plan),
            "template": lambda: _check_template(session, wanted, pair),
            "protected_application": lambda: _check_protected(session, wanted, pair, plan),
        }
    )


def _check_permissions(session: Session, plan: Plan) -> None:
    writes_policies = any(action.resource == CLAIMS_POLICY for action in plan.actions)
    needed = [permissions.READ_ORGANIZATION, WRITE_APPLICATIONS]
    needed.extend([WRITE_CLAIMS_POLICIES] if writes_policies else [])
    permissions.require_permissions(needed, session.claims.permissions)


def _check_template(session: Session, wanted: WantedApplication, pair: ApplicationPair | None) -> None:
    """What was made from another entry of the gallery only has the same name, and is somebody else's."""
    made_from = str(pair.principal.get("applicationTemplateId") or "").lower() if pair else ""
    if pair is None or not made_from or not wanted.template or wanted.identifier:
        return
    meant = template_ids(session, wanted.template)
    if meant and made_from not in meant:
        raise GuardRefused(
            f"display_name: {pair.name!r} ({pair.application_id}) is there, but it was not made from "
            f"{wanted.template!r} of the gallery.",
            remedy="Choose another name, or leave template out if that application is meant. Nothing was written.",
        )


def _check_protected(session: Session, wanted: WantedApplication, pair: ApplicationPair | None, plan: Plan) -> None:
    """Neither what this run signs in with nor an application of Microsoft is deleted or switched off."""
    if pair is None or not _takes_away(wanted, plan):
        return
    if pair.application_id == session.claims.application_id:
        raise GuardRefused(
            f"display_name: {pair.name!r} is the application that this run signs in with.",
            remedy="Choose another name. Nothing was written.",
        )
    if str(pair.principal.get("appOwnerOrganizationId") or "").lower() in _MICROSOFT:
        raise GuardRefused(
            f"display_name: {pair.name!r} ({pair.application_id}) is an application of Microsoft, on which others may "
            "rest.",
            remedy="Choose another name. Nothing was written.",
        )


def _takes_away(wanted: WantedApplication, plan: Plan) -> bool:
    removes = any(action.operation == DELETE for action in plan.actions)
    return removes or wanted.settings.get("enabled") is False
