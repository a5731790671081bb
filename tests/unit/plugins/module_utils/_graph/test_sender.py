# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns and repetitions together: a request ends when its time is over, whatever it waits for."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import ServiceRefused
from ansible_collections.m365.entra.plugins.module_utils._graph.limiter import Limiter
from ansible_collections.m365.entra.plugins.module_utils._graph.paces import OwnPaces
from ansible_collections.m365.entra.plugins.module_utils._graph.retry import RetryPolicy
from ansible_collections.m365.entra.plugins.module_utils._graph.sender import Sender
from ansible_collections.m365.entra.plugins.module_utils._graph.service_errors import service_error
from ansible_collections.m365.entra.plugins.module_utils._graph.transport import Answer

URL = "https://graph.microsoft.com/v1.0/identity/conditionalAccess/policies"


@dataclass
class Busy:
    """A service that throttles everything, and time that only waiting moves."""

    now: float = 1000.0
    others: int = 0
    paces: OwnPaces = field(default_factory=OwnPaces)

    def sleep(self, seconds: float) -> None:
        """Let the time pass in which others take turns."""
        self.now += seconds

    def send(self, *_given: t.Any) -> Answer:
        """Throttle, while *others* take the next turns."""
        other = self.limiter()
        other.throttled(URL, self.now)
        for _turn in range(self.others):
            other.seconds_to_wait(URL)
        return Answer(429, {}, b"{}")

    def limiter(self) -> Limiter:
        """The limiter of one process."""
        return Limiter(self.paces, clock=lambda: self.now)

    def sender(self, deadline: float) -> Sender:
        """What sends to this service."""
        transport = t.cast(t.Any, self)
        return Sender(
            lambda: transport, lambda method: {}, service_error, self.limiter(), RetryPolicy(deadline=deadline)
        )


@pytest.mark.parametrize("others", [0, 3, 40])
@pytest.mark.parametrize("deadline", [0, 10, 60])
def test_no_attempt_begins_after_the_deadline(others: int, deadline: float) -> None:
    service = Busy(others=others)
    with pytest.raises(ServiceRefused) as failure:
        service.sender(deadline).request("GET", URL, None)
    assert service.now - 1000 <= deadline
    assert failure.value.status == 429
