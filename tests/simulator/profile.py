# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings of the simulator: how strict and how slow the service is, and what is uncertain about it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal, get_args, get_origin, get_type_hints

from .json_types import JsonObject

ServedAs = Literal["known", "with_unknown_members", "missing", "another_shape"]
Acceptance = Literal["accept", "refuse"]


class InvalidProfile(ValueError):
    """A setting is unknown or has a value it cannot have."""


@dataclass(frozen=True)
class Profile:
    """Every setting with the default of ``python -m simulator``; README.md says what each stands for."""

    consistency_delay_seconds: float = 1.0
    conditional_access_requests_per_second: float = 1.0
    access_token_lifetime_seconds: int = 3599
    refresh_token_renewal: Literal["new", "same", "new_only"] = "new"
    device_code_lifetime_seconds: int = 900
    device_code_interval_seconds: int = 5
    device_code_denied_error: Literal["access_denied", "authorization_declined"] = "access_denied"
    page_size: int = 100
    policy_page_size: int = 999
    cloud: Literal["global", "us_government_l4", "us_government_l5", "china"] = "global"
    error_shape: Literal["message", "inner_error"] = "message"
    not_found_code: Literal["ResourceNotFound", "NotFound"] = "ResourceNotFound"
    strict_security_defaults: bool = False
    managed_policies_on_disabling_security_defaults: bool = False
    managed_policies_state: Literal["enabled", "enabledForReportingButNotEnforced"] = "enabled"
    restore_respects_security_defaults: bool = True
    deleted_policies_count: bool = False
    mask_unknown_enum_members: bool = True
    approved_application_retired: bool = True
    client_app_types_required: bool = True
    read_only_properties_refused: bool = True
    unlicensed_conditional_access: Literal["bad_request", "forbidden", "accept"] = "bad_request"
    workload_identity_licence_enforced: bool = True
    user_actions_in_report_only: bool = True
    both_risk_types_in_one_policy: bool = True
    preview_policies_in_v1_list: Literal["mask", "hide", "fail"] = "mask"
    templates_in_v1: Literal["generally_available", "all"] = "generally_available"
    duplicate_strength_names: Acceptance = "accept"
    referenced_location_delete: Acceptance = "refuse"
    methods_policy_patch_status: Literal[200, 204] = 200
    partial_registration_campaign: Literal["merge", "replace", "refuse"] = "merge"
    unknown_method_targets: Acceptance = "refuse"
    enabled_method_without_targets: Acceptance = "refuse"
    method_type_required: bool = True
    built_in_method_delete: Literal["reset", "refuse"] = "reset"
    role_eligibilities_without_licence: Literal["refuse", "empty"] = "refuse"
    per_user_mfa_permission: Literal["either", "policy", "user_authentication_method"] = "either"
    per_user_mfa_enforces_itself: bool = True
    linked_single_sign_on: Acceptance = "refuse"
    partial_application_parts: Literal["merge", "replace"] = "merge"
    restored_application_brings_service_principal: bool = True
    reports_requests_per_window: int = 5
    reports_window_seconds: float = 10.0
    reports_retry_after: Literal["given", "absent"] = "given"
    report_only_results_in_sign_ins: Literal["with_prefer", "always", "never"] = "with_prefer"
    audit_delay_seconds: float = 5.0
    audits_without_licence: Literal["seven_days", "refuse"] = "seven_days"
    portal_password_reset: ServedAs = "known"
    portal_mfa_registration: ServedAs = "known"
    portal_mfa_registration_path: str = "/portal/{tenant_id}/policies/{policy_id}"
    portal_write_status: Literal[200, 204] = 204
    portal_incomplete_objects: Literal["refuse", "reset"] = "refuse"
    portal_roles_required: bool = False
    portal_licence_required: bool = True
    cidr_host_bits: Literal["canonicalise", "keep", "refuse"] = "canonicalise"
    all_resources_include_authentication_contexts: bool = False
    all_resources_include_device_registration: bool = True
    guests_selected_twice: Acceptance = "accept"
    password_change_with_strength: Acceptance = "accept"
    risk_remediation_with_mfa: Acceptance = "accept"
    risk_remediation_with_other_controls: Acceptance = "accept"
    enforced_restrictions_on_all_applications: Acceptance = "accept"
    workload_policies_without_users: Acceptance = "accept"
    continuous_evaluation_for_workloads: Acceptance = "accept"
    continuous_evaluation_in_report_only: Acceptance = "accept"

    def merged(self, changes: JsonObject) -> Profile:
        """Return a copy with ``changes`` applied.

        Raises:
            InvalidProfile: naming the setting that is unknown or has a wrong value.
        """
        types = get_type_hints(type(self))
        for name, value in changes.items():
            if name not in types:
                raise InvalidProfile(f"'{name}' is not a setting; known are {', '.join(sorted(types))}")
            if not _fits(value, types[name]):
                raise InvalidProfile(f"'{name}' cannot be {value!r}; expected {_describe(types[name])}")
        return replace(self, **changes)

    def as_json(self) -> JsonObject:
        return asdict(self)


# The settings under which unit and integration tests of the product run: nothing is slow, all rules hold.
PROMPT = Profile(
    consistency_delay_seconds=0.0,
    conditional_access_requests_per_second=0.0,
    reports_requests_per_window=0,
    audit_delay_seconds=0.0,
    device_code_interval_seconds=1,
)

SETTING_NAMES = tuple(setting.name for setting in fields(Profile))


def _fits(value: object, expected: Any) -> bool:
    if get_origin(expected) is Literal:
        return value in get_args(expected)
    if expected in (bool, str):
        return isinstance(value, expected)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return value >= 0 and (expected is float or isinstance(value, int))


def _describe(expected: Any) -> str:
    if get_origin(expected) is Literal:
        return " or ".join(repr(choice) for choice in get_args(expected))
    return {bool: "true or false", str: "a text", int: "a whole number of 0 or more"}.get(
        expected, "a number of 0 or more"
    )
