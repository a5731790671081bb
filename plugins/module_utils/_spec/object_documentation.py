# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What each option of the named objects means that policies refer to, and the documentation of their modules."""

from __future__ import annotations

import typing as t

from .._resources.authentication_context import AUTHENTICATION_CONTEXT
from .._resources.authentication_strength_policy import AUTHENTICATION_STRENGTH_POLICY
from .._resources.declaration import Resource
from .._resources.named_location import NAMED_LOCATION
from .argument_spec import Options
from .documentation import Descriptions, documented, fields_by_path, fragment
from .object_options import object_list, object_options

_GENERAL = {
    "state": "Whether the object exists.",
    "previous_name": "The name of an existing object that O(display_name) renames; once that is done, it means "
    "nothing.",
    "definition": "A whole object as Graph JSON, as a dictionary or as text; an export with annotations and read-only "
    "properties will do. What it does not mention is empty. Options for the content cannot stand beside it, and its id "
    "is not used.",
    "definition_path": "A file with a definition, on the machine that runs the task, as JSON in UTF-8 or UTF-16, or as "
    "YAML.",
    "complete": "Whether what is not given counts as empty. Otherwise what is not given stays as it is.",
}

_NAMED_LOCATION = {
    **_GENERAL,
    "display_name": "The location's name. It identifies the location unless O(id) is given; more than one location of "
    "that name is an error. A name that means a location of every tenant, such as V(MFA trusted IPs), is refused, "
    "and so is a new one that differs from another's only in case, blanks or invisible characters.",
    "id": "The id of an existing location. With it, O(display_name) renames the location.",
    "state": "Whether the location exists. One that a policy refers to is not removed; a trusted one is first made "
    "untrusted. A removed location stays in the bin for 30 days, but not in national clouds.",
    "ip_ranges": "Addresses and ranges in CIDR notation, IPv4 and IPv6, at most 2000, with masks longer than C(/8). "
    "Host bits mean nothing.",
    "is_trusted": "Whether sign-ins from these ranges count as trusted, also for policies that speak of V(AllTrusted).",
    "countries_and_regions": "Countries by their ISO 3166 codes of two letters, instead of IP ranges.",
    "include_unknown_countries_and_regions": "Whether addresses that belong to no known country are meant as well.",
    "country_lookup_method": "How the country is found. V(authenticatorAppGps) does not exist in US Government clouds.",
}

_AUTHENTICATION_CONTEXT = {
    **_GENERAL,
    "display_name": "The context's name. It identifies the context unless O(id) is given. A new one that differs from "
    "another's only in case, blanks or invisible characters is refused.",
    "id": "The id of the context, V(c1) to V(c99). A new context needs one.",
    "state": "Whether the context exists. One that a policy refers to is not removed; a published one is first "
    "withdrawn.",
    "description": "A text about the context.",
    "is_available": "Whether the context is published, so that applications can ask for it.",
}

_AUTHENTICATION_STRENGTH_POLICY = {
    **_GENERAL,
    "display_name": "The strength's name, at most 30 characters. It identifies the strength unless O(id) is given. The "
    "built-in strengths cannot be changed, and their names are refused, as are new ones that differ from another's "
    "only in case, blanks or invisible characters.",
    "id": "The id of an existing strength. With it, O(display_name) renames the strength.",
    "state": "Whether the strength exists. One that a policy refers to is not removed.",
    "description": "A text about the strength.",
    "allowed_combinations": "The combinations of authentication methods that are strong enough, the methods of each "
    "joined by commas.",
    "combination_configurations": "Limits of combinations, one for each combination that is limited.",
    "combination_configurations.applies_to_combinations": "The combinations that are limited.",
    "combination_configurations.allowed_aaguids": "The models of FIDO2 security keys that are allowed.",
    "combination_configurations.allowed_issuer_skis": "The issuers of certificates that are allowed, by their "
    "subject key identifiers.",
    "combination_configurations.allowed_policy_oids": "The certificate policies that are allowed, by their object "
    "identifiers.",
}

_TEXTS: tuple[tuple[Resource, dict[str, str], str], ...] = (
    (NAMED_LOCATION, _NAMED_LOCATION, "named_locations"),
    (AUTHENTICATION_CONTEXT, _AUTHENTICATION_CONTEXT, "authentication_contexts"),
    (AUTHENTICATION_STRENGTH_POLICY, _AUTHENTICATION_STRENGTH_POLICY, "authentication_strength_policies"),
)
OBJECT_DESCRIPTIONS: dict[str, Descriptions] = {
    resource.noun: Descriptions(texts, fields=fields_by_path(resource.options)) for resource, texts, _option in _TEXTS
}

_LIST_TEXTS = {
    "named_locations": "Named locations that policies refer to. One that is not listed is not touched.",
    "authentication_contexts": "Authentication contexts that policies refer to. One that is not listed is not touched.",
    "authentication_strength_policies": "Authentication strengths that policies refer to. One that is not listed is "
    "not touched.",
}


def object_fragment(resource: Resource) -> str:
    """The options of one object."""
    return fragment(documented(object_options(resource).options, OBJECT_DESCRIPTIONS[resource.noun]))


def object_lists_fragment() -> str:
    """The options of tenant_configuration that take lists of objects."""
    lists: dict[str, t.Any] = {}
    for resource, _texts, option in _TEXTS:
        spec: Options = object_list(resource)
        suboptions = documented(spec["options"], OBJECT_DESCRIPTIONS[resource.noun], mentions=f"{option}[].")
        lists[option] = {
            "description": [_LIST_TEXTS[option]],
            "type": "list",
            "elements": "dict",
            "suboptions": suboptions,
        }
    return fragment(lists)


OBJECT_LISTS: dict[str, str] = {resource.noun: option for resource, _texts, option in _TEXTS}
