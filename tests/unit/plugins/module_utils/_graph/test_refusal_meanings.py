# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a refusal of Microsoft Graph means, which options it concerns and what to do (facts section 14)."""

from __future__ import annotations

import json
import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import ServiceRefused
from ansible_collections.m365.entra.plugins.module_utils._graph.refusal_meaning import Known
from ansible_collections.m365.entra.plugins.module_utils._graph.refusal_numbers import NUMBERED
from ansible_collections.m365.entra.plugins.module_utils._graph.refusal_texts import (
    BY_STATUS,
    CHALLENGE,
    CODED,
    GENERIC,
    TOLD,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.refusals import (
    GENERIC_TEXT,
    error,
    shape_a,
    shape_b,
)

# The number and the service's text -> words of the meaning, words of the remedy, one option path (or none).
NUMBERED_TEXTS = [
    (
        "1007: Incoming ConditionalAccessPolicy object is null or does not match the schema.",
        "schema",
        "unknownFutureValue",
        "conditions",
    ),
    (
        "1011: 'applications' condition must specify the applications to include.",
        "nothing that it applies to",
        "include_applications",
        "conditions.applications",
    ),
    (
        "1032: ConditionalActionPolicy validation failed due to InvalidControls.",
        "not allowed for what the policy applies to",
        "block",
        "session_controls",
    ),
    (
        "1032: ConditionalActionPolicy validation failed due to InvalidPasswordResetControl.",
        "secure password change",
        "built_in_controls: [mfa, passwordChange]",
        "grant_controls.built_in_controls",
    ),
    ("1032: validation failed due to SomethingNew.", "not valid for these conditions", "controls", "grant_controls"),
    ("1034: Policy contains invalid applications", "cannot apply to", "client", "conditions.applications."),
    ("1037: The policy you requested contains preview features.", "preview", "api_version: beta", "api_version"),
    ("1038: The policy you are creating contains preview features.", "preview", "api_version: beta", "api_version"),
    (
        "1039: Cannot create or update policies with premium P2 features.",
        "Entra ID P2",
        "assign P2",
        "conditions.user_risk_levels",
    ),
    (
        "1040: NamedLocation with id 0c0c does not exist in the directory.",
        "the named location 0c0c does not exist",
        "run again",
        "conditions.locations.include_locations",
    ),
    ("1040: A location is missing.", "a named location does not exist", "run again", "conditions.locations."),
    (
        "1064: 'clientAppTypes' condition does not support [].",
        "empty list of client applications",
        "client_app_types",
        "conditions.client_app_types",
    ),
    (
        "1101: The tenant must be explicitly authorized to use the private preview feature: ReAuth.",
        "signing in every time",
        "time based",
        "session_controls.sign_in_frequency.frequency_interval",
    ),
    (
        "1101: The tenant must be explicitly authorized to use the private preview feature: Other.",
        "private preview of Other",
        "admit the tenant",
        "",
    ),
    ("1101: Not you.", "private preview", "admit the tenant", ""),
    (
        "1108: Authentication strengths cannot be used alongside the MFA built-in control.",
        "exclude each other",
        "Keep one",
        "grant_controls.authentication_strength",
    ),
]


@pytest.mark.parametrize("shape", [shape_a, shape_b])
@pytest.mark.parametrize(("text", "meaning", "remedy", "option"), NUMBERED_TEXTS)
def test_numbered_refusal(shape: t.Callable[[str], t.Any], text: str, meaning: str, remedy: str, option: str) -> None:
    found = error(shape(text))
    assert found.code == text[:4]
    assert found.status == 400
    assert found.request_id == "inner-id"
    assert found.message.startswith(f"POST /v1.0/x was refused by Microsoft Graph: 400 BadRequest: {text.rstrip('.')}.")
    assert meaning in found.message
    assert remedy in found.remedy
    assert has_option(found, option)


def has_option(found: ServiceRefused, beginning: str) -> bool:
    """Whether the result's details and the message name an option path with that beginning; none when it is empty."""
    paths = found.to_result().get("option_paths", [])
    if not beginning:
        return not paths
    return any(path.startswith(beginning) and path in found.message for path in paths)


def test_every_known_number_is_tested_and_has_a_remedy() -> None:
    assert {known.number for known in NUMBERED} == {text[:4] for text, *_others in NUMBERED_TEXTS}
    assert all(known.remedy and known.text for known in (*NUMBERED, *TOLD, *CODED, *BY_STATUS, GENERIC, CHALLENGE))


def test_known_entries_can_all_be_reached() -> None:
    """An entry behind one that is more general would never be told."""
    for table in (NUMBERED, TOLD, CODED, BY_STATUS):
        for index, known in enumerate(table):
            earlier = [one for one in table[:index] if (one.number, one.codes, one.status) == known_by(known)]
            assert all(one.says for one in earlier), known.text


def known_by(known: Known) -> tuple[str, tuple[str, ...], int | None]:
    """By what an entry is recognised, besides its text."""
    return (known.number, known.codes, known.status)


ONE, TWO, THREE = ids.PORTAL, ids.OFFICE, ids.STAFF


@pytest.mark.parametrize(
    ("applications", "words", "remedies"),
    [
        ({ONE: "ServicePrincipalNotFound"}, [f"{ONE} is not present in the tenant"], ["Create its service principal"]),
        ({ONE: "UnsupportedFirstPartyApplication"}, [f"{ONE} is an application of Microsoft"], ["Office365"]),
        ({ONE: "PublicClientsAreUnsupported"}, [f"{ONE} is a public client"], ["Name the resource"]),
        ({ONE: "SomethingNew"}, [f"{ONE} is not accepted"], ["Leave it out"]),
        (
            {ONE: "ServicePrincipalNotFound", TWO: "PublicClientsAreUnsupported", THREE: "ServicePrincipalNotFound"},
            [f"{ONE}, {THREE}: each is not present in the tenant", f"{TWO} is a public client"],
            ["Create its service principal", "Name the resource"],
        ),
    ],
)
def test_refused_applications_are_named(applications: dict[str, str], words: list[str], remedies: list[str]) -> None:
    found = error(shape_b(f"1034: Policy contains invalid applications: {json.dumps(applications)}"))
    assert found.code == "1034"
    assert all(one in found.message for one in words)
    assert all(one in found.remedy for one in remedies)
    assert has_option(found, "conditions.applications.include_applications")


def test_refused_applications_of_a_cut_text() -> None:
    found = error(shape_a(f'1034: Policy contains invalid applications: {{"{ONE}":"ServicePrincipalNotFound","ab'))
    assert f"{ONE} is not present in the tenant" in found.message


def test_unknown_number_is_told_in_the_services_words() -> None:
    found = error(shape_b("4711: new rule"))
    assert found.code == "4711"
    assert found.message == "POST /v1.0/x was refused by Microsoft Graph: 400 BadRequest: 4711: new rule."
    assert found.remedy == ""
    assert found.request_id == "inner-id"
    assert "inner-id" in str(found)
    assert has_option(found, "")


@pytest.mark.parametrize("shape", [shape_a, shape_b])
@pytest.mark.parametrize(
    ("status", "text", "words"),
    [
        (400, "Security Defaults is enabled in the tenant. You must disable Security defaults.", "is_enabled: false"),
        (400, 'Invalid OData type specified: ""', "@odata.type"),
        (400, "Empty Payload. JSON content expected.", "prox"),
        (400, "Resource not found for the segment 'deletedItems'.", "api_version"),
        (400, "The value unknownFutureValue is not allowed.", "export"),
        (400, "Permission being assigned already exists on the object", "nothing to do"),
        (403, "Your tenant is not licensed for this feature", "P1"),
        (403, "Unable to initialize the authorization context.", "delegated administration relationship"),
        (
            403,
            "Operation requires conditional access and client does not support it. Client must be configured.",
            "application identity",
        ),
        (401, "Exception of type 'ClaimsChallengeRequiredException' was thrown.", "application identity"),
        (404, "ConditionalAccessPolicy with id 0c0c does not exist in the directory.", "deleted meanwhile"),
        (404, "Resource '0c0c' does not exist or one of its queried reference-property objects are not present.", "id"),
        (404, "Unable to read the company information from the directory.", "few seconds"),
    ],
)
def test_refusal_without_a_number_is_known_by_its_text(
    shape: t.Callable[[str], t.Any], status: int, text: str, words: str
) -> None:
    found = error(shape(text), status)
    assert found.code == "BadRequest"
    assert text.rstrip(".") in found.message
    assert words in found.remedy
    assert found.request_id == "inner-id"


def test_what_is_gone_is_named() -> None:
    found = error(shape_a("ConditionalAccessPolicy with id {0c0c} does not exist in the directory."), 404)
    assert "There is no ConditionalAccessPolicy with the id {0c0c}" in found.message


def test_generic_refusal_says_that_nothing_more_is_known() -> None:
    found = error(shape_a(GENERIC_TEXT))
    assert "did not say what is wrong" in found.message
    assert "request id" in found.remedy


@pytest.mark.parametrize(
    ("status", "code", "text", "words"),
    [
        (401, "InvalidAuthenticationToken", "Access token validation failure. Invalid audience.", "another service"),
        (401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.", "expired"),
        (401, "InvalidAuthenticationToken", "CompactToken parsing failed.", "not accepted"),
        (401, "Unauthenticated", "Required authentication failed.", "another cloud"),
        (401, "", "", "not accepted"),
        (403, "AccessDenied", "No.", "lacks a permission"),
        (403, "Authorization_RequestDenied", "No.", "lacks a permission"),
        (403, "Authentication_MSGraphPermissionMissing", "No.", "lacks a permission"),
        (403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant", "No.", "premium licence"),
        (404, "ResourceNotFound", "No.", "no such object"),
        (409, "Directory_ConcurrencyViolation", "No.", "somebody else"),
        (409, "Conflict", "No.", "contradicts"),
        (412, "PreconditionFailed", "No.", "has changed"),
        (423, "Locked", "No.", "locked"),
        (429, "TooManyRequests", "No.", "throttling"),
        (400, "Request_UnsupportedQuery", "No.", "query"),
        (400, "Request_BadRequest", "No.", "property or a filter"),
        (500, "generalException", "No.", "failed"),
        (502, "", "", "gateway"),
        (503, "serviceUnavailable", "No.", "not available"),
        (504, "UnknownError", "", "in time"),
    ],
)
def test_meaning_by_code_or_status(status: int, code: str, text: str, words: str) -> None:
    found = error(shape_a(text, code), status)
    assert found.code == code
    assert words.lower() in found.message.lower()
    assert found.remedy


def test_nothing_is_made_up_for_an_unknown_status() -> None:
    found = error(shape_a("No.", "Teapot"), 418)
    assert found.message == "POST /v1.0/x was refused by Microsoft Graph: 418 Teapot: No."
    assert found.remedy == ""


def test_a_challenge_for_claims_is_known_by_its_header() -> None:
    headers = {"www-authenticate": 'Bearer realm="", error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4i"'}
    found = error(
        shape_a("Continuous access evaluation resulted in challenge.", "InvalidAuthenticationToken"), 401, **headers
    )
    assert "further claims" in found.message
    assert "eyJhY2Nlc3NfdG9rZW4i" not in json.dumps(found.to_result())


def test_permissions_that_belong_together_are_named() -> None:
    remedy = error(shape_a("No.", "AccessDenied"), 403).remedy
    assert "admin consent" in remedy
    assert "Policy.Read.All and Policy.ReadWrite.ConditionalAccess" in remedy
