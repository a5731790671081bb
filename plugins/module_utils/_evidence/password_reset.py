# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether self-service password reset is as wanted, as far as anybody can tell without the portal."""

from __future__ import annotations

import typing as t
from datetime import date

from .._reconcile.shape import Json
from .assessment_result import assessment_result
from .attestation import Attestation
from .compliance import Answer, sentence, with_attestation
from .methods_policy import ALLOWANCES, NAME, Allowance, decides_alone
from .password_reset_evidence import PasswordResetEvidence
from .password_reset_scope import judge_group, judge_scope
from .password_reset_steps import steps
from .reading import Read

# In the order in which the admin center asks for them.
SETTINGS = (
    "enablement_type",
    "password_reset_enabled_group",
    "number_of_authentication_methods_required",
    "mobile_app_notification_enabled",
    "mobile_app_code_enabled",
    "email_option_enabled",
    "mobile_phone_option_enabled",
    "office_phone_option_enabled",
    "security_questions_option_enabled",
    "number_of_questions_to_register",
    "number_of_questions_to_reset",
    "registration_required_on_sign_in",
    "registration_reconfirm_interval_in_days",
    "notify_users_on_password_reset",
    "notify_on_admin_password_reset",
    "customize_helpdesk_link",
    "custom_helpdesk_email_or_url",
)
_UNREADABLE = "Microsoft offers no supported way to read this setting."
_LEGACY_COUNTS = "The methods are not migrated completely: legacy settings of password reset count, and cannot be read."


def assess_password_reset(
    desired: t.Mapping[str, t.Any],
    evidence: PasswordResetEvidence,
    attestation: Attestation | None,
    today: date,
    cloud: str,
) -> Json:
    """The verdict on the *desired* options, as the result of a task.

    *desired* is the option as given: only settings that it holds are judged, and nulls count as not given.
    An *attestation* decides what nothing else does while it is valid.

    Returns ``{"lane", "compliant", "settings", "evidence", "manual_steps", "attestation", "licence_missing"}``, where
    compliant is true, false or ``unknown``.
    """
    answers = [_judge(option, desired[option], evidence) for option in SETTINGS if desired.get(option) is not None]
    attested = with_attestation(answers, attestation, today)
    return assessment_result(
        attested,
        evidence=evidence.to_result(),
        manual_steps=steps(attested, cloud),
        attestation=attestation.to_result(today) if attestation else None,
        license_is_missing=evidence.users.is_unlicensed,
    )


def _judge(option: str, wanted: t.Any, evidence: PasswordResetEvidence) -> Answer:
    if option == "enablement_type":
        return judge_scope(str(wanted), evidence.users, evidence.group)
    if option == "password_reset_enabled_group":
        return judge_group(str(wanted), evidence.users, evidence.group)
    if option in ALLOWANCES:
        return _judge_method(option, bool(wanted), evidence.methods_policy)
    return Answer(option, wanted, note=_UNREADABLE)


def _judge_method(option: str, wanted: bool, read: Read[Json]) -> Answer:
    policy = read.value
    if policy is None:
        return Answer(option, wanted, note=sentence(read.problem))
    if not decides_alone(policy):
        return Answer(option, wanted, note=_LEGACY_COUNTS)
    allowance = ALLOWANCES[option](policy)
    if allowance is None:
        return Answer(option, wanted, note=f"The {NAME} does not have this method.")
    return _judge_allowance(option, wanted, allowance)


def _judge_allowance(option: str, wanted: bool, allowance: Allowance) -> Answer:
    """Whether a method counts as available; enabled for some is enough to deny that it is off, not that it is on."""
    some = _for_whom(allowance) if wanted and allowance.is_allowed else ""
    if some:
        return Answer(option, wanted, True, None, NAME, some)
    return Answer(option, wanted, allowance.is_allowed, allowance.is_allowed == wanted, NAME)


def _for_whom(allowance: Allowance) -> str:
    """Why nobody can tell whether a method is for all whom it concerns; nothing for one that is for all users."""
    if not allowance.for_everyone:
        return f"The {NAME} enables it for some groups; whether these are all whom it concerns, nobody can tell."
    if allowance.excluded:
        return f"The {NAME} enables it, but excludes groups ({allowance.excluded}); who is in them, nobody has counted."
    return ""
