# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of saas_application: brings one application to what is wanted, and says what its own side needs."""

from __future__ import annotations

import typing as t
from datetime import UTC, datetime, timedelta

from .._applications.application_result import application_result
from .._applications.pair import ApplicationPair
from .._applications.reconcile_application import reconcile_application
from .._applications.sign_in_addresses import SignInAddresses
from .._applications.wanted_application import WantedApplication, wanted_application
from .._spec.application_options import APPLICATION as SPEC
from .._spec.protocol import MakeSession, ModuleProtocol
from .planned_result import planned_result

__all__ = ["SPEC", "run"]


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """Bring the application to what is wanted."""
    wanted = wanted_application(module.given)
    session = make_session()
    now = datetime.now(UTC)
    outcome = reconcile_application(session, wanted, now, check_mode=module.check_mode)
    result = planned_result(module, outcome.plan, outcome.guards, is_changed=not outcome.plan.is_empty)
    if outcome.pair is None or not wanted.is_present:
        return {**result, "saas_application": {}}
    for warning in _warnings(wanted, outcome.pair, now):
        module.warn(warning)
    addresses = SignInAddresses(session.claims.tenant_id, session.cloud)
    return {**result, "saas_application": application_result(outcome.pair, addresses, now)}


def _warnings(wanted: WantedApplication, pair: ApplicationPair, now: datetime) -> t.Iterator[str]:
    """What only a person can do: tell the application's own side of a new certificate, or let it take claims."""
    active = next((one for one in pair.certificates if one.thumbprint == pair.preferred_thumbprint), None)
    if wanted.claims is not None and active is None and not _accepts_mapped_claims(pair):
        yield (
            f"{pair.name!r} has a claims-mapping policy, but no certificate of its own to sign with, without which "
            "Entra ID lets nobody sign in (AADSTS50146). Give certificate: {}, or acceptMappedClaims in its manifest."
        )
    if wanted.certificate is None:
        return
    waiting = [one for one in pair.certificates if active is not None and one.end > active.end]
    if active is not None and waiting:
        yield (
            f"{pair.name!r} signs with a certificate that ends on {active.end.date().isoformat()}, and the newer one "
            f"{waiting[-1].shown} waits. Upload it on the application's side, then give certificate.activate=now."
        )
    elif active is not None and active.end - now <= timedelta(days=wanted.certificate.rollover_days):
        yield f"{pair.name!r} signs with a certificate that ends on {active.end.date().isoformat()}."


def _accepts_mapped_claims(pair: ApplicationPair) -> bool:
    return ((pair.registration or {}).get("api") or {}).get("acceptMappedClaims") is True
