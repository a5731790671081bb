# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The combination configurations of authentication strengths (facts section 3.2)."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .graph_client import STRENGTHS, STRENGTHS_BY_OTHER_NAME, GraphClient, error_of
from .sample_policies import FIDO2_CONFIGURATION, KEYS, STRENGTH_MULTIFACTOR, X509_CONFIGURATION

VERSIONS = ("v1.0", "beta")
UNKNOWN = "99999999-9999-9999-9999-999999999999"


def below(strength: JsonObject) -> str:
    return f"{STRENGTHS}/{strength['id']}/combinationConfigurations"


def own(configuration: JsonObject) -> JsonObject:
    """Return what a client wrote of a configuration that was read."""
    return {name: value for name, value in configuration.items() if name not in ("id", "@odata.context")}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("place", [STRENGTHS, STRENGTHS_BY_OTHER_NAME])
def test_create_read_change_delete(client: GraphClient, place: str, version: str) -> None:
    strength = client.created(STRENGTHS, KEYS)
    path = f"{place}/{strength['id']}/combinationConfigurations"
    created = client.created(path, FIDO2_CONFIGURATION, version=version)
    assert own(created) == FIDO2_CONFIGURATION
    one = f"{path}/{created['id']}"
    assert client.get(one, version=version).json() == created
    listed = client.get(path, version=version).json()["value"]
    assert listed == [FIDO2_CONFIGURATION | {"id": created["id"]}]
    assert client.get(f"{STRENGTHS}/{strength['id']}").json()["combinationConfigurations"] == listed
    change = {"@odata.type": created["@odata.type"], "allowedAAGUIDs": ["DE1E552D-DB1D-4423-A619-566B625CDC84"]}
    assert client.patch(one, change, version=version).status_code == 204
    changed = client.get(one, version=version).json()
    assert changed["allowedAAGUIDs"] == ["de1e552d-db1d-4423-a619-566b625cdc84"]
    assert changed["appliesToCombinations"] == ["fido2"]
    assert client.delete(one, version=version).status_code == 204
    assert client.get(one, version=version).status_code == 404
    assert client.get(path, version=version).json()["value"] == []


def test_they_can_come_with_the_strength(client: GraphClient) -> None:
    configurations = [FIDO2_CONFIGURATION, X509_CONFIGURATION]
    strength = client.created(STRENGTHS, KEYS | {"combinationConfigurations": configurations})
    shown = strength["combinationConfigurations"]
    assert [own(item) for item in shown] == configurations
    assert len({item["id"] for item in shown}) == 2
    assert client.get(below(strength)).json()["value"] == shown
    wrong = [FIDO2_CONFIGURATION | {"allowedAAGUIDs": ["x"]}]
    assert client.post(STRENGTHS, KEYS | {"combinationConfigurations": wrong}).status_code == 400
    identified = [FIDO2_CONFIGURATION | {"id": UNKNOWN}]
    assert client.post(STRENGTHS, KEYS | {"combinationConfigurations": identified}).status_code == 400


@pytest.mark.parametrize(
    ("configuration", "text"),
    [
        ({"appliesToCombinations": ["fido2"], "allowedAAGUIDs": [UNKNOWN]}, 'Invalid OData type specified: ""'),
        (
            FIDO2_CONFIGURATION | {"@odata.type": "#microsoft.graph.authenticationCombinationConfiguration"},
            "Incoming AuthenticationCombinationConfiguration object does not match",
        ),
        (FIDO2_CONFIGURATION | {"appliesToCombinations": ["sms"]}, "'appliesToCombinations' of a fido2"),
        (FIDO2_CONFIGURATION | {"allowedAAGUIDs": []}, "'allowedAAGUIDs' must hold at least one"),
        (FIDO2_CONFIGURATION | {"allowedAAGUIDs": ["x"]}, "'x' in 'allowedAAGUIDs' is no GUID"),
        (FIDO2_CONFIGURATION | {"allowedPolicyOIDs": []}, "Incoming AuthenticationCombinationConfiguration"),
        (X509_CONFIGURATION | {"appliesToCombinations": []}, "'appliesToCombinations' of an x509"),
        (X509_CONFIGURATION | {"appliesToCombinations": ["fido2"]}, "'appliesToCombinations' of an x509"),
        (
            X509_CONFIGURATION | {"appliesToCombinations": ["x509CertificateSingleFactor"]},
            "A combination configuration applies to 'x509CertificateSingleFactor', which",
        ),
        (X509_CONFIGURATION | {"allowedIssuerSkis": ["abc"]}, "'abc' is not valid in 'allowedIssuerSkis'"),
        (X509_CONFIGURATION | {"allowedIssuerSkis": ["a" * 40] * 6}, "'allowedIssuerSkis' cannot hold more than 5"),
        (X509_CONFIGURATION | {"allowedPolicyOIDs": ["1.2"] * 6}, "'allowedPolicyOIDs' cannot hold more than 5"),
        (X509_CONFIGURATION | {"allowedPolicyOIDs": ["one"]}, "'one' is not valid in 'allowedPolicyOIDs'"),
        (X509_CONFIGURATION | {"allowedIssuerSkis": [], "allowedPolicyOIDs": []}, "'allowedIssuerSkis' or"),
        (X509_CONFIGURATION | {"id": UNKNOWN}, "Incoming AuthenticationCombinationConfiguration"),
    ],
)
def test_refused_configurations(client: GraphClient, configuration: dict[str, Any], text: str) -> None:
    strength = client.created(STRENGTHS, KEYS)
    status, _code, message = error_of(client.post(below(strength), configuration))
    assert status == 400
    assert message.startswith(text)


def test_a_change_names_the_type_and_keeps_it(client: GraphClient) -> None:
    strength = client.created(STRENGTHS, KEYS)
    one = f"{below(strength)}/{client.created(below(strength), FIDO2_CONFIGURATION)['id']}"
    untyped = {"allowedAAGUIDs": [UNKNOWN]}
    assert error_of(client.patch(one, untyped))[2] == 'Invalid OData type specified: ""'
    assert client.patch(one, X509_CONFIGURATION).status_code == 400
    assert client.patch(one, FIDO2_CONFIGURATION | {"allowedAAGUIDs": []}).status_code == 400


def test_a_combination_with_a_configuration_stays(client: GraphClient) -> None:
    strength = client.created(STRENGTHS, KEYS)
    configuration = client.created(below(strength), FIDO2_CONFIGURATION)
    action = f"{STRENGTHS}/{strength['id']}/updateAllowedCombinations"
    assert "'fido2'" in error_of(client.post(action, {"allowedCombinations": ["deviceBasedPush"]}))[2]
    client.delete(f"{below(strength)}/{configuration['id']}")
    assert client.post(action, {"allowedCombinations": ["deviceBasedPush"]}).status_code == 200


def test_built_in_strengths_take_none(client: GraphClient) -> None:
    path = f"{STRENGTHS}/{STRENGTH_MULTIFACTOR}/combinationConfigurations"
    assert client.get(path).json()["value"] == []
    assert error_of(client.post(path, FIDO2_CONFIGURATION))[2].startswith("Built-in authentication strengths")


def test_configurations_that_do_not_exist(client: GraphClient) -> None:
    one = f"{below(client.created(STRENGTHS, KEYS))}/{UNKNOWN}"
    answers = (client.get(one), client.patch(one, FIDO2_CONFIGURATION), client.delete(one))
    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_a_new_configuration_is_not_visible_at_once(client: GraphClient, simulator: TestSimulator) -> None:
    strength = client.created(STRENGTHS, KEYS)
    simulator.set_profile(consistency_delay_seconds=60.0)
    one = f"{below(strength)}/{client.created(below(strength), FIDO2_CONFIGURATION)['id']}"
    answers = (client.get(one), client.patch(one, FIDO2_CONFIGURATION), client.delete(one))
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert client.get(below(strength)).json()["value"] == []
