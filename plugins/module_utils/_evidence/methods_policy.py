# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the authentication methods policy says of resetting passwords and of registering (facts sections 4 and 6.1)."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._graph.session import Session
from .._reconcile.shape import Json
from .._resources.settings_reader import CONFIGURATIONS, METHODS_POLICY
from . import needs
from .answers import object_in, objects_in
from .reading import Read, attempt

NAME = "authentication methods policy"
_EVERYBODY = "all_users"
_COMPLETE = "migrationComplete"


@dataclass(frozen=True)
class Allowance:
    """Whether users may use something: *is_allowed* to anybody, *for_everyone* to all, some of them *excluded*."""

    is_allowed: bool
    for_everyone: bool
    excluded: int = 0


def read_methods_policy(session: Session) -> Read[Json]:
    """The policy with its methods, in one read; not every cloud has it (facts section 4.1)."""
    return attempt(session, needs.READ_METHODS_POLICY, f"the {NAME}", lambda: _checked(session.get(METHODS_POLICY)))


def _checked(policy: Json) -> Json:
    """*policy* as it came. Raises ConnectionFailed for one that does not look as documented."""
    what = f"GET {METHODS_POLICY}"
    for method in objects_in(policy, CONFIGURATIONS, what):
        _require_targets(method, what)
    _require_targets(_campaign(policy), what)
    return policy


def _require_targets(target_owner: Json, what: str) -> None:
    for name in ("includeTargets", "excludeTargets"):
        if target_owner.get(name) is not None:
            objects_in(target_owner, name, what)


def _campaign(policy: Json) -> Json:
    enforcement = object_in(policy, "registrationEnforcement", NAME)
    return object_in(enforcement, "authenticationMethodsRegistrationCampaign", NAME)


def decides_alone(policy: Json) -> bool:
    """Whether the legacy settings of password reset no longer count for its methods."""
    return bool(policy.get("policyMigrationState") == _COMPLETE)


def _email(policy: Json) -> Allowance | None:
    return _allowance([_method(policy, "Email")])


def _mobile_phone(policy: Json) -> Allowance | None:
    return _allowance([_method(policy, "Sms"), _method(policy, "Voice")])


def _office_phone(policy: Json) -> Allowance | None:
    return _allowance([_method(policy, "Voice", "isOfficePhoneAllowed")])


def _notification(policy: Json) -> Allowance | None:
    return _allowance([_method(policy, "MicrosoftAuthenticator")])


def _code(policy: Json) -> Allowance | None:
    return _allowance(
        [_method(policy, "SoftwareOath"), _method(policy, "MicrosoftAuthenticator", "isSoftwareOathEnabled")]
    )


# The options of password reset whose methods the policy decides; security questions stay with the legacy settings.
ALLOWANCES: dict[str, t.Callable[[Json], Allowance | None]] = {
    "email_option_enabled": _email,
    "mobile_phone_option_enabled": _mobile_phone,
    "office_phone_option_enabled": _office_phone,
    "mobile_app_notification_enabled": _notification,
    "mobile_app_code_enabled": _code,
}


def _method(policy: Json, identifier: str, switch: str = "") -> Allowance | None:
    """What one method allows, or None where the policy does not have it; *switch*: it also needs that to be on."""
    methods = policy.get(CONFIGURATIONS) or []
    found = next((one for one in methods if str(one.get("id") or "").lower() == identifier.lower()), None)
    if found is None:
        return None
    if found.get("state") != "enabled" or (switch and not found.get(switch)):
        return Allowance(is_allowed=False, for_everyone=False)
    targets = found.get("includeTargets") or []
    return Allowance(
        is_allowed=True,
        for_everyone=any(target.get("id") == _EVERYBODY for target in targets),
        excluded=len(found.get("excludeTargets") or []),
    )


def _allowance(alternatives: t.Iterable[Allowance | None]) -> Allowance | None:
    """What several methods allow together: the widest of them."""
    known = [one for one in alternatives if one is not None]
    if not known:
        return None
    return max(known, key=lambda one: (one.is_allowed, one.for_everyone, -one.excluded))


def registration_campaign(policy: Json) -> Json:
    """The registration campaign in short: its state and the methods it asks for."""
    campaign = _campaign(policy)
    methods = {str(one.get("targetedAuthenticationMethod")) for one in campaign.get("includeTargets") or []}
    return {"state": campaign.get("state"), "methods": sorted(methods)}
