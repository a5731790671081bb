# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A staged policy as tasks return it: its stage, since when, what is missing, and the evidence."""

from __future__ import annotations

from dataclasses import dataclass

from .._policy.policy_shape import POLICY
from .._reconcile.compare import changes
from .._reconcile.shape import Json
from .observation import written
from .policy_impact import PolicyImpact
from .promotion import Verdict
from .stages import SHADOWED, Stage


@dataclass(frozen=True)
class RolledOut:
    """A *stage* that this run leaves a policy in, and the *verdict* that led there."""

    stage: Stage
    verdict: Verdict

    def to_result(self) -> Json:
        """The rollout of one policy as JSON values."""
        stage, verdict = self.stage, self.verdict
        return {
            "display_name": stage.plan.name,
            "id": stage.plan.current.identifier if stage.plan.current else None,
            "stage": stage.name,
            "promoted": stage.is_promoted,
            "ring": stage.ring,
            "enforced_rings": list(stage.enforced_rings),
            "since": written(verdict.since) if verdict.since else None,
            "ready": verdict.is_ready,
            "missing": list(verdict.missing),
            "shadow": stage.twin.name if stage.name == SHADOWED and stage.twin and stage.twin.content else None,
            "differs": _differs(stage),
            "impact": _impact(verdict.impact),
            "enforced_impact": _impact(verdict.enforced_impact),
        }


def _differs(stage: Stage) -> list[str]:
    """The option paths in which what is shown next differs from what is enforced."""
    if stage.name != SHADOWED or stage.promoted is None or stage.promoted.content is None:
        return []
    return [change.path for change in changes(POLICY, stage.plan.content, stage.promoted.content)]


def _impact(impact: PolicyImpact | None) -> Json | None:
    return impact.to_result() if impact else None
