# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can go wrong between us and a tenant, as errors that a person can act on."""

from __future__ import annotations

import typing as t


class EntraError(Exception):
    """A failure with its cause, its remedy and, when the service answered, the id of the request.

    *message* names the option path or the object and says what is wrong; *remedy* says what to do;
    *details* are further JSON values for the task's result. None of them may hold a secret.
    """

    def __init__(
        self,
        message: str,
        *,
        remedy: str = "",
        request_id: str = "",
        code: str = "",
        status: int | None = None,
        details: t.Mapping[str, t.Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.request_id = request_id
        self.code = code
        self.status = status
        self.details = dict(details or {})

    def __str__(self) -> str:
        """The whole story in one paragraph, as a task prints it."""
        parts = [self.message]
        if self.remedy:
            parts.append(self.remedy)
        if self.request_id:
            parts.append(f"(request id {self.request_id})")
        return " ".join(parts)

    def to_result(self) -> dict[str, t.Any]:
        """The error as JSON values for a failed task."""
        failure: dict[str, t.Any] = {"message": self.message}
        if self.remedy:
            failure["remedy"] = self.remedy
        if self.code:
            failure["code"] = self.code
        if self.status is not None:
            failure["status"] = self.status
        if self.request_id:
            failure["request_id"] = self.request_id
        return {"error": failure, **self.details}


class OptionError(EntraError):
    """The given options cannot be meant; nothing was sent."""


class ConnectionFailed(EntraError):
    """The token service or Microsoft Graph could not be reached or did not trust us."""


class AuthenticationFailed(EntraError):
    """The token service refused the credential."""


class GuardRefused(EntraError):
    """A guard found that writing would be unsafe; nothing was written."""


class ServiceRefused(EntraError):
    """Microsoft Graph answered with an error."""


class OutcomeUnknown(EntraError):
    """A write was sent and no clear answer came back: it may or may not have taken effect."""


class VerificationFailed(EntraError):
    """What was written could not be read back as written."""
