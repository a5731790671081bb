# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Turns an error answer of Microsoft Graph into a ServiceRefused that says what to do (facts sections 0.2 and 14)."""

from __future__ import annotations

import typing as t

from .errors import ServiceRefused
from .refusal import Refusal, read_refusal
from .refusal_applications import meaning_of_refused_applications
from .refusal_meaning import Known, Meaning
from .refusal_numbers import NUMBERED
from .refusal_permissions import remedy_for
from .refusal_texts import BY_STATUS, CHALLENGE, CODED, CONSENT, GENERIC, TOLD, WEB_PAGE

_NOTHING_KNOWN = Meaning("", "")


def meaning_of(refusal: Refusal) -> Meaning:
    """What *refusal* means; empty texts when nothing is known of it."""
    if refusal.is_web_page:
        return WEB_PAGE.meaning_of(refusal) or _NOTHING_KNOWN
    if refusal.number:
        # An unknown number is told in the service's own words: what fits its status would only distract.
        return meaning_of_refused_applications(refusal) or _first(NUMBERED, refusal) or _NOTHING_KNOWN
    if refusal.is_generic:
        return GENERIC.meaning_of(refusal) or _NOTHING_KNOWN
    told = _first(TOLD, refusal)
    if told is None and "claims=" in refusal.challenge:
        told = CHALLENGE.meaning_of(refusal)
    return told or _first((*CODED, *BY_STATUS), refusal) or _NOTHING_KNOWN


def _first(known: t.Iterable[Known], refusal: Refusal) -> Meaning | None:
    return next((meaning for one in known if (meaning := one.meaning_of(refusal))), None)


def service_error(method: str, path: str, status: int, headers: t.Mapping[str, str], body: bytes) -> ServiceRefused:
    """The error for one answer: *path* without query, *headers* with lower-case names, *body* as received.

    Its code is the service's four-digit number when it gave one, else its error code. Its details hold the option
    paths that the refusal concerns as *option_paths*, when they are known.
    """
    refusal = read_refusal(status, headers, body)
    meaning = meaning_of(refusal)
    permission = remedy_for(method, path) if meaning.remedy == CONSENT else ""
    return ServiceRefused(
        " ".join(filter(None, (_answered(method, path, refusal), _explained(meaning)))),
        remedy=permission or meaning.remedy,
        request_id=refusal.request_id,
        code=refusal.number or refusal.code,
        status=status,
        details={"option_paths": list(meaning.options)} if meaning.options else None,
    )


def _answered(method: str, path: str, refusal: Refusal) -> str:
    answer = f"{refusal.status} {refusal.code}".strip()
    told = f"{method} {path} was refused by Microsoft Graph: {answer}"
    return (f"{told}: {refusal.text}" if refusal.text else told).rstrip(".") + "."


def _explained(meaning: Meaning) -> str:
    """The meaning behind the option paths it concerns, as a sentence."""
    if not meaning.text:
        return ""
    if meaning.options:
        return f"{', '.join(meaning.options)}: {meaning.text}."
    return f"{meaning.text[0].upper()}{meaning.text[1:]}."
