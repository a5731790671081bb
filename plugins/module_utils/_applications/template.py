# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Entries of the gallery, from which applications are made (facts section 12)."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._graph.errors import EntraError, OptionError
from .._graph.filter_text import quoted
from .._graph.session import Session
from .._reconcile.canonical import is_guid
from .._reconcile.shape import Json

COLLECTION = "/applicationTemplates"
# The entry from which applications are made that are not in the gallery, with the same id in every tenant.
NOT_IN_THE_GALLERY = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621"


@dataclass(frozen=True)
class Template:
    """One entry; *single_sign_on_modes* are those it supports, in the service's words."""

    identifier: str
    name: str
    publisher: str = ""
    description: str = ""
    home_page_url: str = ""
    categories: tuple[str, ...] = ()
    single_sign_on_modes: tuple[str, ...] = ()
    provisioning_types: tuple[str, ...] = ()

    def to_result(self) -> Json:
        """The entry as JSON values."""
        return {
            "id": self.identifier,
            "display_name": self.name,
            "publisher": self.publisher,
            "description": self.description,
            "home_page_url": self.home_page_url,
            "categories": list(self.categories),
            "single_sign_on_modes": list(self.single_sign_on_modes),
            "provisioning_types": list(self.provisioning_types),
        }


def template_from(raw: Json) -> Template:
    """An entry from the service's answer."""
    return Template(
        str(raw.get("id") or "").lower(),
        str(raw.get("displayName") or ""),
        str(raw.get("publisher") or ""),
        str(raw.get("description") or ""),
        str(raw.get("homePageUrl") or ""),
        tuple(raw.get("categories") or ()),
        tuple(raw.get("supportedSingleSignOnModes") or ()),
        tuple(raw.get("supportedProvisioningTypes") or ()),
    )


def read_templates(session: Session, *, name: str = "", starts_with: str = "") -> list[Template]:
    """The entries of that name, or whose name starts so, or all; the service filters, a page costs a request."""
    query: dict[str, str] = {}
    if name:
        query["filter"] = f"displayName eq {quoted(name)}"
    elif starts_with:
        query["filter"] = f"startswith(displayName,{quoted(starts_with)})"
    found = (template_from(raw) for raw in session.list(COLLECTION, **query))
    return sorted(found, key=lambda one: (one.name.casefold(), one.identifier))


def find_template(session: Session, wanted: str, option: str) -> Template:
    """The one entry with the id or the name *wanted*, in one request. Raises EntraError; *option* is its path."""
    if is_guid(wanted):
        return template_from(session.get(f"{COLLECTION}/{wanted.lower()}"))
    found = read_templates(session, name=wanted)
    if not found:
        raise EntraError(
            f"{option}: the gallery has no application named {wanted!r}.",
            remedy="Search with application_template_info, or leave it out to make an application that is not in the "
            "gallery. Nothing was written.",
        )
    if len(found) > 1:
        identifiers = ", ".join(one.identifier for one in found)
        raise OptionError(
            f"{option}: the gallery has {len(found)} applications named {wanted!r} ({identifiers}).",
            remedy="Give the id. Nothing was written.",
        )
    return found[0]


def template_ids(session: Session, wanted: str) -> set[str]:
    """The ids of the entries that *wanted*, an id or a name, means; none where the gallery no longer has it."""
    return {wanted.lower()} if is_guid(wanted) else {one.identifier for one in read_templates(session, name=wanted)}


def require_mode(template: Template, mode: str | None, option: str) -> None:
    """Raise OptionError when the *template* says which modes it supports and *mode* (the service's word) is none."""
    known: t.Collection[str] = template.single_sign_on_modes
    if mode is None or not known or mode in known:
        return
    raise OptionError(
        f"{option}: {template.name!r} of the gallery does not support {mode}, but {', '.join(known)}.",
        remedy="Choose another mode, or make an application that is not in the gallery. Nothing was written.",
    )
