# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Audits many tenants at once: processes for the processors, threads for the time that answers take. Private.

A process of Ansible's own for each task of each tenant costs more than what the task does.
"""

from __future__ import annotations

import multiprocessing
import os
import typing as t
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait

from ansible.errors import AnsibleError

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import EntraError
from ansible_collections.m365.entra.plugins.plugin_utils._audit.audited import Audited, audited, failed, message_of
from ansible_collections.m365.entra.plugins.plugin_utils._audit.clashes import clashes
from ansible_collections.m365.entra.plugins.plugin_utils._audit.lifeline import Lifeline
from ansible_collections.m365.entra.plugins.plugin_utils._audit.tenant import HostVariables, Place, Tenant

VariablesOf: t.TypeAlias = t.Callable[[str], HostVariables]
# Forks have the SDKs and the inventory at once.
_FORKS = multiprocessing.get_context("fork")


@dataclass
class _Known:
    """What is known of a host so far."""

    place: Place | None = None
    tenant: Tenant | None = None


@dataclass(frozen=True)
class Audit:
    """How hosts are audited: *variables_of* a host's name, at most so many *at_once*, and *folder*, to which the files
    that the connection's options name are relative.
    """

    variables_of: VariablesOf
    at_once: int
    folder: str
    diff: bool = False

    def all(self, hosts: t.Sequence[str]) -> Iterator[Audited]:
        """Each host as soon as it is done. One that fails, however it does, is told as failed and stops no other."""
        refused = clashes(hosts, self._place)
        yield from (failed(host, None, message) for host, message in refused.items())
        yield from self._answered([host for host in hosts if host not in refused])

    def _answered(self, hosts: t.Sequence[str]) -> Iterator[Audited]:
        processes = min(_processors(), self.at_once, len(hosts))
        slices = [tuple(hosts[number::processes]) for number in range(processes)]
        threads = -(-self.at_once // max(processes, 1))
        lifeline = Lifeline()
        try:
            running = {self._started(hosts_of_it, threads, lifeline): set(hosts_of_it) for hosts_of_it in slices}
            while running:
                for connection in wait(list(running)):
                    yield from self._answers(t.cast(Connection, connection), running)
        finally:
            # A task may be stopped, by its timeout or by whoever runs it.
            lifeline.let_go()

    def _started(self, hosts: tuple[str, ...], threads: int, lifeline: Lifeline) -> Connection:
        """The connection on which a new process tells what became of its hosts."""
        receiving, sending = _FORKS.Pipe(duplex=False)
        process = _FORKS.Process(target=self._slice, args=(hosts, threads, sending, lifeline), daemon=True)
        process.start()
        sending.close()
        return receiving

    def _answers(self, connection: Connection, running: dict[Connection, set[str]]) -> Iterator[Audited]:
        """What a process says next, or that it has ended with hosts left over."""
        try:
            answer: Audited = connection.recv()
        # In the middle of an answer, what has ended is an error of the system.
        except (EOFError, OSError):
            connection.close()
            message = "The process that looked at the tenant ended early. Run the audit again."
            yield from (failed(host, self._place(host), message) for host in sorted(running.pop(connection)))
            return
        running[connection].discard(answer.digest.tenant)
        yield answer

    def _place(self, host: str) -> Place | None:
        try:
            return self.variables_of(host).place()
        except (AnsibleError, EntraError):
            return None  # which a host says that has no good variables

    def _slice(self, hosts: tuple[str, ...], threads: int, sending: Connection, lifeline: Lifeline) -> None:
        """Audit some hosts in this process and send each when it is done."""
        lifeline.bind()
        all_known = {host: _Known() for host in hosts}
        with ThreadPoolExecutor(1) as pool:
            # Before anything else, since templates are rendered where Ansible was started, and in one thread.
            described = {host: pool.submit(self._describe, host, known) for host, known in all_known.items()}
        os.chdir(self.folder)
        with ThreadPoolExecutor(min(threads, len(hosts))) as pool:
            names = {pool.submit(self._look_at, tenant): host for host, tenant in described.items()}
            described.clear()
            for future in as_completed(names):
                error, host = future.exception(), names.pop(future)
                known = all_known.pop(host)
                sending.send(
                    future.result() if error is None else failed(host, known.place, message_of(error, known.tenant))
                )

    def _describe(self, host: str, known: _Known) -> Tenant:
        variables = self.variables_of(host)
        known.place = variables.place()
        known.tenant = variables.tenant(known.place)
        return known.tenant

    def _look_at(self, described: Future[Tenant]) -> Audited:
        return audited(described.result(), diff=self.diff)


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
