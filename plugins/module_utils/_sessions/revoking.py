# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Revokes the sessions of many users, twenty a request, and waits until the service shows it."""

from __future__ import annotations

import typing as t

from .._graph.batch import BatchRequest, send_in_batches
from .._graph.errors import EntraError, ServiceRefused
from .._graph.session import Session
from .._reconcile.action import Expectation
from .._reconcile.verify import wait_until_met
from .account import Account, read_accounts

NOUN = "sign_in_sessions"
_MOST_TOLD = 20


def revoke(session: Session, accounts: t.Sequence[Account]) -> None:
    """Revoke the sessions of *accounts*; revoking twice does no harm, so that what is unclear is sent again.

    Raises ServiceRefused that names whom the service refused when all others were done. Every error says in its
    details how many were done.
    """
    done: list[Account] = []
    refused: list[tuple[Account, str]] = []
    requests = [BatchRequest("POST", f"/users/{one.identifier}/revokeSignInSessions") for one in accounts]
    try:
        for account, (request, answer) in zip(accounts, send_in_batches(session, requests), strict=True):
            # The service may answer with success and false.
            if answer.is_success and answer.body.get("value") is not False:
                done.append(account)
            else:
                refused.append((account, answer.refusal(request).message))
        _wait(session, done)
        _raise_refusals(refused)
    except EntraError as error:
        error.details["revoked_total"] = len(done)
        error.details["failed_total"] = len(refused)
        raise


def _wait(session: Session, accounts: t.Sequence[Account]) -> None:
    """Until the moment since which sessions count has moved for each."""
    expectations = [Expectation(NOUN, one.identifier, one.name, one.identifier, one.valid_from) for one in accounts]

    def unmet(wanted: t.Sequence[Expectation]) -> list[str]:
        shown = {one.identifier: one.valid_from for one in read_accounts(session, (one.key for one in wanted))}
        # Who is gone meanwhile has no sessions.
        late = [one.name for one in wanted if one.key in shown and shown[one.key] == one.value]
        return [f"the sessions of {len(late)} users still count: {_told(late)}"] if late else []

    wait_until_met(session, expectations, unmet)


def _told(names: t.Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_TOLD} more" if len(names) > _MOST_TOLD else ""
    return ", ".join(names[:_MOST_TOLD]) + more


def _raise_refusals(refused: t.Sequence[tuple[Account, str]]) -> None:
    if not refused:
        return
    told = "; ".join(f"{account.name}: {reason}" for account, reason in refused[:_MOST_TOLD])
    raise ServiceRefused(
        f"The sessions of all others were revoked. The service refused {len(refused)} users: {told}",
        remedy="Mend what is named and run again; unless_revoked_since leaves those alone that were done.",
        details={
            "failed": [
                {"id": account.identifier, "user_principal_name": account.name, "reason": reason}
                for account, reason in refused[:_MOST_TOLD]
            ]
        },
    )
