# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether users are made to register for MFA as wanted, as far as anybody can tell without the portal."""

from __future__ import annotations

import typing as t
from datetime import date

from .._policy.policy_plan import CurrentPolicy
from .._reconcile.shape import Json
from .._resources.license import covers
from .assessment_result import assessment_result
from .attestation import Attestation
from .compliance import Answer, sentence, sentences, with_attestation
from .mfa_policies import forcing_policies, reporting_policies, unexpected_exclusions
from .mfa_registration_evidence import MfaRegistrationEvidence
from .mfa_registration_steps import Way, steps

SETTINGS = ("is_enabled", "include_all_users", "include_groups", "exclude_groups", "registration_window_in_days")
_TIER = "p2"
_UNREADABLE = "Microsoft offers no supported way to read this setting."
_EVERYBODY = "Everybody in the report has registered, but nobody who joins later is made to by anything that was read."
_NO_LICENSE = "The policy needs Microsoft Entra ID P2, which the tenant does not have."


def assess_mfa_registration(
    desired: t.Mapping[str, t.Any],
    evidence: MfaRegistrationEvidence,
    attestation: Attestation | None,
    today: date,
    cloud: str,
) -> Json:
    """The verdict on the *desired* options, as the result of a task.

    *desired* is the option as given: only settings that it holds are judged, and nulls count as not given. That the
    policy is on is true also where something else makes users register; that it is off concerns the policy alone.
    An *attestation* decides what nothing else does while it is valid.

    Returns ``{"lane", "compliant", "settings", "evidence", "manual_steps", "attestation", "licence_missing"}``, where
    compliant is true, false or ``unknown``; licence_missing says that the policy itself has no licence.
    """
    answers = [_judge(option, desired[option], evidence) for option in SETTINGS if desired.get(option) is not None]
    attested = with_attestation(answers, attestation, today)
    return assessment_result(
        attested,
        evidence=evidence.to_result(),
        manual_steps=steps(attested, cloud, _way(evidence)),
        attestation=attestation.to_result(today) if attestation else None,
        license_is_missing=_is_licensed(evidence) is False,
    )


def _way(evidence: MfaRegistrationEvidence) -> Way:
    if _is_licensed(evidence) is not False:
        return Way.ADMIN_CENTER
    return Way.DONE_BY_SOMETHING_ELSE if evidence.is_decided else Way.SOMETHING_ELSE


def _is_licensed(evidence: MfaRegistrationEvidence) -> bool | None:
    """Whether the tenant has the licence for the policy (facts section 5.2), or None where nobody can tell."""
    if evidence.tier.value is not None:
        return covers(evidence.tier.value, _TIER)
    # A tenant that may not even read the report has no premium licence at all.
    return False if evidence.users.is_unlicensed else None


def _judge(option: str, wanted: t.Any, evidence: MfaRegistrationEvidence) -> Answer:
    if option == "is_enabled":
        return _judge_on(evidence) if wanted else _judge_off(evidence)
    if option == "include_all_users" and wanted:
        unknown = Answer(option, wanted, note=sentences(_UNREADABLE, _told_besides(evidence)))
        return _by_something_else(option, evidence) or unknown
    return Answer(option, wanted, note=_UNREADABLE)


def _judge_on(evidence: MfaRegistrationEvidence) -> Answer:
    met = _by_something_else("is_enabled", evidence)
    if met is not None:
        return met
    open_questions = _open_questions(evidence)
    if _is_licensed(evidence) is False and not open_questions:
        note = f"{_NO_LICENSE} Nothing else makes users register."
        return Answer("is_enabled", True, False, False, "licence", sentences(note, _told_besides(evidence)))
    return Answer("is_enabled", True, note=sentences(_UNREADABLE, *open_questions, _told_besides(evidence)))


def _judge_off(evidence: MfaRegistrationEvidence) -> Answer:
    if _is_licensed(evidence) is False:
        return Answer("is_enabled", False, False, True, "licence", _NO_LICENSE)
    return Answer("is_enabled", False, note=_UNREADABLE)


def _by_something_else(option: str, evidence: MfaRegistrationEvidence) -> Answer | None:
    """The answer for an *option* that is wanted, where something other than the policy makes everybody register."""
    if evidence.security_defaults.value:
        note = "Security defaults make all users register."
        return Answer(option, True, True, True, "security defaults", note)
    for policy in forcing_policies(evidence.policies.value or ()):
        if not unexpected_exclusions(policy, evidence.expected_exclusions):
            source = f"Conditional Access policy {policy.name!r}"
            return Answer(option, True, True, True, source, "Who has not registered must do so at the next sign-in.")
    return None


def _everybody_has_registered(evidence: MfaRegistrationEvidence) -> bool:
    counts, unregistered = evidence.users.value, evidence.unregistered.value
    return counts is not None and counts.total > 0 and unregistered is not None and unregistered.count == 0


def _open_questions(evidence: MfaRegistrationEvidence) -> list[str]:
    """Why something else might make users register without our knowing, each as a sentence."""
    unread = [sentence(one.problem) for one in (evidence.policies, evidence.security_defaults) if one.problem]
    partial = [_partial(policy, evidence) for policy in forcing_policies(evidence.policies.value or ())]
    return [*unread, *partial]


def _partial(policy: CurrentPolicy, evidence: MfaRegistrationEvidence) -> str:
    excluded = unexpected_exclusions(policy, evidence.expected_exclusions)
    counts = ", ".join(f"{kind}: {len(values)}" for kind, values in excluded.items())
    return f"Conditional Access policy {policy.name!r} makes users register, but leaves some out ({counts})."


def _told_besides(evidence: MfaRegistrationEvidence) -> str:
    """What supports an answer without deciding it."""
    reporting = [repr(one.name) for one in reporting_policies(evidence.policies.value or ())]
    would = f"Policies that would make users register are in report-only: {', '.join(reporting)}." if reporting else ""
    return sentences(would, _EVERYBODY if _everybody_has_registered(evidence) else _told_counts(evidence))


def _told_counts(evidence: MfaRegistrationEvidence) -> str:
    counts, unregistered = evidence.users.value, evidence.unregistered.value
    if counts is None or unregistered is None:
        return sentence(evidence.users.problem or evidence.unregistered.problem)
    least = "" if unregistered.is_complete else "at least "
    return f"Not registered for MFA are {least}{unregistered.count} of {counts.total} users."
