# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every example that people may copy - from modules, playbooks, guides and READMEs - says what the code understands.

Tasks are held against the argument spec of their module and, where they speak of policies and objects, against the
rules that need no tenant; variables against the specifications of roles and playbooks; files against the schemas.
"""

from __future__ import annotations

import ast
import importlib
import re
import typing as t
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.m365.entra.plugins.module_utils._graph.api_versions import V1
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._module.conditional_access_policies import (
    edit_of_every_policy,
)
from ansible_collections.m365.entra.plugins.module_utils._module.per_user_mfa import wanted_per_user_mfa
from ansible_collections.m365.entra.plugins.module_utils._module.planned_checks import with_checks
from ansible_collections.m365.entra.plugins.module_utils._module.verdicts import SETTINGS as VERDICTS
from ansible_collections.m365.entra.plugins.module_utils._module.verdicts import wanted_verdict
from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.desired import desired_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.rules import check_rules
from ansible_collections.m365.entra.plugins.module_utils._reconcile.content_check import check_content
from ansible_collections.m365.entra.plugins.module_utils._resources.authentication_method_configuration import (
    NOUN as METHOD,
)
from ansible_collections.m365.entra.plugins.module_utils._resources.object_options import desired_object
from ansible_collections.m365.entra.plugins.module_utils._resources.objects import RESOURCES
from ansible_collections.m365.entra.plugins.module_utils._resources.setting_options import (
    desired_method,
    desired_methods,
    desired_setting,
)
from ansible_collections.m365.entra.plugins.module_utils._resources.settings import SETTINGS
from ansible_collections.m365.entra.plugins.module_utils._resources.wanted import Wanted
from ansible_collections.m365.entra.plugins.module_utils._spec.argument_spec import ArgumentSpec
from ansible_collections.m365.entra.plugins.module_utils._spec.connection_options import CONNECTION
from ansible_collections.m365.entra.plugins.module_utils._spec.object_documentation import OBJECT_LISTS

Json = dict[str, t.Any]

ROOT = Path(__file__).resolve().parents[2]
PREFIX = "m365.entra."
MODULES = sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("*.py") if path.stem != "__init__")
PLAYBOOKS = sorted(path.stem for path in (ROOT / "playbooks").glob("*.yml") if not path.stem.endswith(".meta"))
ROLES = sorted(path.name for path in (ROOT / "roles").iterdir() if path.is_dir())

_FENCED = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_DIRECTIVE = re.compile(r"^\.\. code-block:: (\w+)\n\n((?:(?: {4}.*)?\n)+)", re.MULTILINE)
_SCHEMA_LINE = re.compile(r"# yaml-language-server: \$schema=\S*?([a-z_]+\.json)")
_TEMPLATE = re.compile(r"^\s*\{\{.*\}\}\s*$", re.DOTALL)
_STAND_INS: Json = {"bool": False, "int": 1, "list": [], "dict": {}}


@dataclass(frozen=True)
class Example:
    """A piece of text of a *kind* that people copy, and *where* they find it."""

    where: str
    kind: str
    text: str


@dataclass(frozen=True)
class Task:
    """One task of this collection in an example."""

    where: str
    module: str
    arguments: Json


def _pages() -> list[Path]:
    return [
        ROOT / "README.md",
        *sorted(ROOT.glob("roles/*/README.md")),
        *sorted(ROOT.glob("docs/*.md")),
        *sorted(ROOT.glob("docs/docsite/rst/*.rst")),
    ]


def _of_page(path: Path) -> t.Iterator[Example]:
    text = path.read_text(encoding="utf-8")
    where = str(path.relative_to(ROOT))
    for kind, block in (_DIRECTIVE if path.suffix == ".rst" else _FENCED).findall(text):
        yield Example(where, kind, re.sub(r"^ {4}", "", block, flags=re.MULTILINE) if path.suffix == ".rst" else block)


def _of_plugin(path: Path) -> t.Iterator[Example]:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "EXAMPLES":
            yield Example(str(path.relative_to(ROOT)), "yaml", ast.literal_eval(node.value))


def _of_playbook(path: Path) -> t.Iterator[Example]:
    for spec in yaml.safe_load(path.read_text(encoding="utf-8")).get("argument_specs", {}).values():
        if "examples" in spec:
            yield Example(str(path.relative_to(ROOT)), "yaml", spec["examples"])


def _examples() -> list[Example]:
    plugins = [
        path for kind in ("modules", "lookup", "filter") for path in sorted((ROOT / "plugins" / kind).glob("*.py"))
    ]
    return [
        *(one for path in _pages() for one in _of_page(path)),
        *(one for path in plugins for one in _of_plugin(path)),
        *(one for path in sorted((ROOT / "playbooks").glob("*.meta.yml")) for one in _of_playbook(path)),
    ]


def _mappings(value: t.Any) -> t.Iterator[Json]:
    """Every mapping in *value*, at every depth."""
    if isinstance(value, dict):
        yield value
    for member in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _mappings(member)


def _tasks(example: Example) -> t.Iterator[Task]:
    for mapping in _mappings(yaml.safe_load(example.text)):
        for name, arguments in mapping.items():
            if str(name).startswith(PREFIX):
                yield Task(example.where, name.removeprefix(PREFIX), arguments or {})


def _variables(example: Example) -> dict[str, t.Any]:
    """The variables of roles and playbooks that an example sets, by name.

    mfa_registration_policy begins like the variables of a role, but names a module and an option.
    """
    prefixes = tuple(f"{name}_" for name in (*ROLES, *PLAYBOOKS))
    return {
        str(name): value
        for mapping in _mappings(yaml.safe_load(example.text))
        for name, value in mapping.items()
        if str(name).startswith(prefixes) and name not in MODULES
    }


EXAMPLES = _examples()
YAML = [one for one in EXAMPLES if one.kind in ("yaml", "yaml+jinja")]
TASKS = [task for example in YAML for task in _tasks(example)]


def spec_of(module: str) -> ArgumentSpec:
    """The options of a module, its connection included: what it runs with."""
    loaded = importlib.import_module(f"ansible_collections.m365.entra.plugins.modules.{module}")
    found: list[ArgumentSpec] = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(loaded, "run_module", lambda spec, body: found.append(spec))
        loaded.main()
    return found[0].merged(CONNECTION)


def filled_in(value: t.Any, option: Json) -> t.Any:
    """*value* with something of the option's type wherever a template stands for a whole value that is no text."""
    if isinstance(value, str) and _TEMPLATE.match(value):
        return option["choices"][0] if "choices" in option else _STAND_INS.get(option.get("type", "str"), value)
    suboptions = option.get("options")
    if suboptions and isinstance(value, dict):
        return {name: filled_in(member, suboptions.get(name, {})) for name, member in value.items()}
    if suboptions and isinstance(value, list):
        return [filled_in(member, {**option, "type": "dict"}) for member in value]
    return value


def without_nulls(value: t.Any) -> t.Any:
    """*value* without nulls, as the door of a module hands it to Ansible."""
    if isinstance(value, dict):
        return {name: without_nulls(member) for name, member in value.items() if member is not None}
    return [without_nulls(member) for member in value] if isinstance(value, list) else value


def faults_of(task: Task) -> list[str]:
    """What the module would say about the task's arguments without asking any tenant."""
    spec = spec_of(task.module)
    arguments = filled_in(task.arguments, {"type": "dict", "options": spec.options})
    rules = spec.to_module_arguments()
    validated = ArgumentSpecValidator(rules.pop("argument_spec"), **rules).validate(without_nulls(arguments))
    if validated.error_messages:
        return list(validated.error_messages)
    try:
        _check_contents(task.module, arguments)
    except OptionError as error:
        return [str(error)]
    return []


def _check_contents(module: str, arguments: Json) -> None:
    """Raise OptionError for what the core refuses of the policies and objects that a task speaks of."""
    list_of_policies = arguments.get("conditional_access_policies") or arguments
    policies = [arguments] if module == "conditional_access_policy" else list_of_policies.get("policies") or []
    # Modules that only read take the names of policies under this option.
    for policy in () if module.endswith("_info") else policies:
        _check_policy(policy, arguments.get("api_version", V1))
    edit_of_every_policy(list_of_policies.get("every_policy"), "every_policy")
    for noun, option in OBJECT_LISTS.items():
        for one in [arguments] if module == noun else arguments.get(option) or []:
            _check_object(noun, one)
    if module in {*SETTINGS, "tenant_configuration"}:
        _check_settings(module, arguments)
    with_checks(Wanted(), {"sign_in_tests": arguments} if module == "sign_in_test" else arguments)


def _check_settings(module: str, arguments: Json) -> None:
    """What an example says of settings, alone or as parts of tenant_configuration; raises OptionError."""
    api_version = arguments.get("api_version", V1)
    settings = {module: arguments} if module in SETTINGS else arguments
    for noun in SETTINGS.keys() & settings.keys():
        if noun in VERDICTS:
            wanted_verdict(noun, settings[noun], noun, api_version, date(9999, 1, 1))
        elif noun == METHOD:
            desired_method(settings[noun], noun, api_version)
        elif noun != "per_user_mfa":
            desired_setting(SETTINGS[noun], settings[noun], noun, api_version)
    if settings.get("per_user_mfa") is not None:
        wanted_per_user_mfa(settings["per_user_mfa"], "per_user_mfa")
    desired_methods(settings.get("authentication_method_configurations") or (), "methods", api_version)


def _check_policy(options: Json, api_version: str = V1) -> None:
    # The file of a definition is not here.
    if "definition_path" in options:
        return
    desired = desired_policy(options, api_version=api_version)
    if desired.is_present and desired.is_whole:
        check_rules(canonical_policy(desired.content), "")


def _check_object(noun: str, options: Json) -> None:
    # As above.
    if "definition_path" in options:
        return
    resource = RESOURCES[noun]
    content = desired_object(resource, options).content
    check_content(resource.shape_of(content), content, "")


def specified_variables() -> dict[str, Json]:
    """Every variable of roles and playbooks with its specification."""
    documents = [*ROOT.glob("roles/*/meta/argument_specs.yml"), *ROOT.glob("playbooks/*.meta.yml")]
    return {
        name: option
        for path in documents
        for spec in yaml.safe_load(path.read_text(encoding="utf-8"))["argument_specs"].values()
        for name, option in (spec.get("options") or {}).items()
    }


def test_examples_are_found() -> None:
    """Guards the tests below against passing because they looked in the wrong place."""
    where = {example.where for example in EXAMPLES}
    assert {"README.md", "docs/roles.md", "docs/docsite/rst/guide_files.rst", "roles/baseline_p1/README.md"} <= where
    assert "plugins/lookup/tenant_files.py" in where
    assert {"conditional_access_policy", "tenant_configuration"} <= {task.module for task in TASKS}


@pytest.mark.parametrize("module", MODULES)
def test_every_module_has_an_example_of_itself(module: str) -> None:
    assert [task for task in TASKS if (task.where, task.module) == (f"plugins/modules/{module}.py", module)]


@pytest.mark.parametrize("example", YAML, ids=lambda example: example.where)
def test_examples_are_yaml(example: Example) -> None:
    assert yaml.safe_load(example.text) is not None


@pytest.mark.parametrize("task", TASKS, ids=lambda task: f"{task.where}-{task.module}")
def test_tasks_say_what_the_module_understands(task: Task) -> None:
    assert task.module in MODULES
    assert faults_of(task) == []


@pytest.mark.parametrize(
    ("module", "arguments", "fault"),
    [
        ("conditional_access_policy", {"display_nam": "X"}, "display_nam"),
        ("conditional_access_policy", {"template": "no_such_template"}, "value of template must be one of"),
        (
            "conditional_access_policy",
            {"display_name": "X", "conditions": {"client_app_types": ["web"]}},
            "must be one of",
        ),
        ("conditional_access_policies", {"policies": [{"state": "absent"}]}, "one of the following is required"),
        ("conditional_access_policies", {"policies": [{"display_name": "X", "complete": True}]}, "a policy needs"),
        ("tenant_configuration", {"named_locations": [{"display_name": "X", "ip_ranges": 3}]}, "ip_ranges"),
        ("authentication_method_configuration", {"id": "Sms", "fido2": {}}, "does not have it"),
        ("self_service_password_reset", {"number_of_questions_to_reset": 9}, "between 3 and 5"),
        (
            "tenant_configuration",
            {"authentication_methods_policy": {"system_credential_preferences": {"state": "enabled"}}},
            "beta",
        ),
        ("tenant_configuration", {"per_user_mfa": {"maximum_users": 0}}, "at least one"),
        ("tenant_export", {"schemas": "x"}, "missing required arguments: path"),
    ],
)
def test_a_mistake_in_an_example_is_found(module: str, arguments: Json, fault: str) -> None:
    assert fault in " ".join(faults_of(Task("here", module, arguments)))


def test_templates_stand_for_any_type() -> None:
    arguments = {"path": "{{ path }}", "remove_stale": "{{ remove }}", "api_version": "{{ version }}"}
    assert faults_of(Task("here", "tenant_export", arguments)) == []


@pytest.mark.parametrize("example", YAML, ids=lambda example: example.where)
def test_variables_are_those_of_roles_and_playbooks(example: Example) -> None:
    specified = specified_variables()
    variables = _variables(example)
    assert set(variables) - set(specified) == set()
    arguments = filled_in(variables, {"type": "dict", "options": specified})
    validator = ArgumentSpecValidator({name: {**specified[name], "required": False} for name in variables})
    assert validator.validate(arguments).error_messages == []


@pytest.mark.parametrize(
    "example", [one for one in YAML if _SCHEMA_LINE.search(one.text)], ids=lambda example: example.where
)
def test_files_fit_the_schema_that_they_name(example: Example) -> None:
    (name,) = _SCHEMA_LINE.findall(example.text)
    schema = yaml.safe_load((ROOT / "docs" / "schemas" / name).read_text(encoding="utf-8"))
    faults = jsonschema.Draft202012Validator(schema).iter_errors(yaml.safe_load(example.text))
    assert [fault.message for fault in faults] == []
    if name == "conditional_access_policy.json":
        _check_policy(yaml.safe_load(example.text))


@pytest.mark.parametrize("page", _pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_name_what_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    commands = "\n".join(example.text for example in _of_page(page) if example.kind in ("console", "bash", "shell"))
    assert {name for line in commands.splitlines() for name in _playbooks_of(line)} - set(PLAYBOOKS) == set()
    assert set(re.findall(r"^\$? ?make ([a-z-]+)", commands, re.MULTILINE)) - targets == set()
    assert set(re.findall(r"``?make ([a-z-]+)``?", text)) - targets == set()


def _playbooks_of(line: str) -> list[str]:
    return re.findall(r"m365\.entra\.(\w+)", line) if "ansible-playbook" in line else []


def test_every_guide_is_in_the_table_of_contents() -> None:
    listed = yaml.safe_load((ROOT / "docs" / "docsite" / "extra-docs.yml").read_text(encoding="utf-8"))["sections"]
    guides = {path.stem for path in (ROOT / "docs" / "docsite" / "rst").glob("*.rst")}
    assert {name for section in listed for name in section["toctree"]} == guides
