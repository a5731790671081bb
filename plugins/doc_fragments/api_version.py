# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Through which version of Graph a setting is read and written."""

from __future__ import annotations

from ansible_collections.m365.entra.plugins.module_utils._spec.setting_documentation import api_version_fragment


class ModuleDocFragment:
    """Through which version of Graph a setting is read and written."""

    # Derived from the options themselves, so that it cannot differ from them.
    DOCUMENTATION: str = api_version_fragment()
