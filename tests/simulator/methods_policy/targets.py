# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the groups and users that the methods policy names exist.

What the service does with an unknown group is uncertain (facts section 4.2, errors): a setting decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..graph.call import GraphCall
from ..json_types import JsonObject
from ..tenant import GROUPS, ROLE_DEFINITIONS, USERS, Tenant
from .forms import EVERYONE

NOBODY = "00000000-0000-0000-0000-000000000000"
COLLECTION_OF = {"group": GROUPS, "user": USERS, "role": ROLE_DEFINITIONS}


def missing_targets(call: GraphCall, included: Iterable[JsonObject], excluded: Iterable[JsonObject]) -> Iterator[str]:
    """Yield the text of every target that leads nowhere; everyone can be included and not excluded."""
    if call.profile.unknown_method_targets == "accept":
        return
    for target in included:
        if str(target["id"]).lower() != EVERYONE:
            yield from _missing(call.tenant, target)
    for target in excluded:
        yield from _missing(call.tenant, target)


def missing_feature_targets(call: GraphCall, feature: JsonObject) -> Iterator[str]:
    """Yield the text of every target of an Authenticator feature that leads nowhere."""
    included = [feature["includeTarget"]] if feature.get("includeTarget") else []
    excluded = [feature["excludeTarget"]] if feature.get("excludeTarget") else []
    yield from missing_targets(call, included, [target for target in excluded if target["id"] != NOBODY])


def _missing(tenant: Tenant, target: JsonObject) -> Iterator[str]:
    kind, identifier = str(target["targetType"]), str(target["id"])
    path = COLLECTION_OF.get(kind)
    if path is not None and tenant[path].find_visible(identifier) is None:
        yield f"The {kind} with id {identifier} does not exist in the directory."
