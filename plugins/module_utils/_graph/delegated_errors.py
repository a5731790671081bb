# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Turns what the token service says to a person's sign-in into one message with cause and remedy (facts section 0.3).

Of the service's text only the AADSTS code and the trace id are used, because it may quote what was sent.
"""

from __future__ import annotations

import typing as t

from .errors import AuthenticationFailed, EntraError
from .token_errors import connection_error, meaning_of_number, number_in, number_without_code, trace_id_in

_SIGN_IN = "Sign in again with m365.entra.portal_sign_in."
_SIGN_IN_AS_DEMANDED = "Sign in again with m365.entra.portal_sign_in, and do there what the tenant demands."
_CLIENT = "Check portal.client_id: it must be a public client that the tenant knows."

# By the digits of the AADSTS code. What is not here means to a person what it means to an application.
_MEANINGS: dict[str, tuple[str, str]] = {
    "70000": ("the refresh token is not valid for this tenant and this public client", _SIGN_IN),
    "70008": ("the refresh token has expired", _SIGN_IN),
    "700082": ("the refresh token has expired, because it was not used for too long", _SIGN_IN),
    "50173": ("the refresh token was revoked, for example by a new password", _SIGN_IN),
    "50055": ("the person's password has expired", "Let the person set a new password, and sign in again."),
    "50057": ("the person's account is disabled", "Use a person whose account is enabled."),
    "50020": ("the person does not belong to this tenant", "Check tenant_id, or invite the person or give them GDAP."),
    "50074": ("multifactor authentication is demanded", _SIGN_IN_AS_DEMANDED),
    "50076": ("multifactor authentication is demanded", _SIGN_IN_AS_DEMANDED),
    "50079": ("the person has to register for MFA first", _SIGN_IN_AS_DEMANDED),
    "50158": ("a control outside Microsoft is demanded", _SIGN_IN_AS_DEMANDED),
    "53000": ("Conditional Access demands a compliant device", "Sign in from where the policies allow it."),
    "53001": ("Conditional Access demands a joined device", "Sign in from where the policies allow it."),
    "53003": (
        "a Conditional Access policy blocked the sign-in",
        "Sign in from where the policies allow it; some block device codes altogether.",
    ),
    "65001": ("nobody has consented to the public client", "Sign in again and consent, or check portal.client_id."),
    "700016": ("the tenant does not know the public client", _CLIENT),
    "7000218": ("the client is not a public one: it wants a secret", _CLIENT),
    "500011": ("the tenant does not know the portal's service", "Check cloud and the scopes in the option portal."),
    "70011": ("the scope is not valid", "Check the scopes in the option portal."),
}
_DECLINED = ("the person declined the sign-in", "Start again without wait, and let the person agree.")
# By the token service's error, for answers that have no code of their own.
_WORDS: dict[str, tuple[str, str]] = {
    "authorization_pending": ("nobody signed in before the code expired", "Start again without wait."),
    "slow_down": ("nobody signed in before the code expired", "Start again without wait."),
    "expired_token": ("nobody signed in before the code expired", "Start again without wait."),
    "bad_verification_code": ("the device code is not known", "Start again without wait."),
    "access_denied": _DECLINED,
    "authorization_declined": _DECLINED,
}
_ANEW = ("invalid_grant", "interaction_required")


class SignInNeeded(AuthenticationFailed):
    """What the person signed in with is worth nothing any more; signing in anew helps."""


def refusal_of_person(answer: t.Mapping[str, t.Any], subject: str) -> AuthenticationFailed:
    """The error for an answer of the token service that holds no token; *subject* says what failed."""
    error, text = str(answer.get("error") or ""), str(answer.get("error_description") or "")
    number = number_in(text)
    cause, remedy = _WORDS.get(error) or _MEANINGS.get(number) or meaning_of_number(number)
    known = f" (AADSTS{number})" if number else ""
    kind = SignInNeeded if error in _ANEW or error in _WORDS else AuthenticationFailed
    return kind(
        f"{subject}: {cause}{known}.",
        remedy=remedy,
        request_id=trace_id_in(text),
        code=f"AADSTS{number}" if number else "",
    )


def failure_without_answer(text: str, subject: str, authority_url: str) -> EntraError:
    """The error for an exception's *text*, which came instead of an answer of the token service."""
    number = number_in(text) or number_without_code(text)
    if number:
        cause, remedy = meaning_of_number(number)
        return AuthenticationFailed(f"{subject}: {cause} (AADSTS{number}).", remedy=remedy, code=f"AADSTS{number}")
    return connection_error(text, authority_url, "authority_url") or AuthenticationFailed(
        f"{subject}: the token service gave no answer that can be read.",
        remedy="Check authority_url, name resolution, proxy and firewall.",
    )
