# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""States as options and as the service names them."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._policy.vocabulary import (
    LEGACY_CLIENT_APP_TYPES,
    OPTION_BY_STATE,
    STATE_BY_OPTION,
)


@pytest.mark.parametrize(
    ("option", "state"),
    [("enabled", "enabled"), ("report_only", "enabledForReportingButNotEnforced"), ("disabled", "disabled")],
)
def test_states_have_one_option_each(option: str, state: str) -> None:
    assert STATE_BY_OPTION[option] == state
    assert OPTION_BY_STATE[state] == option
    assert len(STATE_BY_OPTION) == len(OPTION_BY_STATE) == 3


def test_legacy_authentication_is_two_kinds_of_client() -> None:
    assert LEGACY_CLIENT_APP_TYPES == ("exchangeActiveSync", "other")
