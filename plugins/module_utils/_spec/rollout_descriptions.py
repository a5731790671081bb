# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the options of staged rollouts mean."""

from __future__ import annotations

ADDED = dict.fromkeys(("rollout", "promote", "promotion"), "0.4.0")

_COUNT = "Only sign-ins since the last change of the policy count."

ROLLOUT_DESCRIPTIONS: dict[str, str] = {
    "rollout": "How the policy comes to be enforced in stages: it is shown in report-only first, and enforced by a run "
    "with C(promote=true) once the sign-in log says that nobody is hurt. It needs C(policy_state=enabled), "
    "which is where it leads; a policy that is enforced stays enforced. Beside a list it goes for every policy of the "
    "list that is to be enforced; what a policy says itself is laid over it.",
    "rollout.is_enabled": "Whether there is a rollout; there is when one is given. V(false) takes one policy out of "
    "the rollout of its list, so that it is enforced at once.",
    "rollout.soak_days": "How many days the policy must have been in report-only without a change; 7 unless given. A "
    "change of its content begins them anew.",
    "rollout.maximum_would_fail_users": f"How many users may be among those who would fail; 0 unless given. {_COUNT}",
    "rollout.maximum_would_fail_share": "Which share, from 0 to 1, of the sign-ins that the policy would have applied "
    f"to may fail; 0 unless given. This and O(rollout.maximum_would_fail_users) must both hold. {_COUNT}",
    "rollout.minimum_sign_ins": "To how many sign-ins the policy must have applied, so that there is evidence at all; "
    f"50 unless given. With 0 it is enough that the log names the policy at all, which is right for one that is to "
    f"meet nobody, such as a block of legacy authentication. {_COUNT}",
    "rollout.observation_days": "How many days are looked back at most, from 1 to 30, which is how long the service "
    "keeps sign-ins; 30 unless given.",
    "rollout.not_shown": "What becomes of policies for user actions or workload identities, of which report-only shows "
    "nothing in sign-ins. V(hold), which is what happens unless given, leaves the decision to you; "
    "V(promote_after_soak) enforces them when the days of O(rollout.soak_days) are over, without evidence.",
    "rollout.changes": "How the content of an enforced policy is changed. V(in_place), which is what happens unless "
    "given, writes it at once; V(shadow) makes a twin in report-only, named like the policy with (shadow) at the end, "
    "and changes the policy when the twin may be promoted. Names and the exclusions of emergency access are "
    "written at once in any case.",
    "rollout.rings": "Whom the policy is enforced for first, in this order, before it reaches its own users. Whoever "
    "is in a ring stays in the policy when the next one joins, and each step is shown in report-only before. "
    "C(conditions) or the template must say whom the policy is for in the end.",
    "rollout.rings.name": "What the ring is called in results.",
    "rollout.rings.include_users": "Users by user principal name or id.",
    "rollout.rings.include_groups": "Groups by display name or id.",
    "rollout.rings.include_roles": "Directory roles by display name or template id.",
    "promote": "Whether policies with a rollout are promoted whose time has come and whose evidence allows it. Reads "
    "the sign-in log once, which needs the permission C(AuditLog.Read.All) and Microsoft Entra ID P1 or P2.",
    "promotion": "How the sign-in log is read for C(promote=true).",
    "promotion.maximum_sign_ins": "How many sign-ins are read at most, the latest first. Where there are more, nothing "
    "that depends on them is promoted: look back for fewer days with C(observation_days), or read more.",
    "promotion.maximum_users": "How many users and applications the evidence names at most.",
    "promotion.include_non_interactive": "Whether sign-ins count too that applications made for users without asking "
    "them.",
}
