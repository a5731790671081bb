# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Custom security attributes, by which filters choose applications and service principals (facts section 2.5)."""

from __future__ import annotations

from .filter_match import Known, LookUp
from .filter_tokens import UnreadableRule
from .sign_in import Application, WorkloadIdentity
from .truth import Truth, untold

_PREFIX = "customsecurityattribute."


def attribute_of(owner: Application | WorkloadIdentity, missing: str) -> LookUp:
    """Look up *owner*'s attributes by their names in a rule; *missing* names them where they were not said."""

    def look_up(name: str) -> Known | Truth:
        if not name.lower().startswith(_PREFIX):
            raise UnreadableRule(f"{name!r} is no custom security attribute")
        if owner.attributes is None:
            return untold(missing)
        attribute = name[len(_PREFIX) :]
        return Known(owner.attributes.get(attribute))

    return look_up
