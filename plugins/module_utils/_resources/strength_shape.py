# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The shape of an authentication strength and of the limits of its combinations (facts section 3.2, appendix A)."""

from __future__ import annotations

from .._reconcile.shape import Combinations, Json, Part, PartList, Text, TextSet

# The flags of authenticationMethodModes, in the schema's order (facts appendix A).
MODES = (
    "password",
    "voice",
    "hardwareOath",
    "softwareOath",
    "sms",
    "fido2",
    "windowsHelloForBusiness",
    "microsoftAuthenticatorPush",
    "deviceBasedPush",
    "temporaryAccessPassOneTime",
    "temporaryAccessPassMultiUse",
    "email",
    "x509CertificateSingleFactor",
    "x509CertificateMultiFactor",
    "federatedSingleFactor",
    "federatedMultiFactor",
    "qrCodePin",
)

_CERTIFICATE = "x509Certificate"


def configuration_type(value: Json) -> str:
    """The type of a limit, which follows from what it limits."""
    is_certificate = any(one.startswith(_CERTIFICATE) for one in value.get("appliesToCombinations") or [])
    kind = "x509CertificateCombinationConfiguration" if is_certificate else "fido2CombinationConfiguration"
    return f"#microsoft.graph.{kind}"


CONFIGURATION = Part(
    "combinationConfiguration",
    (
        Combinations("appliesToCombinations", MODES),
        TextSet("allowedAAGUIDs"),
        TextSet("allowedIssuerSkis"),
        TextSet("allowedPolicyOIDs"),
    ),
    odata_type=configuration_type,
)
_CONFIGURATIONS = PartList("combinationConfigurations", CONFIGURATION, ("appliesToCombinations",))
SHAPE = Part(
    "authenticationStrengthPolicy",
    (Text("displayName"), Text("description"), Combinations("allowedCombinations", MODES), _CONFIGURATIONS),
)


def key_of_limit(configuration: Json) -> str:
    """What identifies a limit among those of a strength: the combinations that it speaks of."""
    return ";".join(configuration["appliesToCombinations"])
