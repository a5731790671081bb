# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told of an undo that did not get through."""

from __future__ import annotations

from ansible_collections.m365.entra.plugins.module_utils._reconcile.action import Action
from ansible_collections.m365.entra.plugins.module_utils._reconcile.restore import Restoration

PROBLEM = {"resource": "security_defaults", "name": "security defaults", "problem": "403", "operation": "update"}


def test_tenant_that_nothing_protects_is_told_first() -> None:
    told = Restoration(problems=[PROBLEM], is_unprotected=True).summary()
    assert told.startswith("ATTENTION: the protection that was taken away could not be put back, and nothing took its")
    assert "security defaults" in told


def test_tenant_that_something_protects_is_not_told_so() -> None:
    assert "nothing took its place" not in Restoration(problems=[PROBLEM]).summary()


ACTION = Action("update", "security_defaults", "key", "security defaults", "/x", "why")


def test_what_was_put_back_and_is_shown_is_told_so() -> None:
    told = Restoration(restored=[ACTION], not_shown=[]).summary()
    assert told == "What was there before has been put back, and the service shows it."


def test_what_was_put_back_and_is_not_shown_is_named() -> None:
    told = Restoration(restored=[ACTION], not_shown=["security defaults are off"]).summary()
    assert told.startswith("ATTENTION: ")
    assert "the service does not show it: security defaults are off." in told


def test_what_is_found_beside_what_could_not_be_put_back_is_told() -> None:
    told = Restoration(problems=[PROBLEM], not_shown=["a policy was created all the same"]).summary()
    assert told.endswith("The service shows: a policy was created all the same.")
