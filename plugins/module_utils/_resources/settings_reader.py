# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads settings of a tenant; what several kinds need is read once."""

from __future__ import annotations

import typing as t

from .._graph.api_versions import V1
from .._graph.errors import ConnectionFailed, OptionError
from .._graph.session import Session
from .._reconcile.shape import Json
from .._settings.portal_addresses import PortalAddresses

METHODS_POLICY = "/policies/authenticationMethodsPolicy"
CONFIGURATIONS = "authenticationMethodConfigurations"


class SettingsReader:
    """The settings of one tenant at one moment, through one version of Graph."""

    def __init__(
        self,
        session: Session,
        api_version: str = V1,
        portal_addresses: PortalAddresses | None = None,
        users: t.Collection[str] = (),
    ) -> None:
        """*users* are the ids of those whose per-user MFA is meant."""
        self.session = session
        self.api_version = api_version
        self.users = users
        self._portal_addresses = portal_addresses
        self._methods_policy: Json | None = None

    @property
    def portal_addresses(self) -> PortalAddresses:
        """Where the portal's services are. Raises OptionError when nobody has said it."""
        if self._portal_addresses is None:
            raise OptionError("portal: it is needed for lane: portal.")
        return self._portal_addresses

    @property
    def methods_policy_read(self) -> Json | None:
        """The authentication methods policy, if somebody has asked for it."""
        return self._methods_policy

    def methods_policy(self) -> Json:
        """The authentication methods policy, with its methods in line: one request however often it is asked for."""
        if self._methods_policy is None:
            found = self.session.get(METHODS_POLICY, version=self.api_version)
            if not isinstance(found.get(CONFIGURATIONS), list):
                raise ConnectionFailed(
                    f"GET {METHODS_POLICY}: the answer does not list the authentication methods.",
                    remedy="Check that graph_url leads to Microsoft Graph and not to a proxy or a sign-in page.",
                )
            self._methods_policy = found
        return self._methods_policy
