# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What policies ask for before they let somebody in: every clause must be met, by any one of its controls."""

from __future__ import annotations

import typing as t

from .._reconcile.created import readable_keys
from .._reconcile.shape import Json
from .evaluated_policy import EvaluatedPolicy

Clause = frozenset[str]

BLOCK = "block"
# Stands between the controls of a clause where people read and write one.
OR = " or "


def blocks(policy: EvaluatedPolicy) -> bool:
    """Whether the policy lets nobody in to whom it applies."""
    return BLOCK in policy.view.controls


def clauses_of(policy: EvaluatedPolicy) -> list[Clause]:
    """What the policy asks for; nothing when it has session controls alone."""
    controls = controls_of(policy.view.grant)
    if policy.view.grant.get("operator") == "AND":
        return [frozenset({control}) for control in controls]
    return [frozenset(controls)] if controls else []


def controls_of(grant: Json) -> list[str]:
    """Every control of a canonical grantControls: built-in ones in Graph's words, the others by their ids."""
    strength = grant.get("authenticationStrength")
    return [
        *(grant.get("builtInControls") or []),
        *([strength] if strength else []),
        *(grant.get("termsOfUse") or []),
        *(grant.get("customAuthenticationFactors") or []),
    ]


def combined(policies: t.Iterable[EvaluatedPolicy]) -> tuple[Clause, ...]:
    """What all *policies* together ask for, without clauses that a stricter one implies, sorted."""
    found = {clause for policy in policies for clause in clauses_of(policy)}
    strictest = [clause for clause in found if not any(other < clause for other in found)]
    return tuple(sorted(strictest, key=lambda clause: (len(clause), sorted(clause))))


def adds_nothing(policy: EvaluatedPolicy, clauses: t.Sequence[Clause]) -> bool:
    """Whether who meets *clauses* also meets the policy."""
    return not blocks(policy) and all(any(one <= clause for one in clauses) for clause in clauses_of(policy))


def clause_texts(clauses: t.Iterable[Clause], names: t.Mapping[str, str]) -> list[str]:
    """Clauses as people write them: controls by their names, where *names* has one for an id."""
    return [OR.join(sorted(control_name(control, names) for control in clause)) for clause in clauses]


def control_name(control: str, names: t.Mapping[str, str]) -> str:
    """The name of a control: what *names* has for its id, or the name of one that is still to be created."""
    return names.get(control) or str(readable_keys(control))
