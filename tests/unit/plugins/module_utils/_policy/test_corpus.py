# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Policies that people published: each one is understood, or refused for a reason that is written here."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.desired import desired_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_shape import POLICY
from ansible_collections.m365.entra.plugins.module_utils._reconcile.compare import full_body
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.corpus import CORPUS, needs_corpus
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.service import read_back

pytestmark = needs_corpus

FILES = sorted(path for path in (CORPUS / "policies").glob("*/*.json"))

PLACEHOLDERS = {
    "<RING>": "Ring",
    "<EmergencyAccessAccountsGroup>": "Emergency access",
    "<ExclusionPermGroup>": "Excluded for ever",
    "<ExclusionTempGroup>": "Excluded for now",
    "<SynchronizationServiceAccountsGroup>": "Synchronization",
    "<AADP2Group>": "Licensed",
    "<AdministratorGroup>": "Administrators",
}

RETIRED = "approvedApplication was retired"
# Part of the file's name -> what the refusal says.
REFUSED = {
    "209 - RING - Base protection - All apps Require Token protection": "'sessionControls' stands twice",
    "502 - RING - Data protection": RETIRED,
    "503 - RING - Data protection": RETIRED,
    "template-require-mam-android-ios": RETIRED,
    "801 - RING - Global Secure Access": "conditions.applications.global_secure_access",
    "802 - RING - Global Secure Access": "session_controls.network_access_security",
    "CA104-Admins": "session_controls.continuous_access_evaluation",
    "CA209-Internals": "session_controls.continuous_access_evaluation",
    "CA501-Agents": "conditions.agent_id_risk_levels",
    "CA502-Agents": "conditions.client_applications.include_agent_id_service_principals",
    "CA503-Agents": "conditions.agents",
    "CA504-Agents": "conditions.agents",
    "CA505-Agents": "conditions.agents",
}


def options(path: t.Any) -> dict[str, t.Any]:
    """The options of a task that brings a published policy into a tenant."""
    return {"definition_path": str(path), "placeholders": PLACEHOLDERS}


def reason_for(name: str) -> str | None:
    """Why a file is refused, or None."""
    return next((reason for part, reason in REFUSED.items() if part in name), None)


def test_corpus_is_complete() -> None:
    assert len(FILES) == 101
    assert [part for part in REFUSED if not any(part in path.name for path in FILES)] == []


@pytest.mark.parametrize("path", [path for path in FILES if not reason_for(path.name)], ids=lambda path: path.stem[:60])
def test_published_policy_is_understood(path: t.Any) -> None:
    desired = desired_policy(options(path))
    wanted = canonical_policy(desired.content)
    assert desired.is_whole
    assert canonical_policy(read_back(full_body(POLICY, wanted) or {})) == wanted
    assert wanted["conditions"]["applications"] is not None


@pytest.mark.parametrize("path", [path for path in FILES if reason_for(path.name)], ids=lambda path: path.stem[:60])
def test_published_policy_is_refused_with_reason(path: t.Any) -> None:
    with pytest.raises(OptionError) as failure:
        desired_policy(options(path))
    assert str(reason_for(path.name)) in failure.value.message


@pytest.mark.parametrize("path", [path for path in FILES if "Filipin" in str(path) and not reason_for(path.name)][:3])
def test_without_placeholders_it_is_refused(path: t.Any) -> None:
    with pytest.raises(OptionError, match="placeholder"):
        desired_policy({"definition_path": str(path)})
