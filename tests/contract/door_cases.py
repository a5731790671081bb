# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks that go through both doors: each kind of option, fault, secret, warning and keyword that Ansible knows."""

from __future__ import annotations

from simulator.json_types import JsonObject

LOCATION = {"display_name": "Head office", "ip_ranges": ["192.0.2.0/24"], "is_trusted": True}
POLICY = {
    "display_name": "Require MFA",
    "policy_state": "report_only",
    "conditions": {
        "client_app_types": ["all"],
        "applications": {"include_applications": ["All"]},
        "users": {"include_users": ["All"]},
    },
    "grant_controls": {"operator": "OR", "built_in_controls": ["mfa"]},
}


def task(module: str, options: object = None, **keywords: object) -> JsonObject:
    """Return a task that may fail without ending the play."""
    return {f"m365.entra.{module}": options or {}, "ignore_errors": True, **keywords}


READING = [task("tenant_info"), task("conditional_access_lint_info"), task("authorization_policy_info")]
WRITING = [
    task("named_location", LOCATION, check_mode=True, diff=True),
    task("named_location", LOCATION, diff=True),
    task("named_location", LOCATION, diff=True),
    task("conditional_access_policy", POLICY, check_mode=True, diff=True),
    task("conditional_access_policy", POLICY),
    task("conditional_access_policy", {**POLICY, "policy_state": "disabled"}, diff=True),
    task("security_defaults", {"is_enabled": True}),
    task("tenant_configuration", {"conditional_access_policies": {"policies": [POLICY]}}, check_mode=True, diff=True),
]
# What is wrong with options alone is compared in a unit test, with many more cases.
FAULTY = [
    task("tenant_info", {"no_such_option": 1}),
    task("tenant_info", {"auth_method": "certificate", "certificate_path": "~/not/there.pem"}),
    task("conditional_access_policy", {**POLICY, "conditions": {"users": {"include_users": ["nobody@example.com"]}}}),
    task("tenant_info", {"client_secret": "wrong-secret-value"}),
    task("tenant_info", {"tenant_id": None}),
]
KEYWORDS = [
    task("tenant_info", {"client_secret": "{{ omit }}"}, environment={"AZURE_CLIENT_SECRET": "{{ secret }}"}),
    task("tenant_info", {"client_secret": "{{ vaulted_secret }}"}),
    task("tenant_info", {}, no_log=True),
    task("tenant_info", {}, delegate_to="localhost"),
    # What reads like the secret is hidden wherever it stands.
    task("tenant_info", {"graph_url": "https://{{ secret }}.invalid"}),
    task(
        "self_service_password_reset",
        {"enablement_type": "all", "portal": {"refresh_token": "a-secret-of-a-person"}, "lane": "portal"},
        check_mode=True,
    ),
    task("conditional_access_policy_info", module_defaults={"m365.entra.conditional_access_policy": POLICY}),
]
TASKS = [*READING, *WRITING, *FAULTY, *KEYWORDS]
