# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random settings that a tenant can have, as options, made from the facts and not from the code under test.

Everything is said of every setting, so that the same can be wanted again whatever a tenant has in between.
"""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass

from simulator.json_types import JsonObject

SWITCH = ("enabled", "disabled")
MANAGED = ("default", "enabled", "disabled")
NOBODY = "00000000-0000-0000-0000-000000000000"
GUEST_ROLES = ("user", "guest_user", "restricted_guest_user")
INVITES = ("none", "adminsAndGuestInviters", "adminsGuestInvitersAndAllMembers", "everyone")
MIGRATION = ("preMigration", "migrationInProgress", "migrationComplete")
CERTIFICATE_MODES = ("x509CertificateSingleFactor", "x509CertificateMultiFactor")
BINDINGS = (
    ("PrincipalName", "userPrincipalName"),
    ("RFC822Name", "onPremisesUserPrincipalName"),
    ("SHA1PublicKey", "x"),
)


@dataclass(frozen=True)
class Wisher:
    """Throws dice for a tenant that has ``groups``, by id and by name; ``beta`` wishes for previews too."""

    dice: random.Random
    groups: dict[str, str]
    beta: bool = False

    def tenant(self) -> JsonObject:
        """Return options of tenant_configuration."""
        return {
            "authentication_methods_policy": self.methods_policy(),
            "authentication_method_configurations": self.methods(),
            "authorization_policy": self.authorization_policy(),
        }

    def flag(self) -> bool:
        return self.dice.random() < 0.5

    def some_groups(self, least: int = 0) -> list[str]:
        """Return different groups, each by its name, by its id, or by its id in capitals."""
        chosen = self.dice.sample(sorted(self.groups), self.dice.randint(least, len(self.groups)))
        return [self.dice.choice([one, one.upper(), self.groups[one]]) for one in chosen]

    def a_group(self) -> str:
        return self.some_groups(1)[0]

    def targets(self, least: int = 0, **members: object) -> list[JsonObject]:
        """Return targets that all have these ``members``."""
        names = ["all_users"] if self.flag() else self.some_groups(least)
        return [{"id": name, **members} for name in names]

    def methods_policy(self) -> JsonObject:
        campaign = {
            "state": self.dice.choice(MANAGED),
            "snooze_duration_in_days": self.dice.randint(0, 14),
            "include_targets": self.targets(
                1, targeted_authentication_method=self.dice.choice(["microsoftAuthenticator", "fido2"])
            ),
            "exclude_targets": self.some_groups(),
        }
        policy: JsonObject = {
            "policy_migration_state": self.dice.choice(MIGRATION),
            "registration_enforcement": {"authentication_methods_registration_campaign": campaign},
        }
        if self.beta:
            campaign["enforce_registration_after_allowed_snoozes"] = self.flag()
            policy["report_suspicious_activity_settings"] = {
                "state": self.dice.choice(MANAGED),
                "include_target": self.dice.choice(["all_users", self.a_group()]),
                "voice_reporting_code": self.dice.randint(0, 9),
            }
            policy["system_credential_preferences"] = {
                "state": self.dice.choice(MANAGED),
                "include_targets": self.targets(1),
                "exclude_targets": self.some_groups(),
            }
        return policy

    def authorization_policy(self) -> JsonObject:
        switches = (
            "allowed_to_use_sspr",
            "allow_email_verified_users_to_join_organization",
            "allowed_to_sign_up_email_based_subscriptions",
            "allow_user_consent_for_risky_apps",
            "block_msol_power_shell",
        )
        of_users = (
            "allowed_to_create_apps",
            "allowed_to_create_security_groups",
            "allowed_to_create_tenants",
            "allowed_to_read_bitlocker_keys_for_owned_device",
            "allowed_to_read_other_users",
        )
        return {
            **{name: self.flag() for name in switches},
            "allow_invites_from": self.dice.choice(INVITES),
            "guest_user_role_id": self.dice.choice(GUEST_ROLES),
            "default_user_role_permissions": {name: self.flag() for name in of_users},
        }

    def methods(self) -> list[JsonObject]:
        """Return a wish for every kind of method; somebody keeps a second factor."""
        found = [
            self.authenticator(),
            self.fido2(),
            self.temporary_access_pass(),
            self.method("Sms", is_usable_for_sign_in=self.flag()),
            {**self.method("Voice"), "voice": {"is_office_phone_allowed": self.flag()}},
            self.method("SoftwareOath"),
            {**self.method("Email"), "email": {"allow_external_id_to_use_email_otp": self.dice.choice(MANAGED)}},
            self.certificates(),
            {
                **self.method("QRCodePin"),
                "qr_code_pin": {
                    "standard_qrcode_lifetime_in_days": self.dice.randint(1, 395),
                    "pin_length": self.dice.randint(8, 20),
                },
            },
            self.method("VerifiableCredentials", verified_id_profiles=[str(self.guid())] * self.dice.randint(0, 1)),
            self.external(),
            *([self.method("HardwareOath")] if self.beta else []),
        ]
        self.dice.shuffle(found)
        return found

    def guid(self) -> uuid.UUID:
        return uuid.UUID(int=self.dice.getrandbits(128), version=4)

    def method(self, identifier: str, **of_targets: object) -> JsonObject:
        return {
            "id": self.dice.choice([identifier, identifier.lower()]),
            "method_state": self.dice.choice(SWITCH),
            "include_targets": self.targets(1, **of_targets),
            "exclude_targets": self.some_groups(),
        }

    def authenticator(self) -> JsonObject:
        names = ["display_app_information_required_state", "display_location_information_required_state"]
        names += ["companion_app_allowed_state", "number_matching_required_state"] if self.beta else []
        features = {
            name: {
                "state": self.dice.choice(MANAGED),
                "include_target": self.dice.choice(["all_users", self.a_group()]),
                "exclude_target": self.dice.choice([NOBODY, self.a_group()]),
            }
            for name in names
        }
        mode = self.dice.choice(["any", "push", "deviceBasedPush"])
        return {
            **self.method("MicrosoftAuthenticator", authentication_mode=mode),
            "method_state": "enabled",
            "microsoft_authenticator": {"is_software_oath_enabled": self.flag(), "feature_settings": features},
        }

    def key_restrictions(self) -> JsonObject:
        return {
            "is_enforced": self.flag(),
            "enforcement_type": self.dice.choice(["allow", "block"]),
            "aa_guids": [str(self.guid()) for _number in range(self.dice.randint(1, 3))],
        }

    def fido2(self) -> JsonObject:
        profiles = [
            {
                "id": str(self.guid()),
                "name": f"Profile {number}",
                "passkey_types": self.dice.choice([["deviceBound"], ["synced", "deviceBound"]]),
                "attestation_enforcement": self.dice.choice(["disabled", "registrationOnly"]),
                "key_restrictions": self.key_restrictions(),
            }
            for number in range(self.dice.randint(1, 3))
        ]
        known = [profile["id"] for profile in profiles]
        return {
            **self.method("Fido2", allowed_passkey_profiles=self.dice.sample(known, self.dice.randint(0, len(known)))),
            "fido2": {
                "is_self_service_registration_allowed": self.flag(),
                "is_attestation_enforced": self.flag(),
                "key_restrictions": self.key_restrictions(),
                "passkey_profiles": profiles,
                "default_passkey_profile": self.dice.choice(known),
            },
        }

    def temporary_access_pass(self) -> JsonObject:
        shortest, usual, longest = sorted(self.dice.randint(10, 43200) for _number in range(3))
        return {
            **self.method("TemporaryAccessPass"),
            "temporary_access_pass": {
                "default_length": self.dice.randint(8, 48),
                "default_lifetime_in_minutes": usual,
                "minimum_lifetime_in_minutes": shortest,
                "maximum_lifetime_in_minutes": longest,
                "is_usable_once": self.flag(),
            },
        }

    def certificates(self) -> JsonObject:
        bindings = [
            {
                "x509_certificate_field": field,
                "user_property": property_,
                "priority": priority,
                "trust_affinity_level": self.dice.choice(["low", "high"]),
            }
            for priority, (field, property_) in enumerate(self.dice.sample(BINDINGS, 2), start=1)
        ]
        rules = [
            {
                "x509_certificate_rule_type": "policyOID",
                "identifier": f"1.2.3.{number}",
                "policy_oid_identifier": f"1.2.3.{number}",
                "x509_certificate_authentication_mode": self.dice.choice(CERTIFICATE_MODES),
                "x509_certificate_required_affinity_level": self.dice.choice(["low", "high"]),
            }
            for number in range(self.dice.randint(0, 2))
        ]
        return {
            **self.method("X509Certificate"),
            "x509_certificate": {
                "certificate_user_bindings": bindings,
                "authentication_mode_configuration": {
                    "x509_certificate_authentication_default_mode": self.dice.choice(CERTIFICATE_MODES),
                    "x509_certificate_default_required_affinity_level": self.dice.choice(["low", "high"]),
                    "rules": rules,
                },
                "issuer_hints_configuration": {"state": self.dice.choice(SWITCH)},
                "crl_validation_configuration": {
                    "state": self.dice.choice(SWITCH),
                    "exempted_certificate_authorities_subject_key_identifiers": ["AB12"] * self.dice.randint(0, 1),
                },
                "certificate_authority_scopes": [
                    {
                        "subject_key_identifier": "CD34",
                        "public_key_infrastructure_identifier": "PKI",
                        "include_targets": [self.a_group()],
                    }
                ]
                * self.dice.randint(0, 1),
            },
        }

    def external(self) -> JsonObject:
        return {
            **self.method("Adatum"),
            "id": "Adatum",
            "external": {
                "app_id": str(self.guid()),
                "open_id_connect_setting": {
                    "client_id": f"client-{self.dice.randint(1, 99)}",
                    "discovery_url": f"https://{self.dice.randint(1, 99)}.adatum.example/.well-known",
                },
            },
        }
