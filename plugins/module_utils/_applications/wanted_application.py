# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is wanted of one application, from the options as they were given: unset is not null, and null is not empty."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .._graph.errors import OptionError
from .._reconcile.canonical import is_guid
from .certificate import LONGEST_DAYS, CertificateWish
from .claims import ClaimsWish, definition_of
from .setting import SETTINGS

SAML = "saml"
_PARTS = ("saml", "oidc")
_LONGEST_NAME = 120


@dataclass(frozen=True)
class WantedApplication:
    """One application. *identifier* is its application id, where given.

    *settings* holds canonical values by option path, only of what was given. *owners* are names or ids, None where
    nothing is said of them. *claims* is None where there is to be no policy, if *speaks_of_claims*.
    """

    name: str
    identifier: str | None = None
    is_present: bool = True
    restores: bool = False
    template: str | None = None
    settings: t.Mapping[str, t.Any] = field(default_factory=dict)
    certificate: CertificateWish | None = None
    speaks_of_claims: bool = False
    claims: ClaimsWish | None = None
    owners: tuple[str, ...] | None = None

    @property
    def label(self) -> str:
        """What people call it."""
        return self.name or str(self.identifier)


def wanted_application(given: t.Mapping[str, t.Any]) -> WantedApplication:
    """What the *given* options mean. Raises OptionError for what cannot be meant."""
    name, identifier = str(given.get("display_name") or "").strip(), given.get("id")
    if not name and not identifier:
        raise OptionError("display_name: it is empty.", remedy="Give the name of the application, or its id.")
    if len(name) > _LONGEST_NAME:
        raise OptionError(f"display_name: it is longer than {_LONGEST_NAME} characters.", remedy="Shorten it.")
    if identifier is not None and not is_guid(str(identifier)):
        raise OptionError("id: it is no application id.", remedy="Give the application (client) id, a GUID.")
    if given.get("saml") is not None and given.get("oidc") is not None:
        raise OptionError("saml, oidc: an application signs in by one of them.", remedy="Leave one out.")
    mode = given.get("single_sign_on_mode")
    return WantedApplication(
        name,
        str(identifier).lower() if identifier else None,
        given.get("state", "present") != "absent",
        bool(given.get("restore")),
        given.get("template") or None,
        _settings(given),
        _certificate(given, name or str(identifier), mode),
        "claims" in given,
        _claims(given.get("claims"), name or str(identifier)),
        tuple(map(str, given["owners"] or ())) if "owners" in given else None,
    )


def _settings(given: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """Canonical values by option path; a part that is null clears all its members."""
    flat: dict[str, t.Any] = {
        name: value for name, value in given.items() if name in SETTINGS and name != "display_name"
    }
    if given.get("display_name") and given.get("id"):
        flat["display_name"] = str(given["display_name"]).strip()
    for part in _PARTS:
        if part in given:
            flat.update(_members(part, given[part]))
    return {name: SETTINGS[name].canonical(value) for name, value in flat.items()}


def _members(part: str, given: t.Mapping[str, t.Any] | None) -> dict[str, t.Any]:
    paths = [path for path in SETTINGS if path.startswith(f"{part}.")]
    if given is None:
        return dict.fromkeys(paths)
    return {path: given[name] for path in paths if (name := path.partition(".")[2]) in given}


def _certificate(given: t.Mapping[str, t.Any], name: str, mode: str | None) -> CertificateWish | None:
    """Without a word of certificates an application that signs in by SAML gets one, which is kept valid."""
    options = given.get("certificate")
    if options is None:
        return CertificateWish(name) if mode == SAML and "certificate" not in given else None
    wish = CertificateWish(
        str(options.get("name") or name),
        _days(options, "rollover_days", CertificateWish.rollover_days),
        _days(options, "lifetime_days", CertificateWish.lifetime_days),
        options.get("activate") or CertificateWish.activate,
        options.get("remove") or CertificateWish.remove,
    )
    if not 0 < wish.lifetime_days <= LONGEST_DAYS:
        raise OptionError(
            f"certificate.lifetime_days: the service makes certificates for 1 to {LONGEST_DAYS} days.",
            remedy="Give a number of days in between.",
        )
    if not 0 <= wish.rollover_days < wish.lifetime_days:
        raise OptionError(
            "certificate.rollover_days: a certificate that is to be replaced from its first day on would be replaced "
            "in every run.",
            remedy="Give fewer days than certificate.lifetime_days.",
        )
    return wish


def _days(options: t.Mapping[str, t.Any], name: str, default: int) -> int:
    value = options.get(name)
    return default if value is None else int(value)


def _claims(options: t.Mapping[str, t.Any] | None, name: str) -> ClaimsWish | None:
    if options is None:
        return None
    return ClaimsWish(str(options.get("name") or f"{name} claims"), definition_of(options))
