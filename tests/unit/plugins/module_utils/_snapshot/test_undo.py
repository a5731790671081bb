# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever a run does to policies, an undo puts them back; an action that nobody kept is named."""

from __future__ import annotations

import copy
import tempfile
import typing as t
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._module.tenant_undo import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.rules import check_rules
from ansible_collections.m365.entra.plugins.module_utils._policy.vocabulary import OPTION_BY_STATE
from ansible_collections.m365.entra.plugins.module_utils._reconcile.action import Action
from ansible_collections.m365.entra.plugins.module_utils._resources.tenant import reconcile
from ansible_collections.m365.entra.plugins.module_utils._snapshot import take
from ansible_collections.m365.entra.plugins.module_utils._snapshot.choose import read_snapshot
from ansible_collections.m365.entra.plugins.module_utils._snapshot.document import text_of
from ansible_collections.m365.entra.plugins.module_utils._snapshot.place import SnapshotPlace
from ansible_collections.m365.entra.plugins.module_utils._snapshot.record import Keeping
from ansible_collections.m365.entra.plugins.module_utils._snapshot.snapshot import Form
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import FakeModule, fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import BIN, FakeSession
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    ENABLED,
    MFA,
    REPORT_ONLY,
    policy,
    stored,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.runs import wanted

Json = dict[str, t.Any]

NAMES = ("MFA", "Legacy", "Guests")
IDS = dict(zip(NAMES, (ids.POLICY_ONE, ids.POLICY_TWO, ids.POLICY_ONE[::-1]), strict=True))
STATES = st.sampled_from(sorted(OPTION_BY_STATE))
USERS = st.fixed_dictionaries(
    {"includeUsers": st.just(["All"]), "excludeUsers": st.sampled_from([[ids.EMERGENCY], [ids.EMERGENCY, ids.BOB]])}
)
GRANTS = st.sampled_from([MFA, {"operator": "AND", "builtInControls": ["compliantDevice", "mfa"]}])
PARTS = st.fixed_dictionaries({"users": USERS, "grant": GRANTS, "signInRiskLevels": st.sampled_from([[], ["high"]])})
# A policy that is there or not, and one that is wanted, left alone or wanted gone.
THERE = st.none() | st.tuples(STATES, PARTS)
WANTED = st.sampled_from(["leave", "gone"]) | st.tuples(STATES, PARTS)


def undo(session: FakeSession, path: str, folder: str, **options: t.Any) -> tuple[Json, FakeModule]:
    given_options = {"from_snapshot": path, "snapshot": {"directory": folder}, **options}
    module = fake_module(SPEC, {**given_options, "override_guards": ["all_users_without_exclusion"]})
    return run(module, lambda: session), module


def meaning(session: FakeSession) -> list[tuple[str, str, Json]]:
    found = [(one["displayName"], one["state"], canonical_policy(one)) for one in session.policies]
    return sorted(found, key=lambda one: one[0])


def options_of(name: str, wish: t.Any) -> Json:
    if wish == "gone":
        return {"display_name": name, "state": "absent"}
    state, parts = wish
    content = policy(name, **parts)
    return {
        "definition": {**content, "state": state},
        "policy_state": OPTION_BY_STATE[state],
        "exclude_emergency_access": False,
    }


@given(st.fixed_dictionaries(dict.fromkeys(NAMES, THERE)), st.fixed_dictionaries(dict.fromkeys(NAMES, WANTED)))
@settings(max_examples=40)
def test_policies_are_as_they_were(there: dict[str, t.Any], wishes: dict[str, t.Any]) -> None:
    session = FakeSession(
        [stored(name, one[0], IDS[name], **one[1]) for name, one in there.items() if one],
    )
    before = meaning(session)
    what = wanted(
        *(options_of(name, wish) for name, wish in wishes.items() if wish != "leave"),
        overridden_guards=("administrator_reach", "running_identity_reach", "all_users_without_exclusion"),
    )
    with tempfile.TemporaryDirectory() as folder:
        kept = reconcile(session, what, check_mode=False, keeping=Keeping(SnapshotPlace(Path(folder)), "test")).snapshot
        if not kept:
            assert meaning(session) == before
            return
        after = meaning(session)
        result, _module = undo(session, kept, folder)
        assert meaning(session) == before
        assert result["tenant_undo"]["not_undone"] == []
        again, _module = undo(session, kept, folder)
        assert again["plan"] == []
        if "snapshot" in result:
            undo(session, result["snapshot"], folder)
        assert meaning(session) == after


def test_what_nobody_has_said_how_to_keep_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An action of another kind must not be forgotten."""
    known = take._of

    def unknown(action: Action, objects: t.Mapping[str, t.Any]) -> t.Any:
        return known(action, {})

    monkeypatch.setattr(take, "_of", unknown)
    session = FakeSession([stored(state=REPORT_ONLY)])
    what = wanted({"display_name": "MFA", "policy_state": "disabled"})
    path = reconcile(session, what, check_mode=False, keeping=Keeping(SnapshotPlace(tmp_path), "test")).snapshot
    state = copy.deepcopy(session.policies)
    (touched,) = read_snapshot(Path(path)).objects
    assert (touched.identifier, touched.is_kept) == (ids.POLICY_ONE, False)
    result, module = undo(session, path, str(tmp_path))
    assert session.policies == state
    assert [one["name"] for one in result["tenant_undo"]["not_undone"]] == ["MFA"]
    assert module.warnings == ["Undo: conditional_access_policy 'MFA': the snapshot does not hold how it was."]


@pytest.mark.parametrize("cloud", ["us_government_l4", "china"])
def test_a_cloud_without_a_bin(cloud: str, tmp_path: Path) -> None:
    session = FakeSession([stored()], cloud=cloud)
    before = meaning(session)
    gone = wanted({"display_name": "MFA", "state": "absent"})
    keeping = Keeping(SnapshotPlace(tmp_path), "test")
    path = reconcile(session, gone, check_mode=False, keeping=keeping).snapshot
    session.bin.clear()
    session.requests.clear()
    result, _module = undo(session, path, str(tmp_path))
    assert [one["name"] for one in result["tenant_undo"]["remade"]] == ["MFA"]
    assert session.reads(BIN) == 0
    assert meaning(session) == before


def test_what_only_beta_shows_comes_back_through_beta(tmp_path: Path) -> None:
    session = FakeSession([stored(agentIdRiskLevels="high")], hidden={ids.POLICY_ONE})
    before = copy.deepcopy(session.policies)
    gone = wanted({"display_name": "MFA", "state": "absent"}, api_version="beta")
    keeping = Keeping(SnapshotPlace(tmp_path), "test")
    path = reconcile(session, gone, check_mode=False, keeping=keeping).snapshot
    assert session.policies == []
    undo(session, path, str(tmp_path))
    assert session.policies == before


def test_sample_parts_keep_the_rules() -> None:
    """Guards the property above against passing because nothing could be written."""
    broken = []
    for state in (ENABLED, REPORT_ONLY):
        try:
            check_rules(canonical_policy({**policy("MFA"), "state": state}), "")
        except OptionError as error:
            broken.append(str(error))
    assert broken == []


def test_a_snapshot_of_a_version_that_knew_less_takes_nothing_away(tmp_path: Path) -> None:
    """What that version did not know stands in what the service said, and is no change of the run's."""
    session = FakeSession([stored(session={"persistentBrowser": {"isEnabled": True, "mode": "never"}})])
    before = copy.deepcopy(session.policies)
    what = wanted({"display_name": "MFA", "description": "Changed."})
    path = Path(reconcile(session, what, check_mode=False, keeping=Keeping(SnapshotPlace(tmp_path), "test")).snapshot)
    snapshot = read_snapshot(path)
    (touched,) = snapshot.objects
    assert touched.before is not None
    assert touched.planned is not None
    older = replace(touched, before=_knowing_less(touched.before), planned=_knowing_less(touched.planned))
    path.write_text(text_of(replace(snapshot, objects=(older,))), encoding="utf-8")
    result, _module = undo(session, str(path), str(tmp_path))
    assert result["tenant_undo"]["changed_since"] == []
    assert meaning(session) == meaning(FakeSession(before))


def _knowing_less(form: Form) -> Form:
    return replace(form, content={name: value for name, value in form.content.items() if name != "sessionControls"})
