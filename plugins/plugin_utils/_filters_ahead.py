# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filters that the roles need, found and loaded in Ansible's main process. Private to this collection.

Otherwise each worker looks for them and imports them once more, which takes longer than what they do.
"""

from __future__ import annotations

from ansible.plugins.loader import filter_loader, test_loader
from ansible.utils.collection_loader import AnsibleCollectionConfig

_FILTERS = (
    "combine",
    "default",
    "length",
    "regex_replace",
    "to_json",
    "m365.entra.signin_baseline_configuration",
    "m365.entra.signin_baseline_options",
    "m365.entra.signin_baseline_report",
)
_TESTS = ("changed", "defined", "failed")


def load_filters_ahead() -> None:
    """Have the loaders of this process, and so those of its forks, know what the roles' templates use."""
    if AnsibleCollectionConfig.collection_finder is None:
        return  # nothing here runs tasks: documentation tools and tests import plugins, too
    for name in _FILTERS:
        filter_loader.get(name)
    for name in _TESTS:
        test_loader.get(name)
