# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Certificates with which Entra ID signs what an application is told: which there are, and when they are replaced."""

from __future__ import annotations

import base64
import binascii
import hashlib
import typing as t
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from .._reconcile.shape import Json

NOW = "now"
MANUAL = "manual"
EXPIRED = "expired"
INACTIVE = "inactive"
NEVER = "never"
# The service makes none that live longer (facts section 12).
LONGEST_DAYS = 1095
# In the body of a plan: the certificates that go. What stays is only known when the others are there.
LEAVING = "leaving"
_VERIFY = "Verify"


@dataclass(frozen=True)
class SigningCertificate:
    """One certificate of an application; *key_identifier* is what its key pair and its password have in common."""

    thumbprint: str
    key_identifier: str
    name: str
    start: datetime
    end: datetime
    public: str

    def has_expired(self, now: datetime) -> bool:
        """Whether its time is over."""
        return self.end <= now

    @property
    def shown(self) -> str:
        """The certificate as plans show it."""
        return f"{self.thumbprint} (until {self.end.date().isoformat()})"


@dataclass(frozen=True)
class CertificateWish:
    """How certificates are kept: a new one *rollover_days* before the last one ends, living *lifetime_days*.

    *activate* says whether the newest signs at once or when somebody says so, *remove* which others are taken away.
    """

    name: str
    rollover_days: int = 30
    lifetime_days: int = LONGEST_DAYS
    activate: str = MANUAL
    remove: str = EXPIRED


@dataclass(frozen=True)
class CertificatePlan:
    """What is to be done: whether a new one is made and signs at once, which one is to sign, which ones go."""

    makes_new: bool = False
    activates_new: bool = False
    activated: SigningCertificate | None = None
    removed: tuple[SigningCertificate, ...] = ()


def certificates_of(principal: Json) -> tuple[SigningCertificate, ...]:
    """The token-signing certificates of a service principal that was read with its keys, the first to end first."""
    keys = [one for one in principal.get("keyCredentials") or () if one.get("usage") == _VERIFY]
    found = [_certificate(one) for one in keys if one.get("endDateTime") and one.get("customKeyIdentifier")]
    return tuple(sorted(found, key=lambda one: (one.end, one.thumbprint)))


def plan_certificates(
    existing: t.Sequence[SigningCertificate], preferred: str | None, wish: CertificateWish, now: datetime
) -> CertificatePlan:
    """What *wish* asks for, given the certificates there are and the thumbprint of the one that is *preferred*.

    A certificate that signs is never replaced unless the wish says so: the application's own side must know the new one
    first. Where none signs at all there is nothing to break, and the newest one does.
    """
    newest = max((one for one in existing if not one.has_expired(now)), key=lambda one: one.end, default=None)
    makes_new = newest is None or newest.end - now <= timedelta(days=wish.rollover_days)
    active = next((one for one in existing if one.thumbprint == (preferred or "").upper()), None)
    switches = active is None or wish.activate == NOW
    activates_new = makes_new and switches
    activated = newest if switches and not makes_new and newest != active else None
    signing = activated or (None if activates_new else active)
    removed = tuple(one for one in existing if one != signing and _goes(one, signing, wish, now))
    return CertificatePlan(makes_new, activates_new, activated, removed)


def _goes(one: SigningCertificate, signing: SigningCertificate | None, wish: CertificateWish, now: datetime) -> bool:
    """Whether a certificate that does not sign is to go; one that is newer than the signing one waits for its turn."""
    if wish.remove == NEVER:
        return False
    if one.has_expired(now):
        return True
    return wish.remove == INACTIVE and (signing is None or one.end < signing.end)


def credentials_without(principal: Json, leaving: t.Container[str]) -> Json:
    """The body that takes certificates away, *leaving* by their key identifiers: of each the key pair and the password.

    Both lists replace what is there, so that the service principal must have been read since the last one was made.
    """
    return {
        name: [one for one in principal.get(name) or () if one.get("customKeyIdentifier") not in leaving]
        for name in ("keyCredentials", "passwordCredentials")
    }


def _certificate(key: Json) -> SigningCertificate:
    identifier = str(key["customKeyIdentifier"])
    public = str(key.get("key") or "")
    return SigningCertificate(
        _thumbprint(public, identifier),
        identifier,
        str(key.get("displayName") or ""),
        moment(str(key.get("startDateTime") or key["endDateTime"])),
        moment(str(key["endDateTime"])),
        public,
    )


def _thumbprint(public: str, identifier: str) -> str:
    """The SHA-1 digest of the certificate, by which the service names it; the identifier holds it as well."""
    try:
        if public:
            return hashlib.sha1(base64.b64decode(public, validate=True), usedforsecurity=False).hexdigest().upper()
        return base64.b64decode(identifier, validate=True).hex().upper()
    except (binascii.Error, ValueError):
        return ""


def moment(text: str) -> datetime:
    """A moment of the service, whose fractions of a second may be longer than Python takes."""
    whole = text.split(".")[0].removesuffix("Z")
    found = datetime.fromisoformat(whole)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def written(moment_: datetime) -> str:
    """A moment as a body holds it."""
    return moment_.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
