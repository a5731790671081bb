# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of the methods policy itself: its campaign and what beta adds (facts section 4.1)."""

from __future__ import annotations

from collections.abc import Iterator

from ..graph.call import GraphCall
from ..json_types import JsonObject
from .forms import CAMPAIGN
from .targets import missing_targets

LONGEST_SNOOZE = 14
CAMPAIGN_METHODS = frozenset({"microsoftAuthenticator", "fido2"})


def policy_violations(call: GraphCall, policy: JsonObject) -> Iterator[str]:
    """Yield what the service does not accept of a canonical policy."""
    campaign = (policy["registrationEnforcement"] or {}).get(CAMPAIGN)
    if campaign:
        yield from _campaign_violations(call, campaign)
    preferences = policy.get("systemCredentialPreferences")
    if preferences:
        yield from missing_targets(call, preferences["includeTargets"], preferences["excludeTargets"])
    report = policy.get("reportSuspiciousActivitySettings")
    if report and report["includeTarget"]:
        yield from missing_targets(call, [report["includeTarget"]], [])


def _campaign_violations(call: GraphCall, campaign: JsonObject) -> Iterator[str]:
    snooze = campaign["snoozeDurationInDays"]
    if snooze is None or not 0 <= snooze <= LONGEST_SNOOZE:
        yield f"snoozeDurationInDays must be between 0 and {LONGEST_SNOOZE}."
    methods = {target["targetedAuthenticationMethod"] for target in campaign["includeTargets"]}
    if methods - CAMPAIGN_METHODS:
        yield f"targetedAuthenticationMethod must be one of {', '.join(sorted(CAMPAIGN_METHODS))}."
    if len(methods) > 1:
        yield "A registration campaign can target one authentication method at a time."
    yield from missing_targets(call, campaign["includeTargets"], campaign["excludeTargets"])
