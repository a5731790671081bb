# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of application_template_info: reads the gallery and changes nothing."""

from __future__ import annotations

import typing as t

from .._applications.template import Template, read_templates
from .._spec.application_options import TEMPLATES as SPEC
from .._spec.protocol import MakeSession, ModuleProtocol

__all__ = ["SPEC", "run"]


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """The entries that were asked for. By name the service filters, by category and mode this does."""
    params = module.params
    found = read_templates(make_session(), name=params["display_name"] or "", starts_with=params["starts_with"] or "")
    return {
        "changed": False,
        "application_templates": [one.to_result() for one in found if _was_asked_for(one, params)],
    }


def _was_asked_for(template: Template, params: t.Mapping[str, t.Any]) -> bool:
    category, mode = params["category"], params["single_sign_on_mode"]
    if category and category.lower() not in map(str.lower, template.categories):
        return False
    return not mode or mode in template.single_sign_on_modes
