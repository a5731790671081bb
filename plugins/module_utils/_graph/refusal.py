# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads what an error answer says, whatever its body looks like (facts section 0.2)."""

from __future__ import annotations

import json
import re
import typing as t
from dataclasses import dataclass

_NUMBERED = re.compile(r"^\s*(\d{4}):\s*(.*)", re.DOTALL)

# What the service says in one of its two shapes, while the cause stands in the inner error.
_GENERIC = "The server could not process the request because it is malformed or incorrect"

_LONGEST_TEXT = 1000

# For a body that was cut off and is no JSON any more: a name with the text that follows it.
_MEMBER = r'"{name}"\s*:\s*"((?:[^"\\]|\\.)*)"?'


@dataclass(frozen=True)
class Refusal:
    """What an error answer says.

    *code* is the service's error code, *number* the four digits that Conditional Access puts before its text, *text*
    the most telling text with that number, *request_id* what Microsoft's support asks for. Each may be empty.
    *is_web_page*: the body is HTML, which Microsoft Graph never sends. *challenge* is the header WWW-Authenticate.
    """

    status: int
    code: str = ""
    number: str = ""
    text: str = ""
    request_id: str = ""
    is_web_page: bool = False
    challenge: str = ""

    @property
    def is_generic(self) -> bool:
        """Whether the service said no more than that it did not like the request."""
        return not self.number and self.text.startswith(_GENERIC)


def read_refusal(status: int, headers: t.Mapping[str, str], body: bytes) -> Refusal:
    """What the answer says: *headers* with lower-case names, *body* as received (any or no content)."""
    content = body.decode("utf-8", errors="replace").strip()
    error = _error_of(content)
    inner = _inner(error)
    text = _telling(error, inner)
    numbered = _NUMBERED.match(text)
    return Refusal(
        status=status,
        code=str(error.get("code") or "").strip(),
        number=numbered.group(1) if numbered else "",
        text=text,
        request_id=_request_id(headers, error, inner),
        is_web_page=content[:1] == "<",
        challenge=headers.get("www-authenticate", ""),
    )


def _error_of(content: str) -> t.Mapping[str, t.Any]:
    """The error object in any envelope: Microsoft Graph's, the older odata.error, OAuth's, or one in a list."""
    try:
        parsed = json.loads(content)
    except ValueError:
        return _salvaged(content)
    if isinstance(parsed, list):
        parsed = next((one for one in parsed if isinstance(one, dict)), {})
    if not isinstance(parsed, dict):
        return {}
    error = parsed.get("error") or parsed.get("odata.error")
    if isinstance(error, str):
        return {"code": error}
    return error if isinstance(error, dict) else {}


def _salvaged(content: str) -> t.Mapping[str, t.Any]:
    """What can still be read of a JSON error that was cut off."""
    if not content.startswith("{"):
        return {}
    messages = _members(content, "message")
    return {
        "code": next(iter(_members(content, "code")), ""),
        "message": next(iter(messages), ""),
        "innerError": {
            "message": messages[-1] if messages else "",
            "request-id": next(iter(_members(content, "request-id")), ""),
        },
    }


def _members(content: str, name: str) -> list[str]:
    found = re.findall(_MEMBER.format(name=name), content)
    return [one.replace('\\"', '"') for one in found if one]


def _inner(error: t.Mapping[str, t.Any]) -> t.Mapping[str, t.Any]:
    inner = error.get("innerError") or error.get("innererror")
    return inner if isinstance(inner, dict) else {}


def _telling(error: t.Mapping[str, t.Any], inner: t.Mapping[str, t.Any]) -> str:
    """The useful text: the numbered one, which is in error.message or in error.innerError.message (two shapes)."""
    candidates = [text for text in (_text(error.get("message")), _text(inner.get("message"))) if text]
    numbered = [text for text in candidates if _NUMBERED.match(text)]
    telling = [text for text in candidates if not text.startswith(_GENERIC)]
    text = (numbered or telling or candidates or [""])[0]
    return text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + "..."


def _text(message: t.Any) -> str:
    """A message as text; the older envelope wraps it with its language."""
    if isinstance(message, dict):
        message = message.get("value")
    return str(message or "").strip()


def _request_id(headers: t.Mapping[str, str], error: t.Mapping[str, t.Any], inner: t.Mapping[str, t.Any]) -> str:
    """The service's id of the request; failing that the id that we gave it."""
    candidates = (
        headers.get("request-id"),
        inner.get("request-id"),
        inner.get("requestId"),
        error.get("requestId"),
        headers.get("client-request-id"),
        inner.get("client-request-id"),
    )
    return next((str(one).strip() for one in candidates if one), "")
