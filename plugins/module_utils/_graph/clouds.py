# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Microsoft's clouds: where tokens come from, where Graph is, and what scope to ask for (facts section 0.1)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Cloud:
    """One cloud: the token service's base URL, Graph's base URL and the client-credentials scope."""

    authority_url: str
    graph_url: str
    scope: str


CLOUDS: dict[str, Cloud] = {
    "global": Cloud(
        "https://login.microsoftonline.com", "https://graph.microsoft.com", "https://graph.microsoft.com/.default"
    ),
    "us_government_l4": Cloud(
        "https://login.microsoftonline.us", "https://graph.microsoft.us", "https://graph.microsoft.us/.default"
    ),
    # The DoD scope is not certain: the public material names both hosts (facts section 15, item 11).
    "us_government_l5": Cloud(
        "https://login.microsoftonline.us", "https://dod-graph.microsoft.us", "https://dod-graph.microsoft.us/.default"
    ),
    "china": Cloud(
        "https://login.partner.microsoftonline.cn",
        "https://microsoftgraph.chinacloudapi.cn",
        "https://microsoftgraph.chinacloudapi.cn/.default",
    ),
}


def _base(url: str) -> str:
    with_scheme = url if "//" in url else f"https://{url}"
    return with_scheme.rstrip("/")


def cloud_for(name: str, authority_url: str | None, graph_url: str | None) -> Cloud:
    """The named cloud, with either URL replaced where one is given; a given Graph URL also decides the scope."""
    known = CLOUDS[name]
    graph = _base(graph_url) if graph_url else known.graph_url
    scope = f"{graph}/.default" if graph_url and graph != known.graph_url else known.scope
    return Cloud(_base(authority_url) if authority_url else known.authority_url, graph, scope)
