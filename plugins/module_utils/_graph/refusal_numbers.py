# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The numbered refusals of Conditional Access (facts section 14); the more special entry of a number comes first."""

from __future__ import annotations

from .refusal_meaning import Known

_APPLICATIONS = "conditions.applications"
_INCLUDED = f"{_APPLICATIONS}.include_applications"
_EXCLUDED = f"{_APPLICATIONS}.exclude_applications"
_CONTROLS = "grant_controls.built_in_controls"
_STRENGTH = "grant_controls.authentication_strength"
_FREQUENCY = "session_controls.sign_in_frequency"

NUMBERED: tuple[Known, ...] = (
    Known(
        number="1007",
        text="the body does not match the service's schema",
        remedy="Check property names and types, that lists are lists, and that no value is unknownFutureValue.",
        options=("conditions", "grant_controls", "session_controls"),
    ),
    Known(
        number="1011",
        text="the policy names nothing that it applies to",
        remedy="Give include_applications ([None] to begin with), include_user_actions or an authentication context.",
        options=(_APPLICATIONS,),
    ),
    Known(
        number="1032",
        says="InvalidPasswordResetControl",
        text="the controls break the rules for a secure password change",
        remedy="Give built_in_controls: [mfa, passwordChange] with operator: AND and user_risk_levels, apply it to all "
        "applications without exclusions, and leave every other condition out.",
        options=(_CONTROLS, "grant_controls.operator", "conditions"),
    ),
    Known(
        number="1032",
        says="InvalidControls",
        text="this set of grant and session controls is not allowed for what the policy applies to",
        remedy="Let block stand alone, and use application_enforced_restrictions only with Office 365, Exchange Online "
        "or SharePoint Online.",
        options=("grant_controls", "session_controls"),
    ),
    Known(
        number="1032",
        text="the controls are not valid for these conditions",
        remedy="Check which grant and session controls go together and with which conditions.",
        options=("grant_controls", "session_controls"),
    ),
    Known(
        number="1034",
        text="the policy names applications that it cannot apply to",
        remedy="Check that each one is an application (client) id that has a service principal in the tenant.",
        options=(_INCLUDED, _EXCLUDED),
    ),
    Known(
        number="1037",
        text="the policy uses preview features, which the v1.0 endpoint does not serve",
        remedy="Read it through the beta endpoint: api_version: beta.",
        options=("api_version",),
    ),
    Known(
        number="1038",
        text="the policy uses preview features, or features that this cloud does not have, and the v1.0 endpoint does "
        "not accept them",
        remedy="Leave out what is new in the policy (signing in every time was such a feature), or write it "
        "through the beta endpoint: api_version: beta.",
        options=("api_version",),
    ),
    Known(
        number="1039",
        text="sign-in risk and user risk need Microsoft Entra ID P2, which the tenant does not have",
        remedy="Buy or assign P2, or leave these conditions out.",
        options=("conditions.sign_in_risk_levels", "conditions.user_risk_levels"),
    ),
    Known(
        number="1040",
        says=r"NamedLocation with id (?P<id>\S+) does not exist",
        text="the named location {id} does not exist, or is not visible yet",
        remedy="Check the id. If it was just created, run again in a few seconds.",
        options=("conditions.locations.include_locations", "conditions.locations.exclude_locations"),
    ),
    Known(
        number="1040",
        text="a named location does not exist, or is not visible yet",
        remedy="Check its id. If it was just created, run again in a few seconds.",
        options=("conditions.locations.include_locations", "conditions.locations.exclude_locations"),
    ),
    Known(
        number="1064",
        text="an empty list of client applications is not accepted",
        remedy="Leave client_app_types out for all, or name them.",
        options=("conditions.client_app_types",),
    ),
    Known(
        number="1101",
        says=r"private preview feature:?\s*ReAuth",
        text="the tenant may not ask for signing in every time under these conditions",
        remedy="Use a time based frequency, or ask for it only where the service allows it (risk, user actions).",
        options=(f"{_FREQUENCY}.frequency_interval",),
    ),
    Known(
        number="1101",
        says=r"private preview feature:?\s*(?P<feature>[\w-]+)",
        text="the tenant was not admitted to the private preview of {feature}",
        remedy="Leave that feature out of the policy, or ask Microsoft to admit the tenant.",
    ),
    Known(
        number="1101",
        text="the policy uses a private preview to which the tenant was not admitted",
        remedy="Leave that feature out of the policy, or ask Microsoft to admit the tenant.",
    ),
    Known(
        number="1108",
        text="mfa and an authentication strength exclude each other",
        remedy="Keep one of them; an empty list of built_in_controls must be sent as [] to take mfa away.",
        options=(_CONTROLS, _STRENGTH),
    ),
)
