# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Between options and named objects."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._resources.authentication_context import AUTHENTICATION_CONTEXT
from ansible_collections.m365.entra.plugins.module_utils._resources.authentication_strength_policy import (
    AUTHENTICATION_STRENGTH_POLICY,
)
from ansible_collections.m365.entra.plugins.module_utils._resources.declaration import Resource
from ansible_collections.m365.entra.plugins.module_utils._resources.named_location import NAMED_LOCATION
from ansible_collections.m365.entra.plugins.module_utils._resources.object_options import (
    desired_object,
    desired_objects,
    object_result,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_objects import (
    context,
    ip_location,
    strength,
)

Json = dict[str, t.Any]


def test_only_what_was_given_is_wanted() -> None:
    desired = desired_object(NAMED_LOCATION, {"display_name": "x", "is_trusted": None})
    assert desired.content == {"displayName": "x", "isTrusted": None}
    assert (desired.is_present, desired.is_whole, desired.identifier, desired.previous_name) == (
        True,
        False,
        None,
        None,
    )


def test_everything_that_identifies_is_taken_over() -> None:
    options = {"id": ids.ADA.upper(), "previous_name": "y", "state": "absent", "complete": True}
    desired = desired_object(NAMED_LOCATION, options)
    assert (desired.identifier, desired.previous_name) == (ids.ADA, "y")
    assert (desired.is_present, desired.is_whole, desired.name) == (False, True, None)


@pytest.mark.parametrize(
    ("resource", "options", "path", "words"),
    [
        (NAMED_LOCATION, {}, "display_name", "display_name or id"),
        (NAMED_LOCATION, {"display_name": ""}, "display_name", "display_name or id"),
        (NAMED_LOCATION, {"id": "Office"}, "id", "Give display_name for a name"),
        (AUTHENTICATION_CONTEXT, {"id": ids.ADA}, "id", "c1 to c99"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_path(
    resource: Resource, options: Json, path: str, words: str
) -> None:
    with pytest.raises(OptionError) as failure:
        desired_objects(resource, [{"display_name": "x"}, options], "things")
    assert failure.value.message.startswith(f"things[1].{path}: ")
    assert words in str(failure.value)
    with pytest.raises(OptionError) as failure:
        desired_object(resource, options)
    assert failure.value.message.startswith(f"{path}: ")


@pytest.mark.parametrize(
    ("resource", "raw", "result"),
    [
        (
            NAMED_LOCATION,
            ip_location(isTrusted=True, createdDateTime="2026-01-01T00:00:00Z"),
            {
                "id": ids.OFFICE,
                "display_name": "Office",
                "ip_ranges": ["192.0.2.0/24"],
                "is_trusted": True,
                "created_date_time": "2026-01-01T00:00:00Z",
                "modified_date_time": None,
            },
        ),
        (AUTHENTICATION_CONTEXT, context(), {"id": "c1", "display_name": "Payroll"}),
        (
            AUTHENTICATION_STRENGTH_POLICY,
            strength(),
            {
                "id": ids.PRINTERS,
                "display_name": "Ours",
                "policy_type": "custom",
                "requirements_satisfied": "mfa",
                "allowed_combinations": ["fido2"],
                "created_date_time": None,
                "modified_date_time": None,
            },
        ),
    ],
)
def test_object_as_a_task_returns_it(resource: Resource, raw: Json, result: Json) -> None:
    assert object_result(resource, resource.current(raw)) == result
