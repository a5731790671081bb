# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The option portal: which addresses tokens may go to, and which credential is meant."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._graph.portal_connection import (
    CREDENTIALS,
    MFA_REGISTRATION_POLICY_URL,
    PORTAL_URL,
    PUBLIC_CLIENT,
    PortalConnection,
    origin_of,
    portal_from_options,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.connections import SECRET, connection


def portal(cloud: str = "global", **options: t.Any) -> PortalConnection:
    """The checked option, with the defaults of its addresses."""
    addresses = {"url": PORTAL_URL, "mfa_registration_policy_url": MFA_REGISTRATION_POLICY_URL}
    found = portal_from_options({**addresses, **options}, cloud)
    assert found
    return found


def test_module_without_the_option() -> None:
    assert portal_from_options(None, "global") is None
    assert connection().portal is None


def test_connection_carries_it_without_showing_secrets() -> None:
    for name in ("refresh_token", "access_token"):
        found = connection(portal={"url": PORTAL_URL, name: SECRET, "client_id": PUBLIC_CLIENT})
        assert found.portal
        assert found.portal.credential_option == f"portal.{name}"
        assert SECRET not in f"{found!r}{found.portal!r}"


def test_nothing_given() -> None:
    found = portal()
    assert found.credential_option == ""
    assert found.client_id == PUBLIC_CLIENT


def test_addresses_are_those_of_the_options() -> None:
    assert portal().addresses == {
        "https://main.iam.ad.ext.azure.com": "portal.url",
        "https://graph.windows.net": "portal.mfa_registration_policy_url",
    }
    here = "https://localhost:8443"
    both = portal(url=f"{here}/portal", mfa_registration_policy_url=f"{here}/portal/{{tenant_id}}/x")
    assert both.addresses == {here: "portal.url"}


@pytest.mark.parametrize("cloud", ["us_government_l4", "us_government_l5", "china"])
def test_defaults_are_not_for_other_clouds(cloud: str) -> None:
    assert portal(cloud).addresses == {}
    assert list(portal(cloud, url="https://portal.example").addresses.values()) == ["portal.url"]


@pytest.mark.parametrize("name", ["url", "mfa_registration_policy_url"])
@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8443",
        "main.iam.ad.ext.azure.com",
        "//localhost",
        "https://",
        "https://portal.example@evil.example/",
        "https://{tenant_id}.evil.example/",
    ],
)
def test_tokens_go_to_named_hosts_over_tls_only(name: str, url: str) -> None:
    with pytest.raises(OptionError, match=rf"^portal\.{name}: .*https"):
        portal(**{name: url})


@pytest.mark.parametrize("left_out", CREDENTIALS)
def test_credentials_exclude_each_other(left_out: str) -> None:
    given = {name: SECRET for name in CREDENTIALS if name != left_out}
    with pytest.raises(OptionError, match=r"^portal: .* exclude each other") as failure:
        portal(**given)
    assert SECRET not in str(failure.value)


def test_origin() -> None:
    assert origin_of("HTTPS://Portal.Example:444/a?b#c") == "https://portal.example:444"
