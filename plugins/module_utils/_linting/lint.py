# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every rule of the linter by its name, and what they find in a tenant: a pure function."""

from __future__ import annotations

import typing as t

from . import rules_conditions as conditions
from . import rules_coverage as coverage
from . import rules_exclusions as exclusions
from . import rules_pairs as pairs
from . import rules_references as references
from . import rules_states as states
from .finding import Finding, in_order
from .linted_tenant import LintedTenant
from .rules_of_policies import RULES as RULES_OF_POLICIES
from .rules_of_policies import Check
from .rules_swallowed import exclusion_swallows_inclusion

_CHECKS: tuple[Check, ...] = (
    exclusion_swallows_inclusion,
    exclusions.no_exclusion,
    exclusions.emergency_access_not_excluded,
    coverage.mfa_not_required_of_all_users,
    coverage.left_out_of_mfa,
    coverage.legacy_authentication_not_blocked,
    coverage.trusted_location_only,
    pairs.duplicate_policies,
    pairs.shadowed_by_block,
    references.missing_reference,
    references.empty_group,
    references.emergency_access_without_members,
    states.report_only_too_long,
    states.disabled_policy,
    states.name_used_twice,
    conditions.deprecated_client_app_type,
    conditions.deprecated_custom_control,
    conditions.flows_in_one_policy,
    conditions.risk_without_every_time,
    conditions.all_resources_but_some,
)

#: By the name that results and the option ignore have for it.
RULES: t.Mapping[str, Check] = {**RULES_OF_POLICIES, **{check.__name__: check for check in _CHECKS}}


def lint(tenant: LintedTenant) -> list[Finding]:
    """Everything that the rules find in *tenant*, the gravest first."""
    return in_order(Finding(name, seen) for name, check in RULES.items() for seen in check(tenant))
