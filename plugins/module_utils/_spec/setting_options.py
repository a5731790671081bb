# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options that describe settings of a tenant, alone or as parts of tenant_configuration."""

from __future__ import annotations

from .._graph.api_versions import API_VERSIONS, V1
from .._resources import authentication_method_configuration
from .._settings.authentication_methods_shape import AUTHENTICATION_METHODS_POLICY
from .._settings.authorization_policy_shape import AUTHORIZATION_POLICY
from .._settings.mfa_registration_shape import MFA_REGISTRATION_POLICY
from .._settings.password_reset_shape import SELF_SERVICE_PASSWORD_RESET
from .argument_spec import ArgumentSpec, Options
from .shape_options import options_of

#: The options that say whether a setting is read and written through Graph's beta endpoint.
API_VERSION = ArgumentSpec({"api_version": {"type": "str", "choices": list(API_VERSIONS), "default": V1}})

EVIDENCE = "evidence"
PORTAL_LANE = "portal"
REPORT = "report"
FAIL = "fail"


METHODS_POLICY: Options = options_of(AUTHENTICATION_METHODS_POLICY)
METHOD: Options = {
    "id": {"type": "str", "required": True},
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    **options_of(authentication_method_configuration.OPTIONS),
}
METHODS: Options = {"type": "list", "elements": "dict", "options": METHOD}
AUTHORIZATION: Options = options_of(AUTHORIZATION_POLICY)
PER_USER_MFA: Options = {
    "users": {"type": "list", "elements": "str"},
    "groups": {"type": "list", "elements": "str"},
    "maximum_users": {"type": "int", "default": 1000},
}

_VERDICT: Options = {
    "lane": {"type": "str", "choices": [EVIDENCE, PORTAL_LANE], "default": EVIDENCE},
    "on_noncompliant": {"type": "str", "choices": [REPORT, FAIL], "default": REPORT},
    "on_unknown": {"type": "str", "choices": [REPORT, FAIL], "default": REPORT},
    "attestation": {
        "type": "dict",
        "options": {
            "attested_by": {"type": "str", "required": True},
            "attested_on": {"type": "str", "required": True},
            "valid_until": {"type": "str", "required": True},
        },
    },
}
PASSWORD_RESET: Options = {
    **options_of(SELF_SERVICE_PASSWORD_RESET),
    **_VERDICT,
    "read_audit_log": {"type": "bool", "default": True},
}
MFA_REGISTRATION: Options = {**options_of(MFA_REGISTRATION_POLICY), **_VERDICT}

#: The settings as options of tenant_configuration.
TENANT_SETTINGS = ArgumentSpec(
    {
        "authentication_methods_policy": {"type": "dict", "options": METHODS_POLICY},
        "authentication_method_configurations": METHODS,
        "authorization_policy": {"type": "dict", "options": AUTHORIZATION},
        "mfa_registration_policy": {"type": "dict", "options": MFA_REGISTRATION},
        # Ansible would take the name for that of a secret.
        "self_service_password_reset": {"type": "dict", "options": PASSWORD_RESET, "no_log": False},
        "per_user_mfa": {"type": "dict", "options": PER_USER_MFA},
    }
)
