# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The option rollout: what it means, what it cannot mean, and which policies it goes for."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._policy.desired import desired_policy
from ansible_collections.m365.entra.plugins.module_utils._rollout.given_rollout import with_rollout, with_rollouts
from ansible_collections.m365.entra.plugins.module_utils._rollout.promoting import Promotion, promotion_of
from ansible_collections.m365.entra.plugins.module_utils._rollout.rollout import Rollout, rollout_of
from ansible_collections.m365.entra.plugins.module_utils._spec.rollout_options import PROMOTE, ROLLOUT

Json = dict[str, t.Any]


def test_what_is_not_said_is_careful() -> None:
    assert rollout_of({}, "rollout") == Rollout(
        option="rollout",
        soak_days=7,
        maximum_would_fail_users=0,
        maximum_would_fail_share=0,
        minimum_sign_ins=50,
        observation_days=30,
        rings=(),
        not_shown="hold",
        changes="in_place",
    )
    assert set(ROLLOUT["rollout"]["options"]) == {*Rollout.__dataclass_fields__, "is_enabled"} - {"option"}


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"soak_days": -1}, r"^rollout\.soak_days: -1 cannot be meant"),
        ({"maximum_would_fail_share": 1.5}, "1.5 cannot be meant"),
        ({"maximum_would_fail_users": -1}, "-1 cannot be meant"),
        ({"minimum_sign_ins": -2}, "-2 cannot be meant"),
        ({"observation_days": 31}, "31 cannot be meant"),
        ({"observation_days": 0}, "0 cannot be meant"),
        ({"rings": [{"name": "nobody"}]}, r"rollout\.rings\[0\]: the ring 'nobody' is for nobody"),
        ({"rings": [{"name": " ", "include_users": ["ada"]}]}, "a name of blanks"),
        ({"rings": [{"name": "one", "include_users": ["ada"]}] * 2}, "more than one ring is named 'one'"),
    ],
)
def test_what_cannot_be_meant(options: Json, text: str) -> None:
    with pytest.raises(OptionError, match=text):
        rollout_of(options, "rollout")


def test_whom_rings_name() -> None:
    rings = [{"name": "one", "include_users": ["ada"], "include_groups": ["Staff"], "include_roles": None}]
    rollout = rollout_of({"rings": rings}, "policies[2].rollout")
    assert rollout is not None
    assert [(one.kind, one.value, one.path) for one in rollout.mentions()] == [
        ("user", "ada", "policies[2].rollout.rings[0].include_users[0]"),
        ("group", "Staff", "policies[2].rollout.rings[0].include_groups[0]"),
    ]
    resolved = rollout.resolved(lambda kind, name: f"{kind} {name}")
    assert resolved.rings[0].users == {"includeUsers": ["user ada"], "includeGroups": ["group Staff"]}


def named(name: str, **options: t.Any) -> Json:
    return {"display_name": name, "policy_state": "enabled", **options}


def test_the_rollout_of_a_list_and_of_a_policy() -> None:
    items = [
        named("plain"),
        named("own", rollout={"soak_days": 1}),
        named("none", rollout={"is_enabled": False}),
        named("reported", policy_state="report_only"),
        named("gone", state="absent"),
        {"display_name": "unsaid"},
    ]
    policies = [desired_policy(item, f"policies[{index}]") for index, item in enumerate(items)]
    found = with_rollouts(policies, items, {"soak_days": 3, "minimum_sign_ins": 9}, "rollout")
    assert [(one.name, one.rollout.soak_days if one.rollout else None) for one in found] == [
        ("plain", 3),
        ("own", 1),
        ("none", None),
        ("reported", None),
        ("gone", None),
        ("unsaid", None),
    ]
    own = found[1].rollout
    assert own is not None
    assert (own.option, own.minimum_sign_ins) == ("policies[1].rollout", 9)
    assert [one.rollout for one in with_rollouts(policies[:1], items[:1], None, "rollout")] == [None]
    with pytest.raises(OptionError, match=r"^rollout\.soak_days"):
        with_rollouts((), (), {"soak_days": -1}, "rollout")


@pytest.mark.parametrize("state", [{"policy_state": "report_only"}, {"policy_state": "disabled"}, {}])
def test_a_rollout_leads_to_an_enforced_policy(state: Json) -> None:
    options = {"display_name": "MFA", "rollout": {"soak_days": 1}, **state}
    with pytest.raises(OptionError, match="which this one is not to be"):
        with_rollout(desired_policy(options), options)
    absent = {**options, "state": "absent"}
    assert with_rollout(desired_policy(absent), absent).rollout is not None


def test_promotions() -> None:
    assert promotion_of({}, "") is None
    assert promotion_of({"promote": False, "promotion": {"maximum_users": 1}}, "") is None
    assert promotion_of({"promote": True, "promotion": {"maximum_users": 1}}, "") == Promotion(maximum_users=1)
    assert set(PROMOTE["promotion"]["options"]) == set(Promotion.__dataclass_fields__)
    with pytest.raises(OptionError, match=r"^list\.promotion\.maximum_sign_ins: 0 cannot"):
        promotion_of({"promote": True, "promotion": {"maximum_sign_ins": 0}}, "list.")
