# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run reads of registration: each thing once, and nothing that fails what was written."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import ServiceRefused
from ansible_collections.m365.entra.plugins.module_utils._module import tenant_configuration
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    REGISTRATION,
    FakeSession,
    Fault,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_settings import METHODS_POLICY

Json = dict[str, t.Any]
UNLICENSED = ServiceRefused("no licence", status=403, code="Authentication_RequestFromNonPremiumTenantOrB2CTenant")
VERDICTS: Json = {
    "self_service_password_reset": {"email_option_enabled": True},
    "mfa_registration_policy": {"is_enabled": True},
}


def run(session: FakeSession, **options: t.Any) -> Json:
    """The state that a task returns."""
    module = fake_module(tenant_configuration.SPEC, options)
    return dict(tenant_configuration.run(module, lambda: session)["tenant_configuration"])


@pytest.mark.parametrize(
    ("options", "reads"),
    [
        ({}, 0),
        ({"self_service_password_reset": VERDICTS["self_service_password_reset"]}, 1),
        (VERDICTS, 1),
        ({**VERDICTS, "authentication_method_configurations": [{"id": "Sms"}]}, 1),
        ({"authentication_methods_policy": {}}, 1),
    ],
)
def test_methods_policy_is_read_once_at_most(options: Json, reads: int) -> None:
    session = FakeSession()
    run(session, **options)
    assert session.reads(METHODS_POLICY) == reads
    assert session.reads(REGISTRATION) == 1


def test_verdict_is_of_the_methods_after_the_run() -> None:
    """What this run turns on counts, though the policy was read before."""
    session = FakeSession()
    session.settings.methods_policy["policyMigrationState"] = "migrationComplete"
    wanted: Json = {"self_service_password_reset": {"mobile_phone_option_enabled": True}}
    before = run(session, **wanted)["self_service_password_reset"]["settings"][0]["compliant"]
    after = run(session, **wanted, authentication_method_configurations=[{"id": "Sms", "method_state": "enabled"}])
    assert before is False
    assert after["self_service_password_reset"]["settings"][0]["compliant"] is True


def test_tenant_without_a_licence_is_told_and_does_not_fail() -> None:
    session = FakeSession(faults=[Fault("GET", REGISTRATION, UNLICENSED)])
    results = run(session)["assessment"]["results"]
    registered = next(one for one in results if one["result"] == "mfa_registered")
    assert registered["holds"] not in ("yes", "no")


def test_without_the_permission_nothing_is_asked() -> None:
    session = FakeSession()
    session.permissions = session.permissions - {"AuditLog.Read.All"}
    run(session)
    assert session.reads(REGISTRATION) == 0
