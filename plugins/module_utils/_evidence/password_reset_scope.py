# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""For whom password reset is enabled, as far as the registration report lets one infer it (facts section 6.1)."""

from __future__ import annotations

import typing as t

from .compliance import Answer, sentence
from .enabled_group import GroupComparison
from .reading import Read
from .registration_report import FeatureCounts

NONE, SELECTED, ALL = "none", "selected", "all"
SOURCE = "registration report"
_LAG = "The report lags behind by hours."
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
        return _judge_selected(option, wanted, found, group)
    return Answer(option, wanted, found, found == wanted, SOURCE, f"{_told(counts)} {_LAG}")


def judge_group(wanted: str, users: Read[FeatureCounts], group: Read[GroupComparison] | None) -> Answer:
    """What is known of password_reset_enabled_group: whether exactly its users are enabled."""
    option = "password_reset_enabled_group"
    if users.value is None or users.value.total == 0:
        return Answer(option, wanted, note=_why_unknown(users))
    return _judge_selected(option, wanted, None, group)


def _judge_selected(option: str, wanted: t.Any, found: str | None, group: Read[GroupComparison] | None) -> Answer:
    if group is None:
        # A group without members looks like none, and one with all users like all.
        is_some = found == SELECTED or None
        return Answer(option, wanted, found, is_some, SOURCE if is_some else "", "Which group is meant was not given.")
    if group.value is None:
        return Answer(option, wanted, found, note=sentence(group.problem))
    comparison = group.value
    return Answer(option, wanted, found, comparison.is_equal, SOURCE, f"{_difference(comparison)} {_LAG}")


def _difference(comparison: GroupComparison) -> str:
    if comparison.is_equal:
        return f"Exactly the {comparison.members} ordinary users of the group are enabled."
    return (
        f"{comparison.too_many} users are enabled without being in the group, and {comparison.too_few} of its "
        f"{comparison.members} ordinary users are not enabled."
    )


def _told(counts: FeatureCounts) -> str:
    return f"{counts.password_reset_enabled} of {counts.total} ordinary users are enabled."


def _why_unknown(users: Read[FeatureCounts]) -> str:
    if users.is_unlicensed:
        return _LICENSE
    return sentence(users.problem) if users.problem else _NO_USERS
