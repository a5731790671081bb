# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tells apart what was given from what was not: unset is not null, and null is not empty.

Ansible fills every suboption that was not given with null. Laid over the arguments as they came in, the validated ones
keep only what was given - nulls included.
"""

from __future__ import annotations

import typing as t


def given_options(validated: t.Any, raw: t.Any) -> t.Any:
    """*validated* reduced to what *raw* mentions, at every depth.

    Where the two have different forms (a dictionary given as text, say), nulls count as not given.
    """
    if isinstance(validated, dict):
        return _given_members(validated, raw)
    if isinstance(validated, list):
        aligned = raw if isinstance(raw, list) and len(raw) == len(validated) else [None] * len(validated)
        return [given_options(value, source) for value, source in zip(validated, aligned, strict=True)]
    return validated


def _given_members(validated: dict[str, t.Any], raw: t.Any) -> dict[str, t.Any]:
    if isinstance(raw, dict):
        return {name: given_options(value, raw[name]) for name, value in validated.items() if name in raw}
    return {name: given_options(value, None) for name, value in validated.items() if value is not None}


def without_nulls(arguments: t.Any) -> t.Any:
    """*arguments* without members that are null, at every depth; what Ansible itself passes along is left as it is."""
    if isinstance(arguments, dict):
        return {
            name: without_nulls(value)
            for name, value in arguments.items()
            if value is not None or str(name).startswith("_ansible_")
        }
    if isinstance(arguments, list):
        return [without_nulls(value) for value in arguments]
    return arguments
