# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The resource security defaults: a singleton with one switch (facts section 1)."""

from __future__ import annotations

from dataclasses import replace

from .._graph.errors import ConnectionFailed
from .._graph.session import Session
from .._reconcile.action import UPDATE, Action, Expectation
from .._reconcile.compare import Change
from .._reconcile.shape import Json

NOUN = "security_defaults"
PATH = "/policies/identitySecurityDefaultsEnforcementPolicy"
_NAME = "security defaults"

# Turning them on may be refused until the service has noticed that policies no longer enforce. The text of that refusal
# is not known, only that it is a 400 (facts section 1.3), so any such refusal is worth another try.
_POLICIES_STILL_ENFORCE = ("400 badrequest",)
_POLICIES_IN_THE_WAY = (
    "Some tenants refuse security defaults while any Conditional Access policy exists, whatever its state: give all of "
    "them state: absent in the same task (those that Microsoft manages cannot be removed), or leave security defaults "
    "off."
)


def read_is_enabled(session: Session) -> bool:
    """Whether security defaults are on. Raises ConnectionFailed when the answer does not say so."""
    is_enabled = session.get(PATH).get("isEnabled")
    if not isinstance(is_enabled, bool):
        raise ConnectionFailed(
            f"GET {PATH}: the answer does not say whether security defaults are on.",
            remedy="Check that graph_url leads to Microsoft Graph and not to a proxy or a sign-in page.",
            request_id=session.last_request_id,
        )
    return is_enabled


def security_defaults_result(is_enabled: bool) -> Json:
    """Security defaults as tasks return them."""
    return {"is_enabled": is_enabled}


def switch_action(is_enabled: bool, reason: str) -> Action:
    """The action that turns security defaults on or off."""
    action = Action(
        UPDATE,
        NOUN,
        NOUN,
        _NAME,
        PATH,
        reason,
        body={"isEnabled": is_enabled},
        is_singleton=True,
        changes=(Change("is_enabled", not is_enabled, is_enabled),),
        waits_for=_patience(is_enabled),
        if_refused=_POLICIES_IN_THE_WAY if is_enabled else "",
    )
    undo = replace(
        action,
        reason=f"take back: {reason}",
        body={"isEnabled": not is_enabled},
        changes=(),
        waits_for=_patience(not is_enabled),
    )
    return replace(action, undo=undo)


def _patience(is_enabled: bool) -> tuple[str, ...]:
    return _POLICIES_STILL_ENFORCE if is_enabled else ()


def expectation(is_enabled: bool) -> Expectation:
    """What must be read back."""
    return Expectation(NOUN, NOUN, _NAME, None, is_enabled)
