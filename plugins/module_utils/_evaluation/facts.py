# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a tenant's directory says of those who sign in and of what they sign in to."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .matching_places import Locations
from .sign_in import Application, UserIdentity, WorkloadIdentity


@dataclass(frozen=True)
class DirectoryFacts:
    """People, workloads and applications by the names or ids that tests use for them, and what is there by id.

    *location_ids*, *context_ids*, *group_ids* and *role_ids* are by the names that tests use. *control_names* are names
    of authentication strengths, terms of use and custom controls by their ids.
    """

    users: t.Mapping[str, UserIdentity] = field(default_factory=dict)
    workloads: t.Mapping[str, WorkloadIdentity] = field(default_factory=dict)
    applications: t.Mapping[str, Application] = field(default_factory=dict)
    location_ids: t.Mapping[str, str] = field(default_factory=dict)
    context_ids: t.Mapping[str, str] = field(default_factory=dict)
    group_ids: t.Mapping[str, str] = field(default_factory=dict)
    role_ids: t.Mapping[str, str] = field(default_factory=dict)
    locations: Locations = field(default_factory=Locations)
    control_names: t.Mapping[str, str] = field(default_factory=dict)
