# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What it takes to bring an application to what is wanted: a pure function of both and of the time."""

from __future__ import annotations

import typing as t
from dataclasses import replace
from datetime import datetime, timedelta

from .._directory.principals import Principal
from .._graph.errors import GuardRefused
from .._reconcile.action import CREATE, DELETE, RESTORE, UPDATE, Action, Phase, Plan
from .._reconcile.compare import Change
from .._reconcile.created import key_of_new
from .._reconcile.shape import Json
from .certificate import LEAVING, CertificatePlan, plan_certificates, written
from .finding import BIN
from .pair import APPLICATIONS, CLAIMS_POLICIES, NOTHING, SERVICE_PRINCIPALS, ApplicationPair
from .setting import APPLICATION, PRINCIPAL, SETTINGS
from .template import COLLECTION as TEMPLATES
from .template import Template
from .wanted_application import WantedApplication

NOUN = "saas_application"
CERTIFICATE = "token_signing_certificate"
CLAIMS_POLICY = "claims_mapping_policy"
# Refusals that only say that the service has not noticed an earlier write of the same run (facts section 0.4).
_NOT_NOTICED_YET = ("request_resourcenotfound",)
_KEY_NOT_NOTICED_YET = ("preferredtokensigningkeythumbprint",)
_COLLECTIONS = {APPLICATION: APPLICATIONS, PRINCIPAL: SERVICE_PRINCIPALS}


def creation(wanted: WantedApplication, template: Template) -> Action:
    """The action that makes an application from an entry of the gallery."""
    return Action(
        CREATE,
        NOUN,
        key_of_new(NOUN, wanted.name),
        wanted.name,
        f"{TEMPLATES}/{template.identifier}/instantiate",
        f"there is no application of this name; it is made from {template.name!r} of the gallery",
        {"displayName": wanted.name},
        changes=(Change("template", None, template.name),),
    )


def restoration(wanted: WantedApplication, deleted: Json) -> Action:
    """The action that brings an application back from the bin."""
    identifier = str(deleted["id"]).lower()
    reason = "the application lies in the bin and is to be restored"
    return Action(RESTORE, NOUN, identifier, wanted.label, BIN, reason, object_id=identifier)


def removal(pair: ApplicationPair) -> Action:
    """The action that deletes an application; in its home tenant the service principal goes with it."""
    at_home = bool(pair.registration_id)
    return Action(
        DELETE,
        NOUN,
        pair.application_id,
        pair.name,
        APPLICATIONS if at_home else SERVICE_PRINCIPALS,
        "the application is to be absent",
        object_id=pair.registration_id if at_home else pair.principal_id,
    )


def plan_application(
    wanted: WantedApplication,
    pair: ApplicationPair | None,
    owners: t.Sequence[Principal],
    now: datetime,
    beginning: Action | None = None,
) -> Plan:
    """Everything to be done, in order; *beginning* brings an application that is not there into being.

    *owners* are those that are wanted, if anything is said of them.
    """
    if not wanted.is_present:
        return _plan([] if pair is None else [removal(pair)])
    actions = settings_of(wanted, NOTHING if pair is None else pair, owners, now)
    return _plan(([] if beginning is None else [beginning]) + actions)


def settings_of(
    wanted: WantedApplication, pair: ApplicationPair, owners: t.Sequence[Principal], now: datetime
) -> list[Action]:
    """The actions that make an existing application what is wanted; of one that does not exist, those to be expected.

    Raises GuardRefused for what only the registration can be, where that belongs to another tenant.
    """
    return [
        *_changes_of(wanted, pair, PRINCIPAL),
        *_changes_of(wanted, pair, APPLICATION),
        *_certificates(wanted, pair, now),
        *_claims(wanted, pair),
        *(_owners(wanted, pair, owners) if wanted.owners is not None else ()),
    ]


def _plan(actions: t.Sequence[Action]) -> Plan:
    return Plan((Phase("applications", tuple(actions), ()),) if actions else ())


def _changes_of(wanted: WantedApplication, pair: ApplicationPair, holder: str) -> t.Iterator[Action]:
    """One change of the object that keeps what differs, if anything does."""
    held = pair.holder(holder)
    body: Json = {}
    changes: list[Change] = []
    for option, setting in SETTINGS.items():
        if setting.holder != holder or option not in wanted.settings:
            continue
        before, after = setting.read(held), wanted.settings[option]
        if before == after:
            continue
        written_part = setting.write(after, held)
        held, body = {**held, **written_part}, {**body, **written_part}
        changes.append(Change(option, before, after))
    if not changes:
        return
    if pair.registration is None and holder == APPLICATION:
        raise _foreign(changes[0].path, pair)
    yield replace(_update(pair, holder), body=body, changes=tuple(changes))


def _foreign(option: str, pair: ApplicationPair) -> GuardRefused:
    return GuardRefused(
        f"{option}: {pair.name!r} is registered by another organization, which alone can change this.",
        remedy="Leave it out, or make an application of your own under another name. Nothing was written.",
    )


def _update(pair: ApplicationPair, holder: str = PRINCIPAL, reason: str = "") -> Action:
    identifier = (pair.registration_id if holder == APPLICATION else pair.principal_id) or None
    return Action(
        UPDATE,
        holder,
        pair.application_id or NOUN,
        pair.name,
        _COLLECTIONS[holder],
        reason or "the application differs from what is wanted",
        object_id=identifier,
    )


def _certificates(wanted: WantedApplication, pair: ApplicationPair, now: datetime) -> t.Iterator[Action]:
    if wanted.certificate is None:
        return
    wish = wanted.certificate
    planned = plan_certificates(pair.certificates, pair.preferred_thumbprint, wish, now)
    end = now + timedelta(days=wish.lifetime_days)
    key = key_of_new(CERTIFICATE, wish.name)
    if planned.makes_new:
        yield replace(
            _update(pair, reason=_why_new(pair)),
            operation=CREATE,
            resource=CERTIFICATE,
            key=key,
            name=f"CN={wish.name}",
            collection=f"{SERVICE_PRINCIPALS}/{pair.principal_id}/addTokenSigningCertificate",
            object_id=None,
            body={"displayName": f"CN={wish.name}", "endDateTime": written(end)},
            changes=(Change("certificate.expires", None, end.date().isoformat()),),
        )
    yield from _activation(pair, planned, key, end)
    if planned.removed:
        yield replace(
            _update(pair, reason="certificates are no longer needed"),
            resource=CERTIFICATE,
            body={LEAVING: [one.key_identifier for one in planned.removed]},
            changes=tuple(Change("certificate.thumbprint", one.shown, None) for one in planned.removed),
        )


def _why_new(pair: ApplicationPair) -> str:
    if not pair.certificates:
        return "there is no certificate to sign with"
    return f"the last certificate ends on {pair.certificates[-1].end.date().isoformat()}"


def _activation(pair: ApplicationPair, planned: CertificatePlan, key: str, end: datetime) -> t.Iterator[Action]:
    if planned.activates_new:
        thumbprint, shown = key, f"the new one (until {end.date().isoformat()})"
    elif planned.activated is not None:
        thumbprint, shown = planned.activated.thumbprint, planned.activated.shown
    else:
        return
    before = next((one.shown for one in pair.certificates if one.thumbprint == pair.preferred_thumbprint), None)
    yield replace(
        _update(pair, reason="the newest certificate is to sign"),
        resource=CERTIFICATE,
        body={"preferredTokenSigningKeyThumbprint": thumbprint},
        waits_for=_KEY_NOT_NOTICED_YET,
        changes=(Change("certificate.active", before, shown),),
    )


def _claims(wanted: WantedApplication, pair: ApplicationPair) -> t.Iterator[Action]:
    """The policy that the application has is changed where nobody else has it, and otherwise replaced."""
    if not wanted.speaks_of_claims:
        return
    wish, state = wanted.claims, pair.claims
    if wish is not None and len(state.assigned) == 1 and wish.is_met_by(state.assigned[0]):
        return
    if wish is not None and len(state.assigned) == 1 and not state.is_shared:
        policy = state.assigned[0]
        yield Action(
            UPDATE,
            CLAIMS_POLICY,
            str(policy["id"]),
            str(policy.get("displayName")),
            CLAIMS_POLICIES,
            "the claims differ from what is wanted",
            {"definition": [wish.definition]},
            str(policy["id"]),
            changes=(Change("claims", _definition(policy), wish.definition),),
        )
        return
    yield from (_unassignment(pair, policy) for policy in state.assigned)
    if wish is None:
        return
    key = key_of_new(CLAIMS_POLICY, wish.name)
    if state.named is None:
        body = {"displayName": wish.name, "definition": [wish.definition], "isOrganizationDefault": False}
        yield Action(
            CREATE,
            CLAIMS_POLICY,
            key,
            wish.name,
            CLAIMS_POLICIES,
            "no policy that belongs to this application alone maps the claims that are wanted",
            body,
            changes=(Change("claims", None, wish.definition),),
        )
    yield replace(
        _update(pair, reason="the claims are to be mapped"),
        calls="claimsMappingPolicies/$ref",
        body={"@odata.id": key if state.named is None else str(state.named["id"])},
        waits_for=_NOT_NOTICED_YET,
        changes=(Change("claims.name", None, wish.name),),
    )


def _unassignment(pair: ApplicationPair, policy: Json) -> Action:
    return replace(
        _update(pair, reason="the claims are mapped by another policy, or by none"),
        calls=f"claimsMappingPolicies/{policy['id']}/$ref",
        changes=(Change("claims.name", policy.get("displayName"), None),),
    )


def _definition(policy: Json) -> str | None:
    return next(iter(policy.get("definition") or ()), None)


def _owners(wanted: WantedApplication, pair: ApplicationPair, owners: t.Sequence[Principal]) -> t.Iterator[Action]:
    present, desired = {one.identifier for one in pair.owners}, {one.identifier for one in owners}
    for one in sorted(owners):
        if one.identifier not in present:
            yield replace(
                _update(pair, reason="the owners differ from what is wanted"),
                calls="owners/$ref",
                body={"@odata.id": one.identifier},
                changes=(Change("owners", None, one.shown),),
            )
    for one in pair.owners:
        if one.identifier not in desired:
            yield replace(
                _update(pair, reason="the owners differ from what is wanted"),
                calls=f"owners/{one.identifier}/$ref",
                changes=(Change("owners", one.shown, None),),
            )
