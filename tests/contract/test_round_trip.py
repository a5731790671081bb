# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Policies there and back: applied, quiet, exported, quiet again, and made anew in an empty tenant from the files."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .journal_bodies import report_on_bodies
from .mentioned_objects import CONTEXTS, LOCATIONS, STRENGTHS, MentionedObjects
from .schema_document import published_schema
from .whole_product import WholeProduct

VERSIONS = ("v1.0", "beta")


@pytest.fixture
def product(simulator: TestSimulator, tmp_path_factory: pytest.TempPathFactory) -> WholeProduct:
    simulator.set_profile(workload_identity_licence_enforced=False)
    return WholeProduct(tmp_path_factory.mktemp("collection"), simulator)


def templates(product: WholeProduct, version: str) -> list[JsonObject]:
    """Every named policy that a version of Graph can hold, as options."""
    catalogue = product.part("_policy.template_catalogue").TEMPLATES
    return [{"template": name} for name, one in catalogue.items() if version == "beta" or not one.needs_beta]


def published(product: WholeProduct, shared: Path, version: str) -> list[JsonObject]:
    """Every published policy that the collection accepts, as options; placeholders become group names."""
    desired, errors = product.part("_policy.desired"), product.part("_graph.errors")
    token = product.part("_policy.definition")._TOKEN
    found = []
    for path in sorted((shared / "corpus" / "policies").glob("*/*.json")):
        content = path.read_bytes()
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        options = {
            "definition_path": str(path),
            "placeholders": {one: f"Group {one.strip('<>%')}" for one in token.findall(text)},
            "display_name": f"{len(found):03d} {path.stem[:100]}",
        }
        try:
            desired.desired_policy(options, api_version=version)
        except errors.OptionError:
            continue
        found.append(options)
    return found


def prepared(product: WholeProduct, policies: list[JsonObject], version: str) -> MentionedObjects:
    """What the policies refer to, ready to be in a tenant, and the policies' references as its ids."""
    desired, references = product.part("_policy.desired"), product.part("_policy.references")
    roles = product.part("_directory.roles")
    mentioned = MentionedObjects(roles.built_in_role_id)
    compare, shape = product.part("_reconcile.compare"), product.part("_policy.policy_shape")
    canonical = product.part("_policy.canonical_policy").canonical_policy
    for options in policies:
        content = desired.desired_policy(options, api_version=version).content
        with_ids = canonical(references.with_ids(content, mentioned.identify))
        options.clear()
        options["definition"] = compare.full_body(shape.POLICY, with_ids)
        if (with_ids["sessionControls"] or {}).get("continuousAccessEvaluation"):
            options["policy_state"] = "disabled"
    return mentioned


def check_round_trip(
    product: WholeProduct, policies: list[JsonObject], version: str, tmp_path: Path
) -> tuple[JsonObject, JsonObject]:
    """Take policies there and back, and return the two tenants that hold them."""
    mentioned = prepared(product, policies, version)
    first = product.simulator.create_tenant(f"first-{tmp_path.name}", "p2", state=mentioned.document())
    wanted = {"policies": policies, "api_version": version}
    assert product.run("conditional_access_policies", first, wanted)["changed"]
    assert product.run("conditional_access_policies", first, wanted)["plan"] == []

    one, other = tmp_path / "one", tmp_path / "other"
    exported = product.run("tenant_export", first, {"path": str(one), "api_version": version, "settings": True})
    assert exported["tenant_export"]["counts"]["conditional_access_policies"] == len(policies)
    files = product.part("_files.read").read_tenant_files(one)
    settings = files.pop("settings")
    assert len(settings) == 3
    everything = {
        **settings,
        **{name: found for name, found in files.items() if name != "conditional_access_policies"},
        "conditional_access_policies": {"policies": files["conditional_access_policies"]},
        "api_version": version,
    }
    assert product.run("tenant_configuration", first, everything)["plan"] == []

    directory = mentioned.document(without=(LOCATIONS, STRENGTHS, CONTEXTS))
    second = product.simulator.create_tenant(f"second-{tmp_path.name}", "p2", state=directory)
    assert product.run("tenant_configuration", second, everything)["changed"]
    assert product.run("tenant_configuration", second, everything)["plan"] == []
    product.run("tenant_export", second, {"path": str(other), "api_version": version, "settings": True})
    assert texts(other) == texts(one)
    return first, second


def texts(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.yml"))}


@pytest.mark.parametrize("version", VERSIONS)
def test_named_policies(product: WholeProduct, version: str, tmp_path: Path) -> None:
    check_round_trip(product, templates(product, version), version, tmp_path)


@pytest.mark.parametrize("version", VERSIONS)
def test_published_policies(product: WholeProduct, shared: Path, version: str, tmp_path: Path) -> None:
    policies = published(product, shared, version)
    assert len(policies) > 80
    first, second = check_round_trip(product, policies, version, tmp_path)
    if version == "v1.0":
        entries = [
            entry for tenant in (first, second) for entry in product.simulator.requests(tenant=tenant["tenant_id"])
        ]
        report = report_on_bodies(entries, published_schema(shared / "graph" / "v1.0-Prod.csdl"))
        assert report.checked > 2 * len(policies)
        assert not report.faults, report
