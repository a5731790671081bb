# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the options of the linter mean, by option path."""

from __future__ import annotations

DESCRIPTIONS: dict[str, str] = {
    "report_only_days": "From how many days on a policy in report-only mode counts as forgotten. They count from its "
    "last change.",
    "maximum_groups": "Into how many groups is looked at most, one request each, those of C(emergency_access) first. A "
    "warning says how many were left.",
    "ignore": "Findings that are accepted. They do not count for O(fail_on).",
    "ignore.rule": "The rule, as findings name it.",
    "ignore.policy": "The policy, by name or id, whose findings are meant. By default all findings of the rule are.",
    "ignore.until": "The last day on which they are accepted, as in C(2026-12-31). After it they count again, and a "
    "warning says so.",
    "ignore.reason": "Why they are accepted.",
    "fail_on": "The task fails, with the whole result, when there is a finding of this severity or a graver one.",
}
