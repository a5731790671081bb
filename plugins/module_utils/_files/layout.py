# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the files of a tenant lie: one folder for each kind of object, one file for each object."""

from __future__ import annotations

import hashlib
import re
import typing as t

# The folder, which is the option of tenant_configuration that takes its objects, by noun.
FOLDERS: dict[str, str] = {
    "named_location": "named_locations",
    "authentication_context": "authentication_contexts",
    "authentication_strength_policy": "authentication_strength_policies",
    "conditional_access_policy": "conditional_access_policies",
}
#: One file for each option of tenant_configuration that is no list of objects, named after it.
SETTINGS_FOLDER = "settings"
SETTINGS = (
    "security_defaults",
    "authentication_methods_policy",
    "authentication_method_configurations",
    "authorization_policy",
    "mfa_registration_policy",
    "self_service_password_reset",
    "per_user_mfa",
)
SUFFIX = ".yml"

_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
_LONGEST_NAME = 100
_FINGERPRINT_DIGITS = 8


def file_names(display_names: t.Sequence[str]) -> list[str]:
    """A file name for each display name, in their order; names that would meet get a fingerprint or a number."""
    plain = [_plain(name) for name in display_names]
    taken: set[str] = set()
    found: list[str] = []
    for name, stem in zip(display_names, plain, strict=True):
        candidate = stem if stem and plain.count(stem) == 1 else f"{stem}-{_fingerprint(name)}".lstrip("-")
        number = 1
        while candidate in taken:
            number += 1
            candidate = f"{stem}-{_fingerprint(name)}-{number}".lstrip("-")
        taken.add(candidate)
        found.append(candidate + SUFFIX)
    return found


def _plain(name: str) -> str:
    return _NOT_IN_NAMES.sub("-", name.lower()).strip("-")[:_LONGEST_NAME].strip("-")


def _fingerprint(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:_FINGERPRINT_DIGITS]
