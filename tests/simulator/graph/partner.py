# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a partner sees of its customers: delegated administration and contracts (facts section 11.1)."""

from __future__ import annotations

from ..messages import Response
from ..tenant import ADMIN_CUSTOMERS, ADMIN_RELATIONSHIPS, CONTRACTS
from . import permissions
from .call import GraphCall
from .directory import found, list_directory, show_directory_object
from .routing import Route


def list_relationships(call: GraphCall) -> Response:
    """List the relationships in whatever status; who has not accepted yet is no customer of one."""
    items = call.collection(ADMIN_RELATIONSHIPS).visible()
    return list_directory(call, items, "delegatedAdminRelationship", ADMIN_RELATIONSHIPS.lstrip("/"))


def get_relationship(call: GraphCall) -> Response:
    item = found(call, ADMIN_RELATIONSHIPS, call.parameters["id"])
    return show_directory_object(call, item, "delegatedAdminRelationship", ADMIN_RELATIONSHIPS.lstrip("/"))


def list_customers(call: GraphCall) -> Response:
    items = call.collection(ADMIN_CUSTOMERS).visible()
    return list_directory(call, items, "delegatedAdminCustomer", ADMIN_CUSTOMERS.lstrip("/"))


def get_customer(call: GraphCall) -> Response:
    item = found(call, ADMIN_CUSTOMERS, call.parameters["id"])
    return show_directory_object(call, item, "delegatedAdminCustomer", ADMIN_CUSTOMERS.lstrip("/"))


def list_contracts(call: GraphCall) -> Response:
    """List the contracts: their names and domains are copies of the time when each was made."""
    return list_directory(call, call.collection(CONTRACTS).visible(), "contract", CONTRACTS.lstrip("/"))


def get_contract(call: GraphCall) -> Response:
    item = found(call, CONTRACTS, call.parameters["id"])
    return show_directory_object(call, item, "contract", CONTRACTS.lstrip("/"))


ROUTES = (
    Route("GET", ADMIN_RELATIONSHIPS, list_relationships, permissions.READ_DELEGATED_ADMINISTRATION),
    Route("GET", f"{ADMIN_RELATIONSHIPS}/{{id}}", get_relationship, permissions.READ_DELEGATED_ADMINISTRATION),
    Route("GET", ADMIN_CUSTOMERS, list_customers, permissions.READ_DELEGATED_ADMINISTRATION),
    Route("GET", f"{ADMIN_CUSTOMERS}/{{id}}", get_customer, permissions.READ_DELEGATED_ADMINISTRATION),
    Route("GET", CONTRACTS, list_contracts, permissions.READ_CONTRACTS),
    Route("GET", f"{CONTRACTS}/{{id}}", get_contract, permissions.READ_CONTRACTS),
)
