# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sends requests to one service, waits and repeats as the rules allow, and raises what is not a success."""

from __future__ import annotations

import typing as t
from urllib.parse import urlsplit

from .errors import EntraError, OutcomeUnknown, ServiceRefused
from .limiter import Limiter, rate_of
from .retry import THROTTLED, RetryPolicy, is_unclear
from .transport import Answer, NoAnswer, Transport

Headers = t.Mapping[str, str]
ErrorOf = t.Callable[[str, str, int, Headers, bytes], ServiceRefused]


class Sender:
    """*open_transport* gives the transport, *headers_of* the headers of a request by its method, *error_of* the error
    of a refusal by method, path, status, headers and body."""

    def __init__(
        self,
        open_transport: t.Callable[[], Transport],
        headers_of: t.Callable[[str], dict[str, str]],
        error_of: ErrorOf,
        limiter: Limiter | None = None,
        retry: RetryPolicy | None = None,
    ) -> None:
        self._open_transport = open_transport
        self._headers_of = headers_of
        self._error_of = error_of
        self._limiter = limiter or Limiter()
        self._retry = retry or RetryPolicy()

    def request(self, method: str, url: str, body: t.Any, *, only_reads: bool = False) -> Answer:
        """The answer with a status of success to *method* at the absolute *url*.

        *only_reads*: it changes nothing whatever its method is, so that it is repeated like any read.
        """
        rules = "GET" if only_reads else method
        attempt, began = 1, self._limiter.now()
        while True:
            answer, problem = self._attempt(method, url, body, self._limiter.now() - began)
            if answer is not None and answer.is_success:
                return answer
            retry_after = answer.headers.get("retry-after") if answer else None
            status = answer.status if answer else None
            elapsed, has_turns = self._limiter.now() - began, rate_of(urlsplit(url).path) is not None
            wait = self._retry.wait_before_retry(
                rules, status, attempt, retry_after, elapsed=elapsed, takes_turns=has_turns
            )
            if wait is None:
                raise self._failure(method, url, answer, problem, may_write=rules != "GET")
            self._open_transport().sleep(wait)
            attempt += 1

    def wait_for_turn(self, path: str) -> None:
        """Wait until the rate limit lets the next request, one to *path*, through at once."""
        self._wait(self._limiter.hold(path, self._retry.deadline), path, self._retry.deadline)

    def _wait(self, seconds: float, path: str, longest: float) -> None:
        if seconds > longest:
            # For whoever asked, that is as if the service had throttled it to the end.
            raise ServiceRefused(
                f"{path}: so many requests to this tenant are waiting for their turn that this one would wait for "
                f"{seconds:.0f} seconds.",
                remedy="Run fewer playbooks against the tenant at once, or give more time as retry_deadline.",
                status=THROTTLED,
            )
        if seconds:
            self._open_transport().sleep(seconds)

    def _attempt(self, method: str, url: str, body: t.Any, elapsed: float) -> tuple[Answer | None, NoAnswer | None]:
        path, left = urlsplit(url).path, max(0.0, self._retry.deadline - elapsed)
        self._wait(self._limiter.seconds_to_wait(path, left), path, left)
        sent = self._limiter.now()
        try:
            answer = self._open_transport().send(method, url, self._headers_of(method), body)
        except NoAnswer as problem:
            return None, problem
        if answer.status == THROTTLED:
            self._limiter.throttled(path, sent)
        elif answer.is_success:
            self._limiter.succeeded(path)
        return answer, None

    def _failure(
        self, method: str, url: str, answer: Answer | None, problem: NoAnswer | None, *, may_write: bool
    ) -> EntraError:
        path = urlsplit(url).path
        if answer is None:
            cause: EntraError = problem or EntraError(f"{method} {path} got no answer.")
        else:
            cause = self._error_of(method, path, answer.status, answer.headers, answer.body)
        unclear = answer is None or is_unclear(answer.status)
        if may_write and unclear:
            return OutcomeUnknown(
                f"It is not known whether this was carried out: {cause.message}",
                remedy="Run again: what holds now is read first, and nothing is done twice.",
                request_id=cause.request_id,
                status=cause.status,
            )
        return cause
