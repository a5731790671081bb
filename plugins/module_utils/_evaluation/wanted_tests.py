# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tests of sign-ins that somebody wants to be run, with what goes for all of them."""

from __future__ import annotations

import ipaddress
import typing as t
from dataclasses import dataclass

from .._graph.errors import OptionError
from .._reconcile.option_path import prefix_of
from .given_tests import sign_in_tests
from .sign_in_test import Options, SignInTest

FAIL, REPORT = "fail", "report"


@dataclass(frozen=True)
class WantedTests:
    """The *tests*. *fails*: one that fails stops the run, instead of only being reported.

    With *include_report_only* policies in report-only mode count as if they were enforced. *mfa_trusted_ips* are the
    legacy trusted addresses, which nothing can read; None where nobody said them.
    """

    tests: tuple[SignInTest, ...]
    include_report_only: bool = False
    mfa_trusted_ips: tuple[str, ...] | None = None
    fails: bool = True


def wanted_tests(options: Options, option: str = "") -> WantedTests:
    """The tests that *options* mean, which stand at the path *option*. Raises OptionError for what cannot be meant."""
    prefix = prefix_of(option)
    return WantedTests(
        tuple(sign_in_tests(options.get("sign_ins") or (), f"{prefix}sign_ins")),
        bool(options.get("include_report_only")),
        _trusted_ranges(options.get("mfa_trusted_ips"), f"{prefix}mfa_trusted_ips"),
        (options.get("on_failure") or FAIL) == FAIL,
    )


def _trusted_ranges(ranges: t.Sequence[str] | None, option: str) -> tuple[str, ...] | None:
    if ranges is None:
        return None
    for position, text in enumerate(ranges):
        try:
            ipaddress.ip_network(text, strict=False)
        except ValueError:
            remedy = "Write an IPv4 or IPv6 range like 203.0.113.0/24."
            raise OptionError(f"{option}[{position}]: {text!r} is no range.", remedy=remedy) from None
    return tuple(ranges)


def refuse_described_users(tests: t.Iterable[SignInTest]) -> None:
    """Raise OptionError for somebody who is described: the service evaluates sign-ins of users that it knows."""
    described = [f"{test.option}.described_user" for test in tests if test.described_user is not None]
    if described:
        raise OptionError(
            f"{', '.join(described)}: Microsoft's own evaluation knows no user who is only described.",
            remedy="Name a user there, or leave live out.",
        )
