# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Authentication strengths: what is the same combination, which rules there are, and the requests of a change."""

from __future__ import annotations

import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused, OptionError
from ansible_collections.m365.entra.plugins.module_utils._reconcile.action import Action, Phase, Plan
from ansible_collections.m365.entra.plugins.module_utils._reconcile.canonical import canonical
from ansible_collections.m365.entra.plugins.module_utils._reconcile.carry_out import Progress, carry_out
from ansible_collections.m365.entra.plugins.module_utils._reconcile.compare import changes
from ansible_collections.m365.entra.plugins.module_utils._reconcile.option_names import (
    content_from_options,
    options_from_content,
)
from ansible_collections.m365.entra.plugins.module_utils._reconcile.present import plan_diff
from ansible_collections.m365.entra.plugins.module_utils._resources.authentication_strength_policy import (
    AUTHENTICATION_STRENGTH_POLICY,
    update_actions,
)
from ansible_collections.m365.entra.plugins.module_utils._resources.strength_shape import MODES, SHAPE
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_objects import STRENGTHS, strength
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.object_plans import (
    object_plan,
    object_refusal,
)

Json = dict[str, t.Any]
RESOURCE = AUTHENTICATION_STRENGTH_POLICY
SKI = "9a4248c6ac8c2931ab2a86537818e92e7b6c97b6"
CERTIFICATE = "x509CertificateMultiFactor"


def key_limit(*models: str, identifier: str = "keys") -> Json:
    """A limit on security keys as the service has it."""
    return {
        "@odata.type": "#microsoft.graph.fido2CombinationConfiguration",
        "id": identifier,
        "appliesToCombinations": ["fido2"],
        "allowedAAGUIDs": list(models or (ids.ADA,)),
    }


def certificate_limit(*issuers: str) -> Json:
    """A limit on certificates as the service has it."""
    return {
        "@odata.type": "#microsoft.graph.x509CertificateCombinationConfiguration",
        "id": "certificates",
        "appliesToCombinations": [CERTIFICATE],
        "allowedIssuerSkis": list(issuers or (SKI,)),
        "allowedPolicyOIDs": [],
    }


OURS = strength("Ours", "fido2", CERTIFICATE, "password,sms")
LIMITED = {**OURS, "combinationConfigurations": [key_limit(), certificate_limit()]}


# What is the same

combinations = st.lists(st.lists(st.sampled_from(MODES), unique=True, min_size=1, max_size=3), max_size=5)


@given(combinations, st.data())
def test_order_blanks_case_and_repetition_are_no_difference(found: list[list[str]], data: st.DataObject) -> None:
    def respelled(methods: list[str]) -> str:
        shuffled = data.draw(st.permutations([*methods, *methods[:1]]))
        text = data.draw(st.sampled_from([",", ", ", " , "])).join(shuffled)
        return data.draw(st.sampled_from([text, text.upper(), text.lower()]))

    noisy = data.draw(st.permutations([respelled(methods) for methods in [*found, *found[:1]]]))
    plain = canonical(SHAPE, {"displayName": "x", "allowedCombinations": [",".join(methods) for methods in found]})
    assert canonical(SHAPE, {"displayName": "x", "allowedCombinations": noisy}) == plain
    assert {frozenset(one.split(",")) for one in plain["allowedCombinations"]} == {frozenset(one) for one in found}


@given(combinations, combinations)
def test_other_combinations_are_a_difference(before: list[list[str]], after: list[list[str]]) -> None:
    old, new = (canonical(SHAPE, {"allowedCombinations": [",".join(one) for one in side]}) for side in (before, after))
    differ = {frozenset(one) for one in before} != {frozenset(one) for one in after}
    assert [change.path for change in changes(SHAPE, old, new)] == (["allowed_combinations"] if differ else [])


def test_order_and_spelling_of_limits_are_no_difference() -> None:
    limits = [
        {**certificate_limit(SKI.upper()), "id": "other", "allowedPolicyOIDs": None},
        {**key_limit(ids.ADA.upper()), "@odata.type": None},
    ]
    assert canonical(SHAPE, {**LIMITED, "combinationConfigurations": limits}) == canonical(SHAPE, LIMITED)


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"displayName": "ours"}, "display_name"),
        ({"description": "x"}, "description"),
        ({"allowedCombinations": ["fido2", CERTIFICATE]}, "allowed_combinations"),
        ({"combinationConfigurations": [key_limit()]}, "combination_configurations"),
        ({"combinationConfigurations": [key_limit(ids.BOB), certificate_limit()]}, "combination_configurations"),
    ],
)
def test_real_change_is_named(changed: Json, path: str) -> None:
    before, after = canonical(SHAPE, LIMITED), canonical(SHAPE, {**LIMITED, **changed})
    assert [change.path for change in changes(SHAPE, before, after)] == [path]


def test_what_the_service_says_besides_is_no_difference() -> None:
    assert canonical(SHAPE, {**OURS, "requirementsSatisfied": "none", "modifiedDateTime": "x"}) == canonical(
        SHAPE, OURS
    )


def test_options_say_the_same_as_the_strength() -> None:
    content = canonical(SHAPE, LIMITED)
    options = options_from_content(SHAPE, content)
    assert set(options["combination_configurations"][0]) <= {
        "applies_to_combinations",
        "allowed_aaguids",
        "allowed_issuer_skis",
        "allowed_policy_oids",
    }
    assert canonical(SHAPE, content_from_options(SHAPE, options)) == content


# Rules

LIMIT = "combination_configurations"


@pytest.mark.parametrize(
    ("changed", "path", "words"),
    [
        ({"display_name": "x" * 31}, "display_name", "at most 30 characters"),
        ({"allowed_combinations": []}, "allowed_combinations", "Give at least one"),
        ({"allowed_combinations": None}, "allowed_combinations", "needs combinations"),
        ({"allowed_combinations": ["password,telepathy"]}, "allowed_combinations", "'telepathy'"),
        (
            {LIMIT: [{"applies_to_combinations": [CERTIFICATE], "allowed_issuer_skis": [SKI]}]},
            f"{LIMIT}.applies_to_combinations",
            "is not among allowed_combinations",
        ),
        ({LIMIT: [{"applies_to_combinations": ["fido2"]}]}, f"{LIMIT}.allowed_aaguids", "models of keys"),
        (
            {LIMIT: [{"applies_to_combinations": ["sms"], "allowed_aaguids": [ids.ADA]}]},
            f"{LIMIT}.allowed_aaguids",
            "only fido2 and certificates can be limited",
        ),
        (
            {LIMIT: [{"applies_to_combinations": ["fido2"], "allowed_issuer_skis": [SKI]}]},
            f"{LIMIT}.allowed_aaguids",
            "by nothing else",
        ),
        ({LIMIT: [{"applies_to_combinations": [CERTIFICATE]}]}, f"{LIMIT}.allowed_issuer_skis", "Give one of them"),
        (
            {LIMIT: [{"applies_to_combinations": [CERTIFICATE], "allowed_issuer_skis": ["abc"]}]},
            f"{LIMIT}.allowed_issuer_skis",
            "40 hexadecimal digits",
        ),
        (
            {
                LIMIT: [
                    {
                        "applies_to_combinations": [CERTIFICATE],
                        "allowed_issuer_skis": [f"{one:040x}" for one in range(6)],
                        "allowed_policy_oids": [f"1.2.{one}" for one in range(6)],
                    }
                ]
            },
            f"{LIMIT}.allowed_policy_oids",
            "at most 5 values",
        ),
        (
            {LIMIT: [{"applies_to_combinations": ["fido2"], "allowed_aaguids": [one]} for one in (ids.ADA, ids.BOB)]},
            LIMIT,
            "two entries speak of fido2",
        ),
    ],
)
def test_broken_rule_is_told_with_path_and_remedy(changed: Json, path: str, words: str) -> None:
    options = {"display_name": "x", "allowed_combinations": ["fido2"], **changed}
    message = str(object_refusal(RESOURCE, options, kind=OptionError))
    assert f"objects[0].{path}: " in message
    assert words in message


def test_built_in_strength_is_never_changed() -> None:
    built_in = strength("Multifactor authentication", identifier=ids.MFA_STRENGTH, policyType="builtIn")
    for options in ({"description": "x"}, {"state": "absent"}, {"allowed_combinations": {"add": ["sms"]}}):
        error = object_refusal(RESOURCE, {"id": ids.MFA_STRENGTH, **options}, built_in, kind=GuardRefused)
        assert "belongs to the service" in error.message
    assert not object_plan(RESOURCE, {"id": ids.MFA_STRENGTH}, built_in).is_changed


# Requests


def sent(actions: t.Iterable[Action], existing: Json) -> FakeSession:
    """A tenant with the strength *existing* after *actions*."""
    session = FakeSession()
    session.collections[STRENGTHS] = [existing]
    progress = Progress()
    for action in actions:
        carry_out(session, action, progress)
    return session


OPTIONS_LIMIT = {"applies_to_combinations": ["fido2"], "allowed_aaguids": [ids.BOB]}
ROOT = f"{STRENGTHS}/{ids.PRINTERS}"


@pytest.mark.parametrize(
    ("existing", "options", "requests"),
    [
        (OURS, {"description": "x"}, [("PATCH", ROOT)]),
        (OURS, {"allowed_combinations": {"add": ["sms"]}}, [("POST", f"{ROOT}/updateAllowedCombinations")]),
        (OURS, {LIMIT: [OPTIONS_LIMIT]}, [("POST", f"{ROOT}/combinationConfigurations")]),
        (
            LIMITED,
            {LIMIT: [OPTIONS_LIMIT]},
            [
                ("DELETE", f"{ROOT}/combinationConfigurations/certificates"),
                ("PATCH", f"{ROOT}/combinationConfigurations/keys"),
            ],
        ),
        (
            LIMITED,
            {"description": "x", "allowed_combinations": ["fido2"], LIMIT: [OPTIONS_LIMIT]},
            [
                ("PATCH", ROOT),
                # A limit goes before its combination does.
                ("DELETE", f"{ROOT}/combinationConfigurations/certificates"),
                ("POST", f"{ROOT}/updateAllowedCombinations"),
                ("PATCH", f"{ROOT}/combinationConfigurations/keys"),
            ],
        ),
        (
            strength("Ours", "sms"),
            {"allowed_combinations": {"add": ["fido2"]}, LIMIT: [OPTIONS_LIMIT]},
            # A new limit comes after its combination.
            [("POST", f"{ROOT}/updateAllowedCombinations"), ("POST", f"{ROOT}/combinationConfigurations")],
        ),
        (
            LIMITED,
            {LIMIT: []},
            [("DELETE", f"{ROOT}/combinationConfigurations/{one}") for one in ("keys", "certificates")],
        ),
    ],
)
def test_requests_of_a_change_in_their_order_and_back(
    existing: Json, options: Json, requests: list[tuple[str, str]]
) -> None:
    plan = object_plan(RESOURCE, {"display_name": "Ours", **options}, existing)
    actions = update_actions(RESOURCE, plan)
    session = sent(actions, existing_copy(existing))
    assert session.requests[: len(requests)] == requests
    assert canonical(SHAPE, session.collections[STRENGTHS][0]) == plan.content
    # Taken back in reverse, it is what it was.
    progress = Progress()
    back = sent([], existing_copy(existing))
    for action in actions:
        carry_out(back, action, progress)
    for action in reversed(actions):
        assert action.undo is not None
        carry_out(back, action.undo, progress)
    assert canonical(SHAPE, back.collections[STRENGTHS][0]) == canonical(SHAPE, existing)


def existing_copy(raw: Json) -> Json:
    """A strength that a run may change."""
    return {**raw, "combinationConfigurations": [dict(one) for one in raw["combinationConfigurations"]]}


def test_two_limits_of_the_service_on_one_combination_become_one() -> None:
    doubled = {**OURS, "combinationConfigurations": [key_limit(), key_limit(ids.BOB, identifier="again")]}
    plan = object_plan(RESOURCE, {"display_name": "Ours", LIMIT: [OPTIONS_LIMIT]}, doubled)
    session = sent(update_actions(RESOURCE, plan), existing_copy(doubled))
    assert canonical(SHAPE, session.collections[STRENGTHS][0]) == plan.content


def test_each_request_shows_its_own_changes() -> None:
    options = {"display_name": "Ours", "description": "x", "allowed_combinations": ["fido2"], LIMIT: [OPTIONS_LIMIT]}
    plan = object_plan(RESOURCE, options, OURS)
    shown = [[change.path for change in action.changes] for action in update_actions(RESOURCE, plan)]
    assert shown == [["description"], ["allowed_combinations"], ["combination_configurations"]]


def test_new_strength_is_one_request_with_its_limits() -> None:
    options = {"display_name": "New", "allowed_combinations": ["sms, password", "fido2"], LIMIT: [OPTIONS_LIMIT]}
    action = RESOURCE.create_action(object_plan(RESOURCE, options), "why")
    assert action.body == {
        "displayName": "New",
        "allowedCombinations": ["fido2", "password,sms"],
        "combinationConfigurations": [
            {
                "@odata.type": "#microsoft.graph.fido2CombinationConfiguration",
                "appliesToCombinations": ["fido2"],
                "allowedAAGUIDs": [ids.BOB],
            }
        ],
    }


@pytest.mark.parametrize(
    ("existing", "options", "operations"),
    [(LIMITED, {LIMIT: []}, ["delete", "delete"]), (OURS, {LIMIT: [OPTIONS_LIMIT]}, ["create"])],
)
def test_limit_that_comes_or_goes_does_not_look_like_the_strength(
    existing: Json, options: Json, operations: list[str]
) -> None:
    actions = update_actions(RESOURCE, object_plan(RESOURCE, {"display_name": "Ours", **options}, existing))
    diff = plan_diff(Plan((Phase("apply", actions, ()),)), lambda path, value: value)
    titles = {*diff["before"], *diff["after"]}
    assert titles <= {"combination_configuration Ours: fido2", f"combination_configuration Ours: {CERTIFICATE}"}
    assert [one.operation for one in actions] == operations


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ({"allowed_aaguids": [ids.ADA]}, "combination_configurations[0] needs applies_to_combinations"),
        ({}, "combination_configurations[0] needs applies_to_combinations"),
        ({"applies_to_combinations": []}, "applies_to_combinations must not be empty"),
        (
            {"applies_to_combinations": ["fido2"], "allowed_aaguids": {"add": [ids.ADA]}},
            "allowed_aaguids must be of type array",
        ),
    ],
)
def test_limit_of_another_form_is_told_by_its_path(limit: Json, words: str) -> None:
    options = {"display_name": "x", "allowed_combinations": ["fido2"], LIMIT: [limit]}
    assert words in str(object_refusal(RESOURCE, options, kind=OptionError))
