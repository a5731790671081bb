# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What must be wanted of a tenant so that it is as a snapshot says."""

from __future__ import annotations

from .._directory.directory import Directory
from .._graph.session import Session
from .._policy.policy_plan import NOUN as POLICY
from .._reconcile.references import NamedReference
from .._resources import group
from .._resources import security_defaults as defaults
from .._resources.objects import RESOURCES
from .._resources.prerequisites import require_reading
from .._resources.settings import SETTINGS
from .._resources.wanted import Wanted
from .._settings.portal_addresses import PortalAddresses
from .._settings.setting_plan import DesiredSetting
from .ids import Ids
from .snapshot import Snapshot, TouchedObject
from .undo import OPTION, Told, Undo
from .undo_objects import undo_objects
from .undo_policies import mentions_of, undo_policies
from .undo_settings import undo_settings


def undo_of(session: Session, snapshot: Snapshot, addresses: PortalAddresses | None) -> Undo:
    """What puts the tenant back to *snapshot*, after a look at how it is now; only reads are sent.

    *addresses* are those of the portal, where a person's credential was given.
    """
    require_reading(session, _looked_at(snapshot))
    ids = Ids(dict(snapshot.created))
    undo = Undo(not_undone=tuple(Told(one, _NOT_KEPT) for one in snapshot.objects if not one.is_kept))
    undo = undo.joined(_groups(session, snapshot, ids))
    # Policies refer to objects, whose ids must be known first.
    undo = undo.joined(undo_objects(session, snapshot, ids))
    undo = undo.joined(undo_policies(session, snapshot, ids))
    undo = undo.joined(undo_settings(session, snapshot, ids, addresses))
    return undo.joined(_security_defaults(session, snapshot))


_NOT_KEPT = "the snapshot does not hold how it was"
_GROUP_STAYS = (
    "the run has made this group; it stays, because it may have members and uses of its own by now - delete it if not"
)


def _looked_at(snapshot: Snapshot) -> Wanted:
    """Everything of the kinds that the snapshot holds, as if it were wanted: what must be readable."""
    kinds = {one.resource for one in snapshot.objects}
    return Wanted(
        policies=() if POLICY in kinds else None,
        security_defaults=False if defaults.NOUN in kinds else None,
        objects={noun: () for noun in RESOURCES if noun in kinds},
        settings={noun: (DesiredSetting(OPTION, {}),) for noun in SETTINGS if noun in kinds},
        looked_at=tuple(_mentions(snapshot)),
        api_version=snapshot.api_version,
    )


def _mentions(snapshot: Snapshot) -> list[NamedReference]:
    of_policies = [mention for one in snapshot.objects if one.resource == POLICY for mention in mentions_of(one)]
    return [*of_policies, *(_mention(one) for one in snapshot.objects if one.resource == group.NOUN)]


def _mention(touched: TouchedObject) -> NamedReference:
    return NamedReference(group.NOUN, touched.name, OPTION)


def _groups(session: Session, snapshot: Snapshot, ids: Ids) -> Undo:
    """Groups stay; those that a run made before it was ended have their ids by their names."""
    made = [one for one in snapshot.objects if one.resource == group.NOUN]
    directory = Directory(session)
    unresolved = {one.value for one in directory.unresolved([_mention(one) for one in made])}
    there = [one for one in made if one.name not in unresolved]
    for one in there:
        ids.created.setdefault(one.key, directory.identify(group.NOUN, one.name))
    return Undo(not_undone=tuple(Told(one, _GROUP_STAYS) for one in there))


def _security_defaults(session: Session, snapshot: Snapshot) -> Undo:
    touched = next((one for one in snapshot.objects if one.resource == defaults.NOUN), None)
    if touched is None or touched.before is None:
        return Undo()
    before = bool(touched.before.content["isEnabled"])
    return Undo() if defaults.read_is_enabled(session) == before else Undo(security_defaults=before)
