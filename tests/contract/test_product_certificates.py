# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A certificate that is made in the run in which others go: it is the one that has to stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .graph_client import GraphClient
from .test_product_applications import FILES, held, quiet, run
from .whole_product import WholeProduct


@pytest.fixture
def product(simulator: TestSimulator, tmp_path: Path) -> WholeProduct:
    return WholeProduct(tmp_path, simulator)


@pytest.mark.parametrize("delay", [0.0, 0.6])
def test_made_and_removed_in_one_run(
    product: WholeProduct, client: GraphClient, simulator: TestSimulator, delay: float
) -> None:
    short = FILES | {"certificate": {"lifetime_days": 60, "rollover_days": 10}}
    old = run(product, client, short)["saas_application"]["certificate"]
    simulator.set_profile(consistency_delay_seconds=delay)
    certificate = {"lifetime_days": 365, "rollover_days": 60, "activate": "now", "remove": "inactive"}
    due: JsonObject = FILES | {"certificate": certificate}
    (new,) = run(product, client, due)["saas_application"]["certificates"]
    assert (new["is_active"], new["thumbprint"] != old["thumbprint"]) == (True, True)
    principal = held(client, "/servicePrincipals", "Files")
    assert (len(principal["keyCredentials"]), len(principal["passwordCredentials"])) == (2, 1)
    assert principal["preferredTokenSigningKeyThumbprint"] == new["thumbprint"]
    quiet(product, client, due)
