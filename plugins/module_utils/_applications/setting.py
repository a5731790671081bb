# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can be set of an application: where each option is kept, in the registration or in the service principal."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._reconcile.shape import Json

APPLICATION = "application"
PRINCIPAL = "service_principal"
HIDDEN_TAG = "HideApp"
# Writable members of complex properties. They go out together, since a service may replace what it does not merge.
_PARTS: t.Final[dict[str, tuple[str, ...]]] = {
    "web": ("homePageUrl", "logoutUrl", "redirectUris", "redirectUriSettings", "implicitGrantSettings"),
    "spa": ("redirectUris",),
    "publicClient": ("redirectUris",),
    "samlSingleSignOnSettings": ("relayState",),
}
MODES = {"saml": "saml", "oidc": "oidc", "password": "password", "linked": "linked", "none": "notSupported"}


@dataclass(frozen=True)
class Setting:
    """One option: *holder* says which object keeps it; *read* gives its canonical value there.

    *write* gives the members of a body that make it a value, which the second argument, the object as it is, may shape.
    """

    option: str
    holder: str
    read: t.Callable[[Json], t.Any]
    write: t.Callable[[t.Any, Json], Json]
    canonical: t.Callable[[t.Any], t.Any]


def _text(value: t.Any) -> str | None:
    return str(value) if value not in (None, "") else None


def _texts(value: t.Any) -> list[str]:
    return sorted({str(one) for one in value or ()})


def _ordered(value: t.Any) -> list[str]:
    return list(dict.fromkeys(str(one) for one in value or ()))


def _flag(value: t.Any) -> bool:
    return bool(value)


def _plain(option: str, holder: str, path: str, canonical: t.Callable[[t.Any], t.Any], empty: t.Any = None) -> Setting:
    """A setting that is one property, at *path* with a dot inside a complex one."""
    outer, _dot, inner = path.partition(".")

    def read(held: Json) -> t.Any:
        value = held.get(outer)
        return canonical((value or {}).get(inner) if inner else value)

    def write(value: t.Any, held: Json) -> Json:
        sent = empty if value is None else value
        return _with_part(held, outer, {inner: sent}) if inner else {outer: sent}

    return Setting(option, holder, read, write, canonical)


def _with_part(held: Json, name: str, changed: Json) -> Json:
    """A complex property with *changed* members and all others as they are."""
    current = held.get(name) or {}
    return {name: {**{one: current[one] for one in _PARTS[name] if one in current}, **changed}}


def _read_reply_urls(held: Json) -> list[str]:
    """In the order of their indexes, the default first; without indexes, as they stand."""
    web = held.get("web") or {}
    indexes = {one.get("uri"): one.get("index") for one in web.get("redirectUriSettings") or ()}
    found = _ordered(web.get("redirectUris"))
    last = len(found)
    return sorted(found, key=lambda uri: last if indexes.get(uri) is None else indexes[uri])


def _write_reply_urls(value: t.Any, held: Json) -> Json:
    uris = _ordered(value)
    numbered = [{"uri": uri, "index": index} for index, uri in enumerate(uris)] if len(uris) > 1 else []
    return _with_part(held, "web", {"redirectUris": uris, "redirectUriSettings": numbered})


def _write_redirect_uris(value: t.Any, held: Json) -> Json:
    return _with_part(held, "web", {"redirectUris": _texts(value), "redirectUriSettings": []})


def _read_redirect_uris(held: Json) -> list[str]:
    return _texts((held.get("web") or {}).get("redirectUris"))


def _mode(value: t.Any) -> str:
    """In option words; a mode that is not known reads as the service has it."""
    by_word = {word.lower(): option for option, word in MODES.items()}
    return by_word.get(str(value or MODES["none"]).lower(), str(value))


def _write_mode(value: t.Any, _held: Json) -> Json:
    return {"preferredSingleSignOnMode": MODES.get(value or "none", value)}


def _is_visible(held: Json) -> bool:
    return HIDDEN_TAG not in (held.get("tags") or ())


def _write_visible(value: t.Any, held: Json) -> Json:
    others = [tag for tag in held.get("tags") or () if tag != HIDDEN_TAG]
    return {"tags": others if value is not False else [*others, HIDDEN_TAG]}


def _implicit(option: str, member: str) -> Setting:
    def grants(held: Json) -> Json:
        return (held.get("web") or {}).get("implicitGrantSettings") or {}

    return Setting(
        option,
        APPLICATION,
        lambda held: bool(grants(held).get(member)),
        lambda value, held: _with_part(held, "web", {"implicitGrantSettings": {**grants(held), member: bool(value)}}),
        _flag,
    )


SETTINGS: t.Final[dict[str, Setting]] = {
    one.option: one
    for one in (
        # The mode comes first: what follows may only be valid in it.
        Setting(
            "single_sign_on_mode",
            PRINCIPAL,
            lambda held: _mode(held.get("preferredSingleSignOnMode")),
            _write_mode,
            lambda value: value or "none",
        ),
        _plain("display_name", APPLICATION, "displayName", _text),
        _plain("enabled", PRINCIPAL, "accountEnabled", lambda value: value is not False, True),
        _plain("assignment_required", PRINCIPAL, "appRoleAssignmentRequired", _flag, False),
        Setting("visible", PRINCIPAL, _is_visible, _write_visible, lambda value: value is not False),
        _plain("notes", PRINCIPAL, "notes", _text),
        _plain("sign_on_url", PRINCIPAL, "loginUrl", _text),
        _plain("saml.relay_state", PRINCIPAL, "samlSingleSignOnSettings.relayState", _text),
        _plain("saml.notification_addresses", PRINCIPAL, "notificationEmailAddresses", _texts, []),
        _plain("saml.identifiers", APPLICATION, "identifierUris", _texts, []),
        Setting("saml.reply_urls", APPLICATION, _read_reply_urls, _write_reply_urls, _ordered),
        _plain("saml.logout_url", APPLICATION, "web.logoutUrl", _text),
        Setting("oidc.redirect_uris", APPLICATION, _read_redirect_uris, _write_redirect_uris, _texts),
        _plain("oidc.single_page_redirect_uris", APPLICATION, "spa.redirectUris", _texts, []),
        _plain("oidc.public_client_redirect_uris", APPLICATION, "publicClient.redirectUris", _texts, []),
        _plain("oidc.logout_url", APPLICATION, "web.logoutUrl", _text),
        _plain("oidc.home_page_url", APPLICATION, "web.homePageUrl", _text),
        _implicit("oidc.id_tokens", "enableIdTokenIssuance"),
        _implicit("oidc.access_tokens", "enableAccessTokenIssuance"),
    )
}
