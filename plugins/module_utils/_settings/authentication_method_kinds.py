# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The forms of authentication methods, one for each kind of method (facts section 4.2).

What only one kind has stands in a part named after the kind; the service has these members beside the common ones.
"""

from __future__ import annotations

from dataclasses import dataclass

from .._reconcile.shape import Choice, Field, Flag, FlagSet, Identifier, Number, Part, PartList, Target, Targets, Text
from .._reconcile.shape import TextSet as Texts
from .._reconcile.targets import ALL_USERS, NOBODY
from .authentication_methods_shape import MANAGED_STATES

ENABLED = "enabled"
DISABLED = "disabled"
_SWITCH = (ENABLED, DISABLED)
_AFFINITY = ("low", "high")
_CERTIFICATE_MODES = ("x509CertificateSingleFactor", "x509CertificateMultiFactor")


@dataclass(frozen=True)
class MethodKind:
    """One kind of authentication method.

    *identifier* is its id (empty for external methods, of which each has its own), *type_name* what Graph calls its
    type. *own* are the members that only this kind has, *of_target* those of its targets. *preview*: only Graph's beta
    endpoint has it. *is_second_factor*: who has it can meet a requirement of MFA with it.
    """

    identifier: str
    type_name: str
    own: Part | None = None
    of_target: tuple[Field, ...] = ()
    preview: bool = False
    is_second_factor: bool = True

    @property
    def odata_type(self) -> str:
        """The type as a body names it."""
        return f"#microsoft.graph.{self.type_name}"

    @property
    def shape(self) -> Part:
        """The form of a method of this kind."""
        own = (self.own,) if self.own else ()
        return Part(
            self.identifier or "external",
            (
                Choice("state", values=_SWITCH, default=DISABLED, called="method_state"),
                Targets("includeTargets", fields=self.of_target),
                Targets("excludeTargets"),
                *own,
            ),
        )


def _switchable(name: str, *, preview: bool = False) -> Part:
    """A feature of Microsoft Authenticator: sent whole, because it only means something whole."""
    return Part(
        name,
        (
            Choice("state", values=MANAGED_STATES, default="default"),
            Target("includeTarget", everyone=ALL_USERS),
            Target("excludeTarget", everyone=NOBODY),
        ),
        complete=True,
        preview=preview,
    )


def _key_restrictions() -> Part:
    return Part(
        "keyRestrictions",
        (
            Flag("isEnforced", nullable=False),
            Choice("enforcementType", values=("allow", "block")),
            Texts("aaGuids"),
        ),
        complete=True,
    )


_MICROSOFT_AUTHENTICATOR = Part(
    "microsoftAuthenticator",
    (
        Flag("isSoftwareOathEnabled", nullable=False),
        Part(
            "featureSettings",
            (
                _switchable("displayAppInformationRequiredState"),
                _switchable("displayLocationInformationRequiredState"),
                _switchable("companionAppAllowedState", preview=True),
                _switchable("numberMatchingRequiredState", preview=True),
            ),
            lasting=True,
        ),
    ),
    lasting=True,
)
_FIDO2 = Part(
    "fido2",
    (
        Flag("isSelfServiceRegistrationAllowed", nullable=False),
        Flag("isAttestationEnforced", nullable=False),
        _key_restrictions(),
        PartList(
            "passkeyProfiles",
            part=Part(
                "passkeyProfile",
                (
                    Identifier("id"),
                    Text("name"),
                    FlagSet("passkeyTypes", values=("deviceBound", "synced")),
                    Choice("attestationEnforcement", values=("disabled", "registrationOnly"), default="disabled"),
                    _key_restrictions(),
                ),
            ),
            required=("id", "name"),
        ),
        Identifier("defaultPasskeyProfile"),
    ),
    lasting=True,
)
_TEMPORARY_ACCESS_PASS = Part(
    "temporaryAccessPass",
    (
        Number("defaultLength"),
        Number("defaultLifetimeInMinutes"),
        Number("minimumLifetimeInMinutes"),
        Number("maximumLifetimeInMinutes"),
        Flag("isUsableOnce", nullable=False),
    ),
    lasting=True,
)
_VOICE = Part("voice", (Flag("isOfficePhoneAllowed", nullable=False),), lasting=True)
_EMAIL = Part(
    "email", (Choice("allowExternalIdToUseEmailOtp", values=MANAGED_STATES, default="default"),), lasting=True
)
_X509_CERTIFICATE = Part(
    "x509Certificate",
    (
        PartList(
            "certificateUserBindings",
            part=Part(
                "certificateUserBinding",
                (
                    Text("x509CertificateField"),
                    Text("userProperty"),
                    Number("priority"),
                    Choice("trustAffinityLevel", values=_AFFINITY),
                ),
            ),
            required=("x509CertificateField", "userProperty", "priority"),
        ),
        Part(
            "authenticationModeConfiguration",
            (
                Choice("x509CertificateAuthenticationDefaultMode", values=_CERTIFICATE_MODES),
                Choice("x509CertificateDefaultRequiredAffinityLevel", values=_AFFINITY),
                PartList(
                    "rules",
                    part=Part(
                        "rule",
                        (
                            Choice(
                                "x509CertificateRuleType",
                                values=("issuerSubject", "policyOID", "issuerSubjectAndPolicyOID"),
                            ),
                            Text("identifier"),
                            Text("issuerSubjectIdentifier"),
                            Text("policyOidIdentifier"),
                            Choice("x509CertificateAuthenticationMode", values=_CERTIFICATE_MODES),
                            Choice("x509CertificateRequiredAffinityLevel", values=_AFFINITY),
                        ),
                    ),
                    required=("x509CertificateRuleType", "x509CertificateAuthenticationMode"),
                ),
            ),
            complete=True,
        ),
        Part("issuerHintsConfiguration", (Choice("state", values=_SWITCH, default=DISABLED),), complete=True),
        Part(
            "crlValidationConfiguration",
            (
                Choice("state", values=_SWITCH, default=DISABLED),
                Texts("exemptedCertificateAuthoritiesSubjectKeyIdentifiers", upper=True),
            ),
            complete=True,
        ),
        PartList(
            "certificateAuthorityScopes",
            part=Part(
                "certificateAuthorityScope",
                (
                    Text("subjectKeyIdentifier"),
                    Text("publicKeyInfrastructureIdentifier"),
                    Targets("includeTargets"),
                ),
            ),
            required=("subjectKeyIdentifier", "includeTargets"),
        ),
    ),
    lasting=True,
)
_QR_CODE_PIN = Part("qrCodePin", (Number("standardQRCodeLifetimeInDays"), Number("pinLength")), lasting=True)
_EXTERNAL = Part(
    "external",
    (
        Text("displayName"),
        Identifier("appId"),
        Part("openIdConnectSetting", (Text("clientId"), Text("discoveryUrl")), complete=True),
    ),
    lasting=True,
)

EXTERNAL = MethodKind("", "externalAuthenticationMethodConfiguration", _EXTERNAL)
KINDS: tuple[MethodKind, ...] = (
    MethodKind(
        "MicrosoftAuthenticator",
        "microsoftAuthenticatorAuthenticationMethodConfiguration",
        _MICROSOFT_AUTHENTICATOR,
        of_target=(Choice("authenticationMode", values=("any", "push", "deviceBasedPush"), default="any"),),
    ),
    MethodKind(
        "Fido2",
        "fido2AuthenticationMethodConfiguration",
        _FIDO2,
        of_target=(Texts("allowedPasskeyProfiles"),),
    ),
    MethodKind(
        "TemporaryAccessPass",
        "temporaryAccessPassAuthenticationMethodConfiguration",
        _TEMPORARY_ACCESS_PASS,
        is_second_factor=False,
    ),
    MethodKind(
        "Sms",
        "smsAuthenticationMethodConfiguration",
        of_target=(Flag("isUsableForSignIn", nullable=False),),
    ),
    MethodKind("Voice", "voiceAuthenticationMethodConfiguration", _VOICE),
    MethodKind("SoftwareOath", "softwareOathAuthenticationMethodConfiguration"),
    MethodKind("HardwareOath", "hardwareOathAuthenticationMethodConfiguration", preview=True),
    MethodKind("Email", "emailAuthenticationMethodConfiguration", _EMAIL, is_second_factor=False),
    MethodKind("X509Certificate", "x509CertificateAuthenticationMethodConfiguration", _X509_CERTIFICATE),
    MethodKind("QRCodePin", "qrCodePinAuthenticationMethodConfiguration", _QR_CODE_PIN, is_second_factor=False),
    MethodKind(
        "VerifiableCredentials",
        "verifiableCredentialsAuthenticationMethodConfiguration",
        of_target=(Texts("verifiedIdProfiles"),),
        is_second_factor=False,
    ),
    EXTERNAL,
)


def kind_of(identifier: str) -> MethodKind:
    """The kind of method that has this id; any other id is that of an external method."""
    return next((kind for kind in KINDS if kind.identifier and kind.identifier.lower() == identifier.lower()), EXTERNAL)


def kind_of_type(odata_type: str) -> MethodKind | None:
    """The kind of method of that type, or None for one that this collection does not know."""
    return next((kind for kind in KINDS if kind.odata_type == odata_type), None)
