# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a person has to do in the admin center, in its own words and with a link to the page."""

from __future__ import annotations

from .._reconcile.shape import Json
from .portal_links import link

SAVE = "Then select Save."


def yes_or_no(value: object) -> str:
    """A switch in the words of the admin center."""
    return "Yes" if value else "No"


def step(option: str, text: str, cloud: str, page: str | None) -> Json:
    """One step for the setting *option*; the link is null where no page is known in *cloud*."""
    return {"option": option, "text": text, "link": link(cloud, page) if page else None}
