# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What each option of an authentication method means, by its path (facts section 4.2)."""

from __future__ import annotations

_FEATURES = "microsoft_authenticator.feature_settings"
_PROFILE = "fido2.passkey_profiles"
_MODE = "x509_certificate.authentication_mode_configuration"
_BINDING = "x509_certificate.certificate_user_bindings"
_REVOCATION = "x509_certificate.crl_validation_configuration"
_SCOPE = "x509_certificate.certificate_authority_scopes"
_SUPERSEDED = "Microsoft has superseded it by passkey profiles and removes it in October 2027."


def _feature(name: str, text: str) -> dict[str, str]:
    path = f"{_FEATURES}.{name}"
    return {
        path: f"{text} It is written whole; what is not given stays as it is.",
        f"{path}.state": "Whether it is on. V(default) leaves it to Microsoft.",
        f"{path}.include_target": "For whom it is.",
        f"{path}.exclude_target": "For whom it is not.",
    }


def _key_restrictions(path: str, note: str = "") -> dict[str, str]:
    return {
        path: f"Which models of authenticators are accepted. They are written whole.{note}",
        f"{path}.is_enforced": "Whether models are restricted.",
        f"{path}.enforcement_type": "Whether only the listed models are accepted, or all others. V(allow) also bars "
        "keys of other models that people have registered already.",
        f"{path}.aa_guids": "The models, by their AAGUIDs.",
    }


METHOD: dict[str, str] = {
    "id": "The method - V(MicrosoftAuthenticator), V(Fido2), V(TemporaryAccessPass), V(Sms), V(Voice), V(Email), "
    "V(SoftwareOath), V(HardwareOath) (beta only), V(X509Certificate), V(QRCodePin), V(VerifiableCredentials), or the "
    "id or the name of an external method. Another name with O(external) creates an external method of that name.",
    "state": "Whether the method exists. Only external methods can be V(absent); a built-in one is turned off with "
    "O(method_state=disabled).",
    "method_state": "Whether the method can be used. Who has registered nothing else is locked out wherever MFA is "
    "required when it is turned off. The last enabled method that meets a requirement of MFA is not turned off. A new "
    "external method is disabled when nothing is said.",
    "include_targets": "Who may use the method. It cannot be empty while the method is enabled. Some methods know more "
    "of a target - C(authentication_mode) (V(any), V(push) or V(deviceBasedPush)) for Microsoft Authenticator, "
    "C(allowed_passkey_profiles) (ids) for passkeys, C(is_usable_for_sign_in) for text messages, "
    "C(verified_id_profiles) (ids) for verifiable credentials.",
    "exclude_targets": "Who may not use the method, although included.",
    "microsoft_authenticator": "What only V(MicrosoftAuthenticator) has.",
    "microsoft_authenticator.is_software_oath_enabled": "Whether the codes that the app shows can be used as well.",
    _FEATURES: "What the app shows and where it can be used.",
    **_feature("display_app_information_required_state", "Whether a request shows which application asks."),
    **_feature("display_location_information_required_state", "Whether a request shows where the sign-in comes from."),
    **_feature(
        "companion_app_allowed_state", "Whether requests can be answered in companion apps, such as that of Outlook."
    ),
    **_feature(
        "number_matching_required_state",
        "Whether a number has to be typed. Microsoft has it on for everybody and ignores the value.",
    ),
    "fido2": "What only V(Fido2), passkeys, has.",
    "fido2.is_self_service_registration_allowed": "Whether users can register passkeys by themselves.",
    "fido2.is_attestation_enforced": "Whether authenticators must prove which model they are, which synced passkeys "
    f"cannot. {_SUPERSEDED}",
    **_key_restrictions("fido2.key_restrictions", f" {_SUPERSEDED}"),
    _PROFILE: "All passkey profiles of the tenant; who uses which is said at the targets. A profile that is not listed "
    "is removed.",
    f"{_PROFILE}.id": "The profile's id, a GUID. Needed.",
    f"{_PROFILE}.name": "The profile's name. Needed.",
    f"{_PROFILE}.passkey_types": "Which passkeys are accepted.",
    f"{_PROFILE}.attestation_enforcement": "Whether authenticators must prove which model they are when they are "
    "registered.",
    **_key_restrictions(f"{_PROFILE}.key_restrictions"),
    "fido2.default_passkey_profile": "The id of the profile that counts where a target names none.",
    "temporary_access_pass": "What only V(TemporaryAccessPass) has.",
    "temporary_access_pass.default_length": "How many characters a pass has, 8 to 48.",
    "temporary_access_pass.default_lifetime_in_minutes": "How long a pass is good when nobody says otherwise, in "
    "minutes, between the shortest and the longest time.",
    "temporary_access_pass.minimum_lifetime_in_minutes": "The shortest time for which a pass can be good, in minutes, "
    "10 to 43200.",
    "temporary_access_pass.maximum_lifetime_in_minutes": "The longest time for which a pass can be good, in minutes, "
    "10 to 43200.",
    "temporary_access_pass.is_usable_once": "Whether every pass is good for one sign-in only.",
    "voice": "What only V(Voice) has.",
    "voice.is_office_phone_allowed": "Whether office phones can be registered, and not only mobile ones.",
    "email": "What only V(Email) has.",
    "email.allow_external_id_to_use_email_otp": "Whether guests can sign in with a code sent by e-mail. V(default) "
    "leaves it to Microsoft. Members use e-mail to reset their passwords only.",
    "x509_certificate": "What only V(X509Certificate), certificate-based authentication, has.",
    _BINDING: "How certificates are matched with users. All bindings of the tenant; one that is not listed is removed.",
    f"{_BINDING}.x509_certificate_field": "The field of the certificate, such as V(PrincipalName), V(RFC822Name) or "
    "V(SubjectKeyIdentifier). Needed.",
    f"{_BINDING}.user_property": "The user's property that it must equal, such as V(userPrincipalName) or "
    "V(certificateUserIds). Needed.",
    f"{_BINDING}.priority": "In which order bindings are tried, lowest first; each has its own. Needed.",
    f"{_BINDING}.trust_affinity_level": "Whether the binding counts as a strong (V(high)) or a weak (V(low)) one.",
    _MODE: "What a sign-in with a certificate is worth. It is written whole; what is not given stays as it is.",
    f"{_MODE}.x509_certificate_authentication_default_mode": "What a certificate counts as where no rule says it. "
    "V(x509CertificateMultiFactor) makes every accepted certificate meet a requirement of MFA.",
    f"{_MODE}.x509_certificate_default_required_affinity_level": "How strong a binding must be when no rule says "
    "otherwise.",
    f"{_MODE}.rules": "What certificates of an issuer or of a policy count as. All rules of the tenant; one not "
    "listed is removed.",
    f"{_MODE}.rules.x509_certificate_rule_type": "By what the rule knows a certificate. Needed.",
    f"{_MODE}.rules.identifier": "The issuer or the policy, for rules that go by one of the two.",
    f"{_MODE}.rules.issuer_subject_identifier": "The issuer, by its subject or subject key identifier.",
    f"{_MODE}.rules.policy_oid_identifier": "The policy, by its object identifier.",
    f"{_MODE}.rules.x509_certificate_authentication_mode": "What such a certificate counts as. Needed.",
    f"{_MODE}.rules.x509_certificate_required_affinity_level": "How strong a binding must be for such a certificate.",
    "x509_certificate.issuer_hints_configuration": "Issuer hints, by which a device offers only fitting certificates.",
    "x509_certificate.issuer_hints_configuration.state": "Whether they are sent.",
    _REVOCATION: "Whether sign-ins fail where no revocation list can be had. It is written whole; what is not given "
    "stays as it is.",
    f"{_REVOCATION}.state": "Whether they fail.",
    f"{_REVOCATION}.exempted_certificate_authorities_subject_key_identifiers": "Authorities that are exempted, by "
    "subject key identifier.",
    _SCOPE: "Authorities whose certificates only some may use. All scopes of the tenant; one that is not listed is "
    "removed.",
    f"{_SCOPE}.subject_key_identifier": "The authority, by its subject key identifier. Needed.",
    f"{_SCOPE}.public_key_infrastructure_identifier": "The id of the authority's public key infrastructure.",
    f"{_SCOPE}.include_targets": "Who may use its certificates. Needed.",
    "qr_code_pin": "What only V(QRCodePin) has. It is one factor.",
    "qr_code_pin.standard_qrcode_lifetime_in_days": "How long a standard QR code is good, in days, 1 to 395.",
    "qr_code_pin.pin_length": "How many digits a PIN has at least, 8 to 20.",
    "external": "What only an external method has. All members are needed to create one.",
    "external.display_name": "The method's name, which users see. O(id) when not given and the method is new.",
    "external.app_id": "The application (client) id of the provider's application in this tenant.",
    "external.open_id_connect_setting": "How the provider is reached. It is written whole; what is not given stays as "
    "it is.",
    "external.open_id_connect_setting.client_id": "The client id that the provider gave to the tenant.",
    "external.open_id_connect_setting.discovery_url": "The address of the provider's OpenID Connect discovery "
    "document, with C(https).",
}
