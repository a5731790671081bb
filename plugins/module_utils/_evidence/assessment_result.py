# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The form in which both unsupported policies tell what is known of them."""

from __future__ import annotations

import typing as t

from .._reconcile.shape import Json
from .compliance import Answer, compliance_result, overall

LANE = "evidence"


def assessment_result(
    answers: t.Sequence[Answer],
    *,
    evidence: Json,
    manual_steps: list[Json],
    attestation: Json | None,
    license_is_missing: bool,
) -> Json:
    """The answers and what they rest on, as JSON values; compliant is true, false or ``unknown``."""
    return {
        "lane": LANE,
        "compliant": compliance_result(overall(answers)),
        "settings": [answer.to_result() for answer in answers],
        "evidence": evidence,
        "manual_steps": manual_steps,
        "attestation": attestation,
        "licence_missing": license_is_missing,
    }
