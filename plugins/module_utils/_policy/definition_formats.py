# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Brings what other tools write into the form that Graph writes: one policy, in Graph's names, without annotations.

Understood are Graph's own answers, exports of EntraExporter and IntuneManagement, templates of Graph and CIPP, and
objects as the PowerShell SDK prints them: names in another case, empty texts, ``AdditionalProperties``.
"""

from __future__ import annotations

import re
import typing as t

from .._graph.errors import OptionError
from .._reconcile.list_edit import is_list
from .._reconcile.shape import Field, FlagSet, Json, Part, Reference
from .definition_noise import READ_ONLY
from .policy_shape import POLICY

_STRENGTH_LINK = re.compile(
    r"authenticationStrength(?:/policies|Policies)(?:/|\(')([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE
)
_BIND = "@odata.bind"
_LINK = "@odata.id"
_ADDITIONAL = "additionalproperties"
# The one annotation that tells what nothing else may tell: without it a list of tenants would mean all of them.
_TYPE = "@odata.type"
_ENUMERATED_TENANTS = "#microsoft.graph.conditionalAccessEnumeratedExternalTenants"
# The retired AzureAD module could not name a member like a PowerShell operator.
_OTHER_NAMES = {"_operator": "operator"}

_WHOLE = Part("policy", (*POLICY.fields, *(Field(name) for name in sorted(READ_ONLY))))
_EXPANDED = Part(
    "expanded", tuple(Field(name) for name in ("id", "displayName", "allowedCombinations", "requirementsSatisfied"))
)


class _Contradiction(ValueError):
    """Two members that are one in Graph's names, with different values."""


def policy_of(document: t.Any, option: str) -> Json:
    """The one policy in *document*, in Graph's names, with what the service writes beside it.

    *option* is the option path that errors begin with. Raises OptionError when the document holds no policy or
    several, and when a member stands twice, in different case, with different values.
    """
    return _renamed(_WHOLE, _only_policy(_named_by_text(document), option), option)


def object_of(document: t.Any, shape: Part, option: str) -> Json:
    """The one object in *document*, in the names of *shape*; what the shape does not know keeps its name.

    Raises what policy_of raises.
    """
    return _renamed(shape, _only_object(_named_by_text(document), option), option)


def _renamed(shape: Part, value: Json, option: str) -> Json:
    try:
        return _in_graph_names(shape, value, "")
    except _Contradiction as contradiction:
        raise OptionError(
            f"{option}: {contradiction} stands twice, in different case, with different values.",
            remedy="Remove one of the two, so that it is clear which is meant.",
        ) from None


def _only_object(document: t.Any, option: str) -> Json:
    """The one object in *document*, out of the lists that tools put around it."""
    if isinstance(document, dict) and set(document) - {"@odata.context"} == {"value"}:
        return _only_object(document["value"], option)
    if isinstance(document, list):
        return _only_object(_only_member(document, option), option)
    if not isinstance(document, dict) or not document:
        raise OptionError(f"{option}: one JSON object is expected, this is something else.")
    return document


def _named_by_text(value: t.Any) -> t.Any:
    """*value* with every member's name as text: YAML takes some words for numbers and truth values."""
    if isinstance(value, dict):
        return {str(name): _named_by_text(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_named_by_text(member) for member in value]
    return value


def _only_policy(document: t.Any, option: str) -> Json:
    """The one policy in *document* as it is written there, out of the lists and wrappers that tools put around it."""
    if isinstance(document, list):
        return _only_policy(_only_member(document, option), option)
    if not isinstance(document, dict) or not document:
        raise OptionError(f"{option}: a policy is expected as one JSON object, this is something else.")
    members = {name.lower(): member for name, member in document.items()}
    if "conditions" in members:
        return document
    if isinstance(members.get("value"), list):
        return _only_policy(members["value"], option)
    details = members.get("details")
    if isinstance(details, dict) and "name" in members:
        return {"displayName": members["name"], **details}
    wrapped = [member for member in members.values() if _is_policy(member)]
    return wrapped[0] if len(wrapped) == 1 else document


def _is_policy(value: t.Any) -> bool:
    return isinstance(value, dict) and {"conditions", "displayname"} <= {name.lower() for name in value}


def _only_member(documents: list[t.Any], option: str) -> t.Any:
    if len(documents) != 1:
        raise OptionError(
            f"{option}: one object is expected, this is a list of {len(documents)}.",
            remedy="Give one definition for each policy.",
        )
    return documents[0]


def without_annotations(value: t.Any) -> t.Any:
    """*value* without annotations and actions, at every depth; ``@odata.type`` goes too, shapes imply it."""
    if isinstance(value, dict):
        return {name: without_annotations(member) for name, member in value.items() if not _is_annotation(name)}
    if isinstance(value, list):
        return [without_annotations(member) for member in value]
    return value


def _is_annotation(name: str) -> bool:
    """OData keeps ``@`` for annotations; with ``#`` begin actions and what IntuneManagement adds."""
    return "@" in name or name.startswith("#")


def _in_graph_names(part: Part, value: Json, path: str) -> Json:
    result: Json = {}
    for name, member in _members(value):
        field = _field(part, name)
        known = field.name if field else name
        found = _member(field, member, f"{path}{known}")
        before = result.get(known)
        if _holds_something(before) and _holds_something(found) and before != found:
            raise _Contradiction(f"{path}{known}")
        result[known] = found if _holds_something(found) else before
    return result


def _members(value: Json) -> t.Iterator[tuple[str, t.Any]]:
    """The members of an object; those of ``AdditionalProperties`` stand where it stands, bindings as references."""
    for name, member in value.items():
        if name == _TYPE and member == _ENUMERATED_TENANTS:
            yield "membershipKind", "enumerated"
        if name.lower() == _ADDITIONAL and isinstance(member, dict):
            yield from _members(member)
        elif name.endswith(_BIND):
            yield name.removesuffix(_BIND), _bound(member)
        elif not _is_annotation(name):
            yield name, member


def _bound(link: t.Any) -> t.Any:
    """The object that a link leads to; what leads nowhere is kept, so that nobody takes it for nothing."""
    found = _STRENGTH_LINK.search(link) if isinstance(link, str) else None
    return {"id": found.group(1)} if found else link


def _field(part: Part, name: str) -> Field | None:
    wanted = _OTHER_NAMES.get(name.lower(), name.lower())
    return next((field for field in part.fields if field.name.lower() == wanted), None)


def _member(field: Field | None, value: t.Any, path: str) -> t.Any:
    if isinstance(value, dict):
        return _object(field, value, path)
    if value == "":
        return None
    if isinstance(value, str) and is_list(field) and not isinstance(field, FlagSet):
        # PowerShell writes a list of one as the one.
        return [value]
    return without_annotations(value)


def _object(field: Field | None, value: Json, path: str) -> t.Any:
    if isinstance(field, Part):
        renamed = _in_graph_names(field, value, f"{path}.")
    elif isinstance(field, Reference):
        renamed = _in_graph_names(_EXPANDED, value, f"{path}.") or _bound(value.get(_LINK))
    else:
        renamed = without_annotations(value)
    return renamed if _holds_something(renamed) else None


def _holds_something(value: t.Any) -> bool:
    """Whether anything but null and emptiness is inside; false is something, it switches a control off."""
    if isinstance(value, dict):
        return any(_holds_something(member) for member in value.values())
    return value is not None and value != []
