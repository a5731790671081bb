# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All policies and places as a plan leaves them, in the form that sign-ins are evaluated against."""

from __future__ import annotations

from dataclasses import replace

from .._evaluation.evaluated_policy import EvaluatedPolicy
from .._evaluation.planned import planned_locations, planned_policies
from .._reconcile.shape import Json
from .named_location import NAMED_LOCATION
from .outcome import Outcome
from .preview_policies import PreviewPolicy


def planned_in_full(outcome: Outcome) -> list[EvaluatedPolicy]:
    """All policies as they will be, those and the parts that only the beta endpoint shows among them."""
    kept_back = {one.identifier: one for one in (*outcome.preview.hidden, *outcome.preview.masked)}
    shown = [policy for policy in outcome.policies or () if policy.identifier]
    planned = planned_policies(shown, outcome.policy_plans)
    keys = {policy.key for policy in planned}
    whole = [replace(one, content=kept_back[one.key].content) if one.key in kept_back else one for one in planned]
    return [*whole, *(_evaluated(one) for one in outcome.preview.hidden if one.identifier not in keys)]


def _evaluated(policy: PreviewPolicy) -> EvaluatedPolicy:
    return EvaluatedPolicy(policy.identifier, policy.name, policy.state, policy.content)


def planned_places(outcome: Outcome) -> dict[str, Json] | None:
    """The named locations as they will be, canonical, by id or key; None where nobody read them."""
    known = outcome.objects.get(NAMED_LOCATION.noun)
    if known is None:
        return None
    plans = [plan for plan in outcome.object_plans if plan.resource == NAMED_LOCATION.noun]
    return planned_locations([one for one in known if one.identifier], plans)
