# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When a certificate is made, signs and goes: whatever there is and is wanted, a second run has nothing to do."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._applications.certificate import (
    EXPIRED,
    INACTIVE,
    MANUAL,
    NEVER,
    NOW,
    CertificatePlan,
    CertificateWish,
    SigningCertificate,
    certificates_of,
    credentials_without,
    moment,
    plan_certificates,
    written,
)

TODAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
WISH = CertificateWish("Files")
WISH_NOW = CertificateWish("Files", activate=NOW, remove=INACTIVE)


def certificate(name: str, days: int) -> SigningCertificate:
    """A certificate that ends in so many days."""
    end = TODAY + timedelta(days=days)
    return SigningCertificate(name, name.lower(), f"CN={name}", end - timedelta(days=1000), end, "")


OLD, LATER, OVER = certificate("OLD", 20), certificate("LATER", 900), certificate("OVER", -1)


@pytest.mark.parametrize(
    ("existing", "preferred", "wish", "expected"),
    [
        ((), "", WISH, CertificatePlan(makes_new=True, activates_new=True)),
        ((LATER,), "LATER", WISH, CertificatePlan()),
        ((LATER,), "later", WISH, CertificatePlan()),
        ((LATER,), "", WISH, CertificatePlan(activated=LATER)),
        ((OLD,), "OLD", WISH, CertificatePlan(makes_new=True)),
        ((OLD,), "OLD", replace(WISH, rollover_days=19), CertificatePlan()),
        ((OLD,), "OLD", replace(WISH, rollover_days=20), CertificatePlan(makes_new=True)),
        ((OLD, LATER), "OLD", WISH, CertificatePlan()),
        ((OLD, LATER), "OLD", replace(WISH, activate=NOW), CertificatePlan(activated=LATER)),
        ((OLD,), "OLD", replace(WISH, activate=NOW), CertificatePlan(makes_new=True, activates_new=True)),
        ((OLD, LATER), "OLD", replace(WISH, remove=INACTIVE), CertificatePlan()),
        ((OLD, LATER), "LATER", replace(WISH, remove=INACTIVE), CertificatePlan(removed=(OLD,))),
        (
            (OLD, LATER),
            "OLD",
            WISH_NOW,
            CertificatePlan(activated=LATER, removed=(OLD,)),
        ),
        ((OVER, LATER), "LATER", WISH, CertificatePlan(removed=(OVER,))),
        ((OVER, LATER), "LATER", replace(WISH, remove=NEVER), CertificatePlan()),
        # What signs is never taken away nor replaced unasked, although its time is over.
        ((OVER, LATER), "OVER", WISH, CertificatePlan()),
        ((OVER,), "OVER", WISH, CertificatePlan(makes_new=True)),
        ((OVER,), "GONE", WISH, CertificatePlan(makes_new=True, activates_new=True, removed=(OVER,))),
    ],
)
def test_what_is_done(
    existing: tuple[SigningCertificate, ...], preferred: str, wish: CertificateWish, expected: CertificatePlan
) -> None:
    assert plan_certificates(existing, preferred, wish, TODAY) == expected


wishes = st.builds(
    CertificateWish,
    st.just("X"),
    rollover_days=st.integers(0, 400),
    lifetime_days=st.integers(401, 1095),
    activate=st.sampled_from((MANUAL, NOW)),
    remove=st.sampled_from((EXPIRED, INACTIVE, NEVER)),
)
tenants = st.lists(st.integers(-50, 1200), max_size=5, unique=True)


def carried_out(
    existing: tuple[SigningCertificate, ...], preferred: str, wish: CertificateWish
) -> tuple[tuple[SigningCertificate, ...], str]:
    """What the tenant is like after a plan was carried out."""
    plan = plan_certificates(existing, preferred, wish, TODAY)
    kept = tuple(one for one in existing if one not in plan.removed)
    if plan.makes_new:
        new = certificate("NEW", wish.lifetime_days)
        return (*kept, new), new.thumbprint if plan.activates_new else preferred
    return kept, plan.activated.thumbprint if plan.activated else preferred


@given(tenants, st.integers(0, 6), wishes)
def test_a_second_run_is_quiet(ends: list[int], chosen: int, wish: CertificateWish) -> None:
    existing = tuple(certificate(f"C{days}", days) for days in ends)
    preferred = existing[chosen].thumbprint if chosen < len(existing) else ""
    after, signing = carried_out(existing, preferred, wish)
    assert plan_certificates(after, signing, wish, TODAY) == CertificatePlan()


@given(tenants, st.integers(0, 6), wishes)
def test_what_signs_is_never_taken_away(ends: list[int], chosen: int, wish: CertificateWish) -> None:
    existing = tuple(certificate(f"C{days}", days) for days in ends)
    preferred = existing[chosen].thumbprint if chosen < len(existing) else ""
    after, signing = carried_out(existing, preferred, wish)
    assert signing in {one.thumbprint for one in after}
    if wish.activate == MANUAL and preferred:
        assert signing == preferred


def test_certificates_are_read_from_public_keys_only() -> None:
    public = base64.b64encode(b"certificate").decode()
    shared = {"customKeyIdentifier": "aWQ=", "endDateTime": "2027-01-01T00:00:00Z", "displayName": "CN=X"}
    keys = [
        shared | {"usage": "Sign", "key": None, "keyId": "1"},
        shared | {"usage": "Verify", "key": public, "keyId": "2", "startDateTime": "2026-01-01T00:00:00.1234567Z"},
        {"usage": "Verify", "key": public, "keyId": "3"},
    ]
    (found,) = certificates_of({"keyCredentials": keys})
    assert found.thumbprint == "735AD571C189D7BA84464BF4A9F1D2280175B128"
    assert (found.public, found.end) == (public, datetime(2027, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(("key", "thumbprint"), [(None, "6964"), ("not base64!", "")])
def test_a_thumbprint_without_a_readable_key(key: str | None, thumbprint: str) -> None:
    shared = {"customKeyIdentifier": "aWQ=", "endDateTime": "2027-01-01T00:00:00Z", "usage": "Verify", "key": key}
    assert certificates_of({"keyCredentials": [shared]})[0].thumbprint == thumbprint


def test_a_certificate_goes_with_its_pair_and_its_password() -> None:
    keys = [{"customKeyIdentifier": name, "keyId": number} for name in ("old", "new") for number in (1, 2)]
    passwords = [{"customKeyIdentifier": "old", "keyId": 1}, {"customKeyIdentifier": None, "keyId": 9}]
    body = credentials_without({"keyCredentials": keys, "passwordCredentials": passwords}, {OLD.key_identifier})
    assert body == {"keyCredentials": keys[2:], "passwordCredentials": passwords[1:]}


def test_moments() -> None:
    assert moment("2026-01-02T03:04:05.1234567Z") == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert written(moment("2026-01-02T03:04:05Z")) == "2026-01-02T03:04:05Z"
