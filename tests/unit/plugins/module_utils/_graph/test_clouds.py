# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where tokens come from and where Graph is (facts section 0.1)."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.clouds import CLOUDS, cloud_for


@pytest.mark.parametrize(
    ("name", "authority", "graph", "scope"),
    [
        ("global", "login.microsoftonline.com", "graph.microsoft.com", "graph.microsoft.com"),
        ("us_government_l4", "login.microsoftonline.us", "graph.microsoft.us", "graph.microsoft.us"),
        ("us_government_l5", "login.microsoftonline.us", "dod-graph.microsoft.us", "dod-graph.microsoft.us"),
        (
            "china",
            "login.partner.microsoftonline.cn",
            "microsoftgraph.chinacloudapi.cn",
            "microsoftgraph.chinacloudapi.cn",
        ),
    ],
)
def test_clouds(name: str, authority: str, graph: str, scope: str) -> None:
    cloud = cloud_for(name, None, None)
    assert cloud.authority_url == f"https://{authority}"
    assert cloud.graph_url == f"https://{graph}"
    assert cloud.scope == f"https://{scope}/.default"
    assert len(CLOUDS) == 4


def test_given_urls_replace_the_clouds_and_the_graph_url_decides_the_scope() -> None:
    cloud = cloud_for("global", "localhost:8443/", "https://localhost:8443/")
    assert (cloud.authority_url, cloud.graph_url) == ("https://localhost:8443", "https://localhost:8443")
    assert cloud.scope == "https://localhost:8443/.default"


def test_given_authority_keeps_the_scope() -> None:
    assert cloud_for("global", "https://login.example", None).scope == "https://graph.microsoft.com/.default"
