# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What each option of a Conditional Access policy means, by its path."""

from __future__ import annotations

_FILTER_MODE = "Whether what the rule matches is included or excluded."
_FILTER_RULE = "The rule, in the syntax of Microsoft Entra's filters."

_GUEST_TYPES = "The types of guests and external users that are meant."
_EXTERNAL_TENANTS = "The home tenants that are meant; all when not given."

DESCRIPTIONS: dict[str, str] = {
    "display_name": "The policy's name. It identifies the policy unless O(id) is given; more than one policy of "
    "that name is an error. A new name that differs from another policy's only in case, blanks or invisible characters "
    "is refused, and so is one that begins with C(Microsoft-managed:).",
    "id": "The id of an existing policy. With it, O(display_name) renames the policy.",
    "state": "Whether the policy exists. A removed policy stays in the bin for 30 days, but not in national clouds.",
    "previous_name": "The name of an existing policy that O(display_name) renames; once that is done, it means "
    "nothing.",
    "restore": "Whether a deleted policy of that name, or with that O(id), comes back from the bin instead of a new "
    "one. It comes back as it was when it was deleted, and what differs is changed afterwards; one that was enforced "
    "only comes back with O(policy_state=enabled). When there is none to restore, a new one is made and a warning says "
    "so.",
    "complete": "Whether what is not given counts as empty, so that the policy has nothing that is not written here. "
    "Otherwise what is not given stays as it is. A list that is edited keeps what it holds. When nothing is said of "
    "exclusions, the last one of an enforced policy is not taken away but refused.",
    "policy_state": "Whether the policy takes effect. When not given, a new policy starts in V(report_only) and "
    "an existing one keeps its state.",
    "description": "A text about the policy.",
    "conditions": "When the policy applies. What is not given stays as it is; null clears; an empty list empties. An "
    "edit that would take the last value of a condition that narrows the policy is refused.",
    "conditions.users": "Who the policy applies to.",
    "conditions.users.include_users": "Users by user principal name or id, or V(All), V(None), "
    "V(GuestsOrExternalUsers).",
    "conditions.users.exclude_users": "Users that are left out, by user principal name or id, or "
    "V(GuestsOrExternalUsers).",
    "conditions.users.include_groups": "Groups by display name or id.",
    "conditions.users.exclude_groups": "Groups that are left out, by display name or id.",
    "conditions.users.include_roles": "Directory roles by display name or template id.",
    "conditions.users.exclude_roles": "Directory roles that are left out, by display name or template id.",
    "conditions.users.include_guests_or_external_users": "Guests and external users by type and home tenant.",
    "conditions.users.exclude_guests_or_external_users": "Guests and external users that are left out.",
    "conditions.applications": "What the policy protects: applications, a user action or an authentication context.",
    "conditions.applications.include_applications": "Applications by display name or application id, or V(All), "
    "V(None), V(Office365), V(MicrosoftAdminPortals).",
    "conditions.applications.exclude_applications": "Applications that are left out, by display name or "
    "application id.",
    "conditions.applications.include_user_actions": "User actions instead of applications.",
    "conditions.applications.include_authentication_context_class_references": "Authentication contexts instead of "
    "applications, such as V(c1).",
    "conditions.applications.application_filter": "Applications by their custom security attributes.",
    "conditions.client_applications": "Workload identities, instead of users; such a policy can only block.",
    "conditions.client_applications.include_service_principals": "Service principals by display name or object id, or "
    "V(ServicePrincipalsInMyTenant).",
    "conditions.client_applications.exclude_service_principals": "Service principals that are left out.",
    "conditions.client_applications.service_principal_filter": "Service principals by their custom security "
    "attributes.",
    "conditions.applications.global_secure_access": "Traffic of Global Secure Access; its form is not published.",
    "conditions.applications.network_access": "Traffic profiles of Global Secure Access; their form is not published.",
    "conditions.client_applications.include_agent_id_service_principals": "Agent identities by display name or object "
    "id, or V(All).",
    "conditions.client_applications.exclude_agent_id_service_principals": "Agent identities that are left out.",
    "conditions.client_applications.agent_id_service_principal_filter": "Agent identities by their custom security "
    "attributes.",
    "conditions.agent_id_risk_levels": "Levels of risk of agent identities.",
    "conditions.agents": "Agents that act as users.",
    "conditions.agents.include_agent_users": "Agent users by id, or V(All).",
    "conditions.agents.exclude_agent_users": "Agent users that are left out, by id.",
    "conditions.agents.agent_filter": "Agent users by their properties.",
    "conditions.agent_context": "What agents are doing.",
    "conditions.agent_context.include_agent_contexts": "The contexts that are meant, as Graph names them.",
    "conditions.agent_context.exclude_agent_contexts": "Contexts that are left out, as Graph names them.",
    "conditions.times": "Times of day at which the policy applies; their form is not published.",
    "conditions.client_app_types": "The kinds of client. V(exchangeActiveSync) and V(other) together are legacy "
    "authentication. All when not given.",
    "conditions.platforms": "Device platforms.",
    "conditions.platforms.include_platforms": "Platforms the policy applies to.",
    "conditions.platforms.exclude_platforms": "Platforms that are left out.",
    "conditions.locations": "Named locations.",
    "conditions.locations.include_locations": "Locations by display name or id, or V(All), V(AllTrusted). When the "
    "tenant has a location named V(MFA trusted IPs), that name means neither; give an id.",
    "conditions.locations.exclude_locations": "Locations that are left out, by display name or id, or V(AllTrusted).",
    "conditions.devices": "Devices.",
    "conditions.devices.device_filter": "Devices by their properties.",
    "conditions.authentication_flows": "Ways of transferring a sign-in from one device to another.",
    "conditions.authentication_flows.transfer_methods": "The flows that are meant.",
    "conditions.sign_in_risk_levels": "Levels of sign-in risk. Needs Microsoft Entra ID P2.",
    "conditions.user_risk_levels": "Levels of user risk. Needs Microsoft Entra ID P2.",
    "conditions.service_principal_risk_levels": "Levels of risk of workload identities. Needs the licence for workload "
    "identities.",
    "conditions.insider_risk_levels": "Levels of insider risk, as Microsoft Purview assesses it.",
    "grant_controls": "What is asked for access, or V(block). Null removes all grant controls.",
    "grant_controls.operator": "Whether all controls are needed or one of them.",
    "grant_controls.built_in_controls": "The controls. V(approvedApplication) is retired and refused.",
    "grant_controls.custom_authentication_factors": "Ids of custom controls.",
    "grant_controls.terms_of_use": "Terms of use by display name or id.",
    "grant_controls.authentication_strength": "An authentication strength by display name or id, such as "
    "V(Phishing-resistant MFA). It excludes V(mfa) among the built-in controls. When the tenant has a strength of its "
    "own with the name of a built-in one, that name means neither; give an id.",
    "session_controls": "What happens during a session. Null removes all session controls.",
    "session_controls.application_enforced_restrictions": "Restrictions that Office 365, Exchange Online and "
    "SharePoint Online enforce themselves.",
    "session_controls.cloud_app_security": "Session control through Microsoft Defender for Cloud Apps.",
    "session_controls.cloud_app_security.cloud_app_security_type": "What Defender for Cloud Apps does.",
    "session_controls.persistent_browser": "Whether a browser stays signed in after it was closed.",
    "session_controls.persistent_browser.mode": "Always or never.",
    "session_controls.secure_sign_in_session": "Token protection: tokens are bound to the device.",
    "session_controls.sign_in_frequency": "How often users must sign in again.",
    "session_controls.sign_in_frequency.authentication_type": "Which factors are asked for again.",
    "session_controls.sign_in_frequency.frequency_interval": "After some time, or every time.",
    "session_controls.sign_in_frequency.type": "The unit of the value; only with V(timeBased).",
    "session_controls.sign_in_frequency.value": "1 to 23 hours or 1 to 365 days; only with V(timeBased).",
    "session_controls.continuous_access_evaluation": "How strictly sessions are evaluated while they last.",
    "session_controls.continuous_access_evaluation.mode": "The mode. Such a policy cannot be report-only.",
    "session_controls.global_secure_access_filtering_profile": "A filtering profile of Global Secure Access.",
    "session_controls.global_secure_access_filtering_profile.profile_id": "The id of the profile.",
    "session_controls.network_access_security": "A security policy of Global Secure Access.",
    "session_controls.network_access_security.policy_id": "The id of the policy.",
    "session_controls.disable_resilience_defaults": "Whether sessions end in an outage instead of being extended.",
    "template": "A named policy. Everything else that is given is laid over it; an edit of a list keeps what the "
    "policy has. A template that says nothing of exclusions does not take the last one of an enforced policy: say who "
    "is left out.",
    "profile": "The variant of the template: V(modern) is what Microsoft recommends today, V(seed_2021) what its "
    "guidance of 2021 said.",
    "definition": "A whole policy as Graph JSON, as a dictionary or as text: an answer of Graph, an export of "
    "EntraExporter, IntuneManagement or CIPP, or an object as the PowerShell SDK prints it, with annotations and "
    "read-only properties. What it does not mention is empty, but it does not take the last exclusion of an enforced "
    "policy without saying so. Its C(state) never enforces: use O(policy_state).",
    "definition_path": "A file with a definition, on the machine that runs the task, as JSON in UTF-8 or UTF-16, or as "
    "YAML.",
    "placeholders": "What to put in place of texts in a definition: keys such as "
    "C(<EmergencyAccessAccountsGroup>) or the ids of another tenant, values are names or ids in this one.",
    "exclude_emergency_access": "Whether the emergency access accounts of this task join the policy's exclusions.",
    "change_enforced": "Whether the content of a policy that is enforced may be changed. With V(false) it is left "
    "alone, and a warning names what differs.",
    "policies": "The policies. One that is not listed is not touched.",
    "unmanaged": "What becomes of policies that are not listed. V(report) names them in the result, V(disable) takes "
    "them out of effect, V(remove) moves them to the bin, from which they can be restored for 30 days. Policies that "
    "Microsoft manages are never touched, and a list without a policy that is to be present is refused with the last "
    "two. A policy that the service refuses to change stops no other and is named at the end.",
    "protected_display_names": "Names of policies that O(unmanaged) and O(every_policy) leave alone unless they are "
    "listed, without case.",
    "protected_display_name_prefixes": "What the names of policies begin with that O(unmanaged) and O(every_policy) "
    "leave alone unless they are listed, without case.",
    "every_policy": "An edit of the exclusions of every policy of the tenant, those that are not listed and those that "
    "Microsoft manages included, so that a group can be excluded from all policies at once. Only C(add) and C(remove) "
    "are possible, and keywords such as V(All) are refused. Policies for workload identities are left alone. A policy "
    "that is not listed and that the service refuses to change stops no other and is named at the end.",
    "every_policy.conditions": "The conditions.",
    "every_policy.conditions.users": "The users.",
    "every_policy.conditions.users.exclude_users": "Users by user principal name or id.",
    "every_policy.conditions.users.exclude_groups": "Groups by display name or id.",
    "every_policy.conditions.users.exclude_roles": "Directory roles by display name or template id.",
    "api_version": "The version of Microsoft Graph through which policies are read and written. Properties that exist "
    "only in beta need V(beta), which Microsoft may change at any time; a warning names them. What V(v1.0) hides is "
    "never made a second time, and what it shows in part is not changed through it.",
    "groups": "Groups that policies name.",
    "groups.missing": "What happens when a group that a policy names does not exist. V(create) makes an assigned "
    "security group without members. Groups of O(emergency_access) and names that are to leave a list are never made.",
    "override_guards": "Checks against a lockout that are not asked, by name: V(emergency_access) (the accounts are "
    "enabled), V(emergency_access_role) (they hold Global Administrator), V(emergency_access_reach) (no enforced "
    "policy keeps them from the admin portals), V(running_identity_reach) (no policy cuts off who runs the task), "
    "V(administrator_reach) (an administrator who can undo the change is let in), V(all_users_without_exclusion) (no "
    "policy for all users leaves nobody out). Only who knows another way in overrides one.",
    "emergency_access": "Accounts that no policy may stop. They must exist, join the exclusions of every policy "
    "of this task, and must be usable before anything is enforced.",
    "emergency_access.users": "Emergency access accounts by user principal name or id.",
    "emergency_access.groups": "Groups of emergency access accounts by display name or id.",
}

# For names that mean the same wherever they stand.
GENERAL: dict[str, str] = {
    "is_enabled": "Whether the control is on; it is when it is given.",
    "mode": _FILTER_MODE,
    "rule": _FILTER_RULE,
    "guest_or_external_user_types": _GUEST_TYPES,
    "external_tenants": _EXTERNAL_TENANTS,
    "membership_kind": "All tenants or those that are listed.",
    "members": "The ids of the tenants that are meant; needed with V(enumerated), since none would mean all tenants.",
}
