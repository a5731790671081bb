# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A sign-in as Conditional Access sees it: who, to what, from where, with what, and how risky it looks.

Every detail may be None, which means that it was not said. What is missing is named by the options of sign_in_test.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

Property: t.TypeAlias = "str | bool | tuple[str, ...] | None"

MEMBER = "member"
# The service has no word for an address whose country nobody knows.
UNKNOWN_COUNTRY = "unknown"
# A risk of a sign-in that has none.
NO_RISK = "none"


@dataclass(frozen=True)
class UserIdentity:
    """A person: *groups* are the ids of all groups they belong to, also through other groups; *roles* the template ids
    of the roles they hold in the whole tenant (facts section 2.5: those of an administrative unit do not count).

    *kind* is MEMBER or a type of guest or external user; *home_tenant* is where an external user comes from.
    """

    identifier: str
    groups: frozenset[str] | None = None
    roles: frozenset[str] | None = None
    kind: str | None = None
    home_tenant: str | None = None


@dataclass(frozen=True)
class WorkloadIdentity:
    """A service principal that signs in as itself; *is_of_tenant*: it was registered in this tenant.

    *attributes* are its custom security attributes, as ``Set_Attribute``.
    """

    identifier: str
    is_of_tenant: bool | None = None
    attributes: t.Mapping[str, Property] | None = None


Identity: t.TypeAlias = "UserIdentity | WorkloadIdentity"


@dataclass(frozen=True)
class Application:
    """What is signed in to: an application id, or the name of a group of applications that the tenant cannot list.

    *is_of_microsoft* is False for one that Microsoft does not own. *attributes* are its custom security attributes.
    """

    identifier: str
    is_of_microsoft: bool | None = None
    attributes: t.Mapping[str, Property] | None = None


@dataclass(frozen=True)
class Target:
    """What is signed in to. An application that asks for an authentication context is named beside it."""

    application: Application | None = None
    user_action: str | None = None
    authentication_context: str | None = None


@dataclass(frozen=True)
class Device:
    """The device: *properties* by the name that filters use; one that is there and None is known to be unset.

    A device that is not registered has no properties at all.
    """

    is_registered: bool | None = None
    properties: t.Mapping[str, Property] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """Where from: an address, a country (two letters, or UNKNOWN_COUNTRY), or the ids of the named locations it is in.

    Where *locations* are named, it is in these and in no others. *is_trusted* says it where the locations do not.
    """

    ip_address: str | None = None
    country: str | None = None
    locations: frozenset[str] | None = None
    is_trusted: bool | None = None


@dataclass(frozen=True)
class Risks:
    """How risky it looks: low, medium, high or none; for insiders minor, moderate, elevated or none."""

    sign_in: str | None = None
    user: str | None = None
    service_principal: str | None = None
    insider: str | None = None


@dataclass(frozen=True)
class SignIn:
    """One sign-in. *authentication_flow* is a transfer method, or NO_FLOW for none."""

    identity: Identity
    target: Target
    client_app_type: str | None = None
    device_platform: str | None = None
    device: Device = field(default_factory=Device)
    place: Place = field(default_factory=Place)
    risks: Risks = field(default_factory=Risks)
    authentication_flow: str | None = None


NO_FLOW = "none"
