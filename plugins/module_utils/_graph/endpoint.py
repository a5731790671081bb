# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A service that takes requests with a token: where it is, what people call it, what it wants the token for."""

from __future__ import annotations

from dataclasses import dataclass

from .connection import Connection


@dataclass(frozen=True)
class Endpoint:
    """One service. *option* names the option that its address comes from; *scope* is what its tokens are asked for.

    *follows_redirects*: whether an answer may lead elsewhere. The token never goes to another host in any case.
    """

    name: str
    option: str
    url: str
    scope: str
    ca_path: str | None = None
    follows_redirects: bool = True


def graph_endpoint(connection: Connection) -> Endpoint:
    """Microsoft Graph of the connection's cloud."""
    cloud = connection.cloud
    return Endpoint("Microsoft Graph", "graph_url", cloud.graph_url, cloud.scope, connection.ca_path)
