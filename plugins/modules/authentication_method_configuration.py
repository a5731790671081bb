#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: authentication_method_configuration
short_description: Manage one authentication method
description:
  - Says who may use an authentication method, and how, in a tenant's authentication methods policy.
  - Built-in methods are changed and turned off; external methods are also created and removed.
  - Targets are named by group. A list of targets replaces the one there is; C(add) and C(remove) edit it. What is not
    given stays as it is.
  - Turning off the last method with which users can meet a requirement of MFA is refused.
version_added: 0.3.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.snapshot
  - m365.entra.authentication_method_configuration
  - m365.entra.api_version
  - m365.entra.attributes
  - m365.entra.attributes.writing
notes:
  - Needs the application permissions C(Policy.ReadWrite.AuthenticationMethod) and C(Organization.Read.All), and
    C(GroupMember.Read.All) where groups are named, also C(User.Read.All) where users are. Who signs in as a person
    also needs the role Authentication Policy Administrator.
  - No licence is needed to change a method. Some methods have licences of their own, which are not checked.
  - The clouds of the US Government have it too; that of China does not, and tenants there are refused before any
    request for it.
  - As long as the migration of O(m365.entra.authentication_methods_policy#module:policy_migration_state) is not
    complete, who may use a method by the legacy settings may still use it when it is turned off here. Those legacy
    settings are not managed, nor are security questions, which are part of no policy in Graph.
  - Not managed are federated identity credentials, and for voice calls the caller's number and custom greetings. They
    stay as they are.
seealso:
  - module: m365.entra.authentication_method_configuration_info
  - module: m365.entra.authentication_methods_policy
  - module: m365.entra.registration_info
  - module: m365.entra.tenant_configuration
"""

EXAMPLES = r"""
- name: Everybody may use Microsoft Authenticator, which shows what asks and from where
  m365.entra.authentication_method_configuration:
    id: MicrosoftAuthenticator
    method_state: enabled
    include_targets:
      - all_users
    microsoft_authenticator:
      feature_settings:
        display_app_information_required_state:
          state: enabled
          include_target: all_users
        display_location_information_required_state:
          state: enabled
          include_target: all_users

- name: Passkeys for one more group
  m365.entra.authentication_method_configuration:
    id: Fido2
    method_state: enabled
    include_targets:
      add:
        - Finance

- name: Passkeys in two profiles
  m365.entra.authentication_method_configuration:
    id: Fido2
    method_state: enabled
    include_targets:
      - id: all_users
        allowed_passkey_profiles:
          - 11111111-1111-4111-8111-111111111111
      - id: Administrators
        allowed_passkey_profiles:
          - 22222222-2222-4222-8222-222222222222
    fido2:
      passkey_profiles:
        - id: 11111111-1111-4111-8111-111111111111
          name: Everybody
          passkey_types:
            - deviceBound
            - synced
        - id: 22222222-2222-4222-8222-222222222222
          name: Security keys
          passkey_types:
            - deviceBound
          attestation_enforcement: registrationOnly
      default_passkey_profile: 11111111-1111-4111-8111-111111111111

- name: Passes of one hour with which new people register
  m365.entra.authentication_method_configuration:
    id: TemporaryAccessPass
    method_state: enabled
    include_targets:
      - New people
    temporary_access_pass:
      default_lifetime_in_minutes: 60
      maximum_lifetime_in_minutes: 480
      is_usable_once: true

- name: No text messages
  m365.entra.authentication_method_configuration:
    id: Sms
    method_state: disabled

- name: An external method
  m365.entra.authentication_method_configuration:
    id: Adatum
    method_state: enabled
    include_targets:
      - Finance
    external:
      app_id: 33333333-3333-4333-8333-333333333333
      open_id_connect_setting:
        client_id: adatum-for-contoso
        discovery_url: https://adatum.example/.well-known/openid-configuration

- name: The external method goes
  m365.entra.authentication_method_configuration:
    id: Adatum
    state: absent
"""

RETURN = r"""
authentication_method_configuration:
  description: The method after the task, or in check mode as it would be; empty when it is gone.
  returned: success
  type: dict
  contains:
    id:
      description: The method's id; null for an external one that check mode would create.
      type: str
    display_name:
      description: The name of an external method; the id of any other.
      type: str
    method_state:
      description: V(enabled) or V(disabled).
      type: str
    include_targets:
      description: Who may use the method.
      type: list
      elements: dict
      contains:
        id:
          description: The group's id, or V(all_users).
          type: str
        target_type:
          description: V(group) or V(user).
          type: str
        authentication_mode:
          description: How Microsoft Authenticator can be used.
          type: str
          returned: for V(MicrosoftAuthenticator)
        allowed_passkey_profiles:
          description: The passkey profiles.
          type: list
          elements: str
          returned: for V(Fido2)
        is_usable_for_sign_in:
          description: Whether text messages can replace the password.
          type: bool
          returned: for V(Sms)
        verified_id_profiles:
          description: The profiles of Verified ID.
          type: list
          elements: str
          returned: for V(VerifiableCredentials)
    exclude_targets:
      description: Who may not.
      type: list
      elements: dict
      contains:
        id:
          description: The group's id, or V(all_users).
          type: str
        target_type:
          description: V(group) or V(user).
          type: str
    microsoft_authenticator:
      description: What only Microsoft Authenticator has.
      type: dict
      contains:
        is_software_oath_enabled:
          description: Whether the app's codes can be used as well.
          type: bool
        feature_settings:
          description: What the app shows and where it can be used.
          type: dict
          contains:
            display_app_information_required_state:
              description: Whether a request shows which application asks.
              type: dict
              contains:
                state:
                  description: V(default), which leaves it to Microsoft, V(enabled) or V(disabled).
                  type: str
                include_target:
                  description: For whom it is.
                  type: str
                exclude_target:
                  description: For whom it is not.
                  type: str
            display_location_information_required_state:
              description: Whether a request shows where the sign-in comes from.
              type: dict
              contains:
                state:
                  description: V(default), which leaves it to Microsoft, V(enabled) or V(disabled).
                  type: str
                include_target:
                  description: For whom it is.
                  type: str
                exclude_target:
                  description: For whom it is not.
                  type: str
            companion_app_allowed_state:
              description: Whether requests can be answered in companion apps.
              type: dict
              contains:
                state:
                  description: V(default), which leaves it to Microsoft, V(enabled) or V(disabled).
                  type: str
                include_target:
                  description: For whom it is.
                  type: str
                exclude_target:
                  description: For whom it is not.
                  type: str
              returned: with O(api_version=beta)
            number_matching_required_state:
              description: Whether a number has to be typed.
              type: dict
              contains:
                state:
                  description: V(default), which leaves it to Microsoft, V(enabled) or V(disabled).
                  type: str
                include_target:
                  description: For whom it is.
                  type: str
                exclude_target:
                  description: For whom it is not.
                  type: str
              returned: with O(api_version=beta)
      returned: for V(MicrosoftAuthenticator)
    fido2:
      description: What only passkeys have.
      type: dict
      contains:
        is_self_service_registration_allowed:
          description: Whether users can register them.
          type: bool
        is_attestation_enforced:
          description: Whether authenticators prove their model.
          type: bool
        key_restrictions:
          description: Which models of authenticators are accepted.
          type: dict
          contains:
            is_enforced:
              description: Whether models are restricted.
              type: bool
            enforcement_type:
              description: V(allow) or V(block).
              type: str
            aa_guids:
              description: The models.
              type: list
              elements: str
        passkey_profiles:
          description: The passkey profiles.
          type: list
          elements: dict
          contains:
            id:
              description: The profile's id.
              type: str
            name:
              description: Its name.
              type: str
            passkey_types:
              description: V(deviceBound), V(synced) or both.
              type: list
              elements: str
            attestation_enforcement:
              description: V(disabled) or V(registrationOnly).
              type: str
            key_restrictions:
              description: Which models of authenticators are accepted.
              type: dict
              contains:
                is_enforced:
                  description: Whether models are restricted.
                  type: bool
                enforcement_type:
                  description: V(allow) or V(block).
                  type: str
                aa_guids:
                  description: The models.
                  type: list
                  elements: str
        default_passkey_profile:
          description: The id of the profile that counts where none is named.
          type: str
      returned: for V(Fido2)
    temporary_access_pass:
      description: What only temporary access passes have.
      type: dict
      contains:
        default_length:
          description: How many characters a pass has.
          type: int
        default_lifetime_in_minutes:
          description: How long a pass is good, in minutes.
          type: int
        minimum_lifetime_in_minutes:
          description: The shortest time, in minutes.
          type: int
        maximum_lifetime_in_minutes:
          description: The longest time, in minutes.
          type: int
        is_usable_once:
          description: Whether a pass is good for one sign-in only.
          type: bool
      returned: for V(TemporaryAccessPass)
    voice:
      description: What only voice calls have.
      type: dict
      contains:
        is_office_phone_allowed:
          description: Whether office phones can be registered.
          type: bool
      returned: for V(Voice)
    email:
      description: What only e-mail has.
      type: dict
      contains:
        allow_external_id_to_use_email_otp:
          description: Whether guests can sign in with a code - V(default), V(enabled) or V(disabled).
          type: str
      returned: for V(Email)
    x509_certificate:
      description: What only certificate-based authentication has.
      type: dict
      contains:
        certificate_user_bindings:
          description: How certificates are matched with users.
          type: list
          elements: dict
          contains:
            x509_certificate_field:
              description: The field of the certificate.
              type: str
            user_property:
              description: The user's property that it must equal.
              type: str
            priority:
              description: In which order bindings are tried.
              type: int
            trust_affinity_level:
              description: V(low) or V(high).
              type: str
        authentication_mode_configuration:
          description: What a sign-in with a certificate is worth.
          type: dict
          contains:
            x509_certificate_authentication_default_mode:
              description: V(x509CertificateSingleFactor) or V(x509CertificateMultiFactor).
              type: str
            x509_certificate_default_required_affinity_level:
              description: V(low) or V(high).
              type: str
            rules:
              description: What certificates of an issuer or of a policy count as.
              type: list
              elements: dict
              contains:
                x509_certificate_rule_type:
                  description: By what the rule knows a certificate.
                  type: str
                identifier:
                  description: The issuer or the policy.
                  type: str
                issuer_subject_identifier:
                  description: The issuer.
                  type: str
                policy_oid_identifier:
                  description: The policy.
                  type: str
                x509_certificate_authentication_mode:
                  description: V(x509CertificateSingleFactor) or V(x509CertificateMultiFactor).
                  type: str
                x509_certificate_required_affinity_level:
                  description: V(low) or V(high).
                  type: str
        issuer_hints_configuration:
          description: Issuer hints.
          type: dict
          contains:
            state:
              description: V(enabled) or V(disabled).
              type: str
        crl_validation_configuration:
          description: Whether sign-ins fail where no revocation list can be had.
          type: dict
          contains:
            state:
              description: V(enabled) or V(disabled).
              type: str
            exempted_certificate_authorities_subject_key_identifiers:
              description: Authorities that are exempted.
              type: list
              elements: str
        certificate_authority_scopes:
          description: Authorities whose certificates only some may use.
          type: list
          elements: dict
          contains:
            subject_key_identifier:
              description: The authority.
              type: str
            public_key_infrastructure_identifier:
              description: Its public key infrastructure.
              type: str
            include_targets:
              description: Who may use its certificates.
              type: list
              elements: dict
              contains:
                id:
                  description: The group's id, or V(all_users).
                  type: str
                target_type:
                  description: V(group) or V(user).
                  type: str
      returned: for V(X509Certificate)
    qr_code_pin:
      description: What only QR codes with a PIN have.
      type: dict
      contains:
        standard_qrcode_lifetime_in_days:
          description: How long a standard code is good, in days.
          type: int
        pin_length:
          description: How many digits a PIN has at least.
          type: int
      returned: for V(QRCodePin)
    external:
      description: What only an external method has.
      type: dict
      contains:
        display_name:
          description: The method's name.
          type: str
        app_id:
          description: The application id of the provider's application.
          type: str
        open_id_connect_setting:
          description: How the provider is reached.
          type: dict
          contains:
            client_id:
              description: The client id that the provider gave.
              type: str
            discovery_url:
              description: The address of the provider's discovery document.
              type: str
      returned: for external methods
plan:
  description: What was done, or in check mode would be done, in order.
  returned: success
  type: list
  elements: dict
  contains:
    phase:
      description: The phase the action belongs to; each phase is verified before the next begins.
      type: str
    operation:
      description: V(create), V(update) or V(delete).
      type: str
    resource:
      description: The kind of object.
      type: str
    name:
      description: The name of the object.
      type: str
    id:
      description: The id of the object; null for one that is created or changed.
      type: str
    reason:
      description: Why it is done.
      type: str
    depends_on:
      description: The numbers of the actions, counted from 1, that must have been carried out before.
      type: list
      elements: int
    changes:
      description: Each option that changes, before and after, with names beside ids.
      type: list
      elements: dict
snapshot:
  description: The file that keeps what was there before, for M(m365.entra.tenant_undo).
  returned: when something was written and O(snapshot.enabled=true)
  type: str
  version_added: 0.4.0
plan_status:
  description:
    - V(nothing_to_do); V(changes_pending) in check mode, where something would be done; V(changed) where it was done.
  returned: success
  type: str
guards:
  description:
    - What was looked at before anything may be written, where something is to be - C(permissions), C(policy_limit),
      C(mutual_exclusion), C(license), C(emergency_access) - each as C(guard) with its C(outcome), V(allowed). When one
      blocks, the task fails, and beside this list with its C(reason) the failure shows the C(plan) and
      C(plan_status=blocked).
  returned: success
  type: list
  elements: dict
"""

from ansible_collections.m365.entra.plugins.module_utils._module.authentication_method_configuration import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
