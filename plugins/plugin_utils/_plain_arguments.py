# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A task's arguments as a module would find them, without what Ansible keeps with values. Private."""

from __future__ import annotations

import json
import typing as t

from ansible.module_utils.common import json as ansible_json


def _as_sent(arguments: t.Any) -> str:
    if hasattr(ansible_json, "get_module_encoder"):
        encoder = ansible_json.get_module_encoder("legacy", ansible_json.Direction.CONTROLLER_TO_MODULE)
        return json.dumps(arguments, cls=encoder)
    # ansible-core 2.18
    return json.dumps(arguments, cls=ansible_json.AnsibleJSONEncoder, vault_to_text=True)


def plain_arguments(arguments: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """*arguments* as plain JSON values, by the way that Ansible itself sends them to a module."""
    return t.cast("dict[str, t.Any]", json.loads(_as_sent(dict(arguments))))
