# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The properties of a device that filters may ask for, in the schema's names (facts appendix A, deviceInfo)."""

from __future__ import annotations

from .._reconcile.shape import snake_case

_EXTENSIONS = tuple(f"extensionAttribute{number}" for number in range(1, 16))
FLAGS = ("isCompliant",)
LISTS = ("physicalIds", "systemLabels")
TEXTS = (
    "deviceId",
    "displayName",
    "enrollmentProfileName",
    *_EXTENSIONS,
    "manufacturer",
    "mdmAppId",
    "model",
    "operatingSystem",
    "operatingSystemVersion",
    "ownership",
    "profileType",
    "trustType",
)
PROPERTIES = (*FLAGS, *LISTS, *TEXTS)
OPTIONS = {name: snake_case(name) for name in PROPERTIES}

_BY_LOWER_NAME = {name.lower(): name for name in PROPERTIES}


def known_property(name: str) -> str | None:
    """The property that *name* means, which may be spelled in any case; None when there is none."""
    return _BY_LOWER_NAME.get(name.lower())
