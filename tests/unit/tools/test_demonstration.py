# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The parts of the demonstration that decide whether it showed what it promises."""

from __future__ import annotations

import stat
from pathlib import Path

from tools.demonstration import inventory, read_recap, write_private

OUTPUT = """
TASK [Show] ****
ok: [contoso-p1] => {"msg": "failed=1"}

PLAY RECAP *****
contoso-p1   : ok=9    changed=1    unreachable=0    failed=0    skipped=2    rescued=0    ignored=0
contoso-p2   : ok=3    changed=0    unreachable=0    failed=1    skipped=0    rescued=0    ignored=0
"""


def test_recap_is_read_by_tenant() -> None:
    run = read_recap(OUTPUT)
    assert list(run.counts) == ["contoso-p1", "contoso-p2"]
    assert run.changed_tenants() == ["contoso-p1"]
    assert run.failed_tenants() == ["contoso-p2"]
    assert run.recap[0].startswith("contoso-p1   : ok=9")


def test_output_without_recap_has_no_tenants() -> None:
    assert read_recap("ERROR! the playbook could not be found").counts == {}


def test_inventory_has_a_host_for_each_tenant() -> None:
    tenant = {"name": "contoso", "tenant_id": "t", "client_id": "c", "client_secret": "s", "license": "p1"}
    hosts = inventory({"url": "https://localhost:1", "ca_path": "ca.pem", "tenants": [tenant]})["all"]["hosts"]
    assert hosts == {"contoso": {"entra_tenant_id": "t", "entra_client_id": "c", "entra_client_secret": "s"}}


def test_secrets_are_written_for_their_owner_only(tmp_path: Path) -> None:
    write_private(tmp_path / "inventory.yml", "secret")
    assert stat.S_IMODE((tmp_path / "inventory.yml").stat().st_mode) == 0o600
