# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads what tests of sign-ins need to know of a tenant: each thing once, and only what policies ask for."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .._directory.directory import Directory, Unresolved, UnresolvedReferences
from .._directory.roles import is_built_in
from .._directory.well_known import AUTHENTICATION_STRENGTHS
from .._graph.session import Session
from .._guard import permissions
from .._guard.custom_roles import require_built_in_roles
from .._reconcile.canonical import canonical
from .._reconcile.references import NamedReference
from .._reconcile.shape import Json
from .._resources.named_location import NAMED_LOCATION, shape_of
from .evaluated_policy import EvaluatedPolicy
from .facts import DirectoryFacts
from .matching_places import Locations
from .needs import Needs, needs_locations, needs_of
from .reading_applications import read_applications
from .reading_people import read_users, read_workloads
from .sign_in_test import SignInTest, mentions_of

_LOOKED_UP = {
    "user": permissions.READ_USERS,
    "service_principal": permissions.READ_APPLICATIONS,
    "application": permissions.READ_APPLICATIONS,
    "authentication_context": permissions.READ_AUTHENTICATION_CONTEXTS,
    "named_location": permissions.READ_POLICIES,
    "group": permissions.READ_GROUPS,
    "role": permissions.READ_ROLES,
}


@dataclass(frozen=True)
class Known:
    """What a caller knows already and need not be read, or cannot be.

    *directory* resolves names. *locations* are all named locations, canonical by id or key: planned ones where policies
    are planned. *mfa_trusted_ips* are the legacy trusted addresses, which nothing can read, *control_names* names of
    controls by their ids.
    """

    directory: Directory | None = None
    locations: t.Mapping[str, Json] | None = None
    mfa_trusted_ips: tuple[str, ...] | None = None
    control_names: t.Mapping[str, str] = field(default_factory=dict)


def read_facts(
    session: Session, tests: t.Sequence[SignInTest], policies: t.Sequence[EvaluatedPolicy], known: Known
) -> DirectoryFacts:
    """What *session*'s tenant says of those whom *tests* name, as far as *policies* ask for it.

    Raises GuardRefused for missing permissions, UnresolvedReferences for what does not exist and OptionError for a role
    that policies cannot name.
    """
    mentions = mentions_of(tests)
    _require_looking_up(session, mentions)
    directory = known.directory or Directory(session)
    locations = known.locations
    if locations is None:
        locations = _read_locations(session, directory) if needs_locations(tests, policies) else {}
    directory.resolve(mentions)
    require_built_in_roles(mentions, directory)
    named = {kind: _ids(directory, mentions, kind) for kind in _LOOKED_UP}
    needs = needs_of(policies, set(named["user"].values()))
    _require_reading(session, needs)
    users = read_users(session, set(named["user"].values()), needs)
    workloads = read_workloads(session, set(named["service_principal"].values()))
    applications = read_applications(session, set(named["application"].values()), with_owners=needs.owners)
    _require_all(mentions, named, {"user": users, "service_principal": workloads, "application": applications})
    return DirectoryFacts(
        users={name: users[identifier] for name, identifier in named["user"].items()},
        workloads={name: workloads[identifier] for name, identifier in named["service_principal"].items()},
        applications={name: applications[identifier] for name, identifier in named["application"].items()},
        location_ids=named["named_location"],
        context_ids=named["authentication_context"],
        group_ids=named["group"],
        role_ids=named["role"],
        locations=Locations(locations, known.mfa_trusted_ips),
        control_names={**known.control_names, **_strength_names()},
    )


def _read_locations(session: Session, directory: Directory) -> dict[str, Json]:
    found = session.list(NAMED_LOCATION.collection)
    directory.provide("named_location", found)
    return locations_by_id(found)


def locations_by_id(locations: t.Iterable[Json]) -> dict[str, Json]:
    """Named locations as Graph shows them, in canonical form by their ids."""
    return {str(one["id"]).lower(): canonical(shape_of(one), one) for one in locations}


def control_names_in(raw_policies: t.Iterable[Json]) -> dict[str, str]:
    """The names of authentication strengths by their ids, which every read of a policy shows (facts section 2.4)."""
    grants = [policy.get("grantControls") or {} for policy in raw_policies]
    strengths = [grant.get("authenticationStrength") or {} for grant in grants]
    return {str(one["id"]).lower(): str(one["displayName"]) for one in strengths if one.get("displayName")}


def _strength_names() -> dict[str, str]:
    return {identifier: name for name, identifier in AUTHENTICATION_STRENGTHS.items()}


def _require_looking_up(session: Session, mentions: t.Iterable[NamedReference]) -> None:
    needed = [_LOOKED_UP[mention.kind] for mention in mentions if not _is_known_role(mention)]
    permissions.require_permissions(dict.fromkeys(needed), session.claims.permissions)


def _require_reading(session: Session, needs: Needs) -> None:
    needed = [permissions.READ_GROUPS] if needs.groups else []
    needed += [permissions.READ_ROLES] if needs.roles else []
    permissions.require_permissions(needed, session.claims.permissions)


def _is_known_role(mention: NamedReference) -> bool:
    return mention.kind == "role" and is_built_in(mention.value)


def _ids(directory: Directory, mentions: t.Iterable[NamedReference], kind: str) -> dict[str, str]:
    return {one.value: directory.identify(kind, one.value) for one in mentions if one.kind == kind}


def _require_all(
    mentions: t.Iterable[NamedReference],
    named: t.Mapping[str, t.Mapping[str, str]],
    found: t.Mapping[str, t.Container[str]],
) -> None:
    """Raise UnresolvedReferences for what was there when its name was looked up, and was gone when it was read."""
    gone = [
        Unresolved(one.path, one.value, f"{one.value!r} was removed while it was read", one.kind)
        for one in mentions
        if one.kind in found and named[one.kind][one.value] not in found[one.kind]
    ]
    if gone:
        raise UnresolvedReferences(gone)
