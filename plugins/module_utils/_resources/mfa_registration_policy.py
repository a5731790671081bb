# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The portal lane of the MFA registration policy: read, change, hand back whole (facts section 5.1)."""

from __future__ import annotations

from .._graph.errors import ConnectionFailed
from .._reconcile.action import Action
from .._reconcile.shape import Json
from .._settings.mfa_registration_shape import (
    LABEL,
    MFA_REGISTRATION_POLICY,
    check_given_mfa_registration,
    check_mfa_registration,
    from_the_wire,
    require_mfa_registration_policy,
    to_the_wire,
)
from .._settings.setting_plan import CurrentSetting, SettingPlan
from .portal_action import portal_action
from .setting import Setting, plan_singleton
from .settings_reader import SettingsReader

NOUN = "mfa_registration_policy"
_WINDOW = "registrationwindowindays"


def _read(reader: SettingsReader) -> tuple[CurrentSetting, ...]:
    addresses, tenant_id = reader.portal_addresses, reader.session.claims.tenant_id
    scope = addresses.mfa_registration_policy_scope
    policy_id = _find_policy(reader, scope) if addresses.policy_id_is_sought else ""
    url = addresses.mfa_registration_policy(tenant_id, policy_id)
    raw = reader.session.portal.get(url, scope)
    require_mfa_registration_policy(raw)
    return (CurrentSetting(url, LABEL, from_the_wire(raw), raw, MFA_REGISTRATION_POLICY, scope),)


def _find_policy(reader: SettingsReader, scope: str) -> str:
    """The id of the policy, which each tenant has its own of; nothing is guessed."""
    url = reader.portal_addresses.mfa_registration_policies(reader.session.claims.tenant_id)
    listed = reader.session.portal.get(url, scope).get("value")
    found = [one for one in listed if _is_sought(one)] if isinstance(listed, list) else []
    identifiers = [str(one["objectId"]) for one in found]
    if len(identifiers) != 1:
        raise ConnectionFailed(
            f"portal.mfa_registration_policy_url: {len(identifiers)} of the listed policies can be the {LABEL}"
            f"{': ' + ', '.join(identifiers) if identifiers else ''}.",
            remedy="Put the policy's id in the place of {policy_id}, or use lane: evidence. Nothing was written to it.",
        )
    return identifiers[0]


def _is_sought(listed: Json) -> bool:
    """Whether a listed policy is the one: by the member that only it has, or by its name."""
    if not isinstance(listed, dict) or not listed.get("objectId"):
        return False
    name = str(listed.get("displayName") or "").lower()
    return _WINDOW in {member.lower() for member in listed} or "registration" in name


def _action(setting: Setting, plan: SettingPlan, _api_version: str) -> Action:
    return portal_action(setting, plan, "PATCH", to_the_wire)


def _tier(plan: SettingPlan) -> str:
    """The policy is part of P2 (facts section 5.2); turning it off needs nothing."""
    return "p2" if plan.content and plan.content["isEnabled"] else "free"


SETTING = Setting(
    noun=NOUN,
    label=LABEL,
    options=MFA_REGISTRATION_POLICY,
    read=_read,
    plan=plan_singleton,
    action=_action,
    read_permissions=(),
    write_permissions=(),
    check=check_mfa_registration,
    check_given=check_given_mfa_registration,
    tier=_tier,
)
