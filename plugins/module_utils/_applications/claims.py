# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an application is told of a user: a claims-mapping policy, held against the one that is assigned."""

from __future__ import annotations

import json
import typing as t
from dataclasses import dataclass

from .._reconcile.shape import Json

_ROOT = "ClaimsMappingPolicy"
# Options and the members of a definition; the service compares neither with regard to case.
_MEMBERS = {
    "source": "Source",
    "id": "ID",
    "value": "Value",
    "extension_id": "ExtensionID",
    "transformation_id": "TransformationID",
    "saml_claim_type": "SamlClaimType",
    "jwt_claim_type": "JwtClaimType",
}


@dataclass(frozen=True)
class ClaimsWish:
    """The policy that is wanted: its *name*, should it have to be made, and its definition."""

    name: str
    definition: str

    def is_met_by(self, policy: Json) -> bool:
        """Whether a policy of the tenant says the same."""
        texts = policy.get("definition") or []
        return len(texts) == 1 and comparable(str(texts[0])) == comparable(self.definition)


def definition_of(options: t.Mapping[str, t.Any]) -> str:
    """The definition that options mean, as the service keeps it: JSON in a text."""
    basic = options.get("include_basic_claim_set")
    policy: Json = {"Version": 1, "IncludeBasicClaimSet": "false" if basic is False else "true"}
    policy["ClaimsSchema"] = [_claim(one) for one in options.get("schema") or ()]
    if options.get("transformations"):
        policy["ClaimsTransformations"] = list(options["transformations"])
    return json.dumps({_ROOT: policy}, separators=(",", ":"), ensure_ascii=False)


def comparable(definition: str) -> t.Any:
    """A definition in a form in which two that mean the same are equal; a text that is none is itself."""
    try:
        return _folded(json.loads(definition))
    except ValueError:
        return definition


def _claim(options: t.Mapping[str, t.Any]) -> Json:
    return {member: options[name] for name, member in _MEMBERS.items() if options.get(name) not in (None, "")}


def _folded(value: t.Any) -> t.Any:
    """Names without case and order, flags as texts; the claims are a set, in whatever order they stand."""
    if isinstance(value, dict):
        return {name.lower(): _folded(member) for name, member in value.items() if member not in (None, "", [])}
    if isinstance(value, list):
        return sorted((_folded(one) for one in value), key=lambda one: json.dumps(one, sort_keys=True))
    return str(value).lower() if isinstance(value, bool | int) else value
