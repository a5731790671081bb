# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter that shows the report of the role signin_baseline as a short table."""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleFilterError

from ansible_collections.m365.entra.plugins.plugin_utils._rollout_table import rollout_lines

DOCUMENTATION = r"""
name: signin_baseline_table
short_description: The report of the role signin_baseline as a short table
description:
  - Shows for one tenant what Step 1 of sign-in security asks, what holds now, and which policies or settings see to it.
author: m365.entra contributors (@m365-entra)
options:
  _input:
    description: The report of one tenant, as the role P(m365.entra.signin_baseline#role) writes it to its JSON file.
    type: dict
    required: true
"""

EXAMPLES = r"""
- name: Show a report of yesterday
  ansible.builtin.debug:
    msg: "{{ report | from_json | m365.entra.signin_baseline_table }}"
  vars:
    report: "{{ lookup('ansible.builtin.file', 'signin-baseline-reports/contoso.json') }}"
"""

RETURN = r"""
_value:
  description: The lines of the table.
  type: list
  elements: str
"""

Report: t.TypeAlias = t.Mapping[str, t.Any]

MOST_NAMES = 3
MOST_STEPS = 3
SUBJECTS = {"mfa_registration_policy": "MFA registration", "self_service_password_reset": "Password reset"}
ENABLED_FOR = {"all": "all users", "selected": "a selected group", "none": "nobody"}
TIER_NAMES = {"free": "no premium licence", "p1": "Entra ID P1", "p2": "Entra ID P2"}


def table_lines(report: Report) -> list[str]:
    """Return the heading, one aligned line a result and requirement, and the remarks that explain what is missing."""
    entries = relevant_entries(report)
    notes = list(dict.fromkeys(entry["note"] for entry in entries if entry["note"]))
    return [
        heading(report),
        *aligned([titles(report), *(row(entry, notes) for entry in entries)]),
        *remarks(report, notes),
    ]


def heading(report: Report) -> str:
    """Return the line that says which tenant, tier and profile the table is about, and whether it is only a plan."""
    mode = "enforcing" if report["enforce"] else "staging only"
    planned = " - planned, nothing was written" if report["check_mode"] else ""
    tenant = report["tenant"]
    name = tenant if report["display_name"] == tenant else f"{tenant} ({report['display_name']})"
    return f"{name}: {TIER_NAMES[report['license_tier']]}, profile {report['profile']}, {mode}{planned}"


def relevant_entries(report: Report) -> list[Report]:
    """Return the three results of Step 1, then what it requires of a tenant with this tier."""
    required = [entry for entry in report["requirements"] if report["license_tier"] in entry["tiers"]]
    return [*report["results"], *required]


def titles(report: Report) -> tuple[str, str, str]:
    """Return the titles of the columns."""
    return ("Step 1 asks", "would hold" if report["check_mode"] else "holds now", "by")


def row(entry: Report, notes: list[str]) -> tuple[str, str, str]:
    """Return statement, answer, and the policies or settings that see to it with the number of what is to note."""
    number = f"({notes.index(entry['note']) + 1})" if entry["note"] else ""
    by = " ".join(part for part in (reason(entry), number) if part)
    return (entry["statement"], entry["holds"].replace("_", "-"), by or "-")


def reason(entry: Report) -> str:
    """Return what an answer rests on: policies or settings, or for whom password reset is on and who has registered."""
    if entry.get("total") is None:
        known = [enabled_for(entry)]
    else:
        known = [enabled_for(entry), f"{entry['registered']} of {entry['total']} registered{percentage(entry)}"]
    return "; ".join(part for part in known if part) or shortened(entry["by"])


def enabled_for(entry: Report) -> str:
    """Return for whom password reset is enabled and in which lane that was found; nothing where nobody can tell."""
    whom = ENABLED_FOR.get(entry.get("enabled_for", ""))
    return f"for {whom} ({entry['lane']})" if whom else ""


def percentage(entry: Report) -> str:
    """Return the share of those who have registered, rounded down: one who is missing must not look like none."""
    return f" ({entry['registered'] * 100 // entry['total']} %)" if entry["total"] else ""


def shortened(names: t.Sequence[str]) -> str:
    """Return the first names, and how many more there are: the full lists are in the report."""
    more = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def aligned(lines: list[tuple[str, str, str]]) -> list[str]:
    """Return the rows with their first two columns padded to the widest entry, and a rule below the titles."""
    widths = [max(len(line[column]) for line in lines) for column in (0, 1)]
    texts = [f"{line[0]:<{widths[0]}}  {line[1]:<{widths[1]}}  {line[2]}" for line in lines]
    return [texts[0], "-" * (sum(widths) + 6), *texts[1:]]


def remarks(report: Report, notes: list[str]) -> list[str]:
    """Return the numbered notes, and what else a reader must know beside the table."""
    lines = [f"({number}) {note}" for number, note in enumerate(notes, start=1)]
    if not report["enforce"] and report["license_tier"] == "free":
        lines.append(
            "This tier has no report-only: security defaults are left as they are "
            "until signin_baseline_enforce is true."
        )
    unmanaged = [policy["display_name"] for policy in report["unmanaged_policies"]]
    if unmanaged:
        lines.append(f"Policies that the baseline does not manage: {shortened(unmanaged)}")
    lines += [*exceptions(report), *report.get("notes", []), *manual_steps(report)]
    return [*lines, *rollout_lines(report.get("rollout", []))]


def exceptions(report: Report) -> list[str]:
    """Return who is left out of policies for a while."""
    return [
        f"Exception until {one['until']}: {one['policy']} leaves out "
        f"{', '.join([*one['exclude_users'], *one['exclude_groups']])} ({one['reason']})"
        for one in report.get("exceptions", [])
        if one["status"] == "active"
    ]


def manual_steps(report: Report) -> list[str]:
    """Return the first steps that a person has to do for each subject, and how many more there are."""
    lines = []
    for name, subject in SUBJECTS.items():
        steps = report.get(name, {}).get("manual_steps", [])
        lines += [f"{subject}, by hand: {with_link(step)}" for step in steps[:MOST_STEPS]]
        if len(steps) > MOST_STEPS:
            lines.append(f"{subject}, by hand: and {len(steps) - MOST_STEPS} more in the report")
    return lines


def with_link(step: Report) -> str:
    """Return a step with the page where it is done, where one is known."""
    return f"{step['text']} {step['link']}" if step["link"] else str(step["text"])


def signin_baseline_table(report: Report) -> list[str]:
    """Return table_lines; a report that lacks a part becomes an error of the filter that names it."""
    try:
        return table_lines(report)
    except KeyError as error:
        raise AnsibleFilterError(f"This is no report of the role signin_baseline: {error} is missing.") from error


class FilterModule:
    """The filter under its name."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        """Return the filters of this file by name."""
        return {"signin_baseline_table": signin_baseline_table}
