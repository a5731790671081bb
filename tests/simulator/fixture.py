# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator inside a test process."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .json_types import JsonObject
from .profile import PROMPT, Profile
from .running import RunningSimulator
from .seed import dump


class TestSimulator(RunningSimulator):
    """A running simulator with short cuts for tests; everything also works over its control endpoints."""

    __test__ = False

    def create_tenant(self, name: str, license: str = "p2", **more: Any) -> JsonObject:  # noqa: A002 - the face's name
        """Make a tenant and return its entry of connection.json; ``more`` can give state, permissions and the rest."""
        return self.simulator.create_tenant({"name": name, "license": license, **more})

    def tenant(self, name: str) -> JsonObject:
        """Return the entry of the tenant of that name."""
        entries = (tenant.connection_entry() for tenant in self.simulator.tenants.all())
        return next(entry for entry in entries if entry["name"] == name)

    def dump(self, tenant_id: str) -> JsonObject:
        """Return the whole tenant as a document."""
        tenant = self.simulator.tenants.find(tenant_id)
        if tenant is None:
            raise LookupError(f"there is no tenant {tenant_id}")
        return dump(tenant)

    def state(self, tenant_id: str) -> JsonObject:
        """Return the objects of a tenant by Graph path."""
        return dict(self.dump(tenant_id)["state"])

    def requests(self, tenant: str | None = None, service: str | None = None) -> list[JsonObject]:
        """Return the journal, of one tenant id or one service only if asked."""
        return self.simulator.journal.entries(tenant, service)

    def clear_requests(self) -> None:
        self.simulator.journal.clear()

    def set_faults(self, *rules: JsonObject) -> None:
        """Put these fault rules in force; none clears."""
        self.simulator.faults.replace({"rules": list(rules)})

    def set_profile(self, **settings: Any) -> None:
        """Change some settings."""
        self.simulator.profile = self.simulator.profile.merged(settings)

    @property
    def client_certificate_path(self) -> Path:
        """A PEM file with an RSA key and its certificate, which every tenant's application accepts."""
        self.simulator.trust.ensure_client_certificate()
        return self.simulator.trust.client_certificate_path


@contextmanager
def running_simulator(
    profile: Profile | None = None,
    directory: Path | None = None,
    demo_tenants: bool = True,
    imds_port: int | None = None,
    imds_tenant: str | None = None,
    **settings: Any,
) -> Iterator[TestSimulator]:
    """Run a simulator on a free port for the time of a ``with`` block.

    By default changes are visible at once and the rate is unlimited; ``settings`` change single settings of the
    profile, for example ``consistency_delay_seconds=0.3``.
    """
    with tempfile.TemporaryDirectory(prefix="simulator-") as temporary:
        simulator = TestSimulator(
            directory=directory or Path(temporary),
            profile=(profile or PROMPT).merged(settings),
            imds_port=imds_port,
            imds_tenant=imds_tenant,
            demo_tenants=demo_tenants,
        )
        try:
            yield simulator
        finally:
            simulator.stop()
