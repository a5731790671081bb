#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: authentication_method_configuration_info
short_description: Read authentication methods
description:
  - Reads who may use which authentication method and how, for all methods of a tenant or the one that is asked for, in
    one request.
version_added: 0.3.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.api_version
  - m365.entra.attributes
  - m365.entra.attributes.reading
options:
  id:
    description:
      - Only the method with this id, or the external methods of this name.
    type: str
notes:
  - Needs one of the application permissions C(Policy.Read.All), C(Policy.Read.AuthenticationMethod) and
    C(Policy.ReadWrite.AuthenticationMethod). Who signs in as a person also needs a role that may read it,
    such as Global Reader.
  - Tenants of the cloud of China do not have it.
  - Of kinds of methods that this collection does not know, only what all methods have is returned.
seealso:
  - module: m365.entra.authentication_method_configuration
  - module: m365.entra.registration_info
"""

EXAMPLES = r"""
- name: Read all methods
  m365.entra.authentication_method_configuration_info:
  register: methods

- name: Say which are enabled
  ansible.builtin.debug:
    msg: >-
      {{ methods.authentication_method_configurations | selectattr('method_state', 'equalto', 'enabled')
      | map(attribute='display_name') | list }}
"""

RETURN = r"""
authentication_method_configurations:
  description: What was found, in the service's order.
  returned: success
  type: list
  elements: dict
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
"""

from ansible_collections.m365.entra.plugins.module_utils._module.authentication_method_configuration import (
    INFO_SPEC,
    run_info,
)
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module

SPEC = INFO_SPEC
run = run_info


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
