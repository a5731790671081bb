# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Home tenants of guests: what is said of them must be meant, before and after it is laid over a policy."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._policy.desired import desired_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.home_tenants import check_home_tenants
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import current_policy, plan_policy
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import stored

Json = dict[str, t.Any]
GUESTS = "excludeGuestsOrExternalUsers"
PATH = "conditions.users.exclude_guests_or_external_users.external_tenants: "


def content(tenants: Json | None) -> Json:
    """A policy's content with home tenants of its excluded guests."""
    guests = {"guestOrExternalUserTypes": "serviceProvider", "externalTenants": tenants}
    return {"conditions": {"users": {GUESTS: guests}}}


@pytest.mark.parametrize(
    ("tenants", "words"),
    [
        ({"membershipKind": "All", "members": [ids.TENANT]}, "contradict"),
        ({"membershipKind": "enumerated"}, "needs a list"),
        ({"membershipKind": "ENUMERATED", "members": []}, "needs a list"),
    ],
)
def test_what_cannot_be_meant(tenants: Json, words: str) -> None:
    for option, prefix in (("", ""), ("policies[0]", "policies[0].")):
        with pytest.raises(OptionError) as failure:
            check_home_tenants(content(tenants), option)
        assert failure.value.message.startswith(f"{prefix}{PATH}")
        assert words in failure.value.message
        assert failure.value.remedy


@pytest.mark.parametrize(
    "tenants",
    [
        None,
        {},
        {"membershipKind": "all"},
        {"members": [ids.TENANT]},
        {"membershipKind": "enumerated", "members": ["x"]},
    ],
)
def test_what_can(tenants: Json | None) -> None:
    check_home_tenants(content(tenants), "")


@pytest.mark.parametrize("nothing", [{}, {"conditions": None}, {"conditions": {"users": None}}])
def test_policy_without_guests(nothing: Json) -> None:
    check_home_tenants(nothing, "")


SOME = {"membershipKind": "enumerated", "members": [ids.OTHER_TENANT]}


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ({"members": []}, "needs a list"),
        ({"members": {"remove": [ids.OTHER_TENANT]}}, "needs a list"),
    ],
)
def test_what_would_reach_further_once_it_is_laid_over_a_policy(option: Json, words: str) -> None:
    """Without its list, a policy would exclude the guests of all tenants."""
    existing = current_policy(
        stored(users={"includeUsers": ["All"], GUESTS: content(SOME)["conditions"]["users"][GUESTS]})
    )
    guests = {"exclude_guests_or_external_users": {"external_tenants": option}}
    desired = desired_policy({"display_name": "MFA", "conditions": {"users": guests}}, "policies[0]")
    with pytest.raises(OptionError) as failure:
        plan_policy(desired, [existing])
    assert failure.value.message.startswith(f"policies[0].{PATH}")
    assert words in failure.value.message


def test_who_says_all_tenants_means_all() -> None:
    existing = current_policy(
        stored(users={"includeUsers": ["All"], GUESTS: content(SOME)["conditions"]["users"][GUESTS]})
    )
    guests = {"exclude_guests_or_external_users": {"external_tenants": {"membership_kind": "all"}}}
    plan = plan_policy(desired_policy({"display_name": "MFA", "conditions": {"users": guests}}), [existing])
    assert plan.content is not None
    assert plan.content["conditions"]["users"][GUESTS]["externalTenants"] is None
