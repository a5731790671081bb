# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options that describe applications and who is assigned to them."""

from __future__ import annotations

from .._applications.certificate import EXPIRED, INACTIVE, LONGEST_DAYS, MANUAL, NEVER, NOW
from .._applications.setting import MODES
from .argument_spec import ArgumentSpec, Options

_TEXT: Options = {"type": "str"}
_TEXTS: Options = {"type": "list", "elements": "str"}
_FLAG: Options = {"type": "bool"}

TEMPLATES = ArgumentSpec(
    {
        "display_name": _TEXT,
        "starts_with": _TEXT,
        "category": _TEXT,
        "single_sign_on_mode": {"type": "str", "choices": ["saml", "oidc", "password"]},
    },
    mutually_exclusive=(("display_name", "starts_with"),),
)

_SAML: Options = {
    "type": "dict",
    "options": {
        "identifiers": _TEXTS,
        "reply_urls": _TEXTS,
        "logout_url": _TEXT,
        "relay_state": _TEXT,
        "notification_addresses": _TEXTS,
    },
}
_OIDC: Options = {
    "type": "dict",
    "options": {
        "redirect_uris": _TEXTS,
        "single_page_redirect_uris": _TEXTS,
        "public_client_redirect_uris": _TEXTS,
        "logout_url": _TEXT,
        "home_page_url": _TEXT,
        "id_tokens": _FLAG,
        "access_tokens": _FLAG,
    },
}
_CERTIFICATE: Options = {
    "type": "dict",
    "options": {
        "name": _TEXT,
        "rollover_days": {"type": "int", "default": 30},
        "lifetime_days": {"type": "int", "default": LONGEST_DAYS},
        "activate": {"type": "str", "choices": [MANUAL, NOW], "default": MANUAL},
        "remove": {"type": "str", "choices": [EXPIRED, INACTIVE, NEVER], "default": EXPIRED},
    },
}
_CLAIM: Options = {
    "source": _TEXT,
    "id": _TEXT,
    "value": _TEXT,
    "extension_id": _TEXT,
    "transformation_id": _TEXT,
    "saml_claim_type": _TEXT,
    "jwt_claim_type": _TEXT,
}
_CLAIMS: Options = {
    "type": "dict",
    "options": {
        "name": _TEXT,
        "include_basic_claim_set": {"type": "bool", "default": True},
        "schema": {"type": "list", "elements": "dict", "options": _CLAIM},
        "transformations": {"type": "list", "elements": "dict"},
    },
}

APPLICATION = ArgumentSpec(
    {
        "display_name": _TEXT,
        "id": _TEXT,
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "restore": {"type": "bool", "default": False},
        "template": _TEXT,
        "single_sign_on_mode": {"type": "str", "choices": list(MODES)},
        "saml": _SAML,
        "oidc": _OIDC,
        "sign_on_url": _TEXT,
        "certificate": _CERTIFICATE,
        "claims": _CLAIMS,
        "visible": _FLAG,
        "assignment_required": _FLAG,
        "enabled": _FLAG,
        "notes": _TEXT,
        "owners": _TEXTS,
    },
    mutually_exclusive=(("saml", "oidc"),),
    required_one_of=(("display_name", "id"),),
)

_ASSIGNED: Options = {
    "type": "list",
    "elements": "dict",
    "options": {"user": _TEXT, "group": _TEXT, "role": _TEXT},
    "mutually_exclusive": [["user", "group"]],
    "required_one_of": [["user", "group"]],
}

ASSIGNMENT = ArgumentSpec(
    {
        "application": {"type": "str", "required": True},
        "add": _ASSIGNED,
        "remove": _ASSIGNED,
        "set": _ASSIGNED,
    },
    mutually_exclusive=(("set", "add"), ("set", "remove")),
    required_one_of=(("add", "remove", "set"),),
)
