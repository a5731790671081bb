# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names beside the ids in the changes of policies and settings."""

from __future__ import annotations

from ansible_collections.m365.entra.plugins.module_utils._directory.directory import Directory
from ansible_collections.m365.entra.plugins.module_utils._directory.naming import Namer, kinds_by_path
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import ServiceRefused
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_shape import POLICY
from ansible_collections.m365.entra.plugins.module_utils._reconcile.action import Action
from ansible_collections.m365.entra.plugins.module_utils._reconcile.compare import Change
from ansible_collections.m365.entra.plugins.module_utils._resources import group
from ansible_collections.m365.entra.plugins.module_utils._resources.authentication_method_configuration import OPTIONS
from ansible_collections.m365.entra.plugins.module_utils._settings.authentication_methods_shape import (
    AUTHENTICATION_METHODS_POLICY,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession, Fault

EXCLUDED = "conditions.users.exclude_users"
STRENGTH = "grant_controls.authentication_strength"


def action(*changes: Change) -> Action:
    """An action with changes."""
    return Action("update", "policy", "key", "MFA", "/policies", "why", changes=changes)


def test_paths_that_hold_ids_know_their_kind() -> None:
    kinds = kinds_by_path(POLICY)
    assert kinds[EXCLUDED] == "user"
    assert kinds["conditions.locations.include_locations"] == "named_location"
    assert kinds[STRENGTH] == "authentication_strength_policy"
    assert "conditions.client_app_types" not in kinds
    assert kinds["conditions.applications.include_authentication_context_class_references"] == "authentication_context"
    assert "grant_controls.custom_authentication_factors" not in kinds


def test_names_stand_beside_ids_and_keywords_alone() -> None:
    session = FakeSession()
    namer = Namer(Directory(session), POLICY)
    namer.learn([action(Change(EXCLUDED, [ids.ADA], ["GuestsOrExternalUsers", ids.POLICY_ONE]))])
    assert namer.named(EXCLUDED, ["GuestsOrExternalUsers", ids.ADA, ids.POLICY_ONE]) == [
        "GuestsOrExternalUsers",
        f"ada@contoso.example ({ids.ADA})",
        ids.POLICY_ONE,
    ]
    assert session.reads("/users") == 1


def test_single_reference_and_other_values() -> None:
    namer = Namer(Directory(FakeSession()), POLICY)
    assert namer.named(STRENGTH, ids.MFA_STRENGTH) == f"Multifactor authentication ({ids.MFA_STRENGTH})"
    assert namer.named(STRENGTH, None) is None
    assert namer.named("display_name", "MFA") == "MFA"
    assert namer.named(EXCLUDED, []) == []


def test_nothing_is_asked_for_changes_without_ids() -> None:
    session = FakeSession()
    Namer(Directory(session), POLICY).learn([action(Change("display_name", "a", "b"), Change(EXCLUDED, [], ["All"]))])
    assert session.requests == []


def test_names_that_cannot_be_read_are_left_out() -> None:
    """They are only for show; by the time they are looked up everything may be written already."""
    session = FakeSession(faults=[Fault("GET", "/users", ServiceRefused("no permission", status=403))])
    namer = Namer(Directory(session), POLICY)
    namer.learn([action(Change(EXCLUDED, [ids.ADA], []))])
    assert namer.named(EXCLUDED, [ids.ADA]) == [ids.ADA]


INCLUDED = "include_targets"


def test_targets_are_named_by_their_own_kind() -> None:
    """A target says itself whether it is a group or a user; what is no object of the directory stays a word."""
    session = FakeSession()
    namer = Namer(Directory(session), OPTIONS, AUTHENTICATION_METHODS_POLICY)
    before = [{"id": ids.ADA, "targetType": "user"}, {"id": "all_users", "targetType": "group"}]
    after = [{"id": ids.STAFF, "targetType": "group", "authenticationMode": "push"}]
    namer.learn([action(Change(INCLUDED, before, after))])
    assert (session.reads("/users"), session.reads("/groups")) == (1, 1)
    assert namer.named(INCLUDED, before) == [
        {"id": f"ada@contoso.example ({ids.ADA})", "targetType": "user"},
        {"id": "all_users", "targetType": "group"},
    ]
    (staff,) = namer.named(INCLUDED, after)
    assert staff == {"id": f"Staff ({ids.STAFF})", "targetType": "group", "authenticationMode": "push"}


def test_single_target_and_nobody() -> None:
    session = FakeSession()
    namer = Namer(Directory(session), OPTIONS)
    path = "microsoft_authenticator.feature_settings.display_app_information_required_state.exclude_target"
    nobody = {"id": "00000000-0000-0000-0000-000000000000", "targetType": "group"}
    namer.learn([action(Change(path, nobody, None))])
    assert session.requests == []
    assert namer.named(path, nobody) == nobody
    namer.learn([action(Change(path, nobody, {"id": ids.STAFF, "targetType": "group"}))])
    assert namer.named(path, {"id": ids.STAFF, "targetType": "group"})["id"] == f"Staff ({ids.STAFF})"


def test_group_of_this_run_has_a_name_and_no_id_yet() -> None:
    namer = Namer(Directory(FakeSession()), OPTIONS)
    new = [{"id": group.key_of("Newcomers"), "targetType": "group"}]
    assert namer.named(INCLUDED, new) == [{"id": "Newcomers (new)", "targetType": "group"}]
