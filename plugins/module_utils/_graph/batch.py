# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many small writes in few requests, each of which may be sent twice without harm (facts section 13.1)."""

from __future__ import annotations

import json
import typing as t
from dataclasses import dataclass, field

from .errors import OutcomeUnknown, ServiceRefused
from .service_errors import service_error
from .session import Json, Session

BATCH = "/$batch"
MOST_REQUESTS = 20
# Throttled, in conflict with another write of the same moment, or nobody knows: worth sending again.
_PASSING = frozenset({409, 429, 500, 502, 503, 504})
_WAITS_SECONDS = (1.0, 2.0, 5.0, 10.0, 20.0)
_LONGEST_GIVEN_WAIT_SECONDS = 120.0


@dataclass(frozen=True)
class BatchRequest:
    """One write of a batch: *path* is relative to the API version. Sending it again must do no harm."""

    method: str
    path: str
    body: Json | None = None


@dataclass(frozen=True)
class BatchAnswer:
    """What the service answered to one write; a *status* of 0 means that it said nothing of it."""

    status: int
    body: Json = field(default_factory=dict)
    headers: t.Mapping[str, str] = field(default_factory=dict)

    @property
    def is_success(self) -> bool:
        """Whether the write was carried out."""
        return 200 <= self.status < 300

    @property
    def is_passing(self) -> bool:
        """Whether the same write may succeed a little later."""
        return self.status == 0 or self.status in _PASSING

    @property
    def seconds_to_wait(self) -> float:
        """What the answer itself says to wait; 0 where it says nothing."""
        given = self.headers.get("retry-after", "").strip()
        return min(float(given), _LONGEST_GIVEN_WAIT_SECONDS) if given.isdigit() else 0.0

    def refusal(self, request: BatchRequest) -> ServiceRefused:
        """The answer to *request* as the error that a request of its own would have raised."""
        if self.status == 0:
            return ServiceRefused(f"{request.method} {request.path}: the answer to the batch does not speak of it.")
        return service_error(request.method, request.path, self.status, self.headers, json.dumps(self.body).encode())


Answered = tuple[BatchRequest, BatchAnswer]


def send_in_batches(session: Session, requests: t.Sequence[BatchRequest]) -> t.Iterator[Answered]:
    """The answers to *requests* in their order, as batches are answered: what was done is known when one fails later.

    What is throttled or unclear is sent again, some times. Raises OutcomeUnknown when a whole batch stays without an
    answer, and any other EntraError that concerns all requests alike.
    """
    for start in range(0, len(requests), MOST_REQUESTS):
        yield from _answered(session, requests[start : start + MOST_REQUESTS])


def _answered(session: Session, requests: t.Sequence[BatchRequest]) -> list[Answered]:
    pending = dict(enumerate(requests))
    answers: dict[int, BatchAnswer] = {}
    for seconds in (*_WAITS_SECONDS, None):
        answers.update(_asked(session, pending, is_last=seconds is None))
        pending = {number: requests[number] for number, answer in answers.items() if answer.is_passing}
        if not pending or seconds is None:
            break
        session.sleep(max([seconds, *(answers[number].seconds_to_wait for number in pending)]))
    return [(one, answers[number]) for number, one in enumerate(requests)]


def _asked(session: Session, pending: t.Mapping[int, BatchRequest], *, is_last: bool) -> dict[int, BatchAnswer]:
    """The answers to one batch; where none came, that is not known of any of its requests."""
    try:
        return _sent(session, pending)
    except OutcomeUnknown:
        if is_last:
            raise
        return dict.fromkeys(pending, BatchAnswer(0))


def _sent(session: Session, requests: t.Mapping[int, BatchRequest]) -> dict[int, BatchAnswer]:
    answer = session.post(BATCH, {"requests": [_item(number, one) for number, one in requests.items()]})
    found = {str(one.get("id")): one for one in answer.get("responses") or [] if isinstance(one, dict)}
    return {number: _answer_in(found.get(str(number))) for number in requests}


def _item(number: int, request: BatchRequest) -> Json:
    item: Json = {"id": str(number), "method": request.method, "url": request.path}
    if request.body is None:
        return item
    return {**item, "headers": {"Content-Type": "application/json"}, "body": request.body}


def _answer_in(response: Json | None) -> BatchAnswer:
    if response is None:
        return BatchAnswer(0)
    body = response.get("body")
    headers = {str(name).lower(): str(value) for name, value in (response.get("headers") or {}).items()}
    return BatchAnswer(int(response.get("status") or 0), body if isinstance(body, dict) else {}, headers)
