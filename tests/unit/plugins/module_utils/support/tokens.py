# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Access tokens as the token service writes them; nobody signed them."""

from __future__ import annotations

import base64
import json
import typing as t

from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import TENANT


def _part(value: dict[str, t.Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def token(**claims: t.Any) -> str:
    """A token of our tenant with these claims."""
    return f"{_part({'alg': 'RS256'})}.{_part({'tid': TENANT, **claims})}.signature"
