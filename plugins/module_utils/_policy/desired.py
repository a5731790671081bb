# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the user wants of one policy: options, a definition or a template, made into one thing."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field, replace

from .._graph.api_versions import V1
from .._graph.errors import OptionError
from .._reconcile.canonical import is_guid
from .._reconcile.compare import merged
from .._reconcile.content_check import check_content
from .._reconcile.list_edit import REMOVE, edits_in
from .._reconcile.option_path import path_of, prefix_of
from .._reconcile.preview import preview_uses
from .._reconcile.shape import Json
from .._rollout.rollout import Rollout
from .canonical_policy import canonical_policy
from .definition import content_from_definition
from .definition_formats import policy_of
from .definition_reader import parse_definition, read_definition_file
from .home_tenants import check_home_tenants
from .options import content_from_options
from .policy_shape import POLICY
from .references import NamedReference, references, with_ids
from .rules import check_rules
from .template_catalogue import TEMPLATES
from .vocabulary import MANAGED_NAME_PREFIX

Options = t.Mapping[str, t.Any]

_CONTENT_OPTIONS = ("description", "conditions", "grant_controls", "session_controls")
_SOURCES = ("template", "definition", "definition_path")


@dataclass(frozen=True)
class DesiredPolicy:
    """One wanted policy.

    *content* is in Graph's names; with *is_whole* it is a whole policy, otherwise only what was given.
    *policy_state* is the wanted option or None to leave the state alone; *initial_state* is what a new policy gets.
    Without *changes_enforced* a policy that is enforced keeps its content. *previous_name* finds a policy that is to be
    renamed; *restores* has a deleted policy of that name brought back from the bin. Without *is_listed* nobody spoke of
    the policy itself, only of all policies.
    *edits* are the edits of lists in what was given; *says_exclusions*: it was said who is left out.
    *rollout* is how it comes to be enforced, None for at once; *is_twin*: it only shows what another is to become.
    *option* is the option path that messages begin with, empty for a module that takes one policy.
    """

    option: str
    identifier: str | None
    name: str | None
    is_present: bool
    content: Json
    is_whole: bool
    policy_state: str | None
    initial_state: str
    excludes_emergency_access: bool = True
    changes_enforced: bool = True
    template: str | None = None
    previous_name: str | None = None
    restores: bool = False
    is_listed: bool = True
    edits: Json = field(default_factory=dict)
    says_exclusions: bool = False
    rollout: Rollout | None = None
    is_twin: bool = False

    @property
    def label(self) -> str:
        """What the policy is called in messages."""
        return repr(self.name) if self.name else f"with the id {self.identifier}"

    def mentions(self) -> list[NamedReference]:
        """Every other object this policy names."""
        leading = prefix_of(self.option)
        # What is added stands in a whole content already, what is removed stands nowhere else.
        removed = [one for one in references(self.edits, leading) if f".{REMOVE}[" in one.path] if self.is_whole else []
        rings = self.rollout.mentions() if self.rollout else []
        return [*references(self.content, leading), *removed, *rings]

    def preview_uses(self) -> list[str]:
        """The option paths that need Graph's beta endpoint."""
        return preview_uses(POLICY, self.content, prefix_of(self.option))

    def resolved(self, identify: t.Callable[[str, str], str]) -> DesiredPolicy:
        """The same with ids in place of names."""
        rollout = self.rollout.resolved(identify) if self.rollout else None
        content, edits = with_ids(self.content, identify), with_ids(self.edits, identify)
        return replace(self, content=content, edits=edits, rollout=rollout)


def desired_policy(options: Options, option: str = "", api_version: str = V1) -> DesiredPolicy:
    """The policy that the given *options* of one policy describe, to be written through *api_version*.

    Raises OptionError, naming the option path, for what cannot be meant. Reads definition_path, asks no service.
    """
    _check_sources(options, option)
    given = content_from_options({name: options[name] for name in _CONTENT_OPTIONS if name in options})
    is_present = (options.get("state") or "present") == "present"
    if is_present:
        check_content(POLICY, given, option)
    content, is_whole, initial_state = _content(options, option, given)
    name = options.get("display_name") or content.get("displayName")
    identifier = _identifier(options, option)
    if not name and not identifier:
        raise OptionError(f"{path_of(option, 'display_name')}: a policy needs display_name or id.")
    if name:
        name = _checked_name(str(name), option)
        content["displayName"] = name
    if is_present:
        check_content(POLICY, content, option)
        _check_api_version(content, option, api_version)
        check_home_tenants(content, option)
        # Options that say all of a policy may be those of a policy that exists: they are held against the rules when
        # they change something.
        if is_whole and not options.get("complete"):
            check_rules(canonical_policy(content), option)
    return DesiredPolicy(
        option=option,
        identifier=identifier,
        name=name,
        is_present=is_present,
        content=content,
        is_whole=is_whole,
        policy_state=options.get("policy_state"),
        initial_state=options.get("policy_state") or initial_state,
        excludes_emergency_access=options.get("exclude_emergency_access") is not False,
        changes_enforced=options.get("change_enforced") is not False,
        template=options.get("template"),
        previous_name=options.get("previous_name"),
        restores=options.get("restore") is True,
        edits=edits_in(POLICY, given) if is_present else {},
        says_exclusions=_says_exclusions(given) or (is_whole and _says_exclusions(content)),
    )


def _check_api_version(content: Json, option: str, api_version: str) -> None:
    paths = preview_uses(POLICY, content, prefix_of(option))
    if paths and api_version == V1:
        raise OptionError(
            f"{', '.join(paths)}: this exists only in Graph's beta endpoint, which may change at any time.",
            remedy="Give api_version: beta to use it knowingly, or leave it out.",
        )


def _identifier(options: Options, option: str) -> str | None:
    identifier = options.get("id")
    if identifier and not is_guid(str(identifier)):
        raise OptionError(
            f"{path_of(option, 'id')}: this is not an id (a GUID).", remedy="Give display_name for a name."
        )
    return str(identifier).lower() if identifier else None


def _checked_name(name: str, option: str) -> str:
    if not name.strip():
        raise OptionError(f"{path_of(option, 'display_name')}: a name of blanks is none.", remedy="Give a name.")
    if name.strip().lower().startswith(MANAGED_NAME_PREFIX.lower()):
        raise OptionError(
            f"{path_of(option, 'display_name')}: {name!r} is a policy that Microsoft manages.",
            remedy="Microsoft-managed policies are reported and never changed by name; choose another name.",
        )
    return name


def _check_sources(options: Options, option: str) -> None:
    given = [name for name in _SOURCES if options.get(name) is not None]
    if len(given) > 1:
        raise OptionError(f"{path_of(option, given[0])}: {' and '.join(given)} exclude each other.")
    if not given or given == ["template"]:
        return
    beside = [name for name in _CONTENT_OPTIONS if name in options]
    if beside:
        raise OptionError(
            f"{path_of(option, given[0])}: a definition is a whole policy; {', '.join(beside)} cannot stand beside it.",
            remedy="Change the definition, or use a template with overrides.",
        )


def _says_exclusions(given: Json) -> bool:
    """Whether the options say which users are left out."""
    users = (given.get("conditions") or {}).get("users") or {}
    return "excludeUsers" in users or "excludeGroups" in users


def _content(options: Options, option: str, given: Json) -> tuple[Json, bool, str]:
    """The content, whether it is a whole policy, and the state a new policy gets when policy_state is not given."""
    if options.get("template"):
        template = TEMPLATES[options["template"]].content_for(options.get("profile") or "modern")
        return merged(POLICY, template, given), True, "report_only"
    for name in ("definition", "definition_path"):
        if options.get(name) is not None:
            definition = _definition(options[name], name, path_of(option, name))
            content = content_from_definition(definition, _placeholders(options), path_of(option, name))
            return content, True, _initial_state(definition)
    if options.get("complete"):
        return merged(POLICY, {}, given), True, "report_only"
    return given, False, "report_only"


def _definition(value: t.Any, name: str, option: str) -> Json:
    if name == "definition_path":
        return policy_of(read_definition_file(str(value), option), option)
    return policy_of(parse_definition(value, option) if isinstance(value, str) else value, option)


def _placeholders(options: Options) -> dict[str, str]:
    return {str(token): str(value) for token, value in (options.get("placeholders") or {}).items()}


def _initial_state(definition: Json) -> str:
    """A definition never enforces by itself: an import that turned policies on has locked people out."""
    return "disabled" if str(definition.get("state") or "").lower() == "disabled" else "report_only"


def check_names_differ(policies: t.Sequence[DesiredPolicy]) -> None:
    """Raise OptionError when two entries of one list mean the same policy, as far as that shows without a tenant."""
    seen: dict[str, str] = {}
    for policy in policies:
        key = policy.identifier or str(policy.name)
        if key in seen:
            raise OptionError(
                f"{policy.option}: the policy {policy.label} already stands at {seen[key]}.",
                remedy="Remove one of the two.",
            )
        seen[key] = policy.option
