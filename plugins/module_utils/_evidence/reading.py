# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads that may fail without harm: what kept the answer from us is told, and becomes part of the evidence."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._graph.errors import ConnectionFailed, ServiceRefused
from .._graph.session import Session
from .._guard.permissions import Requirement
from .._resources.license import NO_LICENSE

T = t.TypeVar("T")


@dataclass(frozen=True)
class Read(t.Generic[T]):
    """What was read, or why there is nothing.

    *problem* is empty where *value* counts. *is_unlicensed*: the tenant has no licence for it (facts section 9.1);
    *lacks*: the permission that would let us read it.
    """

    value: T | None = None
    problem: str = ""
    is_unlicensed: bool = False
    lacks: Requirement | None = None


def attempt(session: Session, need: Requirement, what: str, read: t.Callable[[], T]) -> Read[T]:
    """What *read* returns; without the permission it is not called, and what the service refuses is told.

    *what* names the thing in words. Raises what *read* raises for other reasons, such as a refused credential.
    """
    if not need.is_met_by(session.claims.permissions):
        return Read(problem=f"{what} was not read: the access token lacks {' or '.join(need.any_of[:2])}", lacks=need)
    try:
        return Read(read())
    except ServiceRefused as error:
        if error.code == NO_LICENSE:
            return Read(problem=f"{what} needs Microsoft Entra ID P1", is_unlicensed=True)
        cause = f"{error.status} {error.code}".strip() if error.status else error.message
        return Read(problem=f"{what} could not be read ({cause})", lacks=need if error.status == 403 else None)
    except ConnectionFailed as error:
        # Evidence is a courtesy: what the run did before must be told even when it cannot be read.
        return Read(problem=f"{what} could not be read ({error.message})")


def given_or(value: T | None, read: t.Callable[[], Read[T]]) -> Read[T]:
    """*value* where the caller has it already, else what *read* finds."""
    return read() if value is None else Read(value)


def lacking(*reads: Read[t.Any]) -> list[dict[str, t.Any]]:
    """The permissions that would prove more, as JSON values, each once."""
    needs = dict.fromkeys(read.lacks for read in reads if read.lacks is not None)
    return [need.to_result() for need in needs]


def problems(*reads: Read[t.Any]) -> list[str]:
    """What could not be read and why, each once."""
    return list(dict.fromkeys(read.problem for read in reads if read.problem))
