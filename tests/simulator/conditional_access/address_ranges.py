# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Address ranges in CIDR notation, and the bits behind the mask (facts section 3.1)."""

from __future__ import annotations

import ipaddress
import re

from ..json_types import JsonObject

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

CIDR_TYPES: dict[str, type[ipaddress.IPv4Network] | type[ipaddress.IPv6Network]] = {
    "#microsoft.graph.iPv4CidrRange": ipaddress.IPv4Network,
    "#microsoft.graph.iPv6CidrRange": ipaddress.IPv6Network,
}
CIDR = re.compile(r"[0-9A-Fa-f:.]+/[0-9]{1,3}")


def network_of(item: JsonObject) -> Network | None:
    """Return the network that a range of a location names, or None where its text is none of its type."""
    text = str(item["cidrAddress"])
    if not CIDR.fullmatch(text):
        return None
    try:
        return CIDR_TYPES[item["@odata.type"]](text, strict=False)
    except ValueError:  # the text is no network of this family
        return None


def has_host_bits(item: JsonObject) -> bool:
    """Say whether a valid range names an address inside its network rather than the network."""
    network = network_of(item)
    address = ipaddress.ip_address(str(item["cidrAddress"]).partition("/")[0])
    return network is not None and address != network.network_address


def with_canonical_ranges(location: JsonObject) -> JsonObject:
    """Return a valid location whose ranges name their networks in the usual spelling."""
    if "ipRanges" not in location:
        return location
    return location | {"ipRanges": [item | {"cidrAddress": str(network_of(item))} for item in location["ipRanges"]]}
