# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All named policies by name: the baseline's, then Microsoft's further templates.

Identifiers are those of Microsoft's own Conditional Access templates where one exists (facts appendix D).
"""

from __future__ import annotations

from .template import PROFILES, Template
from .template_baseline import BASELINE_TEMPLATES
from .template_microsoft import MICROSOFT_TEMPLATES

__all__ = ["PROFILES", "TEMPLATES", "Template"]

TEMPLATES: dict[str, Template] = {template.name: template for template in (*BASELINE_TEMPLATES, *MICROSOFT_TEMPLATES)}
