# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Compares the templates that Microsoft offers with the named policies of this collection."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._reconcile.compare import Change, changes
from .._reconcile.shape import Json
from .canonical_policy import canonical_policy
from .definition import not_understood
from .definition_formats import policy_of
from .policy_shape import POLICY
from .template import Template

# Microsoft's text where the emergency access accounts belong (facts section 2.6, rule 32).
_PLACEHOLDER = "current administrator"


@dataclass(frozen=True)
class Comparison:
    """A named policy beside a template of Microsoft; in *differences* before is ours and after Microsoft's."""

    template: Template
    differences: tuple[Change, ...]


def what_is_not_understood(microsoft: Json) -> list[str]:
    """What Microsoft's template says that cannot be compared, because the shape of a policy has no place for it."""
    return not_understood(_policy(microsoft))


def compare_template(template: Template, microsoft: Json) -> Comparison:
    """What *template* asks for otherwise than Microsoft's template, as Graph answers it."""
    ours = _content(template.content_for("modern"))
    theirs = _content(_policy(microsoft))
    return Comparison(template, tuple(changes(POLICY, ours, theirs)))


def comparisons(microsoft: Json, templates: t.Iterable[Template]) -> list[Comparison]:
    """Every named policy with the id of Microsoft's template beside it, those that differ least first."""
    identifier = str(microsoft.get("id") or "").lower()
    found = [compare_template(one, microsoft) for one in templates if one.microsoft_template_id == identifier]
    return sorted(found, key=lambda one: len(one.differences))


def without_counterpart(templates: t.Iterable[Template], microsoft: t.Iterable[Json]) -> list[Template]:
    """The named policies for which Microsoft offers no template."""
    offered = {str(one.get("id") or "").lower() for one in microsoft}
    return [template for template in templates if template.microsoft_template_id not in offered]


def _policy(microsoft: Json) -> Json:
    return policy_of({"name": microsoft.get("name"), "details": microsoft.get("details") or {}}, "template")


def _content(policy: Json) -> Json:
    """The canonical content without its name, which is no difference, and without the placeholder."""
    users = (policy.get("conditions") or {}).get("users") or {}
    excluded = [value for value in users.get("excludeUsers") or [] if _PLACEHOLDER not in str(value).lower()]
    conditions = {**(policy.get("conditions") or {}), "users": {**users, "excludeUsers": excluded}}
    return canonical_policy({**policy, "conditions": conditions, "displayName": None, "description": None})
