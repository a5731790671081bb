# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The option portal: how a signed-in person's settings in the portal are reached."""

from __future__ import annotations

from .._graph.portal_connection import (
    MFA_REGISTRATION_POLICY_SCOPE,
    MFA_REGISTRATION_POLICY_URL,
    PORTAL_URL,
    PUBLIC_CLIENT,
)
from .argument_spec import ArgumentSpec

PORTAL = ArgumentSpec(
    {
        "portal": {
            "type": "dict",
            # The addresses have their defaults also when nothing is given.
            "apply_defaults": True,
            "options": {
                "url": {"type": "str", "default": PORTAL_URL},
                "client_id": {"type": "str", "default": PUBLIC_CLIENT},
                "refresh_token": {"type": "str", "no_log": True},
                # A path, not the token: nothing to hide.
                "refresh_token_path": {"type": "path", "no_log": False},
                "access_token": {"type": "str", "no_log": True},
                "mfa_registration_policy_url": {"type": "str", "default": MFA_REGISTRATION_POLICY_URL},
                "mfa_registration_policy_scope": {"type": "str", "default": MFA_REGISTRATION_POLICY_SCOPE},
            },
        }
    }
)
