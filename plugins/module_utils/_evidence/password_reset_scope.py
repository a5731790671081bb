# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""For whom password reset is enabled, as far as the registration report lets one infer it (facts section 6.1)."""

from __future__ import annotations

from dataclasses import replace

from .compliance import Answer, sentence, sentences
from .enabled_group import GroupComparison
from .reading import Read
from .users_in_report import FeatureCounts

NONE, SELECTED, ALL = "none", "selected", "all"
SOURCE = "registration report"
_LAG = "The report lags behind by hours."
_LOOKS_LIKE = {
    NONE: "Nobody is enabled, and the group holds no ordinary users: with None that looks the same.",
    ALL: "All ordinary users are enabled, and the group holds all of them: with All that looks the same.",
}
_NO_USERS = "The registration report holds no ordinary users."
_LICENSE = (
    "Users reset their passwords with Microsoft Entra ID P1 or Microsoft 365 Business, and the report needs "
    "Microsoft Entra ID P1."
)


def found_scope(counts: FeatureCounts) -> str:
    """none, selected or all: for which part of the ordinary users password reset is enabled."""
    if counts.password_reset_enabled <= 0:
        return NONE
    return ALL if counts.password_reset_enabled >= counts.total else SELECTED


def judge_scope(wanted: str, users: Read[FeatureCounts], group: Read[GroupComparison] | None) -> Answer:
    """What is known of enablement_type; with selected the group decides, if there is one."""
    option = "enablement_type"
    counts = users.value
    if counts is None or counts.total == 0:
        return Answer(option, wanted, note=_why_unknown(users))
    found = found_scope(counts)
    if wanted == SELECTED:
        return _judge_selected(Answer(option, wanted, found), found, group)
    return Answer(option, wanted, found, found == wanted, SOURCE, f"{_told(counts)} {_LAG}")


def judge_group(wanted: str, users: Read[FeatureCounts], group: Read[GroupComparison] | None) -> Answer:
    """What is known of password_reset_enabled_group: whether exactly its users are enabled."""
    option = "password_reset_enabled_group"
    if users.value is None or users.value.total == 0:
        return Answer(option, wanted, note=_why_unknown(users))
    return _judge_selected(Answer(option, wanted), found_scope(users.value), group)


def _judge_selected(unknown: Answer, scope: str, group: Read[GroupComparison] | None) -> Answer:
    """What is known where one group is wanted; *scope* is what the counts look like, which two choices may share."""
    if group is None:
        note = "Which group is meant was not given."
        return replace(_true(unknown), note=note) if scope == SELECTED else replace(unknown, note=note)
    if group.value is None:
        return replace(unknown, note=sentence(group.problem))
    comparison = group.value
    note = sentences(_difference(comparison), _without_row(comparison), _LAG)
    if comparison.differs:
        return replace(unknown, compliant=False, source=SOURCE, note=note)
    if comparison.without_row:
        return replace(unknown, note=note)
    if scope != SELECTED:
        return replace(unknown, note=sentences(_LOOKS_LIKE[scope], _LAG))
    return replace(_true(unknown), note=note)


def _true(unknown: Answer) -> Answer:
    return replace(unknown, compliant=True, source=SOURCE)


def _difference(comparison: GroupComparison) -> str:
    if comparison.differs:
        return (
            f"{comparison.too_many} users are enabled without being in the group, and {comparison.too_few} of its "
            f"{comparison.members} ordinary users are not enabled."
        )
    if comparison.without_row:
        return f"{comparison.enabled} of the {comparison.members} ordinary users of the group are enabled, nobody else."
    return f"Exactly the {comparison.members} ordinary users of the group are enabled."


def _without_row(comparison: GroupComparison) -> str:
    if not comparison.without_row:
        return ""
    return f"The report says nothing yet of members of the group: {comparison.without_row}."


def _told(counts: FeatureCounts) -> str:
    return f"{counts.password_reset_enabled} of {counts.total} ordinary users are enabled."


def _why_unknown(users: Read[FeatureCounts]) -> str:
    if users.is_unlicensed:
        return _LICENSE
    return sentence(users.problem) if users.problem else _NO_USERS
