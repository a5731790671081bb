# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Print, as JSON, a tenant in which the policies below a folder can be applied: `tenant_for_policies.py FOLDER`.

The answer has the `state` of the tenant (Graph objects by path), the `placeholders` to fill, and the `policies` as
options of a task. Where two files have one display name, the later one gets the name of its file.
"""

from __future__ import annotations

import codecs
import json
import re
import sys
import typing as t
from pathlib import Path

Json = dict[str, t.Any]

TOKEN = re.compile(r"<[^<>]+>")
IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
GROUP_LISTS = ("includeGroups", "excludeGroups")
APPLICATION_LISTS = ("includeApplications", "excludeApplications")
LOCATION_LISTS = ("includeLocations", "excludeLocations")
# Identifiers that every tenant knows without having such an object.
SYSTEM_LOCATIONS = frozenset({"00000000-0000-0000-0000-000000000000"})


def read_policy(path: Path) -> Json:
    """Return the policy in a file, which is UTF-8 or UTF-16 text."""
    content = path.read_bytes()
    encoding = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    return t.cast(Json, json.loads(content.decode(encoding)))


def values(policies: list[Json], part: str, lists: tuple[str, ...]) -> list[str]:
    """Return what stands in some lists of one condition of all policies, once each."""
    found = {
        value
        for policy in policies
        for name in lists
        for value in ((policy["conditions"].get(part) or {}).get(name) or [])
    }
    return sorted(found)


def identifiers(found: list[str]) -> list[str]:
    """Return those values that are ids."""
    return [value for value in found if IDENTIFIER.fullmatch(value)]


def group_name(token: str) -> str:
    """Return the name of the group that takes a placeholder's place."""
    return f"Group for {token.strip('<>')}"


def terms_of_use(policies: list[Json]) -> list[str]:
    """Return the terms of use that policies ask for, once each."""
    controls = [policy.get("grantControls") or {} for policy in policies]
    return sorted({name for control in controls for name in control.get("termsOfUse") or []})


def tenant_state(policies: list[Json]) -> Json:
    """Return the objects that the policies refer to."""
    groups = values(policies, "users", GROUP_LISTS)
    applications = identifiers(values(policies, "applications", APPLICATION_LISTS))
    locations = set(identifiers(values(policies, "locations", LOCATION_LISTS))) - SYSTEM_LOCATIONS
    return {
        "/groups": [
            *({"id": identifier, "displayName": f"Group {identifier}"} for identifier in identifiers(groups)),
            *({"displayName": group_name(token)} for token in groups if TOKEN.fullmatch(token)),
        ],
        "/servicePrincipals": [
            {"appId": identifier, "displayName": f"Application {identifier}"} for identifier in applications
        ],
        "/identity/conditionalAccess/namedLocations": [
            {
                "@odata.type": "#microsoft.graph.ipNamedLocation",
                "id": identifier,
                "displayName": f"Location {identifier}",
                "isTrusted": True,
                "ipRanges": [{"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "192.0.2.0/24"}],
            }
            for identifier in sorted(locations)
        ],
        "/identityGovernance/termsOfUse/agreements": [{"displayName": name} for name in terms_of_use(policies)],
    }


def placeholders(policies: list[Json]) -> dict[str, str]:
    """Return what each placeholder stands for: a group's name where it stands for a group, else plain text."""
    groups = values(policies, "users", GROUP_LISTS)
    tokens = {token for policy in policies for token in TOKEN.findall(json.dumps(policy))}
    return {token: group_name(token) if token in groups else "Ring" for token in sorted(tokens)}


def options(paths: list[Path], policies: list[Json]) -> list[Json]:
    """Return the options of a task for each policy."""
    seen: set[str] = set()
    result: list[Json] = []
    for path, policy in zip(paths, policies, strict=True):
        name = policy["displayName"]
        own_name = {"display_name": path.stem} if name in seen else {}
        seen.add(name)
        result.append({"definition_path": str(path), **own_name})
    return result


def main(folder: str) -> None:
    """Print the answer for a folder."""
    paths = sorted(Path(folder).rglob("*.json"))
    policies = [read_policy(path) for path in paths]
    answer = {
        "state": tenant_state(policies),
        "placeholders": placeholders(policies),
        "policies": options(paths, policies),
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
