# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the schemas of national clouds lack of the global one (facts appendix E; Fairfax and Mooncake).

Appendix E lists "lacks id" for policies and named locations there: they inherit it, but not from the type that
carries the date of deletion, which is the part of it that shows.
"""

from __future__ import annotations

_WITHOUT_BIN = {
    "conditionalAccessPolicy": frozenset({"deletedDateTime"}),
    "namedLocation": frozenset({"deletedDateTime"}),
    "ipNamedLocation": frozenset({"deletedDateTime"}),
    "countryNamedLocation": frozenset({"deletedDateTime"}),
}
_US_GOVERNMENT_MEMBERS = {
    "conditionalAccessGrantControl": frozenset({"passwordChange"}),
    "authenticationMethodModes": frozenset({"qrCodePin"}),
}

ABSENT_MEMBERS: dict[str, dict[str, frozenset[str]]] = {
    "global": {},
    "us_government_l4": _US_GOVERNMENT_MEMBERS,
    "us_government_l5": _US_GOVERNMENT_MEMBERS,
    "china": {
        "conditionalAccessGrantControl": frozenset({"riskRemediation"}),
        "authenticationMethodModes": frozenset({"qrCodePin"}),
    },
}
ABSENT_PROPERTIES: dict[str, dict[str, frozenset[str]]] = {
    "global": {},
    "us_government_l4": _WITHOUT_BIN,
    "us_government_l5": _WITHOUT_BIN,
    "china": _WITHOUT_BIN
    | {
        "conditionalAccessConditionSet": frozenset(
            {"insiderRiskLevels", "servicePrincipalRiskLevels", "signInRiskLevels", "userRiskLevels"}
        )
    },
}
