# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the variables of a host mean for its audit, held against what the role makes of them."""

from __future__ import annotations

import re
import typing as t
from pathlib import Path

import pytest
import yaml

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.plugin_utils._audit.tenant import HostVariables, Tenant

ROLES = Path(__file__).resolve().parents[5] / "roles"
TIERS = ("free", "p1", "p2")


def defaults() -> dict[str, t.Any]:
    """The defaults of the roles, with templates as they stand there."""
    found: dict[str, t.Any] = {}
    for role in ("signin_baseline", *(f"baseline_{tier}" for tier in TIERS)):
        found.update(yaml.safe_load((ROLES / role / "defaults" / "main.yml").read_text(encoding="utf-8")))
    return found


def described(host: str = "contoso", connection: dict[str, t.Any] | None = None, **variables: t.Any) -> Tenant:
    said = HostVariables(host, {**defaults(), **variables}, lambda value: value, connection or {})
    return said.tenant(said.place())


def test_the_filter_is_asked_as_the_role_asks_it() -> None:
    variables = yaml.safe_load((ROLES / "signin_baseline" / "vars" / "main.yml").read_text(encoding="utf-8"))
    given = dict(re.findall(r"(\w+)=((?:signin_baseline|entra)_\w+)", variables["__signin_baseline_configuration"]))
    every = {name: f"marked {name}" for name in given.values()}
    baseline = described(**every).baseline
    assert len(given) > 20
    assert {argument: baseline[argument] for argument in given} == {
        argument: every[given[argument]] for argument in given
    }
    assert set(baseline) - set(given) == {"tiers"}


@pytest.mark.parametrize("tier", TIERS)
def test_each_tier_has_what_its_role_brings(tier: str) -> None:
    role = yaml.safe_load((ROLES / f"baseline_{tier}" / "defaults" / "main.yml").read_text(encoding="utf-8"))
    brought = described().baseline["tiers"][tier]
    parts = ("policies", "mfa_registration", "self_service_password_reset")
    assert brought == {part: role.get(f"baseline_{tier}_{part}", {}) for part in parts}
    assert bool(brought["policies"]) == (tier != "free")


def test_options_beside_the_baseline() -> None:
    assert described().options == {"override_guards": []}
    given = described(
        entra_portal={"address": "there"},
        signin_baseline_override_guards=["administrator_reach"],
        signin_baseline_administrators_group_managed="yes",
    )
    assert given.options == {
        "override_guards": ["administrator_reach"],
        "portal": {"address": "there"},
        "groups": {"missing": "create"},
    }


def test_connection_comes_from_the_host_and_what_it_lacks_from_the_task() -> None:
    found = described(
        connection={"client_id": "of all", "ca_path": "ca.pem"}, entra_client_id="own", entra_cloud="china"
    )
    assert found.connection == {"client_id": "own", "ca_path": "ca.pem", "cloud": "china"}


def test_secrets_are_not_shown() -> None:
    assert "hush" not in repr(described(entra_client_secret="hush"))


def test_files_are_named_as_the_role_names_them() -> None:
    found = described("con/../toso", signin_baseline_report_directory="reports")
    assert (found.place.report_path, found.place.failure_path) == (
        Path("reports/con_.._toso.json").absolute(),
        Path("reports/con_.._toso.failure.json").absolute(),
    )


def test_place_is_known_also_where_the_rest_is_not() -> None:
    variables = {"signin_baseline_report_directory": "reports", "entra_tenant_id": "contoso.example"}
    place = HostVariables("contoso", variables, lambda value: value).place()
    assert (place.tenant_id, place.report_path) == ("contoso.example", Path("reports/contoso.json").absolute())


def test_defaults_that_nobody_imported_are_named() -> None:
    said = HostVariables("contoso", {"signin_baseline_report_directory": "reports"}, lambda value: value)
    with pytest.raises(OptionError, match=r"baseline_p1_policies.*signin_baseline_profile.*: not defined .*tasks_from"):
        said.tenant(said.place())
    with pytest.raises(OptionError, match="signin_baseline_report_directory: not defined"):
        HostVariables("contoso", {}, lambda value: value).place()


def test_what_says_omit_is_as_if_it_were_not_there() -> None:
    said = described(entra_portal="omit this", entra_cloud="omit this", entra_tenant_id="omit this", omit="omit this")
    assert (said.options, said.connection, said.place.tenant_id) == ({"override_guards": []}, {}, "")
    assert not {"portal", "cloud"} & set(said.baseline)


@pytest.mark.parametrize("name", ["signin_baseline_profile", "signin_baseline_report_directory"])
def test_what_is_needed_cannot_be_omitted(name: str) -> None:
    with pytest.raises(OptionError, match=f"{name}: omit is no value"):
        described(**{name: "omit this", "omit": "omit this"})
