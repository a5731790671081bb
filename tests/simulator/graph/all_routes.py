# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every route of the simulated Graph."""

from __future__ import annotations

from dataclasses import replace

from ..applications import assignments as application_assignments
from ..applications import bin as deleted_applications
from ..applications import changes as application_changes
from ..applications import claims_policies, owners, signing_certificates
from ..applications import templates as application_templates
from ..conditional_access import (
    authentication_contexts,
    authentication_methods,
    authentication_strengths,
    combination_configurations,
    deleted_items,
    evaluate,
    named_locations,
    policies,
    security_defaults,
    strength_actions,
    templates,
)
from ..methods_policy import configurations as method_configurations
from ..methods_policy import policy as methods_policy
from . import (
    agreements,
    applications,
    audit_logs,
    authorization_policy,
    directory_objects,
    group_members,
    groups,
    mfa_requirements,
    organization,
    partner,
    registration_reports,
    role_eligibilities,
    roles,
    sign_in_logs,
    sign_in_sessions,
    users,
)
from .audited_operations import audit_of
from .routing import Router


def all_routes() -> Router:
    """Return a router over all services."""
    services = (
        organization,
        users,
        sign_in_sessions,
        groups,
        group_members,
        applications,
        application_templates,
        application_changes,
        signing_certificates,
        claims_policies,
        owners,
        application_assignments,
        deleted_applications,
        directory_objects,
        roles,
        role_eligibilities,
        agreements,
        partner,
        registration_reports,
        security_defaults,
        policies,
        evaluate,
        deleted_items,
        named_locations,
        authentication_contexts,
        authentication_strengths,
        combination_configurations,
        strength_actions,
        authentication_methods,
        templates,
        methods_policy,
        method_configurations,
        authorization_policy,
        mfa_requirements,
        audit_logs,
        sign_in_logs,
    )
    routes = (route for service in services for route in service.ROUTES)
    return Router(replace(route, audit=audit_of(route.method, route.template)) for route in routes)
