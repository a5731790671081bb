# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Policies take the template ids of built-in directory roles; roles that a tenant made are no targets.

This is facts section 7.3. Whether a role is built in is asked of the tenant where we do not know the role, because
Microsoft adds roles more often than we do.
"""

from __future__ import annotations

import typing as t

from .._directory.directory import Directory, Mention
from .._graph.errors import OptionError


def require_built_in_roles(mentions: t.Iterable[Mention], directory: Directory) -> None:
    """Refuse every mention of a custom role; *directory* has resolved the mentions.

    Raises one OptionError that names the option path of each.
    """
    custom = [one for one in mentions if one.kind == "role" and _is_custom(one.value, directory)]
    if custom:
        raise OptionError(
            "; ".join(f"{one.path}: {one.value!r} is a custom role of this tenant" for one in custom) + ".",
            remedy="Conditional Access knows built-in roles only: put the role's members into a group and name that.",
        )


def _is_custom(value: str, directory: Directory) -> bool:
    return directory.object_of("role", directory.identify("role", value)).get("isBuiltIn") is False
