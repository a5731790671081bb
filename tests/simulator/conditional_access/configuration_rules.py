# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules for the content of combination configurations (facts section 3.2)."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..json_types import JsonObject
from .canonical import GUID

FIDO2 = "#microsoft.graph.fido2CombinationConfiguration"
X509 = "#microsoft.graph.x509CertificateCombinationConfiguration"
X509_COMBINATIONS = frozenset({"x509CertificateSingleFactor", "x509CertificateMultiFactor"})
SUBJECT_KEY_IDENTIFIER = re.compile(r"[0-9a-fA-F]{40}")
OBJECT_IDENTIFIER = re.compile(r"[0-9]+(\.[0-9]+)+")
MOST_CERTIFICATE_VALUES = 5


def configuration_violation(configuration: JsonObject) -> str | None:
    """Return the text of the first rule that a canonical configuration breaks, or None."""
    rules: dict[str, Callable[[JsonObject], str | None]] = {FIDO2: _fido2_violation, X509: _x509_violation}
    return rules[configuration["@odata.type"]](configuration)


def _fido2_violation(configuration: JsonObject) -> str | None:
    if configuration["appliesToCombinations"] != ["fido2"]:
        return "'appliesToCombinations' of a fido2CombinationConfiguration must be ['fido2']."
    identifiers = configuration["allowedAAGUIDs"]
    if not identifiers:
        return "'allowedAAGUIDs' must hold at least one AAGUID."
    wrong = [value for value in identifiers if not GUID.fullmatch(value)]
    return f"'{wrong[0]}' in 'allowedAAGUIDs' is no GUID." if wrong else None


def _x509_violation(configuration: JsonObject) -> str | None:
    combinations = set(configuration["appliesToCombinations"])
    if not combinations or combinations - X509_COMBINATIONS:
        return (
            "'appliesToCombinations' of an x509CertificateCombinationConfiguration must hold "
            "x509CertificateSingleFactor, x509CertificateMultiFactor or both."
        )
    issuers, policies = configuration["allowedIssuerSkis"], configuration["allowedPolicyOIDs"]
    if not issuers and not policies:
        return "'allowedIssuerSkis' or 'allowedPolicyOIDs' must hold at least one value."
    return _value_violation("allowedIssuerSkis", issuers, SUBJECT_KEY_IDENTIFIER) or _value_violation(
        "allowedPolicyOIDs", policies, OBJECT_IDENTIFIER
    )


def _value_violation(name: str, values: list[str], form: re.Pattern[str]) -> str | None:
    if len(values) > MOST_CERTIFICATE_VALUES:
        return f"'{name}' cannot hold more than {MOST_CERTIFICATE_VALUES} values."
    wrong = [value for value in values if not form.fullmatch(value)]
    return f"'{wrong[0]}' is not valid in '{name}'." if wrong else None
