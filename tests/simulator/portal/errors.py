# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Refusals of the portal's services. Their shape is not recorded; a text in ``Message`` stands for it."""

from __future__ import annotations

from ..messages import Response


class PortalError(Exception):
    """A refusal by the portal."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.response = Response(status, {"Message": message})


def not_found() -> PortalError:
    return PortalError(404, "No HTTP resource was found that matches the request URI.")


def unauthorized(reason: str) -> PortalError:
    return PortalError(401, f"Authorization has been denied for this request. {reason}")


def forbidden(reason: str) -> PortalError:
    return PortalError(403, reason)


def invalid(reason: str) -> PortalError:
    return PortalError(400, reason)
