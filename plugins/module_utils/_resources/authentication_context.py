# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The resource authentication context: a label that applications ask for and policies answer to (facts section 3.3)."""

from __future__ import annotations

import re

from .._guard.permissions import READ_AUTHENTICATION_CONTEXTS, WRITE_AUTHENTICATION_CONTEXTS
from .._reconcile.fault import Fault, refuse_faults
from .._reconcile.shape import Flag, Json, Part, Text
from .declaration import Resource

NOUN = "authentication_context"
SHAPE = Part(
    "authenticationContextClassReference",
    (Text("displayName"), Text("description"), Flag("isAvailable", nullable=False)),
)
IDENTIFIER = re.compile(r"c[1-9][0-9]?")


def check_context(content: Json, option: str) -> None:
    """Raise OptionError when a wanted context has no name."""
    if not content["displayName"]:
        refuse_faults([Fault("display_name", "an authentication context needs a name", "Give one.")], option)


def _withdrawn(content: Json) -> Json | None:
    """A published context cannot be deleted; it must be withdrawn first."""
    return {**content, "isAvailable": False} if content["isAvailable"] else None


AUTHENTICATION_CONTEXT = Resource(
    noun=NOUN,
    label="authentication context",
    collection="/identity/conditionalAccess/authenticationContextClassReferences",
    options=SHAPE,
    shape_of=lambda context: SHAPE,
    read_permission=READ_AUTHENTICATION_CONTEXTS,
    write_permission=WRITE_AUTHENTICATION_CONTEXTS,
    check=check_context,
    before_removal=_withdrawn,
    chooses_id=True,
)
