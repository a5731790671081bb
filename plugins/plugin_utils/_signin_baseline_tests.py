# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The baseline's tests of itself: sign-ins that show whether its policies do what they are for. Private to this
collection.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

Json: t.TypeAlias = dict[str, t.Any]

GLOBAL_ADMINISTRATOR = "Global Administrator"
NO_LINT = "none"

_OFFICE: Json = {"application": "Office365"}
_ADMIN_PORTALS: Json = {"application": "MicrosoftAdminPortals"}
# An ordinary sign-in, as far as policies of the baseline ask; a test says what is different.
_ORDINARY: Json = {
    "client_app_type": "browser",
    "device_platform": "windows",
    "authentication_flow": "none",
    "sign_in_risk_level": "none",
    "user_risk_level": "none",
}
_OF_DESKTOP: Json = {"client_app_type": "mobileAppsAndDesktopClients"}
_MEMBER: Json = {"described_user": {}}
_GUEST: Json = {"described_user": {}, "guest_type": "b2bCollaborationGuest"}

# Who changes one of these has a policy of their own under the baseline's name.
_MAKE_IT_ANOTHER = frozenset({"conditions", "definition", "definition_path", "grant_controls", "template"})


@dataclass(frozen=True)
class WantedChecks:
    """What the role's variables say about tests of sign-ins and about the linter."""

    sign_in_tests: bool = True
    additional_sign_in_tests: list[Json] = field(default_factory=list)
    on_failure: str = "report"
    lint_fail_on: str = NO_LINT


@dataclass(frozen=True)
class ChosenPolicy:
    """A policy that the baseline chose: its *key*, its *name* (or id) in the tenant, and its own *settings*.

    *counts*: what it does counts for the outcome of a sign-in.
    """

    key: str
    name: str
    settings: t.Mapping[str, t.Any]
    counts: bool

    @property
    def is_as_shipped(self) -> bool:
        """Whether the policy is still what its key says, for everybody; whom it leaves out besides is no matter."""
        settings = self.settings
        if settings.get("state") == "absent" or settings.get("policy_state") == "disabled":
            return False
        changed = {name for name in _MAKE_IT_ANOTHER if name in settings and settings[name] != self.key}
        return not changed or (changed == {"conditions"} and _only_leaves_out(settings["conditions"]))


def _only_leaves_out(conditions: t.Mapping[str, t.Any]) -> bool:
    return set(conditions) <= {"users"} and set(conditions.get("users") or {}) <= {"exclude_users", "exclude_groups"}


@dataclass(frozen=True)
class Sample:
    """A sign-in that one policy of the baseline is for; *is_stopped*: the policy blocks it."""

    name: str
    details: Json
    is_stopped: bool = False


@dataclass(frozen=True)
class People:
    """Whom the baseline knows by name: emergency access accounts, and the group that stands for administrators."""

    emergency_users: t.Sequence[str] = field(default_factory=tuple)
    emergency_groups: t.Sequence[str] = field(default_factory=tuple)
    administrators_group: str = ""

    @property
    def administrator(self) -> Json:
        """An administrator by description."""
        return _described(groups=[self.administrators_group] if self.administrators_group else [])


def _described(*, groups: t.Sequence[str]) -> Json:
    return {"described_user": {"roles": [GLOBAL_ADMINISTRATOR], "groups": list(groups)}}


def check_options(
    policies: t.Iterable[ChosenPolicy], people: People, checks: WantedChecks, *, include_report_only: bool
) -> Json:
    """Return the options `sign_in_tests` and `lint` of tenant_configuration, each where it is wanted."""
    own = baseline_sign_ins(policies, people) if checks.sign_in_tests else []
    sign_ins = [*own, *checks.additional_sign_in_tests]
    options: Json = {}
    if sign_ins:
        options["sign_in_tests"] = {
            "sign_ins": sign_ins,
            "include_report_only": include_report_only,
            "on_failure": checks.on_failure,
        }
    if checks.lint_fail_on != NO_LINT:
        options["lint"] = {"fail_on": checks.lint_fail_on}
    return options


def baseline_sign_ins(policies: t.Iterable[ChosenPolicy], people: People) -> list[Json]:
    """Return the sign-ins that show whether *policies* do what they are for, and let emergency access in.

    What a policy is for is left out where its settings have made another policy of it. None are returned where no
    policy is tested.
    """
    tested = [
        _expecting(sample, policy)
        for policy in policies
        if policy.is_as_shipped
        for sample in samples_of(policy.key, people)
    ]
    return [*tested, *emergency_sign_ins(people)] if tested else []


def _expecting(sample: Sample, policy: ChosenPolicy) -> Json:
    expected: Json = {"policies_apply": [policy.name]}
    if sample.is_stopped and policy.counts:
        expected["outcome"] = "blocked"
    return {"name": f"{policy.key}: {sample.name}", **_ORDINARY, **sample.details, "expect": expected}


def samples_of(key: str, people: People) -> list[Sample]:
    """Return the sign-ins that the policy *key* is for; none for a policy that the baseline does not ship."""
    administrator = Sample("an administrator in the admin portals", {**people.administrator, **_ADMIN_PORTALS})
    in_office = Sample("an administrator in Office 365", {**people.administrator, **_OFFICE})
    samples: dict[str, list[Sample]] = {
        "require_mfa_for_administrators": [administrator, in_office],
        "require_phishing_resistant_mfa_for_administrators": [administrator, in_office],
        "require_mfa_for_all_users": [
            Sample("a member in a browser", {**_MEMBER, **_OFFICE}),
            Sample("a member in a desktop application", {**_MEMBER, **_OFFICE, **_OF_DESKTOP}),
            Sample("a guest", {**_GUEST, **_OFFICE}),
            administrator,
        ],
        "block_legacy_authentication": _legacy_clients(),
        "block_clients_without_modern_authentication": _legacy_clients(),
        "block_device_code_flow": [_by_flow("a device code", "deviceCodeFlow")],
        "block_authentication_transfer": [_by_flow("a transfer from another device", "authenticationTransfer")],
        "secure_security_information_registration": [
            Sample(
                "a member registers outside trusted locations",
                {**_MEMBER, "user_action": "register_security_information", "trusted_location": False},
            )
        ],
        "require_mfa_for_device_registration": [
            Sample("a member joins a device", {**_MEMBER, "user_action": "register_device"})
        ],
        "require_mfa_for_risky_sign_ins": [
            Sample(f"{level} risk", {**_MEMBER, **_OFFICE, "sign_in_risk_level": level}) for level in ("medium", "high")
        ],
        "require_password_change_for_high_risk_users": [
            Sample("a member at high risk", {**_MEMBER, **_OFFICE, "user_risk_level": "high"})
        ],
        "require_compliant_device": [Sample("a member", {**_MEMBER, **_OFFICE})],
    }
    return samples.get(key, [])


def _legacy_clients() -> list[Sample]:
    names = {"exchangeActiveSync": "Exchange ActiveSync", "other": "an old mail client"}
    return [
        Sample(name, {**_MEMBER, **_OFFICE, "client_app_type": client}, is_stopped=True)
        for client, name in names.items()
    ]


def _by_flow(name: str, flow: str) -> Sample:
    return Sample(name, {**_MEMBER, **_OFFICE, **_OF_DESKTOP, "authentication_flow": flow}, is_stopped=True)


def emergency_sign_ins(people: People) -> list[Json]:
    """Return the sign-ins that must let emergency access into the admin portals, in a browser and in an application."""
    accounts: list[tuple[str, Json]] = [
        *((name, {"user": name}) for name in people.emergency_users),
        *((f"a member of {name}", _described(groups=[name])) for name in people.emergency_groups),
    ]
    clients = {"a browser": {}, "an application": _OF_DESKTOP}
    return [
        {
            "name": f"Emergency access: {name} in {client}",
            **_ORDINARY,
            **who,
            **_ADMIN_PORTALS,
            **details,
            "expect": {"outcome": "granted"},
        }
        for name, who in accounts
        for client, details in clients.items()
    ]
