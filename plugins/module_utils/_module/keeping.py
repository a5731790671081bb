# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the option snapshot says of a task."""

from __future__ import annotations

from .._snapshot.place import place_from_options
from .._snapshot.record import Keeping
from .._spec.protocol import ModuleProtocol


def keeping_of(module: ModuleProtocol, run: str, undoes: str = "") -> Keeping | None:
    """Where the module *run* keeps a snapshot, or None when that is turned off. Raises OptionError.

    *undoes* is the snapshot that the run is to put back.
    """
    options = module.params.get("snapshot") or {}
    if options.get("enabled") is False:
        return None
    return Keeping(place_from_options(options), run, undoes)
