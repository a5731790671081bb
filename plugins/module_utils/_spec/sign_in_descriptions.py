# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the options mean that describe sign-ins, by option path."""

from __future__ import annotations

from .._evaluation.device_properties import OPTIONS, TEXTS

_EXTENSION = "extension_attribute"

DESCRIPTIONS: dict[str, str] = {
    "sign_ins": "The sign-ins. What is left out of one is not said.",
    "sign_ins.name": "What the sign-in is called in messages and results. No two have the same name.",
    "sign_ins.user": "Who signs in, by user principal name or id. One of this, O(sign_ins[].described_user) and "
    "O(sign_ins[].service_principal) is needed.",
    "sign_ins.described_user": "Somebody of the tenant who signs in and is described, not named. They are in these "
    "groups and hold these roles, and no others; without either they are any member. O(sign_ins[].guest_type) makes "
    "them a guest.",
    "sign_ins.described_user.roles": "Built-in roles that they hold, by display name or template id.",
    "sign_ins.described_user.groups": "Groups that they are in, by display name or id.",
    "sign_ins.service_principal": "A service principal that signs in as itself, by display name or id.",
    "sign_ins.guest_type": "What kind of user the directory sees. By default this is what it shows - guests are "
    "V(internalGuest), or V(b2bCollaborationGuest) where the user principal name holds C(#EXT#).",
    "sign_ins.external_tenant_id": "The tenant that an external user comes from.",
    "sign_ins.application": "What is signed in to, by display name or application id. V(Office365) and "
    "V(MicrosoftAdminPortals) stand for any application of these groups.",
    "sign_ins.user_action": "An action in place of an application.",
    "sign_ins.authentication_context": "An authentication context that is asked for, by name or id. Name the "
    "O(sign_ins[].application) that asks for it too, or whatever policies for applications do cannot be told.",
    "sign_ins.client_app_type": "The kind of client.",
    "sign_ins.device_platform": "The device's platform.",
    "sign_ins.device": "The device, for filters for devices.",
    "sign_ins.device.is_registered": "Whether the directory knows the device. One that it does not know has no "
    "properties.",
    "sign_ins.device.is_compliant": "Whether it is compliant.",
    "sign_ins.device.trust_type": "How it is joined, as filters write it - C(AzureAD), C(ServerAD) for a hybrid "
    "join, C(Workplace).",
    "sign_ins.device.physical_ids": "Its physical ids.",
    "sign_ins.device.system_labels": "Its system labels.",
    "sign_ins.device.device_id": "Its device id.",
    "sign_ins.device.display_name": "Its name.",
    "sign_ins.device.enrollment_profile_name": "The enrollment profile.",
    "sign_ins.device.manufacturer": "Its manufacturer.",
    "sign_ins.device.mdm_app_id": "The application id of its device management.",
    "sign_ins.device.model": "Its model.",
    "sign_ins.device.operating_system": "Its operating system.",
    "sign_ins.device.operating_system_version": "The version of its operating system.",
    "sign_ins.device.ownership": "Whose it is.",
    "sign_ins.device.profile_type": "The type of its profile.",
    "sign_ins.ip_address": "The address that the sign-in comes from. It decides about named locations with ranges.",
    "sign_ins.country": "The country of the address, as a code of two letters, or V(unknown) for an address without "
    "a country. It decides about named locations with countries.",
    "sign_ins.locations": "The named locations that the sign-in comes from, by name or id. Then it comes from no "
    "other, whatever its address and country are. This is the only way to say that somebody is in a location by GPS "
    "or in a compliant network.",
    "sign_ins.trusted_location": "Whether it comes from a trusted location. By default the named locations decide.",
    "sign_ins.sign_in_risk_level": "The risk of the sign-in.",
    "sign_ins.user_risk_level": "The risk of the user.",
    "sign_ins.service_principal_risk_level": "The risk of the service principal.",
    "sign_ins.insider_risk_level": "The insider risk of the user.",
    "sign_ins.authentication_flow": "How authentication is transferred from another device, or V(none).",
    "sign_ins.expect": "What must become of the sign-in. Without it the result only tells what does.",
    "sign_ins.expect.outcome": "V(blocked) when an enforced policy surely blocks, V(granted) when no policy does "
    "and all controls are known, otherwise V(unknown).",
    "sign_ins.expect.controls": "Everything that is asked for, and nothing else. Each entry must be met; where any "
    "one of several controls is enough, write them with C(or) between them. Built-in controls are written as in a "
    "policy. Authentication strengths are given by name or id, terms of use and custom controls by id. V([]) "
    "expects that nothing is asked for. Without O(sign_ins[].expect.outcome) the sign-in must be V(granted), too.",
    "sign_ins.expect.policies_apply": "Policies that apply, in report-only mode too, by name or id.",
    "sign_ins.expect.policies_do_not_apply": "Policies that surely do not apply, by name or id.",
    "include_report_only": "Whether the outcome is what it would be if policies in report-only mode were enforced.",
    "mfa_trusted_ips": "The ranges of the legacy MFA trusted IPs, which nothing can read. Give an empty list when "
    "there are none. Without it a policy that names them cannot be told, and V(AllTrusted) means named locations "
    "alone.",
    "on_failure": "Whether the task fails when a sign-in does not become what is expected, or only reports it.",
    **{
        f"sign_ins.device.{OPTIONS[name]}": f"Its extension attribute {OPTIONS[name].removeprefix(_EXTENSION)}."
        for name in TEXTS
        if OPTIONS[name].startswith(_EXTENSION)
    },
}
