# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection's refusals against the simulator's: the two must not drift apart.

What the collection finds no fault with is accepted, and what it refuses is refused, but for the differences that are
listed with their reasons. Both sides judge the body that the collection would send. References to other objects are
looked up in the directory, so only their form is a matter of rules.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.conditional_access.canonical import canonical_policy
from simulator.conditional_access.rules.order import RULES
from simulator.conditional_access.schema_check import Expectations, check_object
from simulator.conditional_access.validation import READ_ONLY, REQUIRED
from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject
from simulator.profile import PROMPT

from .graph_client import POLICIES, GraphClient
from .policy_mutations import mutations
from .product import Product, load_product
from .rule_cases import ACCEPTED, REFUSED
from .rule_differences import STRICTER_COLLECTION, STRICTER_SIMULATOR, Difference
from .sample_policies import BLOCK_WORKLOADS, REQUIRE_MFA, varied
from .test_disputed_rules import ALWAYS_REFUSED, DISPUTES
from .test_preview_policies import PREVIEWS

SOUND = {
    **ACCEPTED,
    **PREVIEWS,
    **{name: dispute.policy for name, dispute in DISPUTES.items()},
    "workloads": BLOCK_WORKLOADS,
}
FAULTY = {name: policy for name, (policy, _text) in REFUSED.items()} | ALWAYS_REFUSED
EVERY = {**{f"sound: {name}": policy for name, policy in SOUND.items()}, **FAULTY}
IN_BETA = Expectations(beta=True, strict=True, read_only=READ_ONLY)


@dataclass(frozen=True)
class Verdicts:
    """The body that the collection would send, and the rules that each side finds broken."""

    body: JsonObject
    collection: set[str]
    simulator: set[str]

    @property
    def unexplained(self) -> set[str]:
        """The rules of one side that refuse a policy which the other accepts, for no reason that is listed."""
        if self.collection and self.simulator:
            return set()
        return _unexplained(self.collection, STRICTER_COLLECTION, self.body) | _unexplained(
            self.simulator, STRICTER_SIMULATOR, self.body
        )


def _unexplained(rules: set[str], differences: Collection[Difference], body: JsonObject) -> set[str]:
    return rules - {difference.rule for difference in differences if difference.applies(body)}


def rules_broken_in_the_simulator(body: JsonObject) -> set[str]:
    """Return the names of the simulator's rules that refuse a body.

    The schema is not a matter of opinion: a body that does not fit it is an error of the collection.
    """
    check_object(body, "conditionalAccessPolicy", IN_BETA)
    policy = canonical_policy(body)
    return {rule.__name__ for rule in RULES if rule(policy, PROMPT) is not None}


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Product:
    return load_product(tmp_path_factory.mktemp("collection"))


def verdicts_on(policy: JsonObject, product: Product) -> Verdicts:
    body = product.body(policy)
    collection = product.broken_rules(policy)
    complete = all(name in body for name in REQUIRED)
    return Verdicts(body, collection, rules_broken_in_the_simulator(body) if complete else {"schema"})


@pytest.mark.parametrize("name", SOUND)
def test_sound_policies_have_no_fault(product: Product, name: str) -> None:
    verdicts = verdicts_on(SOUND[name], product)
    assert not verdicts.simulator
    assert not verdicts.unexplained


@pytest.mark.parametrize("name", FAULTY)
def test_faulty_policies_are_refused_or_mended(product: Product, name: str) -> None:
    """What the collection does not refuse it must send in a form that is accepted."""
    assert not verdicts_on(FAULTY[name], product).unexplained


@pytest.mark.parametrize("name", EVERY)
def test_they_agree_on_every_single_change(product: Product, name: str) -> None:
    for path, value in mutations():
        verdicts = verdicts_on(varied(EVERY[name], **{path: value}), product)
        assert not verdicts.unexplained, (path, value)


@settings(max_examples=1000, deadline=None, derandomize=True)
@given(
    policy=st.sampled_from(list(EVERY.values())),
    changes=st.lists(st.sampled_from(list(mutations())), min_size=2, max_size=5, unique_by=lambda change: change[0]),
)
def test_they_agree_on_several_changes(product: Product, policy: JsonObject, changes: list[tuple[str, object]]) -> None:
    assert not verdicts_on(varied(policy, **dict(changes)), product).unexplained


@pytest.mark.parametrize(
    ("policy", "rule"),
    [
        (
            varied(REQUIRE_MFA, conditions__applications={"includeAuthenticationContextClassReferences": ["c100"]}),
            "authentication_contexts_exist",
        ),
        (
            varied(REQUIRE_MFA, conditions__users__excludeUsers=["Current administrator will be excluded"]),
            "placeholders_of_templates",
        ),
    ],
    ids=["context", "placeholder"],
)
def test_impossible_references_are_refused(
    product: Product, client: GraphClient, policy: JsonObject, rule: str
) -> None:
    """In the simulator these are references that lead nowhere and no rules."""
    verdicts = verdicts_on(policy, product)
    assert verdicts.collection == {rule}
    assert client.post(POLICIES, verdicts.body).status_code == 400


@pytest.mark.parametrize("difference", STRICTER_SIMULATOR, ids=lambda difference: difference.rule)
def test_what_only_the_simulator_refuses(product: Product, client: GraphClient, difference: Difference) -> None:
    """A difference that is gone must leave the list; the running simulator judges as its rules do."""
    verdicts = verdicts_on(difference.example, product)
    assert (verdicts.collection, verdicts.simulator) == (set(), {difference.rule})
    assert difference.applies(verdicts.body)
    assert client.post(POLICIES, verdicts.body, version="beta").status_code == 400


@pytest.mark.parametrize("difference", STRICTER_COLLECTION, ids=lambda difference: difference.rule)
def test_what_only_the_collection_refuses(
    product: Product, client: GraphClient, simulator: TestSimulator, difference: Difference
) -> None:
    simulator.set_profile(workload_identity_licence_enforced=False)
    verdicts = verdicts_on(difference.example, product)
    assert (verdicts.collection, verdicts.simulator) == ({difference.rule}, set())
    assert difference.applies(verdicts.body)
    client.created(POLICIES, verdicts.body, version="beta")


@pytest.mark.parametrize("name", SOUND)
def test_what_the_collection_would_send_is_stored(
    product: Product, client: GraphClient, simulator: TestSimulator, name: str
) -> None:
    simulator.set_profile(workload_identity_licence_enforced=False)
    client.created(POLICIES, product.body(SOUND[name]), version="beta")
