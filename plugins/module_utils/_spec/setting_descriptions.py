# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What each option of the settings means of which a tenant has one, by its path (facts sections 4.1, 5, 6 and 7)."""

from __future__ import annotations

_CAMPAIGN = "registration_enforcement.authentication_methods_registration_campaign"
_SUSPICIOUS = "report_suspicious_activity_settings"
_PREFERRED = "system_credential_preferences"

METHODS_POLICY: dict[str, str] = {
    "policy_migration_state": "How far the legacy settings of MFA and of self-service password reset have moved into "
    "this policy. With V(migrationComplete) only this policy counts; until then who may use a method by a legacy "
    "setting may still use it. Completing the migration takes away methods that only the legacy settings allow.",
    "registration_enforcement": "What makes people register methods.",
    _CAMPAIGN: "The registration campaign, which asks people after a sign-in with MFA to register a better method. It "
    "does not reach who never does MFA. It is written whole; what is not given stays as it is.",
    f"{_CAMPAIGN}.state": "Whether the campaign runs. V(default) leaves it to Microsoft, whose idea of it changes with "
    "time.",
    f"{_CAMPAIGN}.snooze_duration_in_days": "How many days pass before somebody who has put it off is asked again, "
    "from 0 to 14. With 0 they are asked at every sign-in.",
    f"{_CAMPAIGN}.include_targets": "Who is asked. C(targeted_authentication_method), V(microsoftAuthenticator) or "
    "V(fido2), is what they are asked to register; it is needed and must be the same for all targets.",
    f"{_CAMPAIGN}.exclude_targets": "Who is never asked.",
    f"{_CAMPAIGN}.enforce_registration_after_allowed_snoozes": "Whether people must register once they have put it off "
    "three times.",
    _SUSPICIOUS: "Whether people can report an MFA request that they did not make.",
    f"{_SUSPICIOUS}.state": "Whether they can. V(default) leaves it to Microsoft.",
    f"{_SUSPICIOUS}.include_target": "Who can. One group is possible.",
    f"{_SUSPICIOUS}.voice_reporting_code": "The number that is pressed in a phone call to report it.",
    _PREFERRED: "System-preferred MFA, which asks people for the strongest method that they have registered.",
    f"{_PREFERRED}.state": "Whether it is on. V(default) leaves it to Microsoft.",
    f"{_PREFERRED}.include_targets": "For whom it is.",
    f"{_PREFERRED}.exclude_targets": "For whom it is not.",
}

_MAY_USERS = "default_user_role_permissions"

AUTHORIZATION: dict[str, str] = {
    "allowed_to_use_sspr": "Whether ADMINISTRATORS may reset their own passwords. It says nothing of ordinary users; "
    "M(m365.entra.self_service_password_reset) concerns these. Microsoft lets administrators do so only with two "
    "methods.",
    "allow_invites_from": "Who may invite guests. V(everyone) includes guests themselves.",
    "guest_user_role_id": "What guests may see of the directory - as much as members with V(user), themselves and "
    "little else with V(restricted_guest_user).",
    "allow_email_verified_users_to_join_organization": "Whether anybody with an e-mail address of a domain of the "
    "tenant can join the tenant by confirming the address.",
    "allowed_to_sign_up_email_based_subscriptions": "Whether people can sign up for services by themselves with their "
    "e-mail address.",
    "allow_user_consent_for_risky_apps": "Whether users may consent to applications that Microsoft considers risky. "
    "V(true) opens the way for consent phishing.",
    "block_msol_power_shell": "Whether the retired MSOnline PowerShell module is refused.",
    _MAY_USERS: "What members may do by themselves. What is not given stays as it is.",
    f"{_MAY_USERS}.allowed_to_create_apps": "Whether they may register applications.",
    f"{_MAY_USERS}.allowed_to_create_security_groups": "Whether they may create security groups.",
    f"{_MAY_USERS}.allowed_to_create_tenants": "Whether they may create tenants, of which they become Global "
    "Administrators.",
    f"{_MAY_USERS}.allowed_to_read_bitlocker_keys_for_owned_device": "Whether they may read the BitLocker recovery "
    "keys of their own devices.",
    f"{_MAY_USERS}.allowed_to_read_other_users": "Whether they may read other users. Microsoft warns against V(false), "
    "because many services rest on it.",
}

PER_USER_MFA: dict[str, str] = {
    "users": "The users whose per-user MFA is turned off where something else requires MFA of them, by user principal "
    "name or id. When neither this nor O(groups) is given, all members who can sign in are meant. Guests are not.",
    "groups": "Groups whose users are meant, those of nested groups among them, by name or id.",
    "maximum_users": "How many users are asked for their state at most, the first by user principal name. Each costs a "
    "request. When there are more, a warning says so.",
}

VERDICT: dict[str, str] = {
    "lane": "How the task works. V(evidence) reads what Microsoft Graph lets be read, says whether the tenant is as "
    "wanted, and never changes anything. V(portal) reads and writes the settings through a service of the portal "
    "that Microsoft neither documents nor supports for programs, as the person whom the option C(portal) signs in; it "
    "may change or end at any time.",
    "on_noncompliant": "What happens when the tenant is known not to be as wanted. V(fail) fails the task, after "
    "everything else was done.",
    "on_unknown": "What happens when nobody can tell whether the tenant is as wanted. V(fail) fails the task, after "
    "everything else was done.",
    "attestation": "The word of a person who has looked in the portal. It decides what cannot be read, while it is "
    "valid, and never overrules what was read.",
    "attestation.attested_by": "Who looked, for example an e-mail address.",
    "attestation.attested_on": "The day on which they looked, as in V(2026-06-30).",
    "attestation.valid_until": "The last day on which their word counts, as in V(2026-12-31).",
}

_METHODS_DECIDE = "Once the methods are migrated completely, M(m365.entra.authentication_method_configuration) decides."

PASSWORD_RESET: dict[str, str] = {
    "read_audit_log": "Whether the audit log is asked whether passwords are being reset. What it shows is told and "
    "decides nothing.",
    **VERDICT,
    "enablement_type": "Which users may reset their passwords - nobody, those of O(password_reset_enabled_group), or "
    "everybody. Administrators always may, unless M(m365.entra.authorization_policy) says otherwise.",
    "password_reset_enabled_group": "The one group whose users may reset their passwords, by name or id. Needed with "
    "O(enablement_type=selected).",
    "number_of_authentication_methods_required": "How many methods a reset takes, 1 or 2.",
    "email_option_enabled": f"Whether a code sent to another e-mail address is a method. {_METHODS_DECIDE}",
    "mobile_phone_option_enabled": "Whether a code sent to a mobile phone, by text message or call, is a method. "
    f"{_METHODS_DECIDE}",
    "office_phone_option_enabled": f"Whether a call to an office phone is a method. {_METHODS_DECIDE}",
    "security_questions_option_enabled": "Whether security questions are a method. They are the weakest and are not "
    "part of the authentication methods policy.",
    "mobile_app_notification_enabled": "Whether a notification in Microsoft Authenticator is a method. "
    f"{_METHODS_DECIDE}",
    "mobile_app_code_enabled": f"Whether a code of an authenticator app is a method. {_METHODS_DECIDE}",
    "number_of_questions_to_register": "How many security questions a user answers beforehand, 3 to 5.",
    "number_of_questions_to_reset": "How many of them a reset takes, 3 to 5 and no more than "
    "O(number_of_questions_to_register).",
    "registration_required_on_sign_in": "Whether users who have not registered are asked to at sign-in.",
    "registration_reconfirm_interval_in_days": "After how many days users are asked whether what they registered still "
    "holds, 0 to 730. With 0 they never are.",
    "notify_users_on_password_reset": "Whether users are told by e-mail that their password was reset.",
    "notify_on_admin_password_reset": "Whether all administrators are told when one of them resets their password.",
    "customize_helpdesk_link": "Whether the link to the help desk leads to O(custom_helpdesk_email_or_url).",
    "custom_helpdesk_email_or_url": "The help desk's e-mail address or URL. Needed with "
    "O(customize_helpdesk_link=true).",
}

MFA_REGISTRATION: dict[str, str] = {
    **VERDICT,
    "is_enabled": "Whether users are made to register for MFA. With V(true), O(lane=evidence) also accepts security "
    "defaults, or a Conditional Access policy, that make everybody register.",
    "include_all_users": "Whether all users are meant, rather than those of O(include_groups).",
    "include_groups": "Groups whose users are meant, by name or id.",
    "exclude_groups": "Groups whose users are left out, by name or id.",
    "registration_window_in_days": "How many days users can put it off from their next sign-in, 0 to 90. Microsoft's "
    "own value is 14.",
}
