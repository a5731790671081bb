# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Turns a Graph JSON policy - written by hand, exported, with annotations and placeholders - into a policy's content.

A definition is a whole policy: what it does not mention is empty. What we do not know is never dropped silently: an
unknown property with a value could narrow the policy, so without it the policy would reach further than its author
meant.
"""

from __future__ import annotations

import re
import typing as t

from .._graph.errors import OptionError
from .._reconcile.shape import Field, Json, Part, Reference
from .policy_shape import POLICY

# Written by the service; not part of what a policy is. `partialEnablementStrategy` is undocumented and always null.
_READ_ONLY = frozenset({"id", "state", "createdDateTime", "modifiedDateTime", "deletedDateTime", "templateId"})

_PREVIEW = {
    "conditions.agents": "conditions for agent identities",
    "conditions.agentContext": "conditions for agent identities",
    "conditions.agentIdRiskLevels": "the risk of agent identities",
    "conditions.times": "conditions on the time of day",
    "conditions.deviceStates": "device states, which Microsoft has replaced by the device filter",
    "conditions.devices.includeDevices": "device states, which Microsoft has replaced by the device filter",
    "conditions.devices.excludeDevices": "device states, which Microsoft has replaced by the device filter",
    "conditions.devices.includeDeviceStates": "device states, which Microsoft has replaced by the device filter",
    "conditions.devices.excludeDeviceStates": "device states, which Microsoft has replaced by the device filter",
    "conditions.clients": "conditions on clients",
    "conditions.applications.networkAccess": "Global Secure Access traffic profiles",
    "conditions.applications.globalSecureAccess": "Global Secure Access traffic profiles",
    "conditions.clientApplications.includeAgentIdServicePrincipals": "agent identities",
    "conditions.clientApplications.excludeAgentIdServicePrincipals": "agent identities",
    "conditions.clientApplications.agentIdServicePrincipalFilter": "agent identities",
    "sessionControls.continuousAccessEvaluation": "the mode of continuous access evaluation",
    "sessionControls.globalSecureAccessFilteringProfile": "Global Secure Access filtering profiles",
    "sessionControls.networkAccessSecurity": "Global Secure Access policies",
    "sessionControls.blockSensitiveActions": "blocking of sensitive actions",
}

_TOKEN = re.compile(r"<[^<>]+>|%[^%\s]+%|\{\{[^{}]+\}\}")


def strip_annotations(value: t.Any) -> t.Any:
    """*value* without OData annotations and actions, at every depth; ``@odata.type`` goes too, shapes imply it."""
    if isinstance(value, dict):
        return {
            name: strip_annotations(member)
            for name, member in value.items()
            if "@odata." not in name and not name.startswith("#")
        }
    if isinstance(value, list):
        return [strip_annotations(member) for member in value]
    return value


def fill_placeholders(value: t.Any, placeholders: t.Mapping[str, str]) -> t.Any:
    """*value* with each placeholder replaced in every string, at every depth; the longest placeholder first."""
    if isinstance(value, dict):
        return {name: fill_placeholders(member, placeholders) for name, member in value.items()}
    if isinstance(value, list):
        return [fill_placeholders(member, placeholders) for member in value]
    if isinstance(value, str):
        for token in sorted(placeholders, key=len, reverse=True):
            value = value.replace(token, placeholders[token])
    return value


def content_from_definition(definition: Json, placeholders: t.Mapping[str, str], option: str) -> Json:
    """The whole content of the policy that *definition* describes, in Graph's names.

    *option* is the option path that errors begin with. Raises one OptionError for all faults: properties that the v1.0
    endpoint does not have, and placeholders that nobody filled.
    """
    filled = fill_placeholders(strip_annotations(definition), placeholders)
    unknown, unfilled = _unknown(POLICY, filled, ""), _unfilled(filled, "")
    if unknown or unfilled:
        raise OptionError(
            f"{option}: " + "; ".join([*unknown, *unfilled]) + ".",
            remedy=" ".join(
                [
                    *(["Remove what Graph v1.0 does not have, if the policy can do without it."] if unknown else []),
                    *(["Say through the option placeholders what each placeholder stands for."] if unfilled else []),
                ]
            ),
        )
    content = {field.name: _switched_on(field, filled.get(field.name)) for field in POLICY.fields}
    content["conditions"] = content["conditions"] or {}
    return content


def _unknown(part: Part, value: Json, path: str) -> list[str]:
    faults: list[str] = []
    for name, member in value.items():
        where = f"{path}{name}"
        field = part.field(name)
        if field is None:
            faults.extend(_unknown_member(where, member))
        elif isinstance(field, Part) and isinstance(member, dict):
            faults.extend(_unknown(field, member, f"{where}."))
        else:
            faults.extend(_wrong_kind(field, member, where))
    return faults


def _unknown_member(where: str, value: t.Any) -> list[str]:
    if where in _READ_ONLY or _says_nothing(value):
        return []
    if where in _PREVIEW:
        return [f"{where} ({_PREVIEW[where]}) exists only in Graph's beta endpoint, which is not used"]
    return [f"{where} is not a property of a policy in Graph v1.0"]


def _wrong_kind(field: Field, value: t.Any, where: str) -> list[str]:
    """An object where none belongs, or none where one belongs; finer checks are the schema's."""
    if isinstance(field, Part) and not _says_nothing(value):
        return [f"{where} must be an object or null"]
    if isinstance(value, dict) and not isinstance(field, Reference):
        return [f"{where} must not be an object"]
    return []


def _says_nothing(value: t.Any) -> bool:
    if isinstance(value, dict):
        return all(_says_nothing(member) for member in value.values())
    return value is None or value == [] or value is False


def _unfilled(value: t.Any, path: str) -> list[str]:
    if isinstance(value, dict):
        return [fault for name, member in value.items() for fault in _unfilled(member, f"{path}.{name}".lstrip("."))]
    if isinstance(value, list):
        return [fault for index, member in enumerate(value) for fault in _unfilled(member, f"{path}[{index}]")]
    if isinstance(value, str) and not path.endswith("rule"):
        return [
            f"{path} holds the placeholder {token!r}, for which nothing is given" for token in _TOKEN.findall(value)
        ]
    return []


def _switched_on(field: Field, value: t.Any) -> t.Any:
    """A session control with settings but without isEnabled is meant to be on: to drop it would weaken the policy."""
    if not isinstance(field, Part):
        return value
    if not isinstance(value, dict):
        return None
    result = {
        member.name: _switched_on(member, value.get(member.name)) for member in field.fields if member.name in value
    }
    if field.switched and result.get("isEnabled") is None and any(result.values()):
        result["isEnabled"] = True
    return result
