# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connection options and connections."""

from __future__ import annotations

import typing as t

from ansible_collections.m365.entra.plugins.module_utils._graph.connection import Connection, connection_from_options
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import TENANT

SECRET = "very-secret-value"


def options(auth_method: str = "client_secret", **others: t.Any) -> dict[str, t.Any]:
    """The options of a connection, as Ansible hands them over."""
    given = {"tenant_id": TENANT, "client_id": "client", "client_secret": SECRET, "cloud": "global"}
    return {**given, "auth_method": auth_method, **others}


def connection(auth_method: str = "client_secret", **others: t.Any) -> Connection:
    """A checked connection."""
    return connection_from_options(options(auth_method, **others))
