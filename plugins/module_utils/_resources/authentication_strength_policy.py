# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The resource authentication strength: which combinations of methods are strong enough (facts section 3.2)."""

from __future__ import annotations

import re
from dataclasses import replace

from .._graph.errors import OptionError
from .._guard.cloud_capabilities import check_strength_in_cloud
from .._guard.permissions import READ_AUTHENTICATION_STRENGTHS, WRITE_AUTHENTICATION_STRENGTHS
from .._reconcile.action import CREATE, DELETE, UPDATE, Action
from .._reconcile.canonical import canonical_value
from .._reconcile.compare import full_body, patch_body
from .._reconcile.object_plan import ObjectPlan
from .._reconcile.shape import Combinations, Json, Part, PartList, Text, TextSet
from .declaration import Resource

NOUN = "authentication_strength_policy"
COLLECTION = "/policies/authenticationStrengthPolicies"

# The flags of authenticationMethodModes, in the schema's order (facts appendix A).
MODES = (
    "password",
    "voice",
    "hardwareOath",
    "softwareOath",
    "sms",
    "fido2",
    "windowsHelloForBusiness",
    "microsoftAuthenticatorPush",
    "deviceBasedPush",
    "temporaryAccessPassOneTime",
    "temporaryAccessPassMultiUse",
    "email",
    "x509CertificateSingleFactor",
    "x509CertificateMultiFactor",
    "federatedSingleFactor",
    "federatedMultiFactor",
    "qrCodePin",
)
_LONGEST_NAME = 30
_MOST_CUSTOM = 15
_MOST_CERTIFICATE_LIMITS = 5
_KEY_IDENTIFIER = re.compile(r"[0-9a-f]{40}")
_CERTIFICATE = "x509Certificate"


def _configuration_type(value: Json) -> str:
    is_certificate = any(one.startswith(_CERTIFICATE) for one in value.get("appliesToCombinations") or [])
    kind = "x509CertificateCombinationConfiguration" if is_certificate else "fido2CombinationConfiguration"
    return f"#microsoft.graph.{kind}"


CONFIGURATION = Part(
    "combinationConfiguration",
    (
        Combinations("appliesToCombinations", MODES),
        TextSet("allowedAAGUIDs"),
        TextSet("allowedIssuerSkis"),
        TextSet("allowedPolicyOIDs"),
    ),
    odata_type=_configuration_type,
)
_CONFIGURATIONS = PartList("combinationConfigurations", CONFIGURATION)
SHAPE = Part(
    "authenticationStrengthPolicy",
    (Text("displayName"), Text("description"), Combinations("allowedCombinations", MODES), _CONFIGURATIONS),
)
_PROPERTIES = Part("authenticationStrengthPolicy", (Text("displayName"), Text("description")))


def check_strength(content: Json, option: str) -> None:
    """Raise OptionError that names every rule that a wanted strength breaks."""
    prefix = f"{option}." if option else ""
    faults = [*_name_faults(content), *_combination_faults(content)]
    for index, configuration in enumerate(content["combinationConfigurations"]):
        path = f"combination_configurations[{index}]"
        faults.extend(f"{path}.{fault}" for fault in _configuration_faults(configuration, content))
    if faults:
        raise OptionError("; ".join(f"{prefix}{fault}" for fault in faults) + ".")


def _name_faults(content: Json) -> list[str]:
    name = content["displayName"] or ""
    if not name:
        return ["display_name: an authentication strength needs a name"]
    return [f"display_name: a name has at most {_LONGEST_NAME} characters"] if len(name) > _LONGEST_NAME else []


def _combination_faults(content: Json) -> list[str]:
    combinations = content["allowedCombinations"]
    if not combinations:
        return ["allowed_combinations: give at least one combination"]
    return [
        f"allowed_combinations: {method!r} is no authentication method"
        for one in combinations
        for method in one.split(",")
        if method not in MODES
    ]


def _configuration_faults(configuration: Json, content: Json) -> list[str]:
    applies = configuration["appliesToCombinations"]
    if not applies:
        return ["applies_to_combinations: say which combination is limited"]
    faults = [
        f"applies_to_combinations: {one!r} is not among allowed_combinations"
        for one in applies
        if one not in content["allowedCombinations"]
    ]
    certificate_limits = configuration["allowedIssuerSkis"] or configuration["allowedPolicyOIDs"]
    if _configuration_type(configuration).endswith("fido2CombinationConfiguration"):
        if applies != ["fido2"] or certificate_limits or not configuration["allowedAAGUIDs"]:
            faults.append("allowed_aaguids: fido2 is limited by allowed_aaguids, and nothing else is")
    elif configuration["allowedAAGUIDs"] or not certificate_limits:
        faults.append("allowed_issuer_skis: certificates are limited by allowed_issuer_skis or allowed_policy_oids")
    return [*faults, *_certificate_faults(configuration)]


def _certificate_faults(configuration: Json) -> list[str]:
    faults = [
        f"allowed_issuer_skis: {one!r} is no subject key identifier of 40 hexadecimal digits"
        for one in configuration["allowedIssuerSkis"]
        if not _KEY_IDENTIFIER.fullmatch(one)
    ]
    faults.extend(
        f"{option}: at most {_MOST_CERTIFICATE_LIMITS} values"
        for option, name in (("allowed_issuer_skis", "allowedIssuerSkis"), ("allowed_policy_oids", "allowedPolicyOIDs"))
        if len(configuration[name]) > _MOST_CERTIFICATE_LIMITS
    )
    return faults


def update_actions(resource: Resource, plan: ObjectPlan) -> tuple[Action, ...]:
    """The requests that change a strength: its texts, its combinations and the limits of each have their own.

    A limit that goes away goes before its combination does, a new one comes after its combination has come.
    """
    before, after = (plan.current.content if plan.current else {}), plan.content or {}
    removed, kept = _configuration_actions(plan)
    return (
        *_text_actions(resource, plan, before, after),
        *removed,
        *_combination_actions(resource, plan, before, after),
        *kept,
    )


def _text_actions(resource: Resource, plan: ObjectPlan, before: Json, after: Json) -> tuple[Action, ...]:
    body, undo_body = patch_body(_PROPERTIES, before, after), patch_body(_PROPERTIES, after, before)
    if not body:
        return ()
    action = resource.patch_action(plan)
    changes = tuple(one for one in action.changes if one.path in ("display_name", "description"))
    undo = replace(action, reason="take back", body=undo_body, changes=())
    return (replace(action, body=body, changes=changes, undo=undo),)


def _combination_actions(resource: Resource, plan: ObjectPlan, before: Json, after: Json) -> tuple[Action, ...]:
    old, new = before.get("allowedCombinations"), after.get("allowedCombinations")
    if old == new:
        return ()
    action = replace(resource.patch_action(plan), calls="updateAllowedCombinations", body={"allowedCombinations": new})
    changes = tuple(one for one in action.changes if one.path == "allowed_combinations")
    undo = replace(action, reason="take back", body={"allowedCombinations": old}, changes=())
    return (replace(action, changes=changes, undo=undo),)


def _configuration_actions(plan: ObjectPlan) -> tuple[list[Action], list[Action]]:
    """The removals of limits, and what changes and creates limits."""
    current = {_key(one): one for one in (plan.current.content if plan.current else {})["combinationConfigurations"]}
    wanted = {_key(one): one for one in (plan.content or {})["combinationConfigurations"]}
    removed = [_configuration_action(plan, key, current[key], None) for key in current if key not in wanted]
    kept = [
        _configuration_action(plan, key, current.get(key), one)
        for key, one in wanted.items()
        if current.get(key) != one
    ]
    return removed, kept


def _key(configuration: Json) -> str:
    return ";".join(configuration["appliesToCombinations"])


def _configuration_action(plan: ObjectPlan, key: str, before: Json | None, after: Json | None) -> Action:
    identifier = _identifier_of(plan, key)
    base = Action(
        operation=UPDATE,
        resource=NOUN,
        key=f"{plan.key}:{key}",
        name=plan.name,
        collection=f"{COLLECTION}/{plan.key}/combinationConfigurations",
        reason=f"the limits of the combination {key} differ from what is wanted",
        object_id=identifier,
        changes=tuple(one for one in plan.changes if one.path == "combination_configurations"),
    )
    create, update, delete = (replace(base, operation=one) for one in (CREATE, UPDATE, DELETE))
    if before is None:
        undo = replace(delete, reason="take back", changes=())
        return replace(create, body=full_body(CONFIGURATION, after), undo=undo)
    if after is None:
        undo = replace(create, reason="take back", object_id=None, body=full_body(CONFIGURATION, before), changes=())
        return replace(delete, undo=undo)
    undo = replace(update, reason="take back", body=patch_body(CONFIGURATION, after, before), changes=())
    return replace(update, body=patch_body(CONFIGURATION, before, after), undo=undo)


def _identifier_of(plan: ObjectPlan, key: str) -> str | None:
    """The service's id of the limit on the combinations that *key* names, or None for one that is new."""
    for raw in (plan.current.raw if plan.current else {}).get("combinationConfigurations") or []:
        canonical = canonical_value(CONFIGURATION, raw)
        if canonical is not None and _key(canonical) == key:
            return str(raw.get("id"))
    return None


def is_built_in(raw: Json) -> bool:
    """Whether a strength belongs to the service."""
    return str(raw.get("policyType") or "").lower() == "builtin"


def check_configurations_differ(content: Json, option: str) -> None:
    """Raise OptionError when two limits speak of the same combinations."""
    keys = [_key(one) for one in content["combinationConfigurations"]]
    if len(set(keys)) < len(keys):
        prefix = f"{option}." if option else ""
        raise OptionError(f"{prefix}combination_configurations: two entries speak of the same combinations.")


def _check(content: Json, option: str) -> None:
    check_strength(content, option)
    check_configurations_differ(content, option)


def _check_in_cloud(cloud: str, content: Json, option: str) -> None:
    check_strength_in_cloud(cloud, content["allowedCombinations"], option)


AUTHENTICATION_STRENGTH_POLICY = Resource(
    noun=NOUN,
    label="authentication strength",
    collection=COLLECTION,
    options=SHAPE,
    shape_of=lambda strength: SHAPE,
    read_permission=READ_AUTHENTICATION_STRENGTHS,
    write_permission=WRITE_AUTHENTICATION_STRENGTHS,
    check=_check,
    check_in_cloud=_check_in_cloud,
    limits={SHAPE.name: _MOST_CUSTOM},
    read_only=is_built_in,
    details=("policyType", "requirementsSatisfied", "createdDateTime", "modifiedDateTime"),
    update_actions=update_actions,
)
