# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is wanted of the two policies that Microsoft offers no supported way to manage, and what holds of them.

In the lane evidence nothing is written: what can be read, and what a person attests, is held against what is wanted. In
the lane portal they are settings like others, reached as a signed-in person.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from .._evidence.attestation import Attestation, attestation_from
from .._evidence.compliance import UNKNOWN, Answer, compliance_result, overall
from .._evidence.mfa_registration import assess_mfa_registration
from .._evidence.mfa_registration_evidence import read_mfa_registration_evidence
from .._evidence.password_reset import assess_password_reset
from .._evidence.password_reset_evidence import read_password_reset_evidence
from .._evidence.reading import Read
from .._evidence.users_in_report import FeatureCounts
from .._graph.errors import EntraError
from .._graph.session import Session
from .._reconcile.list_edit import ADD
from .._reconcile.option_path import prefix_of
from .._reconcile.references import mentions
from .._reconcile.shape import Field, Json, Reference, References
from .._resources import mfa_registration_policy, self_service_password_reset
from .._resources.outcome import Outcome
from .._resources.setting import Setting
from .._resources.setting_options import desired_setting, setting_result
from .._resources.wanted import Wanted
from .._settings.portal_addresses import PortalAddresses
from .._settings.setting_plan import CurrentSetting, DesiredSetting, SettingPlan
from .._spec.setting_options import EVIDENCE, FAIL, PORTAL_LANE, REPORT

SETTINGS: dict[str, Setting] = {
    setting.noun: setting for setting in (mfa_registration_policy.SETTING, self_service_password_reset.SETTING)
}
_GROUP = "password_reset_enabled_group"


class NotAsWanted(EntraError):
    """What was asked for does not hold, or nobody can tell, and the task is to fail then."""


@dataclass(frozen=True)
class WantedVerdict:
    """What is wanted of one of the two policies.

    *lane* says how. *given* are the options that describe the policy, *desired* is the same in the portal's names. The
    task fails on a verdict in *fails_on*, among false and ``unknown``. *reads_audit_log*: whether that is asked
    for resets.
    """

    setting: Setting
    lane: str
    given: Json
    desired: DesiredSetting
    attestation: Attestation | None
    fails_on: tuple[bool | str, ...]
    reads_audit_log: bool = True

    @property
    def is_by_portal(self) -> bool:
        """Whether the policy is read and written through the portal's services."""
        return self.lane == PORTAL_LANE


def wanted_verdict(
    noun: str, options: t.Mapping[str, t.Any], option: str, api_version: str, today: date
) -> WantedVerdict:
    """What the given *options*, at the path *option*, want of the policy *noun*. Raises OptionError."""
    setting = SETTINGS[noun]
    names = {field.option for field in setting.options.fields}
    given = {name: value for name, value in options.items() if name in names and value is not None}
    desired = desired_setting(setting, given, option, api_version)
    fails_on: list[bool | str] = []
    fails_on.extend([False] if (options.get("on_noncompliant") or REPORT) == FAIL else [])
    fails_on.extend([UNKNOWN] if (options.get("on_unknown") or REPORT) == FAIL else [])
    return WantedVerdict(
        setting=setting,
        lane=options.get("lane") or EVIDENCE,
        given=given,
        desired=desired,
        attestation=attestation_from(options.get("attestation"), f"{prefix_of(option)}attestation", today),
        fails_on=tuple(fails_on),
        reads_audit_log=options.get("read_audit_log") is not False,
    )


def today() -> date:
    """The date by which attestations expire, the same on every controller."""
    return datetime.now(UTC).date()


def with_verdict(wanted: Wanted, verdict: WantedVerdict, addresses: PortalAddresses) -> Wanted:
    """*wanted* with the policy: as a setting in the lane portal, else as something that is only looked at."""
    if verdict.is_by_portal:
        settings = {**wanted.settings, verdict.setting.noun: (verdict.desired,)}
        return replace(wanted, settings=settings, portal_addresses=addresses)
    named = mentions(verdict.setting.options, verdict.desired.content, prefix_of(verdict.desired.option))
    return replace(wanted, looked_at=(*wanted.looked_at, *named))


@dataclass(frozen=True)
class Known:
    """What is known already: the authentication methods policy after the run, the counts of all users, the licence."""

    methods_policy: Json | None = None
    users: Read[FeatureCounts] | None = None
    tier: str | None = None


def verdict_result(
    session: Session, outcome: Outcome, verdict: WantedVerdict, known: Known, *, check_mode: bool
) -> Json:
    """The verdict as a result of the task: what holds after the run.

    In check mode the lane portal says what holds now. Evidence says what would hold, and marks what is only planned.
    """
    if verdict.is_by_portal:
        return _portal_result(outcome, verdict, check_mode=check_mode)
    found = _by_evidence(session, outcome, verdict, known)
    return _marked_as_planned(found) if check_mode and outcome.is_changed else found


def _by_evidence(session: Session, outcome: Outcome, verdict: WantedVerdict, known: Known) -> Json:
    if verdict.setting.noun == self_service_password_reset.NOUN:
        return _password_reset(session, outcome, verdict, known)
    return _mfa_registration(session, outcome, verdict, known)


def _marked_as_planned(found: Json) -> Json:
    """*found*, where it rests on what this run would write."""
    written = ("Conditional Access policy", "security defaults", "authentication methods policy")
    settings = [
        {**one, "source": f"{one['source']}, as planned"} if one["source"].startswith(written) else one
        for one in found["settings"]
    ]
    return {**found, "settings": settings}


def _password_reset(session: Session, outcome: Outcome, verdict: WantedVerdict, known: Known) -> Json:
    group = verdict.given.get(_GROUP)
    evidence = read_password_reset_evidence(
        session,
        group=outcome.directory.identify("group", group) if group else None,
        methods_policy=known.methods_policy,
        reads_audit_log=verdict.reads_audit_log,
    )
    return assess_password_reset(verdict.given, evidence, verdict.attestation, today(), session.cloud)


def _mfa_registration(session: Session, outcome: Outcome, verdict: WantedVerdict, known: Known) -> Json:
    excluded = verdict.desired.content.get("excludeGroups") or []
    names = excluded.get(ADD) or [] if isinstance(excluded, dict) else excluded
    groups = [outcome.directory.identify("group", name) for name in names]
    evidence = read_mfa_registration_evidence(
        session,
        policies=outcome.policies,
        security_defaults_are_on=outcome.security_defaults,
        methods_policy=known.methods_policy,
        users=known.users,
        tier=known.tier,
        expected_exclusions=[*outcome.emergency.users, *outcome.emergency.groups, *groups],
    )
    return assess_mfa_registration(verdict.given, evidence, verdict.attestation, today(), session.cloud)


def _portal_result(outcome: Outcome, verdict: WantedVerdict, *, check_mode: bool) -> Json:
    plan = next(one for one in outcome.settings.plans if one.noun == verdict.setting.noun)
    now = plan.current if check_mode else outcome.setting_of(plan)
    answers = _answers(plan, now, verdict, outcome)
    return {
        "lane": PORTAL_LANE,
        "compliant": compliance_result(overall(answers)),
        "settings": [answer.to_result() for answer in answers],
        "evidence": {},
        "manual_steps": [],
        "attestation": None,
        "licence_missing": False,
    }


def _answers(plan: SettingPlan, now: CurrentSetting | None, verdict: WantedVerdict, outcome: Outcome) -> list[Answer]:
    """What the portal shows of each setting that was given."""
    if now is None or plan.content is None:
        raise TypeError("the portal's objects are there and stay there")
    shown = setting_result(now)
    return [
        Answer(
            field.option,
            verdict.given[field.option],
            _named(field, shown.get(field.option), outcome),
            now.content.get(field.name) == plan.content.get(field.name),
            "the portal",
        )
        for field in verdict.setting.options.fields
        if field.option in verdict.given
    ]


def _named(field: Field, value: t.Any, outcome: Outcome) -> t.Any:
    """Groups by the names that were given; others stay ids."""
    if isinstance(field, Reference) and value:
        return outcome.directory.name_of(field.kind, value) or value
    if isinstance(field, References):
        return [outcome.directory.name_of(field.kind, one) or one for one in value or []]
    return value


def require_verdicts(verdicts: t.Mapping[str, tuple[WantedVerdict, Json]], result: Json) -> Json:
    """*result*, unless a verdict (by the name of its policy) is one on which the task is to fail.

    Raises NotAsWanted, which carries the whole result.
    """
    failing = {
        noun: found
        for noun, (wanted, found) in verdicts.items()
        if not wanted.is_by_portal and found["compliant"] in wanted.fails_on
    }
    if not failing:
        return result
    told = "; ".join(_told(noun, found) for noun, found in failing.items())
    raise NotAsWanted(
        f"{told}.",
        remedy="The manual_steps in the result say what to do by hand; what only a person can see can be attested.",
        details=result,
    )


def _told(noun: str, found: Json) -> str:
    wrong = [one["option"] for one in found["settings"] if one["compliant"] is False]
    unknown = [one["option"] for one in found["settings"] if one["compliant"] == UNKNOWN]
    parts = [
        *([f"not as wanted: {', '.join(wrong)}"] if wrong else []),
        *([f"nobody can tell: {', '.join(unknown)}"] if unknown else []),
    ]
    return f"{noun}: {'; '.join(parts) or 'nothing was wanted, so that nothing can hold'}"
