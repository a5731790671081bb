# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the portal's services are."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._settings.portal_addresses import (
    PortalAddresses,
    portal_addresses,
)
from ansible_collections.m365.entra.plugins.module_utils._spec.portal_options import PORTAL

DEFAULTS = {name: one.get("default") for name, one in PORTAL.options["portal"]["options"].items()}


def test_defaults() -> None:
    found = portal_addresses(DEFAULTS)
    assert found.password_reset == "https://main.iam.ad.ext.azure.com/api/PasswordReset/PasswordResetPolicies"
    assert found.password_reset_scope == "74658136-14ec-4630-ad9b-26e160ff0fc6/.default"
    assert found.policy_id_is_sought
    listed = "https://graph.windows.net/of-contoso/policies?api-version=1.6-internal"
    assert found.mfa_registration_policies("of-contoso") == listed
    one = "https://graph.windows.net/of-contoso/policies/a%2Fb?api-version=1.6-internal"
    assert found.mfa_registration_policy("of-contoso", "a/b") == one


@pytest.mark.parametrize("url", ["https://portal.example", "https://portal.example/"])
def test_host_with_or_without_a_slash(url: str) -> None:
    found = PortalAddresses(url, "https://other.example/policy", "scope")
    assert found.password_reset == "https://portal.example/api/PasswordReset/PasswordResetPolicies"
    assert not found.policy_id_is_sought
    assert found.mfa_registration_policy("of-contoso", "") == "https://other.example/policy"
