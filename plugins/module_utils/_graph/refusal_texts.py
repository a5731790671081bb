# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Refusals that are recognised by their text or by what the service calls them (facts sections 0.2 and 14).

The order matters: the first that fits is told.
"""

from __future__ import annotations

from .refusal_meaning import Known

_CHECK_CLOUD = "Check that cloud, authority_url and graph_url belong together and to this tenant."
CONSENT = (
    "Grant the missing application permission with admin consent and get a new token (tokens issued before the grant "
    "stay without it). Writing Conditional Access needs Policy.Read.All and Policy.ReadWrite.ConditionalAccess "
    "together, security defaults need Policy.Read.All and Policy.ReadWrite.SecurityDefaults."
)
_STEP_UP = (
    "Use an application identity, to which protected actions do not apply, or sign in with the authentication context "
    "that the tenant asks for and give that token."
)

TOLD: tuple[Known, ...] = (
    Known(
        says="security defaults is enabled",
        text="while security defaults are on, no policy can be enforced",
        remedy="Turn security defaults off first, or let m365.entra.tenant_configuration do both in one plan "
        "(security_defaults.is_enabled: false).",
        options=("policy_state", "security_defaults.is_enabled"),
    ),
    Known(
        says="requires conditional access and client does not support it|ClaimsChallengeRequired",
        text="the tenant protects this action by an authentication context, which the token does not carry",
        remedy=_STEP_UP,
        options=("auth_method",),
    ),
    Known(
        says="tenant is not licensed|not licensed for this feature",
        text="the tenant has no licence for this feature",
        remedy="Check the tenant's licences; Conditional Access needs Microsoft Entra ID P1, risk conditions need P2.",
    ),
    Known(
        says="unable to initiali[sz]e the authorization context",
        text="the partner's relationship with this tenant lacks the role that this needs",
        remedy="Add Conditional Access Administrator or Security Administrator to the delegated administration "
        "relationship, or sign in as an application of the tenant.",
    ),
    Known(
        says="Invalid OData type specified",
        text="the body lacks the @odata.type that says which kind of object it is",
        remedy="Report this as a fault of the collection, with the request id; definitions need not carry @odata.type.",
        options=("conditions.users", "definition"),
    ),
    Known(
        says="Empty Payload",
        text="the request arrived without a body",
        remedy="Check proxies between here and Microsoft Graph; run again, what holds now is read first.",
    ),
    Known(
        says=r"resource not found for the segment '?(?P<segment>[^'\s]+)'?",
        text="this API version or cloud has no {segment}",
        remedy="Check cloud, graph_url and api_version; national clouds lack some features.",
        options=("cloud", "graph_url"),
    ),
    Known(
        says=r"(?P<kind>\w+) with id (?P<id>\S+) does not exist in the directory",
        text="there is no {kind} with the id {id}, or it is not visible yet",
        remedy="It does not exist, was deleted meanwhile, or was just created: check the id, or run again in a few "
        "seconds.",
    ),
    Known(
        says=r"Resource '(?P<id>[^']+)' does not exist or one of its queried",
        text="the directory has no object {id}, or an object that it refers to was deleted",
        remedy="It does not exist, was deleted meanwhile, or was just created. Check the ids of users, groups and "
        "roles that the policy names.",
        options=("conditions.users",),
    ),
    Known(
        says="unable to read the company information",
        text="the directory has not yet spread what was just created",
        remedy="Run again in a few seconds.",
    ),
    Known(
        says="already exists on the object",
        text="the assignment exists already",
        remedy="There is nothing to do.",
    ),
    Known(
        says="unknownFutureValue",
        text="the body holds unknownFutureValue, which the service puts in place of values it hides",
        remedy="Take the definition from an export that shows the real value, and write that.",
        options=("definition",),
    ),
    Known(
        says="value without a type name was found",
        text="the body holds a property that the service does not know",
        remedy="Check property names and types; a list must be a list, an id a text.",
        options=("definition",),
    ),
)

CODED: tuple[Known, ...] = (
    Known(
        codes=("Authentication_RequestFromNonPremiumTenantOrB2CTenant",),
        text="the tenant has no premium licence",
        remedy="This needs Microsoft Entra ID P1 or P2 in the tenant.",
    ),
    Known(
        codes=("Request_UnsupportedQuery",),
        text="the service does not support this query",
        remedy="Report this as a fault of the collection, with the request id.",
    ),
    Known(
        codes=("InvalidAuthenticationToken",),
        says="audience",
        text="the token is meant for another service or cloud",
        remedy=_CHECK_CLOUD + " A token given as access_token must be issued for Microsoft Graph.",
        options=("cloud", "graph_url", "access_token"),
    ),
    Known(
        codes=("InvalidAuthenticationToken",),
        says="expired|lifetime",
        text="the token has expired",
        remedy="Run again; a token given as access_token must be a new one. Check this machine's clock.",
        options=("access_token",),
    ),
    Known(
        codes=("InvalidAuthenticationToken",),
        text="the token was not accepted",
        remedy=_CHECK_CLOUD + " A token given as access_token must be complete and not expired.",
        options=("cloud", "graph_url", "access_token"),
    ),
    Known(
        codes=("Unauthenticated",),
        text="the token belongs to another cloud",
        remedy=_CHECK_CLOUD,
        options=("cloud", "graph_url"),
    ),
    Known(
        codes=("AccessDenied", "Authorization_RequestDenied", "Authentication_MSGraphPermissionMissing"),
        text="the token lacks a permission, or the identity a directory role",
        remedy=CONSENT,
    ),
    Known(
        codes=("Directory_ConcurrencyViolation",),
        text="somebody else is changing the same object",
        remedy="Run again: what holds now is read first.",
    ),
    Known(
        codes=("Request_InvalidDataContractVersion",),
        text="an Azure AD Graph endpoint answered, not Microsoft Graph",
        remedy="Check graph_url.",
        options=("graph_url",),
    ),
    Known(
        codes=("Request_BadRequest",),
        text="a property or a filter is not valid",
        remedy="Check names and ids for characters that do not belong there; the service's text says which.",
    ),
)

BY_STATUS: tuple[Known, ...] = (
    Known(status=401, text="the token was not accepted", remedy=_CHECK_CLOUD, options=("cloud", "graph_url")),
    Known(status=403, text="the token lacks a permission, or the identity a directory role", remedy=CONSENT),
    Known(
        status=404,
        text="there is no such object",
        remedy="It does not exist, was deleted meanwhile, or is not visible yet: check the id, or run again in a few "
        "seconds.",
    ),
    Known(
        status=409,
        text="the request contradicts what the tenant has now",
        remedy="Somebody may be changing the same objects; run again: what holds now is read first.",
    ),
    Known(
        status=412,
        text="the object has changed since it was read",
        remedy="Run again: what holds now is read first.",
    ),
    Known(
        status=423,
        text="the object is locked",
        remedy="Run again later, or find out who locked it.",
    ),
    Known(
        status=429,
        text="the service is throttling this tenant",
        remedy="Run again later or with fewer parallel runs; all applications share one request a second for a tenant.",
    ),
    Known(status=500, text="the service failed", remedy="Run again later; if it stays, tell Microsoft the request id."),
    Known(status=502, text="the service could not be reached behind its gateway", remedy="Run again later."),
    Known(status=503, text="the service is not available at the moment", remedy="Run again later."),
    Known(status=504, text="the service did not answer in time", remedy="Run again later."),
)

WEB_PAGE = Known(
    text="a web page answered, not Microsoft Graph",
    remedy="Check graph_url, and proxies between here and Microsoft Graph.",
    options=("graph_url",),
)

CHALLENGE = Known(
    text="the service asks for a token with further claims",
    remedy="The token may have been revoked: get a new one. If the tenant protects this action by an authentication "
    "context, use an application identity, or sign in with that context and give the token.",
    options=("auth_method",),
)

GENERIC = Known(
    text="the service did not say what is wrong with the request",
    remedy="Compare with a policy that it accepts: leave parts out until it does. Microsoft's support can look the "
    "request id up.",
    options=("conditions", "grant_controls", "session_controls"),
)
