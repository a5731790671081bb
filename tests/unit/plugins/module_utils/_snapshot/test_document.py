# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A snapshot as text: nothing is lost on the way, and what is not as it was written is refused."""

from __future__ import annotations

import json
import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._snapshot.document import SnapshotRefused, snapshot_in, text_of
from ansible_collections.m365.entra.plugins.module_utils._snapshot.snapshot import (
    BEGUN,
    DONE,
    FAILED,
    Form,
    PlannedAction,
    Snapshot,
    TouchedObject,
)

TEXT = st.text(max_size=12)
VALUES: st.SearchStrategy[t.Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
CONTENT = st.dictionaries(TEXT, VALUES, max_size=4)
FORMS = st.none() | st.builds(Form, name=TEXT, content=CONTENT, state=TEXT, raw=CONTENT)
OBJECTS = st.builds(
    TouchedObject,
    resource=TEXT,
    # A key of what is new begins with a character that no name has.
    key=TEXT.map("\0new:group:{}".format),
    identifier=TEXT,
    name=TEXT,
    before=FORMS,
    planned=FORMS,
    was_deleted=st.booleans(),
    is_kept=st.booleans(),
)
SNAPSHOTS = st.builds(
    Snapshot,
    tenant_id=TEXT,
    cloud=TEXT,
    api_version=TEXT,
    collection_version=TEXT,
    taken_at=TEXT,
    run=TEXT,
    undoes=TEXT,
    status=st.sampled_from([BEGUN, DONE, FAILED]),
    objects=st.lists(OBJECTS, max_size=3).map(tuple),
    actions=st.lists(
        st.builds(
            PlannedAction,
            phase=TEXT,
            operation=TEXT,
            resource=TEXT,
            name=TEXT,
            reason=TEXT,
            is_done=st.booleans(),
        ),
        max_size=3,
    ).map(tuple),
    created=st.dictionaries(TEXT, TEXT, max_size=3),
    is_unclear=st.booleans(),
)
EXAMPLE = Snapshot(
    tenant_id="t",
    cloud="global",
    api_version="v1.0",
    collection_version="0.4.0",
    taken_at="2026-11-23T00:00:00+00:00",
    run="security_defaults",
    undoes="",
    status=DONE,
    objects=(TouchedObject("policy", "key", "id", "name", Form("name", {"a": 1}), None),),
    actions=(PlannedAction("apply", "delete", "policy", "name", "it is to be absent", True),),
)


@given(SNAPSHOTS)
def test_there_and_back(snapshot: Snapshot) -> None:
    assert snapshot_in(text_of(snapshot), "file") == snapshot


def without_checksum(change: t.Callable[[dict[str, t.Any]], object]) -> str:
    """The text of the example after a *change*, as whoever knows how could write it."""
    from ansible_collections.m365.entra.plugins.module_utils._snapshot import document

    body = json.loads(text_of(EXAMPLE))
    del body["sha256"]
    change(body)
    return json.dumps({**body, "sha256": document._checksum(body)})


@pytest.mark.parametrize("name", sorted(json.loads(text_of(EXAMPLE))))
def test_every_member_is_needed(name: str) -> None:
    body = json.loads(text_of(EXAMPLE))
    del body[name]
    with pytest.raises(SnapshotRefused, match=r"^file: .*Nothing was written\.$"):
        snapshot_in(json.dumps(body), "file")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda body: body.update(status="perhaps"), "status is 'perhaps'"),
        (lambda body: body.update(objects=["policy"]), "objects is missing or has the wrong form"),
        (lambda body: body["objects"][0].update(id=7), "id is missing or has the wrong form"),
        (lambda body: body["objects"][0].pop("planned"), "planned is missing or has the wrong form"),
        (lambda body: body["objects"][0]["before"].pop("content"), "content is missing or has the wrong form"),
        (lambda body: body["actions"][0].update(is_done="yes"), "is_done is missing or has the wrong form"),
    ],
)
def test_what_has_another_form_is_refused_with_its_name(
    change: t.Callable[[dict[str, t.Any]], object], told: str
) -> None:
    with pytest.raises(SnapshotRefused, match=told):
        snapshot_in(without_checksum(change), "file")


@given(st.integers(min_value=0), st.sampled_from("01{}ax "))
def test_a_changed_character_is_noticed(position: int, character: str) -> None:
    text = text_of(EXAMPLE).rstrip()
    place = position % len(text)
    changed = f"{text[:place]}{character}{text[place + 1 :]}"
    try:
        same = json.loads(changed) == json.loads(text)
    except ValueError:
        same = False
    if not same:
        with pytest.raises(SnapshotRefused):
            snapshot_in(changed, "file")
