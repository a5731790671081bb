# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a method configuration looks to a reader."""

from __future__ import annotations

from ..conditional_access.presentation import presented_object, reader_of
from ..graph.call import GraphCall
from ..json_types import JsonObject
from .kinds import BASE_TYPE

CONFIGURATIONS_CONTEXT = "policies/authenticationMethodsPolicy/authenticationMethodConfigurations"


def shown_configuration(call: GraphCall, configuration: JsonObject) -> JsonObject:
    """Return a configuration as the version and cloud of the request show it, with the context of its targets."""
    shown = presented_object(configuration, BASE_TYPE, reader_of(call))
    kind = str(configuration["@odata.type"]).removeprefix("#")
    one = f"{call.context_url}{CONFIGURATIONS_CONTEXT}('{configuration['id']}')/{kind}"
    targets = {"includeTargets@odata.context": f"{one}/includeTargets", "includeTargets": shown.pop("includeTargets")}
    return shown | targets
