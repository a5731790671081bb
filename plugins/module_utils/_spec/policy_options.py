# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options that describe one Conditional Access policy, alone or in a list."""

from __future__ import annotations

from .._guard.lockout import CHECKS
from .._policy.policy_shape import CONDITIONS, GRANT_CONTROLS, SESSION_CONTROLS
from .._policy.template_catalogue import PROFILES, TEMPLATES
from .._policy.unmanaged import IGNORE, MODES
from .._policy.vocabulary import STATE_BY_OPTION
from .argument_spec import ArgumentSpec, Options
from .rollout_options import PROMOTE, ROLLOUT
from .setting_options import API_VERSION
from .shape_options import option_of

_POLICY: Options = {
    "display_name": {"type": "str"},
    "id": {"type": "str"},
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    "previous_name": {"type": "str"},
    "restore": {"type": "bool", "default": False},
    "policy_state": {"type": "str", "choices": list(STATE_BY_OPTION)},
    "complete": {"type": "bool", "default": False},
    "description": {"type": "str"},
    "conditions": option_of(CONDITIONS),
    "grant_controls": option_of(GRANT_CONTROLS),
    "session_controls": option_of(SESSION_CONTROLS),
    "template": {"type": "str", "choices": list(TEMPLATES)},
    "profile": {"type": "str", "choices": list(PROFILES), "default": "modern"},
    "definition": {"type": "raw"},
    "definition_path": {"type": "path"},
    "placeholders": {"type": "dict"},
    "exclude_emergency_access": {"type": "bool", "default": True},
    "change_enforced": {"type": "bool", "default": True},
    **ROLLOUT,
}

POLICY = ArgumentSpec(
    _POLICY,
    mutually_exclusive=(("template", "definition", "definition_path"),),
    required_one_of=(("display_name", "id", "template", "definition", "definition_path"),),
)

POLICIES: Options = {
    "type": "list",
    "elements": "dict",
    "options": _POLICY,
    "mutually_exclusive": [list(names) for names in POLICY.mutually_exclusive],
    "required_one_of": [list(names) for names in POLICY.required_one_of],
}

# What goes for the policies that are not listed, and for all.
AROUND_THE_LIST: Options = {
    **ROLLOUT,
    **PROMOTE,
    "unmanaged": {"type": "str", "choices": list(MODES), "default": IGNORE},
    "protected_display_names": {"type": "list", "elements": "str", "default": []},
    "protected_display_name_prefixes": {"type": "list", "elements": "str", "default": []},
    "every_policy": {
        "type": "dict",
        "options": {
            "conditions": {
                "type": "dict",
                "options": {
                    "users": {
                        "type": "dict",
                        "options": {
                            name: {"type": "raw"} for name in ("exclude_users", "exclude_groups", "exclude_roles")
                        },
                    }
                },
            }
        },
    },
}

# How policies are read and written, and what becomes of groups that they name.
LANE = API_VERSION.merged(
    ArgumentSpec(
        {
            "groups": {
                "type": "dict",
                "options": {"missing": {"type": "str", "choices": ["fail", "create"], "default": "fail"}},
            },
        }
    )
)

EMERGENCY_ACCESS = ArgumentSpec(
    {
        "override_guards": {"type": "list", "elements": "str", "choices": list(CHECKS), "default": []},
        "emergency_access": {
            "type": "dict",
            "options": {
                "users": {"type": "list", "elements": "str"},
                "groups": {"type": "list", "elements": "str"},
            },
        },
    }
)
