# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The registration report: its counts, its licence, its permission (facts section 9.1)."""

from __future__ import annotations

import pytest
from msgraph.generated.models.user_registration_feature_summary import UserRegistrationFeatureSummary

from .conftest import MakeClient
from .graph_client import GraphClient, error_of
from .typed_models import misunderstandings, parsed

DETAILS = "/reports/authenticationMethods/userRegistrationDetails"
COUNTS = "/reports/authenticationMethods/usersRegisteredByFeature"
ALL_USERS = "(includedUserTypes='all',includedUserRoles='all')"


@pytest.mark.parametrize("selection", ["()", ALL_USERS])
def test_features_are_counted(client: GraphClient, selection: str) -> None:
    details = client.get(DETAILS).json()["value"]
    summary = client.get(f"{COUNTS}{selection}").json()
    assert summary["totalUserCount"] == len(details) == 8
    counts = {one["feature"]: one["userCount"] for one in summary["userRegistrationFeatureCounts"]}
    assert counts["mfaCapable"] == sum(one["isMfaCapable"] for one in details) == 5
    assert counts["ssprCapable"] == sum(one["isSsprCapable"] for one in details)
    assert list(misunderstandings(summary, parsed(summary, UserRegistrationFeatureSummary))) == []


def test_rows_can_be_seeded(make_client: MakeClient) -> None:
    row = {"id": "aaaaaaaa-0000-0000-0000-000000000001", "userPrincipalName": "a@b.example", "isMfaCapable": True}
    client = make_client("p1", state={DETAILS: [row]})
    summary = client.get(f"{COUNTS}()").json()
    assert summary["totalUserCount"] == 1
    assert {"feature": "mfaCapable", "userCount": 1} in summary["userRegistrationFeatureCounts"]


def test_a_tenant_without_premium_licence_is_refused(make_client: MakeClient) -> None:
    answer = make_client("free").get(f"{COUNTS}()")
    assert error_of(answer)[:2] == (403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant")


def test_a_token_without_the_permission_is_refused(make_client: MakeClient) -> None:
    answer = make_client("p1", permissions=["Policy.Read.All"]).get(DETAILS)
    assert error_of(answer)[:2] == (403, "Authentication_MSGraphPermissionMissing")
