# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options that hold a plan against tests of sign-ins and the linter before anything is written."""

from __future__ import annotations

from .argument_spec import ArgumentSpec
from .lint_options import lint_options
from .sign_in_options import sign_in_test_options

SIGN_IN_TESTS = "sign_in_tests"
LINT = "lint"

PLANNED_CHECKS = ArgumentSpec(
    {
        SIGN_IN_TESTS: {"type": "dict", "options": sign_in_test_options()},
        LINT: {"type": "dict", "options": {**lint_options(), "only_new": {"type": "bool", "default": True}}},
    }
)
