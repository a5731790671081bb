# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the task returns of many tenants."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.plugin_utils._audit.audited import Audited
from ansible_collections.m365.entra.plugins.plugin_utils._audit.outcome import audit_result, line_of
from ansible_collections.m365.entra.plugins.plugin_utils._fleet.report import Digest


def one(
    host: str, status: str, message: str = "", warnings: tuple[str, ...] = (), difference: object = None
) -> Audited:
    return Audited(Digest(host, "", "", status, "", message=message), warnings, difference)


@pytest.mark.parametrize(
    ("statuses", "changed", "failed"),
    [
        ((), False, []),
        (("ok", "ok"), False, []),
        (("ok", "pending"), True, []),
        (("failed", "pending", "failed"), True, ["host-0", "host-2"]),
    ],
)
def test_result(statuses: tuple[str, ...], changed: bool, failed: list[str]) -> None:
    hosts = [f"host-{number}" for number in range(len(statuses))]
    done = [one(host, status) for host, status in zip(hosts, statuses, strict=True)]
    result = audit_result(hosts, done[::-1])
    assert (result["changed"], result["failed_hosts"]) == (changed, failed)
    assert [entry["tenant"] for entry in result["tenants"]] == hosts
    assert {"warnings", "diff"} & set(result) == set()


def test_warnings_of_many_are_told_once() -> None:
    done = [one("a", "ok", warnings=("same", "own")), one("b", "ok", warnings=("same",))]
    assert audit_result(["a", "b"], done)["warnings"] == ["a, b: same", "a: own"]


def test_many_names_do_not_hide_a_warning() -> None:
    hosts = [f"host-{number}" for number in range(5)]
    done = [one(host, "ok", warnings=("same",)) for host in hosts]
    assert audit_result(hosts, done)["warnings"] == ["host-0, host-1, host-2 and 2 more: same"]


def test_differences_name_their_tenant() -> None:
    result = audit_result(
        ["a", "b"], [one("a", "ok"), one("b", "pending", difference={"before": {}, "after": {"x": 1}})]
    )
    assert result["diff"] == [
        {"before": {}, "after": {"x": 1}, "before_header": "b now", "after_header": "b with the baseline"}
    ]


def test_lines() -> None:
    assert line_of(one("a", "ok").digest) == "ok: [a]"
    assert line_of(one("a", "failed", "because").digest) == "failed: [a] => because"
