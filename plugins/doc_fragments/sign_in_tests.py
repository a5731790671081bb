# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of a list of sign-ins that are tested."""

from __future__ import annotations

from ansible_collections.m365.entra.plugins.module_utils._spec.planned_check_documentation import sign_in_tests_fragment


class ModuleDocFragment:
    """The options of a list of sign-ins that are tested."""

    # Derived from the options themselves, so that it cannot differ from them.
    DOCUMENTATION: str = sign_in_tests_fragment()
