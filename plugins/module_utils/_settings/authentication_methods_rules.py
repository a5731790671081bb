# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the service does not accept of the authentication methods policy (facts section 4.1)."""

from __future__ import annotations

from .._graph.errors import OptionError
from .._reconcile.option_path import path_of
from .._reconcile.shape import Json
from .authentication_methods_shape import CAMPAIGN

LONGEST_SNOOZE = 14
_CAMPAIGN_PATH = "registration_enforcement.authentication_methods_registration_campaign"


def check_methods_policy(content: Json, option: str) -> None:
    """Hold a wanted canonical policy against the service's rules; *option* leads the paths in messages.

    Raises one OptionError that names every fault.
    """
    campaign = (content.get("registrationEnforcement") or {}).get(CAMPAIGN) or {}
    faults = [f"{path_of(option, f'{_CAMPAIGN_PATH}.{name}')} {fault}" for name, fault in _campaign_faults(campaign)]
    if faults:
        raise OptionError("; ".join(faults) + ".")


def _campaign_faults(campaign: Json) -> list[tuple[str, str]]:
    snooze = campaign.get("snoozeDurationInDays")
    methods = {target.get("targetedAuthenticationMethod") for target in campaign.get("includeTargets") or ()}
    found: list[tuple[str, str]] = []
    if snooze is not None and not 0 <= snooze <= LONGEST_SNOOZE:
        found.append(("snooze_duration_in_days", f"must be between 0 and {LONGEST_SNOOZE}"))
    if None in methods:
        found.append(
            ("include_targets", "needs targeted_authentication_method for each target: microsoftAuthenticator or fido2")
        )
    if len(methods) > 1:
        found.append(("include_targets", "can speak of one targeted_authentication_method at a time"))
    if campaign.get("state") == "enabled" and not methods:
        found.append(("include_targets", "must not be empty while the campaign is enabled"))
    return found
