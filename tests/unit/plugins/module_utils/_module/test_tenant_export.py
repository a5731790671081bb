# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of tenant_export: a tenant as files, and files as a tenant."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest

from ansible_collections.m365.entra.plugins.module_utils._files.read import read_tenant_files
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused
from ansible_collections.m365.entra.plugins.module_utils._module import tenant_configuration
from ansible_collections.m365.entra.plugins.module_utils._module.tenant_export import SPEC, run
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import FakeModule, fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_objects import (
    context,
    country_location,
    ip_location,
    strength,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    CONTEXTS,
    LOCATIONS,
    STRENGTHS,
    FakeSession,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    DISABLED,
    ENABLED,
    policy,
    stored,
)

Json = dict[str, t.Any]
FOLDERS = ("named_locations", "authentication_contexts", "authentication_strength_policies")


def tenant() -> FakeSession:
    """A tenant with a bit of everything."""
    session = FakeSession(
        [
            stored("MFA", ENABLED, locations={"includeLocations": ["All"], "excludeLocations": [ids.OFFICE]}),
            stored(
                "Vault",
                DISABLED,
                ids.POLICY_TWO,
                applications={"includeAuthenticationContextClassReferences": ["c5"]},
                grant={"operator": "OR", "authenticationStrength": {"id": ids.PRINTERS}},
            ),
            stored("Microsoft-managed: x", ENABLED, ids.BOB),
        ]
    )
    session.collections |= {
        LOCATIONS: [ip_location(isTrusted=True), country_location()],
        CONTEXTS: [context("c5", "Vault", is_available=True)],
        STRENGTHS: [strength("Keys", "fido2", "password,sms")],
    }
    return session


def export(session: FakeSession, root: Path, *, check_mode: bool = False, **options: t.Any) -> tuple[Json, FakeModule]:
    """One export."""
    session.requests.clear()
    session.read_only = True
    module = fake_module(SPEC, {"path": str(root), **options}, check_mode=check_mode)
    result = run(module, lambda: session)
    session.read_only = False
    return result, module


def apply(session: FakeSession, root: Path) -> Json:
    """The files below a folder, applied to a tenant."""
    files = read_tenant_files(root)
    options = {
        **{folder: files[folder] for folder in FOLDERS},
        "conditional_access_policies": {"policies": files["conditional_access_policies"]},
        "override_guards": ["all_users_without_exclusion"],
    }
    return tenant_configuration.run(fake_module(tenant_configuration.SPEC, options), lambda: session)


def test_export_of_a_tenant_changes_nothing_in_it(tmp_path: Path) -> None:
    session = tenant()
    export(session, tmp_path)
    result = apply(session, tmp_path)
    assert (result["changed"], result["plan"]) == (False, [])


def test_export_makes_an_empty_tenant_the_same(tmp_path: Path) -> None:
    source, target = tenant(), FakeSession()
    target.collections |= {LOCATIONS: [], CONTEXTS: [], STRENGTHS: []}
    export(source, tmp_path / "source")
    assert apply(target, tmp_path / "source")["changed"]
    export(target, tmp_path / "target")
    assert files_below(tmp_path / "target") == files_below(tmp_path / "source")
    assert {one["displayName"]: one["state"] for one in target.policies} == {"MFA": ENABLED, "Vault": DISABLED}


def files_below(root: Path) -> dict[str, str]:
    """The texts of all files, by relative path."""
    return {str(path.relative_to(root)): path.read_text("utf-8") for path in root.rglob("*") if path.is_file()}


def test_check_do_repeat(tmp_path: Path) -> None:
    session = tenant()
    checked, _module = export(session, tmp_path, check_mode=True)
    assert files_below(tmp_path) == {}
    done, _module = export(session, tmp_path)
    assert checked["tenant_export"] == done["tenant_export"]
    assert done["changed"]
    assert done["tenant_export"]["counts"] == {
        "named_locations": 2,
        "authentication_contexts": 1,
        "authentication_strength_policies": 1,
        "conditional_access_policies": 2,
    }
    assert set(files_below(tmp_path)) == set(done["tenant_export"]["written"])
    again, _module = export(session, tmp_path)
    assert (again["changed"], again["tenant_export"]["written"]) == (False, [])
    assert session.writes == []


def test_what_is_skipped_is_told(tmp_path: Path) -> None:
    result, _module = export(tenant(), tmp_path)
    (skipped,) = result["tenant_export"]["skipped"]
    assert (skipped["display_name"], skipped["id"], skipped["reason"]) == (
        "Microsoft-managed: x",
        ids.BOB,
        "Microsoft manages it",
    )


def test_stale_files_go_when_said_so(tmp_path: Path) -> None:
    session = tenant()
    export(session, tmp_path)
    session.policies.pop(0)
    kept, _module = export(session, tmp_path)
    assert kept["tenant_export"]["removed"] == []
    gone, _module = export(session, tmp_path, remove_stale=True)
    assert gone["tenant_export"]["removed"] == ["conditional_access_policies/mfa.yml"]
    assert "conditional_access_policies/mfa.yml" not in files_below(tmp_path)


def test_policies_that_v1_keeps_back_are_neither_forgotten_nor_copied_in_part(tmp_path: Path) -> None:
    session = tenant()
    session.policies[0]["conditions"]["agentIdRiskLevels"] = "high"
    session.masked, session.hidden = {ids.POLICY_ONE}, {ids.POLICY_TWO}
    result, module = export(session, tmp_path)
    assert "conditional_access_policies/mfa.yml" not in files_below(tmp_path)
    assert ids.POLICY_ONE in {one["id"] for one in result["tenant_export"]["skipped"]}
    (warning,) = [one for one in module.warnings if "preview" in one]
    assert ids.POLICY_TWO in warning
    export(session, tmp_path, api_version="beta")
    assert {"conditional_access_policies/mfa.yml", "conditional_access_policies/vault.yml"} <= set(
        files_below(tmp_path)
    )


def test_twins_carry_their_ids_and_are_warned_of(tmp_path: Path) -> None:
    session = FakeSession([stored(), stored(identifier=ids.POLICY_TWO)])
    session.collections |= {LOCATIONS: [], CONTEXTS: [], STRENGTHS: []}
    _result, module = export(session, tmp_path)
    assert any("'MFA'" in one for one in module.warnings)
    found = read_tenant_files(tmp_path)["conditional_access_policies"]
    assert {one["id"] for one in found} == {ids.POLICY_ONE, ids.POLICY_TWO}
    assert not apply(session, tmp_path)["changed"]


def test_files_name_their_schemas(tmp_path: Path) -> None:
    export(tenant(), tmp_path, schemas="../schemas/")
    text = files_below(tmp_path)["conditional_access_policies/mfa.yml"]
    assert text.startswith("# yaml-language-server: $schema=../schemas/conditional_access_policy.json\n")


def test_permission_is_checked_first(tmp_path: Path) -> None:
    session = tenant()
    session.permissions = frozenset({"User.Read.All"})
    with pytest.raises(GuardRefused, match=r"Policy\.Read"):
        export(session, tmp_path)
    assert (session.requests, files_below(tmp_path)) == ([], {})


def test_policy_of_another_tenant_is_not_named_by_chance(tmp_path: Path) -> None:
    """A name that two groups share would come back as neither."""
    session = tenant()
    session.policies = [stored(users={"includeUsers": ["All"], "excludeGroups": [ids.STAFF]})]
    session.collections["/groups"].append({"id": ids.ADA, "displayName": "STAFF"})
    export(session, tmp_path)
    (found,) = read_tenant_files(tmp_path)["conditional_access_policies"]
    assert found["conditions"]["users"]["exclude_groups"] == [ids.STAFF]
    assert not apply(session, tmp_path)["changed"]


@pytest.mark.parametrize("other", ["CA  1", "ca 1"])
def test_policies_whose_names_are_one_to_people_come_back_as_they_are(tmp_path: Path, other: str) -> None:
    session = tenant()
    session.policies = [stored("CA 1"), {"id": ids.POLICY_TWO, "state": ENABLED, **policy(other)}]
    export(session, tmp_path)
    assert not apply(session, tmp_path)["changed"]
