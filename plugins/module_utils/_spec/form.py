# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The form of arguments: a dictionary where suboptions belong, checked before Ansible looks at them.

Over anything else Ansible raises an error that names no option, and forgets which values are secret.
"""

from __future__ import annotations

import typing as t

from ansible.module_utils.common.validation import check_type_dict

Options = t.Mapping[str, t.Any]


def well_formed(
    arguments: t.Mapping[str, t.Any], options: Options, path: str = ""
) -> tuple[dict[str, t.Any], list[str]]:
    """*arguments* without what has the wrong form, and a sentence for each such place, led by its option path.

    A dictionary that is given as text is taken as Ansible takes it.
    """
    kept: dict[str, t.Any] = {}
    faults: list[str] = []
    for name, value in arguments.items():
        option = options.get(name) or {}
        if value is None or "options" not in option:
            kept[name] = value
        elif option.get("type") == "list":
            kept[name], found = _list(value, option["options"], f"{path}{name}")
            faults.extend(found)
        else:
            dictionary, found = _dictionary(value, option["options"], f"{path}{name}")
            faults.extend(found)
            if dictionary is not None:
                kept[name] = dictionary
    return kept, faults


def _list(value: t.Any, options: Options, path: str) -> tuple[t.Any, list[str]]:
    if not isinstance(value, list):
        return ([], [f"{path}: a list of dictionaries is expected."])
    members = [_dictionary(member, options, f"{path}[{index}]") for index, member in enumerate(value)]
    return (
        [dictionary for dictionary, _found in members if dictionary is not None],
        [fault for _dictionary, found in members for fault in found],
    )


def _dictionary(value: t.Any, options: Options, path: str) -> tuple[dict[str, t.Any] | None, list[str]]:
    try:
        given = value if isinstance(value, dict) else check_type_dict(value)
    except TypeError:
        return None, [f"{path}: a dictionary is expected; its members are {', '.join(options)}."]
    return well_formed(given, options, f"{path}.")
