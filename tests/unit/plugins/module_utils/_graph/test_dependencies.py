# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Missing packages are named with what to install."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph import dependencies
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import EntraError


def test_nothing_is_missing_where_the_tests_run() -> None:
    assert dependencies.missing_distributions() == []
    dependencies.require_dependencies()


def test_missing_packages_are_named_by_what_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {"json": "present", "no_such_package": "no-such-package", "no_such_parent.child": "no-such-parent"}
    monkeypatch.setattr(dependencies, "_DISTRIBUTION_BY_IMPORT", names)
    with pytest.raises(EntraError, match="no-such-package, no-such-parent") as failure:
        dependencies.require_dependencies()
    assert "present" not in failure.value.message
    assert "Install" in failure.value.remedy
