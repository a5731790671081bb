# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The report of one tenant in the few words that a summary of a fleet needs. Private to this collection."""

from __future__ import annotations

import json
import re
import typing as t
from dataclasses import asdict, dataclass, replace
from pathlib import Path

Json: t.TypeAlias = t.Mapping[str, t.Any]

# When a report was made.
FORMAT = "%Y-%m-%dT%H:%M:%SZ"
OK, CHANGED, PENDING, FAILED, UNREADABLE = "ok", "changed", "pending", "failed", "unreadable"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_NEEDED = ("tenant", "tenant_id", "generated_at", "results", "requirements", "license_tier")


@dataclass(frozen=True)
class Digest:
    """One tenant after one run.

    *status* is ok, changed, pending (a run in check mode would change something), failed or unreadable. *lacking* are
    the statements of the baseline that do not hold, with what holds in their place. *path* is the file.
    """

    tenant: str
    tenant_id: str
    generated_at: str
    status: str
    path: str
    display_name: str = ""
    license_tier: str = ""
    profile: str = ""
    enforce: bool = False
    message: str = ""
    holding: int = 0
    asked: int = 0
    lacking: tuple[str, ...] = ()
    active_exceptions: tuple[str, ...] = ()
    expired_exceptions: int = 0

    def to_result(self) -> dict[str, t.Any]:
        """The digest as JSON values."""
        lists = {"lacking": list(self.lacking), "active_exceptions": list(self.active_exceptions)}
        return {**asdict(self), **lists}

    def failing_as(self, failure: Digest) -> Digest:
        """What was read before the tenant failed, with why it failed."""
        return replace(self, status=FAILED, message=failure.message, generated_at=failure.generated_at)


def digest_from_result(result: Json) -> Digest:
    """The digest that to_result made *result* of. Raises KeyError or TypeError for anything else."""
    lists = {name: tuple(result[name]) for name in ("lacking", "active_exceptions")}
    return Digest(**{**result, **lists})


def digests_in(directory: Path) -> list[Digest]:
    """Every report and failure in a directory, in the order of the files' names. Raises OSError where there is none."""
    return [digest_of(path) for path in sorted(directory.iterdir()) if path.suffix == ".json" and path.is_file()]


def digest_of(path: Path) -> Digest:
    """The digest of one file. One that cannot be read must not hide the others, nor be passed over."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        return _unreadable(path, f"{path.name} is no JSON: {error}")
    return digest_of_document(document, path)


def digest_of_document(document: t.Any, path: Path) -> Digest:
    """The digest of what a file holds: a report, a failure, or neither."""
    if isinstance(document, dict) and document.get("failed") is True and "tenant" in document:
        return _of_failure(document, path)
    missing = [name for name in _NEEDED if not isinstance(document, dict) or name not in document]
    if missing:
        return _unreadable(
            path, f"{path.name} is no report of the role signin_baseline: it lacks {', '.join(missing)}."
        )
    try:
        return _of_report(document, path)
    except (AttributeError, KeyError, TypeError):
        # Another version's, or somebody's edit: it must not take the other tenants' reports with it.
        return _unreadable(path, f"{path.name} is no report of the role signin_baseline of this version.")


def _unreadable(path: Path, message: str) -> Digest:
    return Digest(
        path.name.removesuffix(".json").removesuffix(".failure"), "", "", UNREADABLE, str(path), message=message
    )


def _of_failure(failure: Json, path: Path) -> Digest:
    return Digest(
        tenant=str(failure["tenant"]),
        tenant_id=str(failure.get("tenant_id") or "").lower(),
        generated_at=str(failure.get("generated_at") or ""),
        status=FAILED,
        path=str(path),
        message=str(failure.get("message") or "The tenant failed."),
    )


def _of_report(report: Json, path: Path) -> Digest:
    entries = [*report["results"], *(one for one in report["requirements"] if report["license_tier"] in one["tiers"])]
    lacking = tuple(f"{one['statement']}: {one['holds'].replace('_', '-')}" for one in entries if one["holds"] != "yes")
    exceptions = report.get("exceptions") or []
    return Digest(
        tenant=str(report["tenant"]),
        tenant_id=str(report["tenant_id"]).lower(),
        generated_at=_moment(report["generated_at"]),
        status=_status(report),
        path=str(path),
        display_name=str(report.get("display_name") or ""),
        license_tier=str(report["license_tier"]),
        profile=str(report.get("profile") or ""),
        enforce=bool(report.get("enforce")),
        holding=len(entries) - len(lacking),
        asked=len(entries),
        lacking=lacking,
        active_exceptions=tuple(_exception(one) for one in exceptions if one["status"] == "active"),
        expired_exceptions=sum(one["status"] == "expired" for one in exceptions),
    )


def _moment(text: str) -> str:
    """The *text*, by which the newest is found. Raises TypeError for what is no moment."""
    if not _MOMENT.fullmatch(text):
        raise TypeError("generated_at is no moment in UTC")
    return text


def _status(report: Json) -> str:
    if report.get("check_mode"):
        return PENDING if report.get("plan") else OK
    return CHANGED if report.get("changed") else OK


def _exception(exception: Json) -> str:
    excluded = ", ".join([*exception["exclude_users"], *exception["exclude_groups"]])
    return f"{exception['policy']} leaves out {excluded} until {exception['until']} ({exception['reason']})"
