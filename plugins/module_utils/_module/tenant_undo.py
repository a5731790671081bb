# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of tenant_undo: puts a tenant back to a snapshot, through the same plan and guards as every change."""

from __future__ import annotations

import typing as t

from .._graph.errors import GuardRefused
from .._reconcile.shape import Json
from .._resources.tenant import reconcile
from .._resources.wanted import Wanted
from .._settings.portal_addresses import PortalAddresses, portal_addresses
from .._snapshot.choose import chosen_snapshot
from .._snapshot.place import place_from_options
from .._snapshot.undo import Told, Undo
from .._snapshot.undo_plan import undo_of
from .._spec.argument_spec import ArgumentSpec
from .._spec.policy_options import EMERGENCY_ACCESS
from .._spec.portal_options import PORTAL
from .._spec.protocol import MakeSession, ModuleProtocol
from .._spec.snapshot_options import SNAPSHOT
from .keeping import keeping_of
from .outcome_result import outcome_result

SPEC = (
    ArgumentSpec(
        {
            "from_snapshot": {"type": "str", "required": True},
            "overwrite_changes": {"type": "bool", "default": False},
        }
    )
    .merged(PORTAL)
    .merged(EMERGENCY_ACCESS)
    .merged(SNAPSHOT)
)

_CREDENTIALS = ("refresh_token", "refresh_token_path", "access_token")


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """Put the tenant back, and name what could not be."""
    place = place_from_options(module.params["snapshot"])
    session = make_session()
    path, snapshot = chosen_snapshot(module.params["from_snapshot"], place, session.claims.tenant_id)
    addresses = _addresses(module.params["portal"])
    undo = undo_of(session, snapshot, addresses)
    if not module.params["overwrite_changes"]:
        _refuse_to_overwrite(undo)
    for told in (*undo.not_undone, *undo.remade):
        module.warn(f"Undo: {told}.")
    wanted = undo.wanted(Wanted(api_version=snapshot.api_version, portal_addresses=addresses))
    outcome = reconcile(
        session,
        wanted.with_emergency_access(module.given),
        check_mode=module.check_mode,
        keeping=keeping_of(module, "tenant_undo", str(path)),
    )
    return {
        **outcome_result(module, outcome),
        "tenant_undo": {
            "from_snapshot": str(path),
            "taken_at": snapshot.taken_at,
            "run": snapshot.run,
            "not_undone": _results(undo.not_undone),
            "changed_since": _results(undo.changed_since),
            "remade": _results(undo.remade),
        },
    }


def _addresses(portal: t.Mapping[str, t.Any]) -> PortalAddresses | None:
    """Where the portal's services are, if there is a credential for them."""
    return portal_addresses(portal) if any(portal.get(name) for name in _CREDENTIALS) else None


def _refuse_to_overwrite(undo: Undo) -> None:
    if undo.changed_since:
        raise GuardRefused(
            f"overwrite_changes: since the run somebody has changed: {'; '.join(map(str, undo.changed_since))}.",
            remedy="Look at these objects; with overwrite_changes: true they are put back all the same. Nothing was "
            "written.",
            details={"changed_since": _results(undo.changed_since)},
        )


def _results(told: t.Iterable[Told]) -> list[Json]:
    return [
        {
            "resource": one.touched.resource,
            "name": one.touched.name,
            "id": one.touched.identifier or None,
            "reason": one.text,
        }
        for one in told
    ]
