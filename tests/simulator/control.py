# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control endpoints below ``/_simulator``: tenants, journal, faults and profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .faults import InvalidFault
from .json_types import JsonObject, JsonValue
from .messages import MalformedBody, Request, Response
from .profile import InvalidProfile
from .seed import InvalidSeed, dump
from .tenants import DuplicateTenant

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
    except (InvalidSeed, InvalidFault, InvalidProfile) as error:
        return ControlError(400, "BadRequest", str(error)).response
    except MalformedBody as error:
        return ControlError(400, "BadRequest", f"the body is no JSON: {error}").response
    except DuplicateTenant as error:
        return ControlError(409, "Conflict", str(error)).response
    except ControlError as error:
        return error.response


def _answer(request: Request, simulator: Simulator) -> Response:
    match request.method, request.segments[1:]:
        case "GET", ("tenants",):
            return Response(200, {"tenants": [tenant.public_entry() for tenant in simulator.tenants.all()]})
        case "POST", ("tenants",):
            return Response(201, simulator.create_tenant(request.json()))
        case "GET", ("tenants", identifier):
            return Response(200, _dumped(simulator, identifier))
        case "DELETE", ("tenants", identifier):
            return _deleted(simulator, identifier)
        case "GET", ("requests",):
            return Response(200, {"requests": _requests(request, simulator)})
        case "DELETE", ("requests",):
            simulator.journal.clear()
            return Response(204)
        case "GET", ("faults",):
            return Response(200, simulator.faults.as_json())
        case "PUT", ("faults",):
            simulator.faults.replace(request.json())
            return Response(200, simulator.faults.as_json())
        case "GET", ("profile",):
            return Response(200, simulator.profile.as_json())
        case "PUT", ("profile",):
            return Response(200, _changed_profile(simulator, request.json()))
    raise ControlError(404, "NotFound", f"there is no {request.method} {request.path}")


def _dumped(simulator: Simulator, identifier: str) -> JsonObject:
    tenant = simulator.tenants.find(identifier)
    if tenant is None:
        raise ControlError(404, "NotFound", f"there is no tenant {identifier}")
    with tenant.lock:
        return dump(tenant)


def _deleted(simulator: Simulator, identifier: str) -> Response:
    if not simulator.delete_tenant(identifier):
        raise ControlError(404, "NotFound", f"there is no tenant {identifier}")
    return Response(204)


def _requests(request: Request, simulator: Simulator) -> list[JsonObject]:
    return simulator.journal.entries(tenant=request.query.get("tenant"), service=request.query.get("service"))


def _changed_profile(simulator: Simulator, changes: JsonValue) -> JsonObject:
    if not isinstance(changes, dict):
        raise ControlError(400, "BadRequest", "the body must be an object of settings")
    simulator.profile = simulator.profile.merged(changes)
    return simulator.profile.as_json()
