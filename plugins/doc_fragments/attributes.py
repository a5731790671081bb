# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What every module of the collection supports."""

from __future__ import annotations


class ModuleDocFragment:
    """Attributes of all modules, of changing modules and of reading modules."""

    DOCUMENTATION = r"""
options: {}
requirements:
  - azure-identity
  - msgraph-sdk
  - jsonschema
attributes:
  platform:
    description: Where the module runs.
    support: full
    platforms: posix
  action_group:
    description: Defaults for all modules can be given as C(module_defaults) of this group.
    support: full
    membership:
      - m365.entra.all
"""

    WRITING = r"""
options: {}
attributes:
  check_mode:
    description: Nothing is written; the result says what would be done.
    support: full
  diff_mode:
    description: What changes is shown by option, with names beside ids.
    support: full
  idempotent:
    description: A second run changes nothing.
    support: full
"""

    READING = r"""
options: {}
attributes:
  check_mode:
    description: The module only reads.
    support: full
  diff_mode:
    description: The module changes nothing.
    support: none
  idempotent:
    description: The module changes nothing.
    support: full
"""
