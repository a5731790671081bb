# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the collection itself says of a policy before it sends anything."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

from simulator.json_types import JsonObject

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGE = "ansible_collections.m365.entra.plugins.module_utils"


@dataclass(frozen=True)
class Product:
    """The parts of the collection that make a policy ready to be sent."""

    rules: ModuleType
    canonical: ModuleType
    shape: ModuleType
    compare: ModuleType

    def broken_rules(self, policy: JsonObject) -> set[str]:
        """Return the names of the rules for which the collection refuses a policy."""
        view = self.rules.PolicyView(self.canonical.canonical_policy(policy))
        return {rule.__name__ for rule in self.rules.RULES if list(rule(view))}

    def body(self, policy: JsonObject) -> JsonObject:
        """Return what the collection would send to create a policy."""
        content = self.canonical.canonical_policy(policy)
        return {**(self.compare.full_body(self.shape.POLICY, content) or {}), "state": policy["state"]}


def load_product(folder: Path) -> Product:
    """Import the collection from this checkout, which may have any name and place.

    ``folder`` takes a link by which the checkout can be found under the collection's own name.
    """
    link = folder / "ansible_collections" / "m365" / "entra"
    link.parent.mkdir(parents=True)
    link.symlink_to(CHECKOUT)
    sys.path.insert(0, str(folder))
    try:
        return Product(
            rules=import_module(f"{PACKAGE}._policy.rules"),
            canonical=import_module(f"{PACKAGE}._policy.canonical_policy"),
            shape=import_module(f"{PACKAGE}._policy.policy_shape"),
            compare=import_module(f"{PACKAGE}._reconcile.compare"),
        )
    finally:
        sys.path.remove(str(folder))
