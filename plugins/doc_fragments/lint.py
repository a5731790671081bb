# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of the linter of policies."""

from __future__ import annotations

from ansible_collections.m365.entra.plugins.module_utils._spec.planned_check_documentation import lint_fragment


class ModuleDocFragment:
    """The options of the linter of policies."""

    # Derived from the options themselves, so that it cannot differ from them.
    DOCUMENTATION: str = lint_fragment()
