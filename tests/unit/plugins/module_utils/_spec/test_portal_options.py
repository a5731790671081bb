# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The option portal: its documentation says what the code does."""

from __future__ import annotations

import typing as t

import yaml

from ansible_collections.m365.entra.plugins.doc_fragments.portal import ModuleDocFragment
from ansible_collections.m365.entra.plugins.module_utils._graph.portal_connection import CREDENTIALS
from ansible_collections.m365.entra.plugins.module_utils._spec.connection_options import CONNECTION
from ansible_collections.m365.entra.plugins.module_utils._spec.portal_options import PORTAL
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import fake_module

OPTIONS: dict[str, t.Any] = PORTAL.options["portal"]["options"]


def test_documentation_names_every_option_with_its_type_and_default() -> None:
    documented = yaml.safe_load(ModuleDocFragment.DOCUMENTATION)["options"]["portal"]
    assert documented["type"] == "dict"
    found = {name: (one["type"], one.get("default")) for name, one in documented["suboptions"].items()}
    assert found == {name: (one["type"], one.get("default")) for name, one in OPTIONS.items()}


def test_secrets_are_marked() -> None:
    assert {name for name, option in OPTIONS.items() if option.get("no_log")} == {"refresh_token", "access_token"}
    assert set(CREDENTIALS) <= set(OPTIONS)


def test_addresses_have_their_defaults_when_nothing_is_given() -> None:
    params = fake_module(PORTAL, {}).params["portal"]
    assert {name for name, value in params.items() if value} == {
        "url",
        "client_id",
        "mfa_registration_policy_url",
        "mfa_registration_policy_scope",
    }


def test_it_goes_with_the_connection_options() -> None:
    assert "portal" in PORTAL.merged(CONNECTION).options
