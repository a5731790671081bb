# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A creation that was carried out and answered with 504 makes nothing twice, though the service shows it late."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject
from simulator.profile import PROMPT

from .graph_client import NAMED_LOCATIONS, POLICIES, STRENGTHS, GraphClient
from .whole_product import WholeProduct

GROUPS = "/groups"
SECONDS_UNTIL_SHOWN = 2.0
NAME = "Made once"
POLICY: JsonObject = {
    "display_name": NAME,
    "policy_state": "report_only",
    "conditions": {
        "client_app_types": ["all"],
        "applications": {"include_applications": ["All"]},
        "users": {"include_users": ["All"]},
    },
    "grant_controls": {"operator": "OR", "built_in_controls": ["mfa"]},
}
OF_A_GROUP: JsonObject = {
    **POLICY,
    "display_name": "For a group",
    "conditions": {**POLICY["conditions"], "users": {"include_groups": [NAME]}},
}


@dataclass(frozen=True)
class Kind:
    """Something that a module creates: in which collection, and what makes it."""

    path: str
    module: str
    options: JsonObject


CONFIGURATION = "tenant_configuration"
LOCATION: JsonObject = {"display_name": NAME, "ip_ranges": ["192.0.2.0/24"]}
STRENGTH: JsonObject = {"display_name": NAME, "allowed_combinations": ["fido2"]}
KINDS = {
    "policy": Kind(POLICIES, "conditional_access_policy", POLICY),
    "policies": Kind(POLICIES, "conditional_access_policies", {"policies": [POLICY]}),
    "location": Kind(NAMED_LOCATIONS, CONFIGURATION, {"named_locations": [LOCATION]}),
    "strength": Kind(STRENGTHS, CONFIGURATION, {"authentication_strength_policies": [STRENGTH]}),
    "group": Kind(
        GROUPS,
        CONFIGURATION,
        {"conditional_access_policies": {"policies": [OF_A_GROUP]}, "groups": {"missing": "create"}},
    ),
    "group of administrators": Kind(GROUPS, "role_holders_group", {"group": NAME}),
}


@pytest.fixture
def product(simulator: TestSimulator, tmp_path: Path) -> WholeProduct:
    return WholeProduct(tmp_path, simulator)


def run(product: WholeProduct, client: GraphClient, kind: Kind) -> Any:
    return product.run(kind.module, client.entry, kind.options)


def made(client: GraphClient, kind: Kind) -> int:
    """How many objects of the name the tenant has, whether it shows them yet or not."""
    return len([one for one in client.simulator.state(client.tenant_id)[kind.path] if one["displayName"] == NAME])


def lose(simulator: TestSimulator, kind: Kind, action: JsonObject) -> None:
    simulator.set_faults({"method": "POST", "path": f"{kind.path}$", "count": 1, "action": action})


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_what_was_made_in_spite_of_a_504_is_found_and_taken_on(
    product: WholeProduct, client: GraphClient, simulator: TestSimulator, kind: Kind
) -> None:
    simulator.simulator.profile = replace(PROMPT, consistency_delay_seconds=SECONDS_UNTIL_SHOWN)
    lose(simulator, kind, {"kind": "commit_then_fail", "status": 504})
    assert run(product, client, kind)["changed"] is True
    assert made(client, kind) == 1
    assert run(product, client, kind)["changed"] is False
    assert made(client, kind) == 1


def test_what_was_not_made_is_not_sent_again_by_itself(
    product: WholeProduct, client: GraphClient, simulator: TestSimulator
) -> None:
    kind, waited = KINDS["policy"], list[float]()
    lose(simulator, kind, {"kind": "reset"})

    def prepare(session: Any) -> None:
        session.sleep = waited.append

    with pytest.raises(product.part("_graph.errors").OutcomeUnknown, match="Nothing of that name was seen"):
        product.task(kind.module, client.entry, kind.options, prepare=prepare)
    assert [one["method"] for one in simulator.requests(client.tenant_id, "graph")].count("POST") == 1
    assert sum(waited) >= 50
    assert made(client, kind) == 0
    assert run(product, client, kind)["changed"] is True
    assert made(client, kind) == 1
