# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which applications a policy cannot apply to, and why: the refusal with the number 1034 (facts section 14)."""

from __future__ import annotations

import re

from .refusal import Refusal
from .refusal_meaning import Meaning

NUMBER = "1034"

_PAIR = re.compile(r'"([^"]+)"\s*:\s*"(\w+)"')

_OPTIONS = ("conditions.applications.include_applications", "conditions.applications.exclude_applications")

# What each reason says of an application, and what to do about it.
_REASONS: dict[str, tuple[str, str]] = {
    "ServicePrincipalNotFound": (
        "is not present in the tenant",
        "Create its service principal in the tenant, or leave it out.",
    ),
    "UnsupportedFirstPartyApplication": (
        "is an application of Microsoft that policies cannot name",
        "Name the suite that it belongs to, such as Office365, or use All.",
    ),
    "PublicClientsAreUnsupported": (
        "is a public client, which policies cannot name",
        "Name the resource that it calls; a policy applies to resources, not to clients.",
    ),
}
_UNKNOWN = ("is not accepted", "Leave it out, or look the reason up in the service's text.")


def refused_applications(refusal: Refusal) -> dict[str, str]:
    """The reason by application id, as far as the service's text names them."""
    return dict(_PAIR.findall(refusal.text)) if refusal.number == NUMBER else {}


def meaning_of_refused_applications(refusal: Refusal) -> Meaning | None:
    """One clause a reason with its application ids, and each reason's remedy; None when no application is named."""
    applications = refused_applications(refusal)
    if not applications:
        return None
    reasons = list(dict.fromkeys(applications.values()))
    clauses, remedies = [], []
    for reason in reasons:
        state, remedy = _REASONS.get(reason, _UNKNOWN)
        ids = [identifier for identifier, its in applications.items() if its == reason]
        clauses.append(f"{' and '.join(ids)} {state}" if len(ids) == 1 else f"{', '.join(ids)}: each {state}")
        remedies.append(remedy)
    return Meaning("; ".join(clauses), " ".join(remedies), _OPTIONS)
