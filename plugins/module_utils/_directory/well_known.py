# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Objects that every tenant knows by the same id (facts sections 3.1, 3.2 and 7.5)."""

from __future__ import annotations

APPLICATIONS: dict[str, str] = {
    "Windows Azure Service Management API": "797f4846-ba00-4fd7-ba43-dac1f8f63013",
    "Office 365 Exchange Online": "00000002-0000-0ff1-ce00-000000000000",
    "Office 365 SharePoint Online": "00000003-0000-0ff1-ce00-000000000000",
    "Microsoft Teams Services": "cc15fd57-2c6c-4117-a88c-83b1d56b4bbe",
    "Microsoft Graph": "00000003-0000-0000-c000-000000000000",
    "Microsoft Intune Enrollment": "d4ebce55-015a-49b5-a083-c84d1797ae8c",
    "Microsoft Intune": "0000000a-0000-0000-c000-000000000000",
    "Azure Portal": "c44b4083-3bb0-49c1-b47d-974e53cbdf3c",
}

AUTHENTICATION_STRENGTHS: dict[str, str] = {
    "Multifactor authentication": "00000000-0000-0000-0000-000000000002",
    "Passwordless MFA": "00000000-0000-0000-0000-000000000003",
    "Phishing-resistant MFA": "00000000-0000-0000-0000-000000000004",
}

# Valid in policies, but not listed and not readable as named locations.
LOCATIONS: dict[str, str] = {
    "MFA trusted IPs": "00000000-0000-0000-0000-000000000000",
    "All Compliant Network locations": "3d46dbda-8382-466a-856d-eb00cbc6b910",
}
