# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole runs against a tenant in memory."""

from __future__ import annotations

import copy
import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import EntraError, GuardRefused
from ansible_collections.m365.entra.plugins.module_utils._guard.lockout import ALL_USERS_WITHOUT_EXCLUSION
from ansible_collections.m365.entra.plugins.module_utils._policy.desired import desired_policy
from ansible_collections.m365.entra.plugins.module_utils._resources.object_options import desired_objects
from ansible_collections.m365.entra.plugins.module_utils._resources.objects import RESOURCES
from ansible_collections.m365.entra.plugins.module_utils._resources.outcome import Outcome
from ansible_collections.m365.entra.plugins.module_utils._resources.tenant import reconcile
from ansible_collections.m365.entra.plugins.module_utils._resources.wanted import Wanted
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession

Json = dict[str, t.Any]
OPTIONS = {
    "named_location": "named_locations",
    "authentication_context": "authentication_contexts",
    "authentication_strength_policy": "authentication_strength_policies",
}


def wanted(
    *policies: Json, api_version: str = "v1.0", objects: t.Mapping[str, t.Sequence[Json]] | None = None, **others: t.Any
) -> Wanted:
    """What is wanted: policies and objects by their options, and the rest.

    Most runs here are about other things than a lockout, so that policies for everybody need not leave anybody out.
    """
    others.setdefault("overridden_guards", (ALL_USERS_WITHOUT_EXCLUSION,))
    return Wanted(
        policies=tuple(desired_policy(one, f"policies[{index}]", api_version) for index, one in enumerate(policies)),
        objects={
            noun: desired_objects(RESOURCES[noun], items, OPTIONS[noun]) for noun, items in (objects or {}).items()
        },
        api_version=api_version,
        **others,
    )


def run(session: FakeSession, what: Wanted, **modes: bool) -> Outcome:
    """One run, with an empty journal."""
    session.requests.clear()
    session.versions.clear()
    session.bodies.clear()
    return reconcile(session, what, **{"check_mode": False, **modes})


def run_twice(session: FakeSession, what: Wanted) -> Outcome:
    """One run, announced by check mode and followed by one that must find nothing to do.

    The journal that is left is the first one's.
    """
    session.read_only = True
    announced = run(session, what, check_mode=True)
    session.read_only = False
    done = run(session, what)
    journal = list(session.requests), list(session.versions), list(session.bodies)
    assert announced.plan == done.plan
    again = run(session, what)
    assert (again.is_changed, session.writes) == (False, [])
    session.requests[:], session.versions[:], session.bodies[:] = journal
    return done


def refusal(session: FakeSession, what: Wanted, kind: type[EntraError] = GuardRefused) -> EntraError:
    """The error of a run that must write nothing, in earnest and in check mode alike."""
    before = copy.deepcopy((session.policies, session.security_defaults, session.collections, session.bin))
    with pytest.raises(kind) as in_check_mode:
        run(session, what, check_mode=True)
    with pytest.raises(kind) as failure:
        run(session, what)
    assert session.writes == []
    assert (session.policies, session.security_defaults, session.collections, session.bin) == before
    assert str(in_check_mode.value) == str(failure.value)
    return failure.value
