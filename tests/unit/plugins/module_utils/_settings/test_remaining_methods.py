# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody must be able to meet a requirement of MFA."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused
from ansible_collections.m365.entra.plugins.module_utils._reconcile.canonical import canonical
from ansible_collections.m365.entra.plugins.module_utils._resources.authentication_method_configuration import (
    current_methods,
)
from ansible_collections.m365.entra.plugins.module_utils._settings.authentication_methods_shape import (
    AUTHENTICATION_METHODS_POLICY,
)
from ansible_collections.m365.entra.plugins.module_utils._settings.remaining_methods import (
    NOUN,
    refuse_without_second_factor,
)
from ansible_collections.m365.entra.plugins.module_utils._settings.setting_plan import (
    CurrentSetting,
    DesiredSetting,
    SettingPlan,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_settings import (
    EVERYONE,
    external,
    method,
    methods_policy,
)

Json = dict[str, t.Any]


def tenant(*methods: Json) -> tuple[CurrentSetting, ...]:
    """The methods of a tenant."""
    return current_methods(methods_policy(*methods), "beta")


def changed(one: CurrentSetting, **changes: t.Any) -> SettingPlan:
    """A plan that changes a method."""
    content = {**one.content, **changes}
    return SettingPlan(NOUN, one.name, DesiredSetting("methods[0]", {}), one.shape, one, content)


def removed(one: CurrentSetting) -> SettingPlan:
    """A plan that removes a method."""
    return SettingPlan(NOUN, one.name, DesiredSetting("methods[1]", {}, is_present=False), one.shape, one, None)


@pytest.mark.parametrize("kind", ["MicrosoftAuthenticator", "Fido2", "Sms", "Voice", "SoftwareOath", "HardwareOath"])
@pytest.mark.parametrize("change", [{"state": "disabled"}, {"includeTargets": []}])
def test_last_method_stays(kind: str, change: Json) -> None:
    one, other = tenant(method(kind, "enabled"), method("Email", "enabled"))
    with pytest.raises(GuardRefused, match=rf"^methods\[0\]: after this no method would be left.*: {kind}\."):
        refuse_without_second_factor([changed(one, **change)], [one, other])


def test_external_method_is_one_and_may_be_the_last() -> None:
    (one,) = tenant(external())
    with pytest.raises(GuardRefused, match=r"^methods\[1\]: .*Adatum"):
        refuse_without_second_factor([removed(one)], [one])


@pytest.mark.parametrize("kind", ["TemporaryAccessPass", "Email", "QRCodePin", "VerifiableCredentials"])
def test_what_is_no_second_factor_does_not_count(kind: str) -> None:
    sms, other = tenant(method("Sms", "enabled"), method(kind, "enabled"))
    refuse_without_second_factor([changed(other, state="disabled")], [sms, other])
    with pytest.raises(GuardRefused):
        refuse_without_second_factor([changed(sms, state="disabled")], [sms, other])


def test_kind_that_is_not_known_does_not_count() -> None:
    unknown = method("FederatedIdentityCredential", "enabled")
    sms, other = tenant(method("Sms", "enabled"), unknown)
    with pytest.raises(GuardRefused):
        refuse_without_second_factor([changed(sms, state="disabled")], [sms, other])


def test_another_method_in_the_same_run() -> None:
    sms, passkey = tenant(method("Sms", "enabled"), method("Fido2"))
    refuse_without_second_factor([changed(sms, state="disabled"), changed(passkey, state="enabled")], [sms, passkey])


def test_new_external_method_in_the_same_run() -> None:
    (sms,) = tenant(method("Sms", "enabled"))
    (new,) = tenant(external())
    plan = SettingPlan(NOUN, "Adatum", DesiredSetting("", {}), new.shape, None, new.content)
    refuse_without_second_factor([changed(sms, state="disabled"), plan], [sms])


def test_tenant_without_any_has_nothing_to_lose() -> None:
    sms, email = tenant(method("Sms"), method("Email", "enabled"))
    refuse_without_second_factor([changed(email, state="disabled")], [sms, email])


def test_fewer_groups_are_no_lock_out_of_everybody() -> None:
    (sms,) = tenant(method("Sms", "enabled", includeTargets=[EVERYONE]))
    refuse_without_second_factor([changed(sms, includeTargets=[{"id": "x", "targetType": "group"}])], [sms])


def completing(before: str = "migrationInProgress", after: str = "migrationComplete") -> SettingPlan:
    """A plan that brings the migration from one state to another."""
    form = AUTHENTICATION_METHODS_POLICY
    content = canonical(form, {"policyMigrationState": before})
    current = CurrentSetting("", "policy", content, {}, form)
    wanted = {**content, "policyMigrationState": after}
    return SettingPlan("authentication_methods_policy", "policy", DesiredSetting("here", {}), form, current, wanted)


def test_migration_is_not_completed_without_a_second_factor() -> None:
    """Until then the legacy settings may allow methods; afterwards they no longer count."""
    sms, email = tenant(method("Sms"), method("Email", "enabled"))
    for before in ("preMigration", "migrationInProgress"):
        with pytest.raises(GuardRefused, match=r"^here: after this no method would be left.*: policy\."):
            refuse_without_second_factor([completing(before)], [sms, email])
    with pytest.raises(GuardRefused, match=r"^methods\[0\]: .*what changes: Email, policy\."):
        refuse_without_second_factor([changed(email, state="disabled"), completing()], [sms, email])


@pytest.mark.parametrize("state", ["preMigration", "migrationInProgress"])
def test_migration_may_be_in_any_other_state(state: str) -> None:
    (sms,) = tenant(method("Sms"))
    refuse_without_second_factor([completing("migrationComplete", state)], [sms])
    refuse_without_second_factor([completing("migrationComplete", "migrationComplete")], [sms])


def test_migration_is_completed_with_a_second_factor_of_before_or_of_the_same_run() -> None:
    on, off = tenant(method("Fido2", "enabled"), method("Sms"))
    refuse_without_second_factor([completing()], [on, off])
    refuse_without_second_factor([completing(), changed(off, state="enabled")], [off])
    with pytest.raises(GuardRefused):
        refuse_without_second_factor([completing(), changed(on, state="disabled")], [on, off])
