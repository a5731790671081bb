# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What other machines are told by files: an execution environment, automation controller, seed patterns."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from .playbooks import Playbooks
from .product import CHECKOUT

EXTENSIONS = CHECKOUT / "extensions"
PROGRAMS = Path(sys.executable).parent
DEFINITION = EXTENSIONS / "execution_environment" / "execution-environment.yml"
NAVIGATOR = EXTENSIONS / "execution_environment" / "ansible-navigator.yml"
CONTROLLER = EXTENSIONS / "controller" / "controller.yml"
PATTERNS = sorted(path for path in (EXTENSIONS / "patterns").iterdir() if path.is_dir())
NAMES = [path.name for path in PATTERNS]
QUESTION_TYPES = {"text", "textarea", "password", "integer", "float", "multiplechoice", "multiselect"}
# Options of an injector may not set what Ansible or controller itself reads.
RESERVED_VARIABLE = re.compile(r"^(ANSIBLE_|TOWER_|AWX_|HOME$|USER$|PATH$|VIRTUAL_ENV)")
Json = dict[str, Any]


class Loader(yaml.SafeLoader):
    """Reads what Ansible is told not to render as text."""


Loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))


def loaded(path: Path) -> Json:
    document = yaml.load(path.read_text(encoding="utf-8"), Loader)
    assert isinstance(document, dict)
    return document


def builder(*arguments: str, folder: Path) -> str:
    process = subprocess.run(
        [str(PROGRAMS / "ansible-builder"), *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )
    assert process.returncode == 0, process.stdout
    return process.stdout


def requirements(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_context_of_the_execution_environment_is_built(tmp_path: Path) -> None:
    context = ("--context", str(tmp_path / "context"), "--output-filename", "Containerfile")
    builder("create", "--file", str(DEFINITION), *context, folder=tmp_path)
    steps = (tmp_path / "context" / "Containerfile").read_text(encoding="utf-8")
    assert loaded(DEFINITION)["images"]["base_image"]["name"] in steps
    galaxy = loaded(tmp_path / "context" / "_build" / "requirements.yml")
    assert [one["name"] for one in galaxy["collections"]] == ["m365.entra"]
    # What is looked for at the end of the build is what the collection asks for.
    imported = re.search(r'-c "import (.*)"', steps)
    assert imported is not None
    subprocess.run([sys.executable, "-c", f"import {imported[1]}"], check=True, timeout=60)


def test_the_collection_tells_builders_what_it_needs(tmp_path: Path, simulator: Any) -> None:
    Playbooks(tmp_path, simulator).environment()  # makes the link by which the collection is found
    told = yaml.safe_load(builder("introspect", "--sanitize", str(tmp_path), folder=tmp_path).partition("---")[2])
    found = {line.partition(" ")[0] for line in told["python"]}
    assert found == set(requirements(CHECKOUT / "meta" / "ee-requirements.txt"))
    assert found == set(requirements(CHECKOUT / "requirements.txt"))
    assert told["system"] == []


def test_navigator_passes_credentials_and_keeps_no_artifact() -> None:
    """The whole file was read by ansible-navigator itself when it was written; here is what matters in it."""
    settings = loaded(NAVIGATOR)["ansible-navigator"]
    assert {"AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET"} <= set(
        settings["execution-environment"]["environment-variables"]["pass"]
    )
    assert settings["playbook-artifact"] == {"enable": False}
    assert settings["execution-environment"]["image"].partition(":")[0] in DEFINITION.read_text(encoding="utf-8")


def test_credential_type_keeps_secrets_out_of_jobs() -> None:
    (kind,) = loaded(CONTROLLER)["controller_credential_types"]
    assert kind["kind"] == "cloud"
    fields = {field["id"]: field for field in kind["inputs"]["fields"]}
    assert {field["type"] for field in fields.values()} <= {"string", "boolean"}
    assert set(kind["inputs"]["required"]) <= set(fields)
    secret = {name for name, field in fields.items() if field.get("secret")}
    assert secret == {name for name in fields if re.search("secret|certificate|token", name)}
    assert not any("choices" in fields[name] for name in secret)
    injectors = kind["injectors"]
    assert set(injectors) == {"file", "env", "extra_vars"}
    files = {name.removeprefix("template.") for name in injectors["file"]}
    for group in injectors.values():
        for text in group.values():
            (used,) = re.findall(r"\{\{ ([a-z_.]+) \}\}", text)
            assert used in fields or used.removeprefix("tower.filename.") in files
    assert not any(RESERVED_VARIABLE.search(name) for name in injectors["env"])
    # What a job shows of its variables must hold no secret, and a tenant of the partner must not be anybody's default.
    assert not {text.strip("{} ") for text in injectors["extra_vars"].values()} & secret
    assert "AZURE_TENANT_ID" not in injectors["env"]


def test_credential_type_injects_what_the_collection_reads() -> None:
    (kind,) = loaded(CONTROLLER)["controller_credential_types"]
    connection = (CHECKOUT / "plugins" / "doc_fragments" / "connection.py").read_text(encoding="utf-8")
    assert set(kind["injectors"]["env"]) <= set(re.findall(r"E\((\w+)\)", connection))
    options = loaded(CHECKOUT / "roles" / "signin_baseline" / "meta" / "argument_specs.yml")["argument_specs"]["main"]
    (methods,) = [one["choices"] for one in kind["inputs"]["fields"] if one["id"] == "auth_method"]
    assert set(methods) <= set(options["options"]["entra_auth_method"]["choices"])
    assert set(kind["injectors"]["extra_vars"]) <= set(options["options"])


def test_templates_of_controller_are_left_to_it(tmp_path: Path, simulator: Any) -> None:
    play = {
        "hosts": "localhost",
        "gather_facts": False,
        "vars_files": [str(CONTROLLER)],
        "tasks": [{"debug": {"msg": "{{ controller_credential_types[0].injectors | to_json }}"}}],
    }
    (tmp_path / "import.yml").write_text(yaml.safe_dump([play]), encoding="utf-8")
    run = Playbooks(tmp_path, simulator).command("ansible-playbook", "import.yml")
    assert run.exit_code == 0, run.output
    assert "{{ tower.filename.certificate }}" in run.output


def check_survey(survey: Json, playbook: Path) -> None:
    """Questions of a survey can be asked, and answer what the playbook knows."""
    options = loaded(playbook.with_suffix(".meta.yml"))["argument_specs"][playbook.stem]["options"]
    assert {"name", "description", "spec"} == set(survey)
    for question in survey["spec"]:
        assert question["type"] in QUESTION_TYPES
        assert {"question_name", "question_description", "variable", "required", "default"} <= set(question)
        option = options[question["variable"]]
        if question["type"] == "multiplechoice":
            known = ["false", "true"] if option["type"] == "bool" else option["choices"]
            assert set(question["choices"]) <= {str(one) for one in known}
            assert question["default"] in question["choices"]


def test_job_templates_are_sliced_and_their_surveys_known() -> None:
    apply, sum_up = loaded(CONTROLLER)["controller_templates"]
    assert (apply["job_slice_count"], sum_up["job_slice_count"]) == (4, 1)
    for template in (apply, sum_up):
        playbook = CHECKOUT / template["playbook"]
        assert playbook.is_file()
        assert template["survey_enabled"] is True
        check_survey(template["survey_spec"], playbook)


@pytest.mark.parametrize("pattern", PATTERNS, ids=NAMES)
def test_pattern_is_whole(pattern: Path) -> None:
    described = json.loads((pattern / "meta" / "pattern.json").read_text(encoding="utf-8"))
    assert described["name"] == pattern.name
    assert re.fullmatch(r"[a-z0-9_]{1,64}", pattern.name)
    assert len(described["title"]) <= 64
    assert not described["short_description"].endswith(".")
    assert (pattern / "README.md").is_file()
    resources = described["aap_resources"]
    templates = resources["controller_job_templates"]
    assert [one["primary"] for one in templates].count(True) == 1
    playbooks = {path.name for path in (pattern / "playbooks").glob("*.yml") if not path.name.endswith(".meta.yml")}
    assert {one["playbook"] for one in templates} == playbooks
    for template in templates:
        assert template["execution_environment"] == resources["controller_execution_environment"]["name"]
        assert set(template["labels"]) <= set(resources["controller_labels"])
        check_survey(template["survey"], pattern / "playbooks" / template["playbook"])


@pytest.mark.parametrize("pattern", PATTERNS, ids=NAMES)
def test_playbooks_of_a_pattern_are_understood(pattern: Path, tmp_path: Path, simulator: Any) -> None:
    ansible = Playbooks(tmp_path, simulator)
    playbooks = sorted(str(path) for path in (pattern / "playbooks").glob("*.yml") if ".meta." not in path.name)
    run = ansible.command("ansible-playbook", "--syntax-check", "--inventory", "contoso,", *playbooks)
    assert run.exit_code == 0, run.output


def test_options_of_a_pattern_are_those_of_the_collection() -> None:
    for pattern, name in (("apply_signin_baseline", "remote_work_step1"), ("sum_up", "fleet_summary")):
        path = EXTENSIONS / "patterns" / "apply_signin_baseline" / "playbooks" / f"{pattern}.meta.yml"
        own = loaded(path)["argument_specs"][pattern]["options"]
        known = loaded(CHECKOUT / "playbooks" / f"{name}.meta.yml")["argument_specs"][name]["options"]
        for option, described in own.items():
            assert (described["type"], described.get("choices")) == (
                known[option]["type"],
                known[option].get("choices"),
            )
