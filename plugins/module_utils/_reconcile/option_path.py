# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Option paths as messages name them."""

from __future__ import annotations


def prefix_of(option: str) -> str:
    """What leads the names of options inside *option*; nothing leads those of a module's own."""
    return f"{option}." if option else ""


def path_of(option: str, name: str) -> str:
    """The path of the option *name* inside *option*."""
    return f"{prefix_of(option)}{name}"
