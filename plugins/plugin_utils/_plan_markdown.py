# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A plan as Markdown, for people who decide about it in a merge request. Private to this collection."""

from __future__ import annotations

import json
import re
import typing as t

from ansible_collections.m365.entra.plugins.plugin_utils._plan_summary import Json, status_of

STATUS_TEXTS = {
    "nothing_to_do": "nothing to do",
    "changes_pending": "{count} pending",
    "changed": "{count} made",
    "blocked": "**blocked**",
    "failed": "**failed**",
}
_LINE_BREAKS = re.compile(r"\s*[\r\n\u0085\u2028\u2029]+\s*")
_NO_SPACE = "&#8203;"
_BACKTICKS = re.compile("`+")


def plan_document(results: t.Mapping[str, Json]) -> str:
    """Return one section for each tenant, in the order of *results*: what a task returned, by the tenant's name."""
    return "\n\n".join(section(name, result) for name, result in results.items()) + "\n"


def section(name: str, result: Json) -> str:
    """Return the heading of one tenant, its plan as a table, each step's changes, and what stands in the way."""
    plan: t.Sequence[Json] = result.get("plan") or []
    parts = [
        f"### {code(name)}: {status_text(result, len(plan))}",
        *in_the_way(result),
        *([table(plan)] if plan else []),
        *guards(result),
        *(details(number, step) for number, step in enumerate(plan, start=1) if step.get("changes")),
        *warnings(result),
    ]
    return "\n\n".join(parts)


def status_text(result: Json, count: int) -> str:
    """Return the status in words, with the number of changes."""
    changes = "1 change" if count == 1 else f"{count} changes"
    return STATUS_TEXTS.get(status_of(result), status_of(result)).format(count=changes)


def in_the_way(result: Json) -> list[str]:
    """Return what stands in the way of a failed task, as a quotation."""
    return [f"> {plain(str(result.get('msg') or 'The task failed.'))}"] if result.get("failed") else []


def guards(result: Json) -> list[str]:
    """Return the guards that were asked, which of them blocked, and what those that did not have to say."""
    asked: t.Sequence[Json] = result.get("guards") or ()
    answers = [f"{code(one['guard'])} {one['outcome']}" for one in asked]
    # What blocked has been quoted already.
    said = [
        f"- {code(one['guard'])}: {plain(str(one['reason']))}"
        for one in asked
        if one.get("reason") and one["outcome"] != "blocked"
    ]
    return ["\n".join([f"Guards: {', '.join(answers)}", *(["", *said] if said else [])])] if answers else []


def table(plan: t.Sequence[Json]) -> str:
    """Return the steps in their order, with the phases that are verified one after the other."""
    rows = [
        f"| {number} | {cell(step['phase'])} | {cell(step['operation'])} {cell(step['resource'])} "
        f"| {code(step['name'])} | {cell(step['reason'])} "
        f"| {', '.join(map(str, step.get('depends_on') or ())) or '-'} |"
        for number, step in enumerate(plan, start=1)
    ]
    return "\n".join(["| # | phase | step | object | why | after |", "|--:|---|---|---|---|---|", *rows])


def details(number: int, step: Json) -> str:
    """Return the changes of one step, folded away."""
    rows = [
        f"| {code(change['path'])} | {value(change['before'])} | {value(change['after'])} |"
        for change in step["changes"]
    ]
    head = f"<details><summary>{number}. {harmless_html(str(step['name']))}</summary>"
    return "\n".join([head, "", "| setting | before | after |", "|---|---|---|", *rows, "", "</details>"])


def warnings(result: Json) -> list[str]:
    """Return the warnings of the task as a list."""
    found = [f"- {plain(str(text))}" for text in result.get("warnings") or ()]
    return ["**Warnings**\n\n" + "\n".join(found)] if found else []


def value(content: t.Any) -> str:
    """Return a value as one cell."""
    if content in (None, "", [], {}):
        return "-"
    if isinstance(content, list):
        return ", ".join(value(one) for one in content)
    return code(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False))


def code(text: t.Any) -> str:
    """Return a text that is shown as it is: no name, address or mention in it means anything to who renders it."""
    line = _LINE_BREAKS.sub(" ", str(text)).strip() or " "
    longest = max((len(found) for found in _BACKTICKS.findall(line)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if longest else ""
    return f"{fence}{pad}{line}{pad}{fence}".replace("|", "\\|")


def cell(text: t.Any) -> str:
    """Return our own words as a cell."""
    return plain(str(text)).replace("|", "\\|")


def plain(text: str) -> str:
    """Return a sentence on one line, in which nothing is markup or a mention."""
    return escaped(_LINE_BREAKS.sub(" ", text).strip())


def escaped(text: str) -> str:
    """Return *text* with what Markdown and HTML would take for markup made harmless; no @ mentions anybody."""
    # The number of an entity is no heading.
    return re.sub(r"([\\`*_{}\[\]!~]|(?<!&)#)", r"\\\1", harmless_html(text))


def harmless_html(text: str) -> str:
    """Return *text* for a place where Markdown is not rendered but HTML and mentions are."""
    line = _LINE_BREAKS.sub(" ", text)
    harmless = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # Mentions are looked for in what is rendered, where an entity for the character itself is that character.
    return re.sub(r"(?<![A-Za-z0-9_])@", f"@{_NO_SPACE}", harmless)
