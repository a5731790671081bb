# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The shape of a Conditional Access policy in Graph (facts section 2.5 and appendix A).

What is marked as preview exists only in the beta endpoint.

The state is not part of it: it has a life of its own (staging, enforcing) and is planned separately.
"""

from __future__ import annotations

from .._reconcile.shape import (
    Choice,
    ChoiceSet,
    Flag,
    FlagSet,
    Identifier,
    Json,
    Number,
    Opaque,
    Part,
    Reference,
    References,
    Text,
)
from . import vocabulary as words


def _external_tenants_type(value: Json) -> str:
    if value.get("membershipKind") == "enumerated":
        return "#microsoft.graph.conditionalAccessEnumeratedExternalTenants"
    return "#microsoft.graph.conditionalAccessAllExternalTenants"


def _guests(name: str) -> Part:
    return Part(
        name,
        (
            FlagSet("guestOrExternalUserTypes", words.GUEST_OR_EXTERNAL_USER_TYPES),
            Part(
                "externalTenants",
                (Choice("membershipKind", words.MEMBERSHIP_KINDS), References("members", "tenant")),
                whole=True,
                odata_type=_external_tenants_type,
            ),
        ),
        whole=True,
    )


def _filter(name: str, *, preview: bool = False) -> Part:
    return Part(name, (Choice("mode", words.FILTER_MODES), Text("rule")), whole=True, preview=preview)


def _users(name: str) -> References:
    return References(name, "user", words.USER_KEYWORDS, preview_values=words.PREVIEW_USER_KEYWORDS)


def _applications(name: str) -> References:
    return References(
        name, "application", words.APPLICATION_KEYWORDS, preview_values=words.PREVIEW_APPLICATION_KEYWORDS
    )


def _agents(name: str) -> References:
    return References(name, "service_principal", words.AGENT_KEYWORDS, preview=True)


USERS = Part(
    "users",
    (
        _users("includeUsers"),
        _users("excludeUsers"),
        References("includeGroups", "group"),
        References("excludeGroups", "group"),
        References("includeRoles", "role"),
        References("excludeRoles", "role"),
        _guests("includeGuestsOrExternalUsers"),
        _guests("excludeGuestsOrExternalUsers"),
    ),
)

APPLICATIONS = Part(
    "applications",
    (
        _applications("includeApplications"),
        _applications("excludeApplications"),
        ChoiceSet("includeUserActions", words.USER_ACTIONS, preview_values=words.PREVIEW_USER_ACTIONS),
        References("includeAuthenticationContextClassReferences", "authentication_context"),
        _filter("applicationFilter"),
        # Traffic profiles of Global Secure Access.
        Opaque("globalSecureAccess", preview=True),
        Opaque("networkAccess", preview=True),
    ),
)

CONDITIONS = Part(
    "conditions",
    (
        USERS,
        APPLICATIONS,
        Part(
            "clientApplications",
            (
                References("includeServicePrincipals", "service_principal", words.SERVICE_PRINCIPAL_KEYWORDS),
                References("excludeServicePrincipals", "service_principal", words.SERVICE_PRINCIPAL_KEYWORDS),
                _filter("servicePrincipalFilter"),
                _agents("includeAgentIdServicePrincipals"),
                _agents("excludeAgentIdServicePrincipals"),
                _filter("agentIdServicePrincipalFilter", preview=True),
            ),
        ),
        ChoiceSet("clientAppTypes", words.CLIENT_APP_TYPES, default=("all",)),
        Part(
            "platforms",
            (
                ChoiceSet("includePlatforms", words.DEVICE_PLATFORMS),
                ChoiceSet("excludePlatforms", words.DEVICE_PLATFORMS),
            ),
        ),
        Part(
            "locations",
            (
                References("includeLocations", "named_location", words.LOCATION_KEYWORDS),
                References("excludeLocations", "named_location", words.LOCATION_KEYWORDS),
            ),
        ),
        Part("devices", (_filter("deviceFilter"),)),
        Part("authenticationFlows", (FlagSet("transferMethods", words.TRANSFER_METHODS),), whole=True),
        ChoiceSet("signInRiskLevels", words.RISK_LEVELS),
        ChoiceSet("userRiskLevels", words.RISK_LEVELS),
        ChoiceSet("servicePrincipalRiskLevels", words.RISK_LEVELS),
        FlagSet("insiderRiskLevels", words.INSIDER_RISK_LEVELS),
        FlagSet("agentIdRiskLevels", words.AGENT_RISK_LEVELS, preview=True),
        # How agents act for people; nothing lists their values.
        Part(
            "agents",
            (
                References("includeAgentUsers", "agent"),
                References("excludeAgentUsers", "agent"),
                _filter("agentFilter"),
            ),
            whole=True,
            preview=True,
        ),
        Part(
            "agentContext",
            (
                References("includeAgentContexts", "agent_context"),
                References("excludeAgentContexts", "agent_context"),
            ),
            whole=True,
            preview=True,
        ),
        Opaque("times", preview=True),
    ),
)

GRANT_CONTROLS = Part(
    "grantControls",
    (
        Choice("operator", words.GRANT_OPERATORS),
        ChoiceSet("builtInControls", words.BUILT_IN_CONTROLS, preview_values=words.PREVIEW_BUILT_IN_CONTROLS),
        References("customAuthenticationFactors", "custom_authentication_factor"),
        References("termsOfUse", "terms_of_use"),
        Reference("authenticationStrength", "authentication_strength_policy"),
    ),
    whole=True,
)


def _session_control(name: str, *members: Choice | Number | Identifier, preview: bool = False) -> Part:
    return Part(name, (Flag("isEnabled"), *members), whole=True, switched=True, preview=preview)


SESSION_CONTROLS = Part(
    "sessionControls",
    (
        _session_control("applicationEnforcedRestrictions"),
        _session_control(
            "cloudAppSecurity", Choice("cloudAppSecurityType", words.CLOUD_APP_SECURITY_TYPES, "mcasConfigured")
        ),
        _session_control("persistentBrowser", Choice("mode", words.PERSISTENT_BROWSER_MODES)),
        _session_control("secureSignInSession"),
        _session_control(
            "signInFrequency",
            Choice("authenticationType", words.FREQUENCY_AUTHENTICATION_TYPES, words.FREQUENCY_AUTHENTICATION_TYPES[0]),
            Choice("frequencyInterval", words.FREQUENCY_INTERVALS, words.FREQUENCY_INTERVALS[0]),
            Choice("type", words.FREQUENCY_TYPES),
            Number("value"),
        ),
        Flag("disableResilienceDefaults"),
        Part(
            "continuousAccessEvaluation",
            (Choice("mode", words.CONTINUOUS_ACCESS_EVALUATION_MODES),),
            whole=True,
            preview=True,
        ),
        _session_control("globalSecureAccessFilteringProfile", Identifier("profileId"), preview=True),
        _session_control("networkAccessSecurity", Identifier("policyId"), preview=True),
    ),
)

POLICY = Part(
    "policy",
    (Text("displayName"), Text("description"), CONDITIONS, GRANT_CONTROLS, SESSION_CONTROLS),
)
