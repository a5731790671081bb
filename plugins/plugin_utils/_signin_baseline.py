# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the variables of the role signin_baseline to the options of tenant_configuration. Private to this collection."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from ansible.module_utils.parsing.convert_bool import boolean
from ansible.utils.vars import merge_hash

from ansible_collections.m365.entra.plugins.module_utils._policy.template_catalogue import PROFILES, TEMPLATES
from ansible_collections.m365.entra.plugins.module_utils._resources.license import TIERS
from ansible_collections.m365.entra.plugins.plugin_utils._registration_baseline import (
    Circumstances,
    Registration,
    mfa_registration,
    self_service_password_reset,
)
from ansible_collections.m365.entra.plugins.plugin_utils._signin_baseline_tests import (
    ChosenPolicy,
    People,
    WantedChecks,
    check_options,
)
from ansible_collections.m365.entra.plugins.plugin_utils._signin_exceptions import (
    definition_problems,
    read_exceptions,
    with_exceptions,
)
from ansible_collections.m365.entra.plugins.plugin_utils._signin_form import choice_problems, policy_problems

Settings: t.TypeAlias = t.Mapping[str, t.Any]

PARTS_OF_A_TIER = ("policies", "mfa_registration", "self_service_password_reset")
TIER_NAMES = {"free": "no Entra ID P1 or P2", "p1": "Entra ID P1", "p2": "Entra ID P2"}

MODULE_OPTIONS = (
    "change_enforced",
    "conditions",
    "definition",
    "definition_path",
    "description",
    "display_name",
    "exclude_emergency_access",
    "grant_controls",
    "id",
    "placeholders",
    "policy_state",
    "profile",
    "rollout",
    "session_controls",
    "state",
    "template",
)
OWN_SETTINGS = ("administrators", "enabled", "enforce", "license", "profiles")


@dataclass(frozen=True)
class Wish:
    """What the role's variables say about one tenant, apart from the policies themselves.

    `mfa_registration` and `self_service_password_reset` are settings with their overrides laid over them; `checks` are
    what is looked at before anything is written. `exceptions` are as given, and `today` decides which of them are over.
    """

    license_tier: str = "auto"
    profile: str = "modern"
    enforce: bool = False
    emergency_access_users: list[str] = field(default_factory=list)
    emergency_access_groups: list[str] = field(default_factory=list)
    administrators_group: str = ""
    display_name_prefix: str = ""
    unmanaged: str = "report"
    cloud: str = "global"
    has_portal_credential: bool = False
    rollout: Settings = field(default_factory=dict)
    promote: bool = False
    promotion: Settings = field(default_factory=dict)
    mfa_registration: Settings = field(default_factory=lambda: {"enabled": False})
    self_service_password_reset: Settings = field(default_factory=lambda: {"enabled": False})
    checks: WantedChecks = field(default_factory=WantedChecks)
    exceptions: t.Any = ()
    today: date = field(default_factory=lambda: datetime.now(UTC).date())


@dataclass(frozen=True)
class BaselinePolicy:
    """One policy of the baseline: its key and its settings with the overrides laid over them."""

    key: str
    settings: dict[str, t.Any]

    @property
    def license(self) -> str:
        """The least tier that can hold the policy."""
        return str(self.settings.get("license", "p1"))

    @property
    def is_enforced(self) -> bool:
        """Whether the policy is enforced with the baseline; otherwise it stays staged."""
        return bool(boolean(self.settings.get("enforce", True)))

    @property
    def targets_administrators(self) -> bool:
        """Whether a group of administrators takes the place of the administrator roles."""
        return bool(boolean(self.settings.get("administrators", False)))

    def belongs_to(self, profile: str) -> bool:
        """Return whether the policy is switched on and part of the profile."""
        return bool(boolean(self.settings.get("enabled", True))) and profile in self.settings.get("profiles", PROFILES)

    def own_options(self) -> dict[str, t.Any]:
        """Return the settings that the module understands; the key names the template when nothing else does."""
        options = {name: self.settings[name] for name in MODULE_OPTIONS if name in self.settings}
        if self.key in TEMPLATES and not {"definition", "definition_path"} & set(options):
            options.setdefault("template", self.key)
        return options

    def display_name(self) -> str | None:
        """Return the name that the policy has without a prefix, or None when only its definition knows it."""
        options = self.own_options()
        template = TEMPLATES.get(options.get("template", ""))
        return options.get("display_name") or (template.display_name if template else None)


def baseline_configuration(
    policies: Settings, overrides: Settings, license_found: Settings, wish: Wish
) -> dict[str, t.Any]:
    """Return the options of tenant_configuration that bring a tenant to the baseline, or what stands in the way.

    `policies` and `overrides` are settings by policy key, `license_found` is the license part of tenant_info. The
    result has `problems`, texts that name the variable, the cause and the remedy, and when there are none also
    `license_tier`, `notes` on what is left alone and why, and the options.
    """
    misshapen = [
        *choice_problems(wish.license_tier, TIERS, wish.profile),
        *policy_problems(policies, "signin_baseline_policies"),
        *policy_problems(overrides, "signin_baseline_policy_overrides"),
    ]
    if misshapen:
        return {"problems": misshapen}
    described = [described_policy(key, settings, overrides.get(key)) for key, settings in policies.items()]
    chosen = [policy for policy in described if policy.belongs_to(wish.profile)]
    tier = license_found["tier"] if wish.license_tier == "auto" else wish.license_tier
    registration = registration_of(wish, tier)
    exceptions = read_exceptions(wish.exceptions, set(policies) | set(TEMPLATES), wish.today)
    problems = [
        *emergency_access_problems(wish),
        *tier_problems(tier, license_found),
        *override_problems(policies, overrides),
        *setting_problems(described),
        *above_tier_problems(chosen, tier),
        *(prefix_problems(chosen) if wish.display_name_prefix else []),
        *registration.problems,
        *exceptions.problems,
        *definition_problems(exceptions, {policy.key: policy.settings for policy in chosen}),
    ]
    if problems:
        return {"problems": problems}
    configuration: dict[str, t.Any] = {
        "problems": [],
        "license_tier": tier,
        "license_found": license_found["tier"],
        "notes": [*registration.notes, *exceptions.notes],
        "exceptions": [one.to_report(one.policy in {policy.key for policy in chosen}) for one in exceptions.all],
        "emergency_access": {"users": wish.emergency_access_users, "groups": wish.emergency_access_groups},
        **registration.options,
    }
    if wish.enforce:
        configuration["security_defaults"] = {"is_enabled": tier == "free"}
    # Without a premium licence no policy can be written, and those that are left over are reported all the same.
    configuration["conditional_access_policies"] = {
        "policies": [
            with_exceptions(policy_options(policy, wish), exceptions.of(policy.key), wish.profile) for policy in chosen
        ],
        "unmanaged": wish.unmanaged,
        **rollout_options(wish),
    }
    return {**configuration, **checks_of(chosen, wish)}


def checks_of(policies: list[BaselinePolicy], wish: Wish) -> dict[str, t.Any]:
    """Return the tests that show whether the policies do what they are for, and what the linter must not find.

    What is only staged counts as if it were enforced. A policy that begins with a ring is not for everybody yet.
    """
    staged = not wish.enforce or bool(wish.rollout) or any("rollout" in policy.settings for policy in policies)
    people = People(wish.emergency_access_users, wish.emergency_access_groups, wish.administrators_group)
    tested = [chosen_policy(policy, wish, staged) for policy in policies if not begins_with_a_ring(policy, wish)]
    return check_options([one for one in tested if one], people, wish.checks, include_report_only=staged)


def chosen_policy(policy: BaselinePolicy, wish: Wish, staged: bool) -> ChosenPolicy | None:
    """Return the policy as tests speak of it; None where only its definition knows its name."""
    options = policy_options(policy, wish)
    name = options.get("id") or options.get("display_name") or policy.display_name()
    counts = staged or options.get("policy_state") == "enabled"
    return ChosenPolicy(policy.key, str(name), policy.own_options(), counts) if name else None


def begins_with_a_ring(policy: BaselinePolicy, wish: Wish) -> bool:
    """Return whether a rollout lets the policy reach some first, and others later."""
    return bool({**wish.rollout, **(policy.settings.get("rollout") or {})}.get("rings"))


def rollout_options(wish: Wish) -> dict[str, t.Any]:
    """Return how policies come to be enforced, where they are to be; without enforcement nothing is promoted."""
    if not wish.enforce:
        return {}
    options: dict[str, t.Any] = {"rollout": dict(wish.rollout)} if wish.rollout else {}
    if not wish.promote:
        return options
    return {**options, "promote": True, **({"promotion": dict(wish.promotion)} if wish.promotion else {})}


def registration_of(wish: Wish, tier: str) -> Registration:
    """Return what the baseline means for MFA registration and password reset on the tier."""
    circumstances = Circumstances(
        tier=tier,
        profile=wish.profile,
        enforce=wish.enforce,
        cloud=wish.cloud,
        emergency_access_users=wish.emergency_access_users,
        emergency_access_groups=wish.emergency_access_groups,
        has_portal_credential=wish.has_portal_credential,
    )
    variable = "signin_baseline_{0} or signin_baseline_{0}_overrides"
    registered = mfa_registration(wish.mfa_registration, variable.format("mfa_registration"), circumstances)
    return registered.joined(
        self_service_password_reset(
            wish.self_service_password_reset, variable.format("self_service_password_reset"), circumstances
        )
    )


def described_policy(key: str, settings: Settings | None, override: Settings | None) -> BaselinePolicy:
    """Return one policy from its settings and what overrides them."""
    return BaselinePolicy(key, merge_hash(dict(settings or {}), dict(override or {})))


def policy_options(policy: BaselinePolicy, wish: Wish) -> dict[str, t.Any]:
    """Return the options of one policy.

    Without enforcement the state is left unset and an enforced policy is left alone, so that new policies start in
    report-only and a run that only meant to stage changes nothing of how people sign in.
    """
    options = policy.own_options()
    if "template" in options:
        options.setdefault("profile", wish.profile)
    if wish.enforce and policy.is_enforced:
        options.setdefault("policy_state", "enabled")
    else:
        # A rollout ends with an enforced policy.
        options.pop("rollout", None)
    if not wish.enforce:
        options.setdefault("change_enforced", False)
    if wish.display_name_prefix:
        options["display_name"] = f"{wish.display_name_prefix}{policy.display_name()}"
    if wish.administrators_group and policy.targets_administrators:
        group_alone = {"users": {"include_roles": [], "include_groups": [wish.administrators_group]}}
        options["conditions"] = merge_hash(options.get("conditions") or {}, group_alone)
    return options


def emergency_access_problems(wish: Wish) -> list[str]:
    """Return what is wrong with the emergency access accounts, as far as it shows without asking the tenant."""
    if wish.emergency_access_users or wish.emergency_access_groups:
        return []
    return [
        "signin_baseline_emergency_access_users and signin_baseline_emergency_access_groups are both empty. A baseline "
        "that nobody is excluded from can lock everybody out of the tenant. Name at least one user or group that holds "
        "your emergency access accounts; the baseline excludes them from each of its policies."
    ]


def tier_problems(tier: str, license_found: Settings, variable: str = "signin_baseline_license_tier") -> list[str]:
    """Return what is wrong with applying the tier, given by the variable, to a tenant that has these licences."""
    found = license_found["tier"]
    if TIERS.index(tier) <= TIERS.index(found):
        return []
    reason = str(license_found["reason"]).rstrip(".")
    return [
        f"{variable}: {tier} was given, but the tenant has {TIER_NAMES[found]} ({reason}). "
        f"Give {found} or auto, or bring {TIER_NAMES[tier]} to the tenant."
    ]


def override_problems(policies: Settings, overrides: Settings) -> list[str]:
    """Return what is wrong with the keys of the overrides.

    A template that only another tier uses is passed over, so that one set of overrides serves tenants of all tiers.
    """
    known = set(policies) | set(TEMPLATES)
    unknown = sorted(set(overrides) - known)
    if not unknown:
        return []
    return [
        f"signin_baseline_policy_overrides: {', '.join(unknown)}: there is no such policy. "
        f"Known are: {', '.join(sorted(known))}."
    ]


def setting_problems(policies: list[BaselinePolicy]) -> list[str]:
    """Return what is wrong with the settings of policies, also of those that are switched off."""
    problems = []
    for policy in policies:
        unknown = sorted(set(policy.settings) - set(MODULE_OPTIONS) - set(OWN_SETTINGS))
        if unknown:
            problems.append(
                f"The policy {policy.key} in signin_baseline_policies or signin_baseline_policy_overrides: unknown "
                f"setting {', '.join(unknown)}. Known are: {', '.join(sorted(OWN_SETTINGS + MODULE_OPTIONS))}."
            )
        if policy.license not in TIERS[1:]:
            problems.append(
                f"signin_baseline_policies.{policy.key}.license: {policy.license} is no licence that policies need; "
                "give p1 or p2."
            )
    return problems


def above_tier_problems(policies: list[BaselinePolicy], tier: str) -> list[str]:
    """Return which policies need more than the tier holds: leaving them out would leave a gap unseen."""
    above = [policy for policy in policies if policy.license in TIERS[TIERS.index(tier) + 1 :]]
    if not above:
        return []
    needs = ", ".join(f"{policy.key} ({TIER_NAMES[policy.license]})" for policy in above)
    return [
        f"signin_baseline_policies: the tier applied has {TIER_NAMES[tier]}, but more is needed by: {needs}. Use the "
        "role of the tier, or switch these off in signin_baseline_policy_overrides with enabled: false."
    ]


def prefix_problems(policies: list[BaselinePolicy]) -> list[str]:
    """Return which policies have no known name that a prefix could be put before."""
    return [
        f"signin_baseline_policies.{policy.key}.display_name: needed, because signin_baseline_display_name_prefix is "
        "put before a name that is given here or comes from a template."
        for policy in policies
        if not policy.display_name()
    ]
