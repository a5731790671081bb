# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection's evaluation of sign-ins against the simulator's, which share no line of code."""

from __future__ import annotations

import copy
import itertools
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.json_types import JsonObject

from .conftest import MakeClient
from .evaluation_cases import OUR_APPLICATION, OURS, REQUESTS, service_principals
from .evaluation_cases import POLICIES as RANDOM_POLICIES
from .graph_client import NAMED_LOCATIONS, POLICIES
from .product import Product, load_product
from .product_evaluator import ProductEvaluator
from .sample_policies import GLOBAL_ADMINISTRATOR
from .test_evaluate import EVALUATE, GUEST, INNER, OUTER, STATE, USER

NUMBERS = itertools.count(1)
# Of these the collection leaves open what policies for applications do, because no source says it. A setting decides it
# in the simulator, which may then name another reason.
OPEN = ("registerOrJoinDevices", "c1")
# Platforms that are newer than the schema's sentinel do not show without it (facts section 0.1).
ALL_MEMBERS = {"Prefer": "include-unknown-enum-members"}
PEOPLE: dict[str, JsonObject] = {
    USER: {"groups": [INNER, OUTER], "roles": [GLOBAL_ADMINISTRATOR], "kind": "member"},
    GUEST: {"groups": [], "roles": [], "kind": "b2bCollaborationGuest"},
}


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Product:
    return load_product(tmp_path_factory.mktemp("collection"))


def agrees(request: JsonObject, ours: tuple[bool | None, str, set[str]], service: tuple[bool, str]) -> bool:
    """Whether both tell the same, for the same reason."""
    applies, reason, _missing = ours
    if request["signInContext"].get("userAction", request["signInContext"].get("authenticationContextValue")) in OPEN:
        return applies in (None, service[0])
    return service == (bool(applies), reason)


@settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    policies=st.lists(RANDOM_POLICIES, min_size=4, max_size=4),
    requests=st.lists(REQUESTS, min_size=3, max_size=3),
    version=st.sampled_from(["v1.0", "beta"]),
)
def test_they_agree(
    product: Product,
    make_client: MakeClient,
    policies: list[JsonObject],
    requests: list[JsonObject],
    version: str,
) -> None:
    """Both tell the same, for the same reason; what the collection cannot tell, the simulator finds undescribed."""
    tenant = f"0aaaaaaa-0000-4000-8000-{next(NUMBERS):012x}"
    stored = [{"id": f"eeeeeeee-0000-4000-8000-{number:012x}", **one} for number, one in enumerate(policies)]
    state = {**copy.deepcopy(STATE), POLICIES: stored, "/servicePrincipals": service_principals(tenant)}
    client = make_client(tenant_id=tenant, state=state)
    shown = client.get(POLICIES, version=version, headers=ALL_MEMBERS).json()["value"]
    locations = client.get(NAMED_LOCATIONS).json()["value"]
    evaluator = ProductEvaluator(PEOPLE, {OURS, OUR_APPLICATION}, locations)
    for request in requests:
        answer = client.post(EVALUATE, request, version=version)
        assert answer.status_code == 200, answer.text
        service = {one["id"]: (one["policyApplies"], one["analysisReasons"]) for one in answer.json()["value"]}
        assert len(service) == len(policies)
        for policy, ours in zip(shown, evaluator.verdicts(shown, request), strict=True):
            assert agrees(request, ours, service[policy["id"]]), (policy, request, ours, service[policy["id"]])


def test_the_random_cases_are_not_all_alike(product: Product) -> None:
    """Every dimension must have kept policies away, and many must have applied: the comparison compares something."""
    evaluator = ProductEvaluator(PEOPLE, {OURS, OUR_APPLICATION}, STATE[NAMED_LOCATIONS])
    seen: Counter[str] = Counter()

    @settings(max_examples=1500, deadline=None, derandomize=True, database=None)
    @given(policy=RANDOM_POLICIES, request=REQUESTS)
    def count(policy: JsonObject, request: JsonObject) -> None:
        seen.update(reason for _applies, reason, _missing in evaluator.verdicts([{"id": OURS, **policy}], request))

    count()
    assert set(seen) == {
        "notSet",
        "notEnoughInformation",
        "policyNotEnabled",
        "emptyPolicy",
        "users",
        "workloadIdentities",
        "application",
        "userActions",
        "authenticationContext",
        "clientApps",
        "devicePlatform",
        "location",
        "signInRisk",
        "userRisk",
        "insiderRisk",
        "devices",
        "authenticationFlow",
    }
    assert seen["notSet"] > 100
