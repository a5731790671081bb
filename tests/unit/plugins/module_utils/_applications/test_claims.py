# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Claims: what options mean, and when a policy of the tenant says the same."""

from __future__ import annotations

import json
import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._applications.claims import (
    ClaimsWish,
    comparable,
    definition_of,
)

MAIL = {"source": "user", "id": "mail", "saml_claim_type": "http://x/mail"}
NAME = {"source": "user", "id": "displayname", "jwt_claim_type": "name", "value": None}


def test_a_definition_is_what_the_service_keeps() -> None:
    assert json.loads(definition_of({"schema": [MAIL, NAME]})) == {
        "ClaimsMappingPolicy": {
            "Version": 1,
            "IncludeBasicClaimSet": "true",
            "ClaimsSchema": [
                {"Source": "user", "ID": "mail", "SamlClaimType": "http://x/mail"},
                {"Source": "user", "ID": "displayname", "JwtClaimType": "name"},
            ],
        }
    }


@pytest.mark.parametrize(
    ("definition", "is_met"),
    [
        (definition_of({"schema": [NAME, MAIL]}), True),
        (definition_of({"schema": [MAIL, NAME], "include_basic_claim_set": True}), True),
        (json.dumps(json.loads(definition_of({"schema": [MAIL, NAME]})), indent=4), True),
        (
            definition_of({"schema": [MAIL, NAME]}).replace('"true"', "true").replace("SamlClaimType", "samlclaimtype"),
            True,
        ),
        (definition_of({"schema": [MAIL]}), False),
        (definition_of({"schema": [MAIL, NAME], "include_basic_claim_set": False}), False),
        (definition_of({"schema": [MAIL, NAME], "transformations": [{"ID": "x"}]}), False),
        ("no JSON", False),
    ],
)
def test_when_a_policy_says_the_same(definition: str, is_met: bool) -> None:
    wish = ClaimsWish("X", definition_of({"schema": [MAIL, NAME]}))
    assert wish.is_met_by({"definition": [definition]}) is is_met
    assert wish.is_met_by({"definition": []}) is False
    assert wish.is_met_by({"definition": [definition, definition]}) is False


claims = st.fixed_dictionaries(
    {"source": st.sampled_from(["user", "company"]), "id": st.text("abc", min_size=1)},
    optional={"saml_claim_type": st.text("xyz", min_size=1), "value": st.none()},
)


@given(st.lists(claims, max_size=4), st.randoms(use_true_random=False))
def test_order_means_nothing(schema: list[dict[str, t.Any]], chance: t.Any) -> None:
    other = list(schema)
    chance.shuffle(other)
    assert comparable(definition_of({"schema": schema})) == comparable(definition_of({"schema": other}))
