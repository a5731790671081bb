# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of staged rollouts: of one policy, of a list, and how they are promoted."""

from __future__ import annotations

from .._rollout.promoting import DEFAULT_MAXIMUM_SIGN_INS, DEFAULT_MAXIMUM_USERS
from .._rollout.rollout import CHANGES, NOT_SHOWN
from .argument_spec import Options

# No defaults here: what is not said of one policy comes from the rollout of its list.
_ROLLOUT: Options = {
    "is_enabled": {"type": "bool"},
    "soak_days": {"type": "float"},
    "maximum_would_fail_users": {"type": "int"},
    "maximum_would_fail_share": {"type": "float"},
    "minimum_sign_ins": {"type": "int"},
    "observation_days": {"type": "int"},
    "not_shown": {"type": "str", "choices": list(NOT_SHOWN)},
    "changes": {"type": "str", "choices": list(CHANGES)},
    "rings": {
        "type": "list",
        "elements": "dict",
        "options": {
            "name": {"type": "str", "required": True},
            "include_users": {"type": "list", "elements": "str"},
            "include_groups": {"type": "list", "elements": "str"},
            "include_roles": {"type": "list", "elements": "str"},
        },
    },
}

ROLLOUT: Options = {"rollout": {"type": "dict", "options": _ROLLOUT}}

PROMOTE: Options = {
    "promote": {"type": "bool", "default": False},
    "promotion": {
        "type": "dict",
        "options": {
            "maximum_sign_ins": {"type": "int", "default": DEFAULT_MAXIMUM_SIGN_INS},
            "maximum_users": {"type": "int", "default": DEFAULT_MAXIMUM_USERS},
            "include_non_interactive": {"type": "bool", "default": False},
        },
    },
}
