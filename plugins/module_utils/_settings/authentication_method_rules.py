# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the service does not accept of an authentication method, said before it is asked (facts section 4.2)."""

from __future__ import annotations

import typing as t

from .._graph.errors import OptionError
from .._reconcile.canonical import is_guid
from .._reconcile.option_path import path_of
from .._reconcile.shape import Json, snake_case
from .authentication_method_kinds import ENABLED
from .exclusions import excludes_everybody

Fault = tuple[str, str]

_LENGTHS = range(8, 49)
_LIFETIMES = range(10, 43201)
_RANGES: dict[str, dict[str, range]] = {
    "temporaryAccessPass": {
        "defaultLength": _LENGTHS,
        "defaultLifetimeInMinutes": _LIFETIMES,
        "minimumLifetimeInMinutes": _LIFETIMES,
        "maximumLifetimeInMinutes": _LIFETIMES,
    },
    "qrCodePin": {"standardQRCodeLifetimeInDays": range(1, 396), "pinLength": range(8, 21)},
}


def check_given_method(given: Json, option: str) -> None:
    """Hold what was given of a method against the ranges that the service accepts. Raises OptionError."""
    _refuse([*_range_faults(given), *_exclusion_faults(given)], option)


def check_method(content: Json, option: str) -> None:
    """Hold a wanted canonical method, of any kind, against the service's rules; *option* leads the paths in messages.

    Raises one OptionError that names every fault.
    """
    faults = [*_target_faults(content), *_range_faults(content)]
    for kind, rule in _RULES.items():
        if content.get(kind):
            faults.extend(rule(content))
    _refuse(faults, option)


def _refuse(faults: t.Sequence[Fault], option: str) -> None:
    if faults:
        raise OptionError("; ".join(f"{path_of(option, path)} {fault}" for path, fault in faults) + ".")


def _target_faults(content: Json) -> t.Iterator[Fault]:
    if content.get("state") == ENABLED and not content.get("includeTargets"):
        yield "include_targets", "must not be empty while the method is enabled; all_users means everybody"


def _exclusion_faults(given: Json) -> t.Iterator[Fault]:
    if excludes_everybody(given.get("excludeTargets")):
        yield "exclude_targets", "cannot exclude all_users; turn the method off instead"


def _range_faults(content: Json) -> t.Iterator[Fault]:
    for kind, numbers in _RANGES.items():
        for name, allowed in numbers.items():
            value = (content.get(kind) or {}).get(name)
            if value is not None and value not in allowed:
                path = f"{snake_case(kind)}.{snake_case(name)}"
                yield path, f"must be between {allowed.start} and {allowed.stop - 1}"


def _temporary_access_pass(content: Json) -> t.Iterator[Fault]:
    settings = content["temporaryAccessPass"]
    lifetimes = [settings[f"{name}LifetimeInMinutes"] for name in ("minimum", "default", "maximum")]
    if None not in lifetimes and lifetimes != sorted(lifetimes):
        yield (
            "temporary_access_pass.default_lifetime_in_minutes",
            "must lie between minimum_lifetime_in_minutes and maximum_lifetime_in_minutes",
        )


def _fido2(content: Json) -> t.Iterator[Fault]:
    settings = content["fido2"]
    profiles = [profile["id"] for profile in settings["passkeyProfiles"]]
    if len(set(profiles)) != len(profiles):
        yield "fido2.passkey_profiles", "holds the same id more than once"
    yield from (("fido2.passkey_profiles", f"holds {one!r}, which is no GUID") for one in profiles if not is_guid(one))
    default = settings["defaultPasskeyProfile"]
    if default and default not in profiles:
        yield "fido2.default_passkey_profile", "is none of passkey_profiles"
    for target in content["includeTargets"]:
        if set(target.get("allowedPasskeyProfiles") or ()) - set(profiles):
            yield "include_targets", f"allows {target['id']} passkey profiles that are none of fido2.passkey_profiles"
    yield from _key_restriction_faults(settings)


def _key_restriction_faults(settings: Json) -> t.Iterator[Fault]:
    restrictions = [("fido2.key_restrictions", settings["keyRestrictions"])]
    restrictions.extend(
        ("fido2.passkey_profiles", profile["keyRestrictions"]) for profile in settings["passkeyProfiles"]
    )
    for path, restriction in restrictions:
        foreign = [one for one in restriction["aaGuids"] if not is_guid(one)]
        yield from ((path, f"holds {one!r} in aa_guids, which is no GUID") for one in foreign)
        if restriction["isEnforced"] and not restriction["enforcementType"]:
            yield path, "needs enforcement_type (allow or block) while it is enforced"
        if restriction["isEnforced"] and restriction["enforcementType"] == "allow" and not restriction["aaGuids"]:
            yield path, "allows no security key at all: aa_guids is empty"


def _x509_certificate(content: Json) -> t.Iterator[Fault]:
    priorities = [binding["priority"] for binding in content["x509Certificate"]["certificateUserBindings"]]
    if len(set(priorities)) != len(priorities):
        yield "x509_certificate.certificate_user_bindings", "must have different priorities"


def _external(content: Json) -> t.Iterator[Fault]:
    settings = content["external"]
    provider = settings["openIdConnectSetting"]
    needed = {
        "display_name": settings["displayName"],
        "app_id": settings["appId"],
        "open_id_connect_setting.client_id": provider["clientId"],
        "open_id_connect_setting.discovery_url": provider["discoveryUrl"],
    }
    yield from ((f"external.{name}", "is needed") for name, value in needed.items() if not value)
    if settings["appId"] and not is_guid(settings["appId"]):
        yield "external.app_id", "must be the id of an application (a GUID)"
    if provider["discoveryUrl"] and not str(provider["discoveryUrl"]).startswith("https://"):
        yield "external.open_id_connect_setting.discovery_url", "must be an https address"


_RULES: dict[str, t.Callable[[Json], t.Iterator[Fault]]] = {
    "temporaryAccessPass": _temporary_access_pass,
    "fido2": _fido2,
    "x509Certificate": _x509_certificate,
    "external": _external,
}
