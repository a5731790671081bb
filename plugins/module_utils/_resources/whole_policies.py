# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Policies as whole as they can be read, for who only looks at them: what v1.0 keeps back, the beta endpoint shows."""

from __future__ import annotations

import typing as t

from .._graph.api_versions import V1
from .._graph.session import Session
from .._policy.policy_plan import CurrentPolicy
from .._policy.policy_shape import POLICY
from .._reconcile.preview import preview_uses
from .conditional_access_policy import read_policies
from .preview_policies import read_in_beta


def read_whole_policies(session: Session, api_version: str) -> list[CurrentPolicy]:
    """The tenant's policies; under v1.0 those that it keeps back, in part or whole, come from the beta endpoint."""
    shown = read_policies(session, api_version)
    return _with_preview_parts(shown, read_in_beta(session)) if api_version == V1 else shown


def _with_preview_parts(shown: t.Sequence[CurrentPolicy], in_beta: t.Sequence[CurrentPolicy]) -> list[CurrentPolicy]:
    """The policies *shown* by v1.0, but whole ones *in_beta* in place of those that v1.0 does not show in full."""
    known = {policy.identifier for policy in shown}
    whole = {
        policy.identifier: policy
        for policy in in_beta
        if policy.identifier not in known or list(preview_uses(POLICY, policy.content))
    }
    kept = [policy for policy in shown if policy.identifier not in whole]
    return sorted([*kept, *whole.values()], key=lambda policy: (policy.name, policy.identifier))
