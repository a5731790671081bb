# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The variants of "require compliant device": made, quiet when repeated, and the warning about report-only."""

from __future__ import annotations

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .graph_client import POLICIES, GraphClient
from .whole_product import WholeProduct

MODULE = "conditional_access_policy"
BUT_PHONES_AND_MACS: JsonObject = {"include_platforms": ["all"], "exclude_platforms": ["macOS", "iOS", "android"]}
JOINED: JsonObject = {"operator": "OR", "built_in_controls": ["compliantDevice", "domainJoinedDevice"]}
COMPLIANT: JsonObject = {"template": "require_compliant_device"}
VARIANTS: dict[str, tuple[JsonObject, set[str]]] = {
    "compliant": (COMPLIANT, {"compliantDevice"}),
    "seed": (COMPLIANT | {"profile": "seed_2021"}, {"compliantDevice"}),
    "hybrid joined": (COMPLIANT | {"grant_controls": JOINED}, {"compliantDevice", "domainJoinedDevice"}),
    "or MFA": (
        {"template": "require_compliant_or_hybrid_joined_device_or_mfa"},
        {"mfa", "compliantDevice", "domainJoinedDevice"},
    ),
    "administrators": (
        {"template": "require_compliant_or_hybrid_joined_device_for_administrators"},
        {"compliantDevice", "domainJoinedDevice"},
    ),
}


@pytest.fixture
def product(tmp_path_factory: pytest.TempPathFactory, simulator: TestSimulator) -> WholeProduct:
    return WholeProduct(tmp_path_factory.mktemp("collections"), simulator)


def stored(client: GraphClient) -> JsonObject:
    (policy,) = client.simulator.state(client.tenant_id)[POLICIES]
    return dict(policy)


@pytest.mark.parametrize("name", VARIANTS)
def test_each_variant(product: WholeProduct, client: GraphClient, name: str) -> None:
    options, controls = VARIANTS[name]
    emergency = {"emergency_access": {"groups": ["Emergency access accounts"]}}
    done, task = product.task(MODULE, client.entry, options | emergency)
    assert done["changed"] is True
    assert set(stored(client)["grantControls"]["builtInControls"]) == controls
    assert stored(client)["grantControls"]["operator"] == "OR"
    assert [one for one in task.warnings if "choose a device certificate" in one] != []
    again, quiet = product.task(MODULE, client.entry, options | emergency)
    assert (again["changed"], again["plan"]) == (False, [])
    assert [one for one in quiet.warnings if "certificate" in one] == []


def test_without_the_platforms_that_ask(product: WholeProduct, client: GraphClient) -> None:
    options = COMPLIANT | {"conditions": {"platforms": BUT_PHONES_AND_MACS}}
    _done, task = product.task(MODULE, client.entry, options)
    platforms = stored(client)["conditions"]["platforms"]
    assert platforms["includePlatforms"] == ["all"]
    assert sorted(platforms["excludePlatforms"]) == ["android", "iOS", "macOS"]
    assert [one for one in task.warnings if "certificate" in one] == []


def test_enforced_it_asks_as_it_should(product: WholeProduct, client: GraphClient) -> None:
    emergency = {"emergency_access": {"groups": ["Emergency access accounts"]}, "policy_state": "enabled"}
    options, _controls = VARIANTS["or MFA"]
    _done, task = product.task(MODULE, client.entry, options | emergency)
    assert stored(client)["state"] == "enabled"
    assert [one for one in task.warnings if "certificate" in one] == []
