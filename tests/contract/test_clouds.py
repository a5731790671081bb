# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the national clouds lack (facts appendix E)."""

from __future__ import annotations

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import DELETED_POLICIES, NAMED_LOCATIONS, POLICIES, STRENGTHS, GraphClient, error_of
from .sample_policies import CHANGE_PASSWORD, KEYS, REQUIRE_MFA, varied

US_GOVERNMENT = ("us_government_l4", "us_government_l5")
NATIONAL = (*US_GOVERNMENT, "china")
DELETED_LOCATIONS = "/identity/conditionalAccess/deletedItems/namedLocations"
COUNTRIES: JsonObject = {
    "@odata.type": "#microsoft.graph.countryNamedLocation",
    "displayName": "Countries",
    "countriesAndRegions": ["CH"],
}
PASSWORD_CHANGE = varied(REQUIRE_MFA, grantControls__builtInControls=["passwordChange"])
RISK_REMEDIATION = varied(REQUIRE_MFA, grantControls__builtInControls=["riskRemediation"])


@pytest.fixture
def national(client: GraphClient, simulator: TestSimulator, cloud: str) -> GraphClient:
    """A client whose cloud is the national one of the test."""
    simulator.set_profile(cloud=cloud)
    return client


@pytest.mark.parametrize("cloud", NATIONAL)
@pytest.mark.parametrize("path", [DELETED_POLICIES, DELETED_LOCATIONS])
def test_no_bin(national: GraphClient, path: str) -> None:
    unknown = "Resource not found for the segment 'deletedItems'."
    one = f"{path}/66666666-6666-6666-6666-666666666666"
    for answer in (national.get(path), national.get(one), national.delete(one), national.post(f"{one}/restore")):
        assert error_of(answer) == (400, "BadRequest", unknown)


@pytest.mark.parametrize("cloud", NATIONAL)
def test_what_is_deleted_is_gone(national: GraphClient, simulator: TestSimulator) -> None:
    policy, location = national.created_policy(REQUIRE_MFA), national.created(NAMED_LOCATIONS, COUNTRIES)
    assert "deletedDateTime" not in policy
    assert "deletedDateTime" not in location
    national.delete(f"{POLICIES}/{policy['id']}")
    national.delete(f"{NAMED_LOCATIONS}/{location['id']}")
    state = simulator.state(national.tenant_id)
    assert [state[path] for path in (POLICIES, DELETED_POLICIES, NAMED_LOCATIONS, DELETED_LOCATIONS)] == [[]] * 4


@pytest.mark.parametrize(
    ("cloud", "policy"),
    [
        *((cloud, PASSWORD_CHANGE) for cloud in US_GOVERNMENT),
        ("china", RISK_REMEDIATION),
        ("china", varied(REQUIRE_MFA, conditions__signInRiskLevels=["high"])),
        ("china", varied(REQUIRE_MFA, conditions__userRiskLevels=[])),
        ("china", varied(REQUIRE_MFA, conditions__servicePrincipalRiskLevels=["high"])),
        ("china", varied(REQUIRE_MFA, conditions__insiderRiskLevels="elevated")),
    ],
)
def test_policies_cannot_use_what_is_missing(national: GraphClient, policy: JsonObject) -> None:
    assert error_of(national.post(POLICIES, policy))[2].startswith("1007: ")


@pytest.mark.parametrize("cloud", ["china"])
def test_missing_conditions_do_not_show(national: GraphClient) -> None:
    conditions = national.created_policy(REQUIRE_MFA)["conditions"]
    missing = {"insiderRiskLevels", "servicePrincipalRiskLevels", "signInRiskLevels", "userRiskLevels"}
    assert not missing & set(conditions)
    details = national.get("/identity/conditionalAccess/templates").json()["value"][0]["details"]
    assert not missing & set(details["conditions"])


@pytest.mark.parametrize("cloud", US_GOVERNMENT)
def test_risk_conditions_exist_in_the_us_government_clouds(national: GraphClient) -> None:
    national.created_policy(varied(REQUIRE_MFA, conditions__signInRiskLevels=["high"]))


@pytest.mark.parametrize("cloud", ["china"])
def test_the_password_change_exists_in_china(national: GraphClient) -> None:
    without_risk = {name: value for name, value in CHANGE_PASSWORD["conditions"].items() if name != "userRiskLevels"}
    answer = national.post(POLICIES, CHANGE_PASSWORD | {"conditions": without_risk})
    assert error_of(answer)[2].startswith("1032: ")


@pytest.mark.parametrize("cloud", NATIONAL)
def test_the_qr_code_is_missing(national: GraphClient) -> None:
    prefer = {"Prefer": "include-unknown-enum-members"}
    root = "/identity/conditionalAccess/authenticationStrength"
    assert "qrCodePin" not in national.get(root, headers=prefer).json()["combinations"]
    modes = national.get(f"{root}/authenticationMethodModes", headers=prefer).json()["value"]
    assert "qrCodePin" not in {mode["id"] for mode in modes}
    assert national.post(STRENGTHS, KEYS | {"allowedCombinations": ["qrCodePin"]}).status_code == 400
    national.created(STRENGTHS, KEYS)


@pytest.mark.parametrize(
    ("cloud", "accepted", "refused"),
    [
        ("global", "https://graph.microsoft.com", "https://graph.microsoft.us"),
        ("us_government_l4", "https://graph.microsoft.us", "https://graph.microsoft.com"),
        ("us_government_l5", "https://dod-graph.microsoft.us", "https://graph.microsoft.com"),
        ("us_government_l5", "https://graph.microsoft.us", "https://microsoftgraph.chinacloudapi.cn"),
        ("china", "https://microsoftgraph.chinacloudapi.cn", "https://graph.microsoft.com"),
    ],
)
def test_graph_has_its_own_host(
    make_client: MakeClient, simulator: TestSimulator, cloud: str, accepted: str, refused: str
) -> None:
    simulator.set_profile(cloud=cloud)
    client = make_client()
    assert client.request_token(scope=f"{accepted}/.default").status_code == 200
    assert client.request_token(scope=f"{refused}/.default").status_code == 400
