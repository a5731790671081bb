# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a national cloud lacks is refused before any request, with path, cloud and reason (facts appendix E)."""

from __future__ import annotations

import re
import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.clouds import CLOUDS
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._guard.cloud_capabilities import (
    Lacks,
    check_bin_in_cloud,
    check_cloud,
    check_country_lookup_in_cloud,
    check_strength_in_cloud,
    has_bin,
    lacks,
)
from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.vocabulary import BUILT_IN_CONTROLS
from ansible_collections.m365.entra.plugins.module_utils._reconcile.shape import snake_case
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.corpus import CORPUS, needs_corpus
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    everything,
    policy,
    with_value,
)

Json = dict[str, t.Any]

US_GOVERNMENT = ["us_government_l4", "us_government_l5"]
NATIONAL = [*US_GOVERNMENT, "china"]
RISKS = ["signInRiskLevels", "userRiskLevels", "servicePrincipalRiskLevels", "insiderRiskLevels"]


def controls(*names: str) -> Json:
    """A policy with these grant controls."""
    return policy(grant={"operator": "AND", "builtInControls": list(names)})


def refusal(cloud: str, raw: Json, option: str = "") -> str:
    """What is said of a policy that the cloud cannot hold."""
    with pytest.raises(OptionError) as failure:
        check_cloud(cloud, canonical_policy(raw), option)
    assert failure.value.remedy
    return failure.value.message


def test_every_cloud_on_offer_is_described() -> None:
    assert [cloud for cloud in CLOUDS if lacks(cloud) == Lacks()] == ["global"]
    with pytest.raises(KeyError):
        lacks("atlantis")


def test_the_global_cloud_lacks_nothing() -> None:
    everything_asked = with_value(everything(), "grantControls.builtInControls", list(BUILT_IN_CONTROLS))
    check_cloud("global", canonical_policy(everything_asked), "")
    check_strength_in_cloud("global", ["qrCodePin"], "")
    check_country_lookup_in_cloud("global", "authenticatorAppGps", "")
    check_bin_in_cloud("global", "restore")


@pytest.mark.parametrize("cloud", US_GOVERNMENT)
def test_us_government_has_no_password_change(cloud: str) -> None:
    assert refusal(cloud, controls("mfa", "passwordChange")) == (
        f"grant_controls.built_in_controls: Microsoft's cloud {cloud} does not have passwordChange."
    )


def test_china_has_no_risk_remediation() -> None:
    message = refusal("china", controls("riskRemediation"), "policies[2]")
    assert message.startswith("policies[2].grant_controls.built_in_controls: Microsoft's cloud china")
    assert "riskRemediation" in message


@pytest.mark.parametrize("risk", RISKS)
def test_china_has_no_conditions_on_risk(risk: str) -> None:
    message = refusal("china", policy(**{risk: "elevated" if risk == "insiderRiskLevels" else ["high"]}))
    assert message == f"conditions.{snake_case(risk)}: Microsoft's cloud china does not have {risk}."


def test_all_that_is_missing_is_said_at_once() -> None:
    message = refusal("china", {**controls("riskRemediation"), "conditions": everything()["conditions"]})
    assert len(re.findall("does not have", message)) == 1 + len(RISKS)


@pytest.mark.parametrize(
    ("cloud", "raw"),
    [
        *[(cloud, policy()) for cloud in NATIONAL],
        *[(cloud, policy(signInRiskLevels=["high"])) for cloud in US_GOVERNMENT],
        *[(cloud, controls("riskRemediation")) for cloud in US_GOVERNMENT],
        ("china", controls("mfa", "passwordChange")),
        ("china", {}),
    ],
)
def test_what_a_cloud_has_is_accepted(cloud: str, raw: Json) -> None:
    check_cloud(cloud, canonical_policy(raw), "")


@pytest.mark.parametrize("cloud", NATIONAL)
def test_national_clouds_have_no_bin(cloud: str) -> None:
    assert not has_bin(cloud)
    assert has_bin("global")
    with pytest.raises(OptionError, match=rf"policies\[0\]\.restore: .*{cloud}"):
        check_bin_in_cloud(cloud, "policies[0].restore")


@pytest.mark.parametrize("cloud", NATIONAL)
def test_national_clouds_have_no_qr_codes(cloud: str) -> None:
    check_strength_in_cloud(cloud, ["fido2", "password,sms"], "")
    with pytest.raises(OptionError, match=rf"strengths\[1\]\.allowed_combinations: .*{cloud} .*qrCodePin"):
        check_strength_in_cloud(cloud, ["password, qrCodePin"], "strengths[1]")


@pytest.mark.parametrize("cloud", US_GOVERNMENT)
def test_us_government_finds_no_country_by_gps(cloud: str) -> None:
    check_country_lookup_in_cloud(cloud, "clientIpAddress", "")
    check_country_lookup_in_cloud(cloud, None, "")
    check_country_lookup_in_cloud("china", "authenticatorAppGps", "")
    with pytest.raises(OptionError, match=r"country_lookup_method: .*authenticatorAppGps"):
        check_country_lookup_in_cloud(cloud, "authenticatorAppGps", "")


def appendix() -> dict[str, dict[str, str]]:
    """Appendix E of the facts: area -> name of the schema -> what it says."""
    text = (CORPUS.parent / "graph" / "facts.md").read_text(encoding="utf-8")
    rows = [
        line.strip("| ").split(" | ") for line in text.split("# Appendix E")[1].split("# Appendix F")[0].splitlines()
    ]
    header, *others = [row for row in rows if len(row) > 2 and not row[0].startswith("---")]
    return {row[0]: dict(zip(header[1:], row[1:], strict=True)) for row in others}


@needs_corpus
@pytest.mark.parametrize(("cloud", "schema"), [*((one, "Fairfax") for one in US_GOVERNMENT), ("china", "Mooncake")])
def test_data_are_those_of_the_appendix(cloud: str, schema: str) -> None:
    said, missing = appendix(), lacks(cloud)

    def lacking(area: str) -> set[str]:
        text = said[area][schema]
        return set(text.removeprefix("lacks ").split(", ")) if text.startswith("lacks ") else set()

    assert set(missing.grant_controls) == lacking("grant controls")
    assert set(missing.conditions) == lacking("conditions")
    assert set(missing.strength_modes) == lacking("strength modes")
    assert missing.bin is ("deletedItems" in lacking("CA root"))
    assert said["restore action (policy)"][schema] == "no"
    for area in ("session controls", "users", "platforms"):
        assert said[area][schema] == "same"
