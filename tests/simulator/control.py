# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control endpoints below ``/_simulator``: tenants, journal, faults, profile and the sign-ins of people."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .faults import InvalidFault
from .judged_sign_ins import InvalidJudgedSignIn, write_sign_ins
from .messages import MalformedBody, Request, Response
from .profile import InvalidProfile
from .seed import dump
from .seed_objects import InvalidSeed
from .tenants import DuplicateTenant
from .token_service.sign_ins import DecisionError

if TYPE_CHECKING:
    from .simulator import Simulator


class ControlError(Exception):
    """A control request that cannot be done."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.response = Response(status, {"error": {"code": code, "message": message}})


def control_answer(request: Request, simulator: Simulator) -> Response:
    """Answer a request below ``/_simulator``."""
    if not request.comes_from_loopback:
        return ControlError(403, "Forbidden", "control requests are accepted from loopback only").response
    try:
        return _answer(request, simulator)
    except (InvalidSeed, InvalidFault, InvalidProfile, InvalidJudgedSignIn, DecisionError) as error:
        return ControlError(400, "BadRequest", str(error)).response
    except MalformedBody as error:
        return ControlError(400, "BadRequest", f"the body is no JSON: {error}").response
    except DuplicateTenant as error:
        return ControlError(409, "Conflict", str(error)).response
    except ControlError as error:
        return error.response


def _answer(request: Request, simulator: Simulator) -> Response:
    name, identifiers = request.segments[1:2], request.segments[2:]
    operations = OPERATIONS_ON_ONE if identifiers else OPERATIONS
    operation = operations.get((request.method, "/".join(name))) if len(identifiers) < 2 else None
    if operation is None:
        raise ControlError(404, "NotFound", f"there is no {request.method} {request.path}")
    return operation(request, simulator)


def _list_tenants(_request: Request, simulator: Simulator) -> Response:
    return Response(200, {"tenants": [tenant.public_entry() for tenant in simulator.tenants.all()]})


def _create_tenant(request: Request, simulator: Simulator) -> Response:
    return Response(201, simulator.create_tenant(request.json()))


def _dump_tenant(request: Request, simulator: Simulator) -> Response:
    tenant = simulator.tenants.find(request.segments[2])
    if tenant is None:
        raise _no_tenant(request.segments[2])
    with tenant.lock:
        return Response(200, dump(tenant))


def _delete_tenant(request: Request, simulator: Simulator) -> Response:
    if not simulator.delete_tenant(request.segments[2]):
        raise _no_tenant(request.segments[2])
    return Response(204)


def _list_requests(request: Request, simulator: Simulator) -> Response:
    wanted = request.query
    entries = simulator.journal.entries(tenant=wanted.get("tenant"), service=wanted.get("service"))
    return Response(200, {"requests": entries})


def _clear_requests(_request: Request, simulator: Simulator) -> Response:
    simulator.journal.clear()
    return Response(204)


def _show_faults(_request: Request, simulator: Simulator) -> Response:
    return Response(200, simulator.faults.as_json())


def _replace_faults(request: Request, simulator: Simulator) -> Response:
    simulator.faults.replace(request.json())
    return Response(200, simulator.faults.as_json())


def _show_profile(_request: Request, simulator: Simulator) -> Response:
    return Response(200, simulator.profile.as_json())


def _change_profile(request: Request, simulator: Simulator) -> Response:
    changes = request.json()
    if not isinstance(changes, dict):
        raise ControlError(400, "BadRequest", "the body must be an object of settings")
    simulator.profile = simulator.profile.merged(changes)
    return Response(200, simulator.profile.as_json())


def _decide_sign_in(request: Request, simulator: Simulator) -> Response:
    decision, body = request.segments[2], request.json()
    needed = {"approve": {"user_code", "user_id"}, "deny": {"user_code"}}.get(decision)
    if needed is None:
        raise ControlError(404, "NotFound", f"there is no POST {request.path}")
    if not isinstance(body, dict) or set(body) != needed or not all(isinstance(text, str) for text in body.values()):
        raise ControlError(400, "BadRequest", f"the body must be an object of {' and '.join(sorted(needed))}")
    if not simulator.decide_sign_in(body["user_code"], body.get("user_id")):
        raise ControlError(404, "NotFound", f"nobody was told the code {body['user_code']}")
    return Response(204)


def _write_sign_ins(request: Request, simulator: Simulator) -> Response:
    tenant = simulator.tenants.find(request.segments[2])
    if tenant is None:
        raise _no_tenant(request.segments[2])
    return Response(201, {"count": write_sign_ins(tenant, simulator.profile, request)})


def _no_tenant(identifier: str) -> ControlError:
    return ControlError(404, "NotFound", f"there is no tenant {identifier}")


ControlOperation = Callable[[Request, "Simulator"], Response]

OPERATIONS: dict[tuple[str, str], ControlOperation] = {
    ("GET", "tenants"): _list_tenants,
    ("POST", "tenants"): _create_tenant,
    ("GET", "requests"): _list_requests,
    ("DELETE", "requests"): _clear_requests,
    ("GET", "faults"): _show_faults,
    ("PUT", "faults"): _replace_faults,
    ("GET", "profile"): _show_profile,
    ("PUT", "profile"): _change_profile,
}
OPERATIONS_ON_ONE: dict[tuple[str, str], ControlOperation] = {
    ("GET", "tenants"): _dump_tenant,
    ("DELETE", "tenants"): _delete_tenant,
    ("POST", "device_codes"): _decide_sign_in,
    ("POST", "sign_ins"): _write_sign_ins,
}
