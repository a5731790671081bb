# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of revoke_sign_in_sessions: whoever holds a session has to sign in again, and so to register for MFA."""

from __future__ import annotations

import typing as t

from .._graph.errors import OptionError
from .._reconcile.shape import Json
from .._sessions.account import Account, moment_of
from .._sessions.revocation import Names, Revocation, WantedRevocation, carry_out_revocation
from .._spec.argument_spec import ArgumentSpec
from .._spec.policy_options import EMERGENCY_ACCESS
from .._spec.protocol import MakeSession, ModuleProtocol
from .planned_result import planned_result

SPEC = ArgumentSpec(
    {
        "users": {"type": "list", "elements": "str", "default": []},
        "groups": {"type": "list", "elements": "str", "default": []},
        "everyone": {"type": "bool", "default": False},
        "without_mfa": {"type": "bool", "default": False},
        "exclude_users": {"type": "list", "elements": "str", "default": []},
        "exclude_groups": {"type": "list", "elements": "str", "default": []},
        "emergency_access": EMERGENCY_ACCESS.options["emergency_access"],
        "include_self": {"type": "bool", "default": False},
        "unless_revoked_since": {"type": "str"},
        "maximum_listed": {"type": "int", "default": 100},
    }
)


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """The options, then who is meant, then their sessions."""
    wanted = wanted_revocation(module.params)
    if wanted.everyone and not wanted.emergency:
        module.warn("emergency_access names nobody: emergency access accounts are treated like everybody else.")
    revocation = carry_out_revocation(make_session(), wanted, check_mode=module.check_mode)
    return _result(module, revocation)


def wanted_revocation(params: t.Mapping[str, t.Any]) -> WantedRevocation:
    """What the options mean. Raises OptionError where they name nobody, or everyone and somebody."""
    named = Names(tuple(params["users"] or ()), tuple(params["groups"] or ()))
    if params["everyone"] and named:
        raise OptionError(
            "everyone: it is given beside users or groups, who are part of everyone.",
            remedy="Give either everyone: true, or users and groups.",
        )
    if not params["everyone"] and not named:
        raise OptionError(
            "users, groups, everyone: none of them says whose sessions are meant.",
            remedy="Give users, groups or everyone: true; without_mfa: true narrows them down.",
        )
    if params["maximum_listed"] < 0:
        raise OptionError("maximum_listed: it cannot be negative.", remedy="Give 0 for the counts alone.")
    emergency = params["emergency_access"] or {}
    since = params["unless_revoked_since"]
    return WantedRevocation(
        named=named,
        everyone=params["everyone"],
        without_mfa=params["without_mfa"],
        emergency=Names(
            tuple(emergency.get("users") or ()),
            tuple(emergency.get("groups") or ()),
            "emergency_access.users",
            "emergency_access.groups",
        ),
        excluded=Names(
            tuple(params["exclude_users"] or ()),
            tuple(params["exclude_groups"] or ()),
            "exclude_users",
            "exclude_groups",
        ),
        includes_itself=params["include_self"],
        since=moment_of(since) if since else None,
    )


def _result(module: ModuleProtocol, revocation: Revocation) -> dict[str, t.Any]:
    most, chosen = module.params["maximum_listed"], revocation.chosen
    return {
        **planned_result(module, revocation.plan(most), revocation.guards, is_changed=bool(chosen.revoked)),
        "revoke_sign_in_sessions": {
            "revoked": [_account_result(one) for one in chosen.revoked[:most]],
            "revoked_total": len(chosen.revoked),
            "left_alone": [{**_account_result(one), "reason": reason} for one, reason in chosen.left_alone[:most]],
            "left_alone_total": len(chosen.left_alone),
            "truncated": max(len(chosen.revoked), len(chosen.left_alone)) > most,
        },
    }


def _account_result(account: Account) -> Json:
    return {"id": account.identifier, "user_principal_name": account.name}
