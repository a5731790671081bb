# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the bodies that a run sent to Graph v1.0 against Microsoft's published schema.

    report = report_on_bodies(simulator.requests(), published_schema(path_of_the_csdl_file))
    assert report.checked and not report.faults, report

``entries`` are those of the simulator's journal; of each, ``service``, ``method``, ``path`` and ``body`` count. For
journals in files, with one entry a line: ``PYTHONPATH=tests python -m contract.journal_bodies SCHEMA JOURNAL...``
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from .schema_document import PublishedSchema, published_schema
from .schema_paths import Place, place_at
from .schema_values import ValueCheck, ValueFault

VERSION = "/v1.0"
BATCH = "/$batch"


@dataclass(frozen=True)
class SentBody:
    """A body and where it was sent; ``path`` is below the version and has no query."""

    method: str
    path: str
    body: Any


@dataclass(frozen=True)
class BodyFault:
    """Something in a sent body that does not parse as the type of its path."""

    sent: SentBody
    fault: ValueFault

    def __str__(self) -> str:
        return f"{self.sent.method} {self.sent.path}: {self.fault}"


@dataclass(frozen=True)
class BodyReport:
    """How many bodies were checked, and what is wrong with them."""

    checked: int
    faults: tuple[BodyFault, ...]

    def __str__(self) -> str:
        return "\n".join([f"{self.checked} bodies checked", *map(str, self.faults)])


def report_on_bodies(entries: Iterable[Mapping[str, Any]], schema: PublishedSchema) -> BodyReport:
    """Check every body in the journal that went to Graph v1.0, those inside batches too."""
    bodies = [sent for entry in entries for sent in _sent_bodies(entry)]
    faults = (BodyFault(sent, fault) for sent in bodies for fault in body_faults(sent, schema))
    return BodyReport(len(bodies), tuple(faults))


def body_faults(sent: SentBody, schema: PublishedSchema) -> Iterator[ValueFault]:
    """Yield what is wrong with one body."""
    place = place_at(schema, sent.path)
    if place is None:
        yield ValueFault("", "the schema has nothing at this path")
    elif not isinstance(sent.body, dict):
        yield ValueFault("", "an object was expected")
    elif not _takes_a_body(sent.method, place):
        yield ValueFault("", f"{sent.method} takes no body here")
    elif place.reference:
        yield from _reference_faults(sent.body)
    elif place.parameters is not None:
        yield from ValueCheck(schema).member_faults(sent.body, place.parameters)
    else:
        yield from ValueCheck(schema).object_faults(sent.body, place.type_name)


def _takes_a_body(method: str, place: Place) -> bool:
    if place.parameters is not None or place.collection:
        return method == "POST"
    return method in ("PATCH", "PUT")


def _reference_faults(body: dict[str, Any]) -> Iterator[ValueFault]:
    if not isinstance(body.get("@odata.id"), str):
        yield ValueFault("@odata.id", "the address of an object was expected")
    for name in sorted(set(body) - {"@odata.id"}):
        yield ValueFault(name, "no part of a reference")


def _sent_bodies(entry: Mapping[str, Any]) -> Iterator[SentBody]:
    version, path = entry["path"][: len(VERSION)], entry["path"][len(VERSION) :]
    if entry["service"] != "graph" or version != VERSION or entry["body"] is None:
        return
    if path != BATCH or not isinstance(entry["body"], dict):
        yield SentBody(entry["method"], path, entry["body"])
        return
    for item in entry["body"].get("requests", ()):
        if item.get("body") is not None:
            address = unquote(item["url"].partition("?")[0])
            yield SentBody(item["method"], f"/{address.lstrip('/')}", item["body"])


def main(arguments: Sequence[str]) -> int:
    """Print the report on journals in files; 1 where something is wrong with a body or there was none."""
    schema, *journals = map(Path, arguments)
    lines = (line for journal in journals for line in journal.read_text(encoding="utf-8").splitlines())
    report = report_on_bodies(map(json.loads, lines), published_schema(schema))
    print(report)
    return 0 if report.checked and not report.faults else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
