# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/organization and /subscribedSkus."""

from __future__ import annotations

from ..messages import Response
from ..tenant import ORGANIZATION, SUBSCRIBED_SKUS
from . import permissions
from .call import GraphCall
from .directory import found, list_directory, show_directory_object
from .routing import Route

SELECT_ONLY = frozenset({"$select"})


def list_organization(call: GraphCall) -> Response:
    items = call.collection(ORGANIZATION).visible()
    return list_directory(call, items, "organization", "organization", allowed=SELECT_ONLY)


def get_organization(call: GraphCall) -> Response:
    item = found(call, ORGANIZATION, call.parameters["id"])
    return show_directory_object(call, item, "organization", "organization")


def list_subscribed_skus(call: GraphCall) -> Response:
    """The whole list comes in one page and cannot be filtered (facts section 8.1)."""
    items = call.collection(SUBSCRIBED_SKUS).visible()
    return list_directory(call, items, "subscribedSku", "subscribedSkus", max(len(items), 1), SELECT_ONLY)


def get_subscribed_sku(call: GraphCall) -> Response:
    item = found(call, SUBSCRIBED_SKUS, call.parameters["id"])
    return show_directory_object(call, item, "subscribedSku", "subscribedSkus")


ROUTES = (
    Route("GET", "/organization", list_organization, permissions.READ_ORGANIZATION),
    Route("GET", "/organization/{id}", get_organization, permissions.READ_ORGANIZATION),
    Route("GET", "/subscribedSkus", list_subscribed_skus, permissions.READ_SUBSCRIBED_SKUS),
    Route("GET", "/subscribedSkus/{id}", get_subscribed_sku, permissions.READ_SUBSCRIBED_SKUS),
)
