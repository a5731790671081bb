# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options that say what the linter takes for forgotten, what is accepted, and what must not be."""

from __future__ import annotations

from .._linting.finding import SEVERITIES
from .._linting.linted_tenant import DEFAULT_REPORT_ONLY_DAYS
from .._linting.wanted_lint import DEFAULT_MAXIMUM_GROUPS, NEVER
from .argument_spec import Options


def lint_options() -> Options:
    """The options of a look at policies, whether they are there or planned."""
    return {
        "report_only_days": {"type": "int", "default": DEFAULT_REPORT_ONLY_DAYS},
        "maximum_groups": {"type": "int", "default": DEFAULT_MAXIMUM_GROUPS},
        "ignore": {
            "type": "list",
            "elements": "dict",
            "options": {
                "rule": {"type": "str", "required": True},
                "policy": {"type": "str"},
                "until": {"type": "str"},
                "reason": {"type": "str", "required": True},
            },
        },
        "fail_on": {"type": "str", "choices": [*SEVERITIES, NEVER], "default": NEVER},
    }
