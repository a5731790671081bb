# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/reports/authenticationMethods: who has registered for what (facts section 9.1)."""

from __future__ import annotations

from ..licence import has_p1
from ..messages import Response
from ..tenant import REGISTRATION_DETAILS
from . import errors, permissions
from .call import GraphCall
from .directory import list_directory
from .routing import Route

ROOT = "reports/authenticationMethods"
FLAG_OF_FEATURE = {
    "ssprRegistered": "isSsprRegistered",
    "ssprEnabled": "isSsprEnabled",
    "ssprCapable": "isSsprCapable",
    "passwordlessCapable": "isPasswordlessCapable",
    "mfaCapable": "isMfaCapable",
}


def list_details(call: GraphCall) -> Response:
    _require_premium(call)
    items = call.collection(REGISTRATION_DETAILS).visible()
    return list_directory(call, items, "userRegistrationDetails", f"{ROOT}/userRegistrationDetails")


def count_by_feature(call: GraphCall) -> Response:
    """Answer how many of all users have each feature; other selections of users are not served."""
    _require_premium(call)
    details = call.collection(REGISTRATION_DETAILS).visible()
    return Response(
        200,
        {
            "@odata.context": f"{call.context_url}microsoft.graph.userRegistrationFeatureSummary",
            "totalUserCount": len(details),
            "userTypes": "all",
            "userRoles": "all",
            "userRegistrationFeatureCounts": [
                {"feature": feature, "userCount": sum(bool(one[flag]) for one in details)}
                for feature, flag in FLAG_OF_FEATURE.items()
            ],
        },
    )


def _require_premium(call: GraphCall) -> None:
    if not has_p1(call.tenant):
        raise errors.premium_needed()


ROUTES = (
    Route("GET", f"/{ROOT}/userRegistrationDetails", list_details, permissions.READ_REPORTS),
    Route("GET", f"/{ROOT}/usersRegisteredByFeature()", count_by_feature, permissions.READ_REPORTS),
    Route(
        "GET",
        f"/{ROOT}/usersRegisteredByFeature(includedUserTypes='all',includedUserRoles='all')",
        count_by_feature,
        permissions.READ_REPORTS,
    ),
)
