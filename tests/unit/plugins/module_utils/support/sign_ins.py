# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sign-ins to begin with, and policies in the form that the evaluator takes."""

from __future__ import annotations

import typing as t

from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._evaluation.evaluated_policy import (
    EvaluatedPolicy,
    of_current,
)
from ansible_collections.m365.entra.plugins.module_utils._evaluation.matching_places import Locations
from ansible_collections.m365.entra.plugins.module_utils._evaluation.sign_in import (
    Application,
    Device,
    Place,
    Risks,
    SignIn,
    Target,
    UserIdentity,
    WorkloadIdentity,
)
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import current_policy
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import ENABLED, stored

HOME = "cccccccc-0000-4000-8000-00000000000a"
EXCHANGE = "00000002-0000-0ff1-ce00-000000000000"
ADA = UserIdentity(ids.ADA, groups=frozenset(), roles=frozenset(), kind="member")
ROBOT = WorkloadIdentity(ids.PORTAL, is_of_tenant=True, attributes={})
TO_PORTAL = Target(application=Application(ids.PORTAL, is_of_microsoft=False, attributes={}))
LOCATIONS = Locations(
    {
        ids.OFFICE: {"displayName": "Office", "ipRanges": ["203.0.113.0/24", "2001:db8::/32"], "isTrusted": True},
        HOME: {
            "displayName": "Home",
            "countriesAndRegions": ["CH", "DE"],
            "includeUnknownCountriesAndRegions": False,
            "countryLookupMethod": "clientIpAddress",
        },
    },
    mfa_trusted_ips=(),
)


def evaluated(name: str = "MFA", state: str = ENABLED, **parts: t.Any) -> EvaluatedPolicy:
    """A small enforced policy: MFA for everyone everywhere unless told otherwise."""
    return of_current(current_policy(stored(name, state, **parts)))


def sign_in(identity: t.Any = ADA, target: Target = TO_PORTAL, **details: t.Any) -> SignIn:
    """A sign-in of which nothing is said but who and to what, unless told otherwise."""
    return SignIn(identity, target, **details)


def _maybe(*values: t.Any) -> st.SearchStrategy[t.Any]:
    return st.none() | st.sampled_from(values)


def _ids(*values: str) -> st.SearchStrategy[t.Any]:
    return st.frozensets(st.sampled_from(values))


_MEMBERS = st.builds(
    UserIdentity,
    identifier=st.sampled_from([ids.ADA, ids.BOB]),
    groups=_ids(ids.STAFF, ids.PRINTERS),
    roles=_ids(ids.GLOBAL_ADMINISTRATOR, ids.SYNCHRONIZATION_ACCOUNTS),
    kind=st.sampled_from(["member", "internalGuest", "b2bCollaborationGuest"]),
    home_tenant=st.sampled_from([ids.TENANT, ids.OTHER_TENANT]),
)
_WORKLOADS = st.builds(
    WorkloadIdentity,
    identifier=st.sampled_from([ids.PORTAL, ids.OFFICE]),
    is_of_tenant=st.booleans(),
    attributes=st.just({}),
)
_TARGETS = st.one_of(
    st.builds(
        Target,
        application=st.builds(
            Application,
            identifier=st.sampled_from([ids.PORTAL, EXCHANGE]),
            is_of_microsoft=st.booleans(),
            attributes=st.just({}),
        ),
        authentication_context=_maybe("c1", "c2"),
    ),
    st.builds(Target, user_action=st.sampled_from(["urn:user:registersecurityinfo", "urn:user:registerdevice"])),
)

# Sign-ins of which everything is said.
COMPLETE_SIGN_INS = st.builds(
    SignIn,
    identity=_MEMBERS | _WORKLOADS,
    target=_TARGETS,
    client_app_type=st.sampled_from(["browser", "mobileAppsAndDesktopClients", "exchangeActiveSync", "other"]),
    device_platform=st.sampled_from(["iOS", "linux", "macOS", "windows"]),
    device=st.just(Device(is_registered=False)),
    place=st.builds(
        Place, ip_address=st.sampled_from(["203.0.113.9", "198.51.100.1"]), country=st.sampled_from(["CH", "FR"])
    ),
    risks=st.builds(
        Risks,
        sign_in=st.sampled_from(["none", "low", "high"]),
        user=st.sampled_from(["none", "low", "high"]),
        service_principal=st.sampled_from(["none", "low", "high"]),
        insider=st.sampled_from(["none", "minor", "elevated"]),
    ),
    authentication_flow=st.sampled_from(["none", "deviceCodeFlow"]),
)
