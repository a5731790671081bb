# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The documentation of tests of sign-ins and of the linter, for every module that takes their options."""

from __future__ import annotations

import typing as t

from . import lint_descriptions, sign_in_descriptions
from .documentation import Descriptions, documented, fragment
from .lint_options import lint_options
from .planned_check_options import LINT, PLANNED_CHECKS, SIGN_IN_TESTS
from .sign_in_options import sign_in_test_options

_SINCE = "0.4.0"
_SIGN_INS = Descriptions(
    sign_in_descriptions.DESCRIPTIONS,
    added={"sign_ins.described_user": _SINCE},
)
_LINT = Descriptions(
    {
        **lint_descriptions.DESCRIPTIONS,
        "only_new": "Whether only findings count that the plan brings, and not those that the tenant has already. So "
        "what was wrong before does not stop a change that has nothing to do with it.",
    }
)
_ABOUT = {
    SIGN_IN_TESTS: (
        "Tests of sign-ins, as M(m365.entra.sign_in_test) takes them. They are run against what the plan leads to, "
        "before anything is written and in check mode, too. One that fails blocks the plan.",
        "Names in them are looked up in every run. The tests themselves are run only where something is to be done.",
    ),
    LINT: (
        "Holds what the plan leads to against the rules of M(m365.entra.conditional_access_lint_info), before anything "
        "is written and in check mode, too, where something is to be done. A finding that must not be blocks the plan; "
        "others that count are warnings.",
    ),
}


def sign_in_tests_fragment() -> str:
    """The options of a list of sign-ins."""
    return fragment(documented(sign_in_test_options(), _SIGN_INS))


def lint_fragment() -> str:
    """The options of the linter."""
    return fragment(documented(lint_options(), _LINT))


def planned_checks_fragment() -> str:
    """The options that hold a plan against both."""
    return fragment({name: _planned(name) for name in PLANNED_CHECKS.options})


def _planned(name: str) -> dict[str, t.Any]:
    options, descriptions = PLANNED_CHECKS.options[name]["options"], _SIGN_INS if name == SIGN_IN_TESTS else _LINT
    inner = documented(options, descriptions, mentions=f"{name}.")
    return {
        "description": list(_ABOUT[name]),
        "type": "dict",
        "version_added": _SINCE,
        "suboptions": inner,
    }
