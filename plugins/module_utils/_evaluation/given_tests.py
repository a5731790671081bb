# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads tests of sign-ins from options, and refuses those that cannot be meant."""

from __future__ import annotations

import ipaddress
import re
import typing as t
from collections import Counter

from .._graph.errors import OptionError
from .._reconcile.canonical import is_guid
from .sign_in import UNKNOWN_COUNTRY
from .sign_in_test import Expectation, Options, SignInTest

_COUNTRY = re.compile(r"[A-Za-z]{2}")
_OF_PEOPLE = ("guest_type", "external_tenant_id", "sign_in_risk_level", "user_risk_level", "insider_risk_level")


def sign_in_tests(sign_ins: t.Sequence[Options], option: str) -> list[SignInTest]:
    """The tests that the option at *option* lists. Raises OptionError at the first that cannot be meant."""
    tests = [_test(details, f"{option}[{position}]") for position, details in enumerate(sign_ins)]
    twice = [name for name, count in Counter(test.name for test in tests).items() if count > 1]
    if twice:
        raise OptionError(
            f"{option}: the name {twice[0]!r} stands there twice.", remedy="Name each sign-in differently."
        )
    return tests


def _test(details: Options, option: str) -> SignInTest:
    _check_who(details, option)
    _check_target(details, option)
    _check_place(details, option)
    return SignInTest(option, str(details["name"]), details, _expectation(details.get("expect"), f"{option}.expect"))


def _given(details: Options, *names: str) -> list[str]:
    return [name for name in names if details.get(name) is not None]


def _check_who(details: Options, option: str) -> None:
    who = _given(details, "user", "described_user", "service_principal")
    if len(who) != 1:
        raise OptionError(f"{option}: who signs in?", remedy="Give one of user, described_user and service_principal.")
    is_workload = who == ["service_principal"]
    foreign = _given(details, *_OF_PEOPLE) if is_workload else []
    if foreign or (not is_workload and _given(details, "service_principal_risk_level")):
        name = (foreign or ["service_principal_risk_level"])[0]
        raise OptionError(f"{option}.{name}: a {who[0].replace('_', ' ')} has none.", remedy="Leave it out.")
    tenant = details.get("external_tenant_id")
    if tenant is not None and not is_guid(tenant):
        raise OptionError(f"{option}.external_tenant_id: {tenant!r} is no id of a tenant.", remedy="Give its GUID.")


def _check_target(details: Options, option: str) -> None:
    """An application may ask for an authentication context; a user action stands alone."""
    target = _given(details, "application", "user_action", "authentication_context")
    if not target or ("user_action" in target and len(target) > 1):
        raise OptionError(
            f"{option}: what is signed in to?",
            remedy="Give application, user_action or authentication_context. Only application and "
            "authentication_context go together.",
        )


def _check_place(details: Options, option: str) -> None:
    address, country = details.get("ip_address"), details.get("country")
    if address is not None and not _is_address(address):
        raise OptionError(f"{option}.ip_address: {address!r} is no IP address.", remedy="Give one like 203.0.113.5.")
    if country is not None and country != UNKNOWN_COUNTRY and not _COUNTRY.fullmatch(country):
        raise OptionError(
            f"{option}.country: {country!r} is no code of two letters.",
            remedy=f"Write an ISO 3166 code like DE, or {UNKNOWN_COUNTRY}.",
        )


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _expectation(expect: Options | None, option: str) -> Expectation | None:
    """What was expected; a test that expects nothing at all could never fail."""
    if expect is None:
        return None
    names = ("outcome", "controls", "policies_apply", "policies_do_not_apply")
    controls = expect.get("controls")
    # A list without controls says that none is asked for; one without policies says nothing.
    if controls is None and not any(expect.get(name) for name in names):
        raise OptionError(f"{option}: nothing is expected.", remedy=f"Give one of {', '.join(names)}.")
    return Expectation(
        outcome=expect.get("outcome"),
        controls=None if controls is None else tuple(controls),
        policies_apply=tuple(expect.get("policies_apply") or ()),
        policies_do_not_apply=tuple(expect.get("policies_do_not_apply") or ()),
    )
