# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What was read of a fleet, in a form that a cache may keep: it holds no secret. Private to this collection."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .asking import Answer
from .tenant import FleetTenant, Json, tenant_from_document


@dataclass(frozen=True)
class Gathered:
    """What the partner's tenant and the tenants themselves said."""

    tenants: tuple[FleetTenant, ...] = ()
    answers: tuple[Answer, ...] = ()

    def to_document(self, question: Json) -> dict[str, t.Any]:
        """The same as JSON values, with the *question* that it answers."""
        return {
            "question": dict(question),
            "tenants": [tenant.to_document() for tenant in self.tenants],
            "answers": [
                {"tenant": one.tenant.to_document(), "problem": one.problem, "lacks_consent": one.lacks_consent}
                for one in self.answers
            ],
        }


def gathered_from_document(document: t.Any, question: Json) -> Gathered | None:
    """What to_document made *document* of; None for the answer to another question, for nothing, or another form."""
    if not isinstance(document, dict) or document.get("question") != dict(question):
        return None
    try:
        return _gathered(document)
    except (AttributeError, KeyError, TypeError):
        # Kept by another version of the collection: it is asked anew.
        return None


def _gathered(document: Json) -> Gathered:
    return Gathered(
        tuple(tenant_from_document(one) for one in document["tenants"]),
        tuple(
            Answer(tenant_from_document(one["tenant"]), one["problem"], one["lacks_consent"])
            for one in document["answers"]
        ),
    )
