# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The documentation of the options that speak of Conditional Access policies, for every module that takes them."""

from __future__ import annotations

from .._policy.policy_shape import POLICY as SHAPE
from .documentation import Descriptions, documented, fields_by_path, fragment
from .policy_descriptions import DESCRIPTIONS, GENERAL
from .policy_options import AROUND_THE_LIST, EMERGENCY_ACCESS, LANE, POLICIES, POLICY
from .rollout_descriptions import ADDED, ROLLOUT_DESCRIPTIONS
from .rollout_options import PROMOTE

POLICY_DESCRIPTIONS = Descriptions({**DESCRIPTIONS, **ROLLOUT_DESCRIPTIONS}, GENERAL, fields_by_path(SHAPE), ADDED)
_LISTS = ("policies",)


def policy_fragment() -> str:
    """The options of one policy."""
    return fragment(documented({**POLICY.options, **PROMOTE}, POLICY_DESCRIPTIONS))


def policies_fragment() -> str:
    """The options of a list of policies."""
    options = {"policies": {**POLICIES, "required": True}, **AROUND_THE_LIST}
    return fragment(documented(options, POLICY_DESCRIPTIONS, lists=_LISTS))


def emergency_access_fragment() -> str:
    """The option emergency_access."""
    return fragment(documented(EMERGENCY_ACCESS.options, POLICY_DESCRIPTIONS))


def lane_fragment() -> str:
    """How policies are read and written."""
    return fragment(documented(LANE.options, POLICY_DESCRIPTIONS))


def tenant_policies_fragment() -> str:
    """The option conditional_access_policies of tenant_configuration."""
    name = "conditional_access_policies"
    inner = documented(
        {"policies": POLICIES, **AROUND_THE_LIST}, POLICY_DESCRIPTIONS, mentions=f"{name}.", lists=_LISTS
    )
    description = ["The Conditional Access policies that are wanted."]
    return fragment({name: {"description": description, "type": "dict", "suboptions": inner}})
