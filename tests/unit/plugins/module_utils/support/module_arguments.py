# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Arguments for a module as Ansible hands them over, on every supported ansible-core."""

from __future__ import annotations

import contextlib
import json
import typing as t
from unittest import mock

from ansible.module_utils import basic


@contextlib.contextmanager
def _arguments_of_core_2_18(arguments: dict[str, t.Any]) -> t.Iterator[None]:
    content = json.dumps({"ANSIBLE_MODULE_ARGS": arguments}).encode()
    with mock.patch.object(basic, "_ANSIBLE_ARGS", content):
        yield


def patch_module_args(arguments: dict[str, t.Any]) -> t.ContextManager[t.Any]:
    """For the time of a block, a module that starts is given *arguments*."""
    try:
        from ansible.module_utils.testing import patch_module_args as patch
    except ImportError:  # before ansible-core 2.19
        return _arguments_of_core_2_18(arguments)
    return t.cast("t.ContextManager[t.Any]", patch(arguments))
