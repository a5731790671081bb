# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One profile for all property tests: reproducible, and without a database beside the sources."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from ansible_collections.m365.entra.plugins.module_utils._graph import session
from ansible_collections.m365.entra.plugins.module_utils._graph.paces import OwnPaces

settings.register_profile(
    "default",
    database=None,
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
# For hunting: HYPOTHESIS_PROFILE=thorough tries many more examples, different ones on every run.
settings.register_profile("thorough", database=None, deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(scope="session", autouse=True)
def state_of_programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where runs keep their snapshots: not in the home of whoever runs the tests."""
    folder = tmp_path_factory.mktemp("state")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder))
        patch.delenv("ENTRA_SNAPSHOT_DIRECTORY", raising=False)
        yield folder


@pytest.fixture(scope="session", autouse=True)
def own_paces() -> Iterator[None]:
    """What a test makes of a rate limit is no other test's business."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "paces_of", lambda tenant: OwnPaces())
        yield
