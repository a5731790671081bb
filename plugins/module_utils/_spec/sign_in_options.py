# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options that describe a sign-in and what is expected to become of it."""

from __future__ import annotations

from .._evaluation.device_properties import FLAGS, LISTS, OPTIONS, TEXTS
from .._evaluation.evaluation import OUTCOMES
from .._evaluation.sign_in import MEMBER, NO_FLOW, NO_RISK
from .._evaluation.sign_in_test import USER_ACTIONS
from .._evaluation.wanted_tests import FAIL, REPORT
from .._policy import vocabulary as words
from .argument_spec import Options

_ANY = "all"
_RISKS = [NO_RISK, "low", "medium", "high"]


def _text(*choices: str) -> Options:
    return {"type": "str", "choices": list(choices)} if choices else {"type": "str"}


def _texts() -> Options:
    return {"type": "list", "elements": "str"}


def _device() -> Options:
    return {
        "is_registered": {"type": "bool"},
        **{OPTIONS[name]: {"type": "bool"} for name in FLAGS},
        **{OPTIONS[name]: _texts() for name in LISTS},
        **{OPTIONS[name]: _text() for name in TEXTS},
    }


def _expectation() -> Options:
    return {
        "outcome": _text(*OUTCOMES),
        "controls": _texts(),
        "policies_apply": _texts(),
        "policies_do_not_apply": _texts(),
    }


def sign_in_options() -> Options:
    """The members of one sign-in; what is left out is not said, and never guessed."""
    return {
        "name": {"type": "str", "required": True},
        "user": _text(),
        "described_user": {"type": "dict", "options": {"roles": _texts(), "groups": _texts()}},
        "service_principal": _text(),
        "guest_type": _text(MEMBER, *words.GUEST_OR_EXTERNAL_USER_TYPES),
        "external_tenant_id": _text(),
        "application": _text(),
        "user_action": _text(*USER_ACTIONS),
        "authentication_context": _text(),
        "client_app_type": _text(*(one for one in words.CLIENT_APP_TYPES if one != _ANY)),
        "device_platform": _text(*(one for one in words.DEVICE_PLATFORMS if one != _ANY)),
        "device": {"type": "dict", "options": _device()},
        "ip_address": _text(),
        "country": _text(),
        "locations": _texts(),
        "trusted_location": {"type": "bool"},
        "sign_in_risk_level": _text(*_RISKS),
        "user_risk_level": _text(*_RISKS),
        "service_principal_risk_level": _text(*_RISKS),
        "insider_risk_level": _text(NO_RISK, *words.INSIDER_RISK_LEVELS),
        "authentication_flow": _text(NO_FLOW, *words.TRANSFER_METHODS),
        "expect": {"type": "dict", "options": _expectation()},
    }


def sign_in_test_options() -> Options:
    """The options of a list of sign-ins, whatever it is held against."""
    return {
        "sign_ins": {"type": "list", "elements": "dict", "required": True, "options": sign_in_options()},
        "include_report_only": {"type": "bool", "default": False},
        "mfa_trusted_ips": _texts(),
        "on_failure": {"type": "str", "choices": [FAIL, REPORT], "default": FAIL},
    }
