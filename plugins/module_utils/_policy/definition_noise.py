# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What published exports carry that is not part of a policy, as data: paths in Graph's names.

Everything else that the shape does not know is refused, because it might narrow the policy.
"""

from __future__ import annotations

import typing as t

# Written by the service; not part of what a policy is (facts section 2.3).
READ_ONLY = frozenset({"id", "state", "createdDateTime", "modifiedDateTime", "deletedDateTime", "templateId"})

# What exporters lay beside a policy: CIPP adds its own id, and the locations and contexts that the policy names.
COMPANIONS = frozenset({"LocationInfo", "AuthContextInfo", "GUID"})

# Undocumented members at the value with which the service sends them unasked (facts section 2.4).
SERVICE_DEFAULTS: dict[str, t.Any] = {"sessionControls.secureSignInSession.secureAppSessionMode": "notEnforced"}

# What the shape does not have, though Graph's beta endpoint has it or once had it.
NOT_SUPPORTED = {
    "conditions.signInRiskDetections": "single risk detections",
    "conditions.deviceStates": "device states, which Microsoft has replaced by the device filter",
    "conditions.devices.includeDevices": "device states, which Microsoft has replaced by the device filter",
    "conditions.devices.excludeDevices": "device states, which Microsoft has replaced by the device filter",
    "conditions.devices.includeDeviceStates": "device states, which Microsoft has replaced by the device filter",
    "conditions.devices.excludeDeviceStates": "device states, which Microsoft has replaced by the device filter",
    "conditions.clients": "conditions on clients",
    "sessionControls.blockSensitiveActions": "blocking of sensitive actions",
}


_BESIDE = frozenset(name.lower() for name in READ_ONLY | COMPANIONS)
_DEFAULTS = {path.lower(): value for path, value in SERVICE_DEFAULTS.items()}
_REASONS = {path.lower(): reason for path, reason in NOT_SUPPORTED.items()}


def is_no_part_of_the_policy(path: str, value: t.Any) -> bool:
    """Whether what stands at *path* asks for nothing, or is what the service or an exporter adds by itself."""
    lowered = path.lower()
    is_default = lowered in _DEFAULTS and value == _DEFAULTS[lowered]
    return lowered in _BESIDE or is_default or says_nothing(value)


def why_not_supported(path: str) -> str | None:
    """What a property is that only Graph's beta endpoint has and the shape lacks; None for any other."""
    return _REASONS.get(path.lower())


def says_nothing(value: t.Any) -> bool:
    """Whether *value*, at every depth, asks for nothing: null, empty or false."""
    if isinstance(value, dict):
        return all(says_nothing(member) for member in value.values())
    if isinstance(value, list):
        return not value
    return value is None or value is False or value == ""
