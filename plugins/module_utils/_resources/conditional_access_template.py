# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Microsoft's Conditional Access templates: read, and shown beside the named policies (facts section 2.9)."""

from __future__ import annotations

import typing as t

from .._graph.session import Session
from .._policy.template import Template
from .._policy.template_comparison import Comparison, comparisons, what_is_not_understood
from .._reconcile.canonical import flags
from .._reconcile.compare import Change
from .._reconcile.shape import Json

PATH = "/identity/conditionalAccess/templates"
SCENARIOS = (
    "new",
    "secureFoundation",
    "zeroTrust",
    "remoteWork",
    "protectAdmins",
    "emergingThreats",
    "aiAgents",
)


def read_templates(session: Session, version: str) -> list[Json]:
    """The templates that Microsoft offers through that version of Graph, sorted by name."""
    found = session.list(PATH, version=version)
    return sorted(found, key=lambda one: (str(one.get("name")), str(one.get("id"))))


def scenarios_of(microsoft: Json) -> list[str]:
    """The scenarios of a template as a list."""
    return flags(microsoft.get("scenarios"), SCENARIOS)


def microsoft_template_result(microsoft: Json, templates: t.Iterable[Template]) -> Json:
    """A template of Microsoft and the named policies with its id, as a task returns them."""
    found = comparisons(microsoft, templates)
    return {
        "id": microsoft.get("id"),
        "name": microsoft.get("name"),
        "description": microsoft.get("description"),
        "scenarios": scenarios_of(microsoft),
        "template": found[0].template.name if found else None,
        "differences": _differences(found[0]) if found else [],
        "not_understood": what_is_not_understood(microsoft),
        "variants": [{"template": one.template.name, "differences": _differences(one)} for one in found[1:]],
    }


def named_policy_result(template: Template) -> Json:
    """A named policy without a template of Microsoft, as a task returns it."""
    return {
        "template": template.name,
        "display_name": template.display_name,
        "microsoft_template_id": template.microsoft_template_id,
        "needs_beta": template.needs_beta,
    }


def _differences(comparison: Comparison) -> list[Json]:
    return [_difference(change) for change in comparison.differences]


def _difference(change: Change) -> Json:
    return {"option": change.path, "ours": change.before, "microsoft": change.after}
