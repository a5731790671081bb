# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All policies as a plan leaves them, whole, for whoever looks at what it leads to."""

from __future__ import annotations

import typing as t
from dataclasses import replace

from .._evaluation.evaluated_policy import EvaluatedPolicy
from .._graph.api_versions import V1
from .._graph.session import Session
from .._policy.policy_plan import CurrentPolicy
from .._reconcile.created import is_key_of_new
from .outcome import Outcome
from .planned_in_full import planned_in_full
from .preview_policies import PreviewPolicies, read_preview_policies


def with_what_is_kept_back(session: Session, outcome: Outcome, api_version: str) -> Outcome:
    """*outcome* with what v1.0 keeps back of policies, which a plan that changes none had no reason to read."""
    if api_version != V1 or outcome.preview.was_read:
        return outcome
    return replace(outcome, preview=read_preview_policies(session, outcome.policies or ()))


def planned_tenant_in_full(outcome: Outcome) -> list[CurrentPolicy]:
    """All policies as they will be; a new one has an empty id, as one that v1.0 does not show has no raw answer."""
    raw = {policy.identifier: policy.raw for policy in outcome.policies or () if policy.identifier}
    return [_as_current(policy, raw) for policy in planned_in_full(outcome)]


def _as_current(policy: EvaluatedPolicy, raw: t.Mapping[str, t.Any]) -> CurrentPolicy:
    identifier = "" if is_key_of_new(policy.key) else policy.key
    return CurrentPolicy(identifier, policy.name, policy.state, policy.content, raw.get(policy.key, {}))


def current_tenant_in_full(policies: t.Iterable[CurrentPolicy], preview: PreviewPolicies) -> list[CurrentPolicy]:
    """All policies as they are, where *policies* are those that v1.0 shows."""
    whole = {one.identifier: one.content for one in preview.masked}
    shown = [replace(policy, content=whole.get(policy.identifier, policy.content)) for policy in policies]
    return [*shown, *(CurrentPolicy(one.identifier, one.name, one.state, one.content, {}) for one in preview.hidden)]
