# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans for named objects from the options that a task gives."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import EntraError
from ansible_collections.m365.entra.plugins.module_utils._reconcile.object_plan import ObjectPlan
from ansible_collections.m365.entra.plugins.module_utils._resources.declaration import Resource
from ansible_collections.m365.entra.plugins.module_utils._resources.object_options import desired_object

Json = dict[str, t.Any]


def object_plan(resource: Resource, options: Json, *existing: Json, option: str = "") -> ObjectPlan:
    """The plan for the object that *options* describe, in a tenant with the raw objects *existing*."""
    return resource.plan(desired_object(resource, options, option), [resource.current(raw) for raw in existing])


def object_refusal(
    resource: Resource, options: Json, *existing: Json, kind: type[EntraError] = EntraError, option: str = "objects[0]"
) -> EntraError:
    """The error for options that are refused; its option path is the first thing it says."""
    with pytest.raises(kind) as failure:
        object_plan(resource, options, *existing, option=option)
    assert failure.value.message.startswith(f"{option}." if option else "")
    return failure.value
