# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A sign-in that somebody wrote down, with what they expect to become of it."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, replace

from .._reconcile.references import NamedReference
from .application_groups import GROUPS
from .device_properties import OPTIONS, PROPERTIES
from .facts import DirectoryFacts
from .sign_in import MEMBER, Application, Device, Identity, Place, Property, Risks, SignIn, Target, UserIdentity

Options = t.Mapping[str, t.Any]

USER_ACTIONS = {
    "register_security_information": "urn:user:registersecurityinfo",
    "register_device": "urn:user:registerdevice",
}
# Nobody in a directory has it, so that no policy names it.
_NOBODY_IN_PARTICULAR = ""


@dataclass(frozen=True)
class Expectation:
    """What must become of a sign-in; None for what nobody said.

    *controls* are clauses, of which each must be met: controls with `` or `` between them.
    """

    outcome: str | None = None
    controls: tuple[str, ...] | None = None
    policies_apply: tuple[str, ...] = ()
    policies_do_not_apply: tuple[str, ...] = ()


@dataclass(frozen=True)
class SignInTest:
    """One test: *details* are its options as given, *option* is the path that messages begin with."""

    option: str
    name: str
    details: Options
    expectation: Expectation | None = None

    @property
    def described_user(self) -> Options | None:
        """What is said of somebody who is described and not named; None where a test names who signs in."""
        return self.details.get("described_user")


def mentions_of(tests: t.Iterable[SignInTest]) -> list[NamedReference]:
    """What *tests* name and must be looked up: people, their groups and roles, what they sign in to, and places."""
    return [mention for test in tests for mention in _mentions(test)]


def _mentions(test: SignInTest) -> t.Iterator[NamedReference]:
    for kind in ("user", "service_principal", "application", "authentication_context"):
        value = test.details.get(kind)
        if value and value not in GROUPS:
            yield NamedReference(kind, value, f"{test.option}.{kind}")
    yield from _listed("named_location", test.details.get("locations"), f"{test.option}.locations")
    described_user = test.described_user or {}
    yield from _listed("group", described_user.get("groups"), f"{test.option}.described_user.groups")
    yield from _listed("role", described_user.get("roles"), f"{test.option}.described_user.roles")


def _listed(kind: str, values: t.Sequence[str] | None, option: str) -> t.Iterator[NamedReference]:
    for position, value in enumerate(values or ()):
        yield NamedReference(kind, value, f"{option}[{position}]")


def described(test: SignInTest, facts: DirectoryFacts) -> SignIn:
    """The sign-in that a test describes, with what the directory says. Raises KeyError for what was not looked up."""
    details = test.details
    return SignIn(
        identity=_identity(details, facts),
        target=_target(details, facts),
        client_app_type=details.get("client_app_type"),
        device_platform=details.get("device_platform"),
        device=_device(details.get("device") or {}),
        place=_place(details, facts),
        risks=Risks(
            sign_in=details.get("sign_in_risk_level"),
            user=details.get("user_risk_level"),
            service_principal=details.get("service_principal_risk_level"),
            insider=details.get("insider_risk_level"),
        ),
        authentication_flow=details.get("authentication_flow"),
    )


def _identity(details: Options, facts: DirectoryFacts) -> Identity:
    """What a test says of somebody's being external comes before what the directory shows."""
    if details.get("service_principal"):
        return facts.workloads[details["service_principal"]]
    described_user = details.get("described_user")
    user = facts.users[details["user"]] if described_user is None else _described_user(described_user, facts)
    tenant = details.get("external_tenant_id")
    return replace(
        user,
        kind=details.get("guest_type") or user.kind,
        home_tenant=tenant.lower() if tenant else user.home_tenant,
    )


def _described_user(options: Options, facts: DirectoryFacts) -> UserIdentity:
    """Somebody of the tenant who is in these groups and holds these roles, and no others."""
    return UserIdentity(
        _NOBODY_IN_PARTICULAR,
        frozenset(facts.group_ids[name] for name in options.get("groups") or ()),
        frozenset(facts.role_ids[name] for name in options.get("roles") or ()),
        MEMBER,
    )


def _target(details: Options, facts: DirectoryFacts) -> Target:
    application, context = details.get("application"), details.get("authentication_context")
    return Target(
        application=_application(application, facts) if application else None,
        user_action=USER_ACTIONS[details["user_action"]] if details.get("user_action") else None,
        authentication_context=facts.context_ids[context] if context else None,
    )


def _application(application: str, facts: DirectoryFacts) -> Application:
    return Application(application) if application in GROUPS else facts.applications[application]


def _device(options: Options) -> Device:
    said = {name: options.get(OPTIONS[name]) for name in PROPERTIES}
    properties: dict[str, Property] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in said.items() if value is not None
    }
    return Device(options.get("is_registered"), properties)


def _place(details: Options, facts: DirectoryFacts) -> Place:
    named = details.get("locations")
    return Place(
        ip_address=details.get("ip_address"),
        country=details.get("country"),
        locations=None if named is None else frozenset(facts.location_ids[name] for name in named),
        is_trusted=details.get("trusted_location"),
    )
