# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``POST /identity/conditionalAccess/evaluate``: which policies would apply to a sign-in (facts section 2.10)."""

from __future__ import annotations

from ..graph.call import GraphCall
from ..graph.routing import Route
from ..json_types import JsonObject
from ..messages import Response
from ..tenant import POLICIES
from . import permissions
from .evaluate_policy import NOT_SET, analysis_reason
from .evaluate_request import requested_sign_in
from .policies import shown_policies


def evaluate(call: GraphCall) -> Response:
    """Answer every policy with whether it applies and why not, or only those that apply.

    Policies in report-only mode are judged like enforced ones.
    """
    body = call.json_object()
    sign_in = requested_sign_in(call, body)
    results = []
    for policy in call.collection(POLICIES).visible():
        reason = analysis_reason(policy, sign_in, call.profile)
        if reason == NOT_SET or not body.get("appliedPoliciesOnly"):
            results += [_result(shown, reason) for shown in shown_policies(call, [policy])]
    context = f"{call.context_url}Collection(microsoft.graph.whatIfAnalysisResult)"
    return Response(200, {"@odata.context": context, "value": results})


def _result(policy: JsonObject, reason: str) -> JsonObject:
    return policy | {"policyApplies": reason == NOT_SET, "analysisReasons": reason}


ROUTES = (
    Route("POST", "/identity/conditionalAccess/evaluate", evaluate, permissions.EVALUATE, rate="conditional_access"),
)
