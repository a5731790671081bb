# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the service does not accept of the authentication methods policy (facts section 4.1)."""

from __future__ import annotations

import typing as t

from .._graph.errors import OptionError
from .._reconcile.option_path import path_of
from .._reconcile.shape import Json
from .authentication_methods_shape import CAMPAIGN
from .exclusions import excludes_everybody

Fault = tuple[str, str]

_REMEDY = "Such as {id: all_users, targeted_authentication_method: microsoftAuthenticator}."
LONGEST_SNOOZE = 14
_CAMPAIGN_PATH = "registration_enforcement.authentication_methods_registration_campaign"


def check_given_methods_policy(given: Json, option: str) -> None:
    """Hold what was given against the ranges that the service accepts. Raises OptionError."""
    campaign = _campaign(given)
    _refuse([*_snooze_faults(campaign), *_exclusion_faults(campaign)], option)


def check_methods_policy(content: Json, option: str) -> None:
    """Hold a wanted canonical policy against the service's rules; *option* leads the paths in messages.

    Raises one OptionError that names every fault.
    """
    campaign = _campaign(content)
    _refuse([*_snooze_faults(campaign), *_target_faults(campaign)], option)


def _campaign(content: Json) -> Json:
    return (content.get("registrationEnforcement") or {}).get(CAMPAIGN) or {}


def _refuse(faults: t.Sequence[Fault], option: str) -> None:
    if faults:
        told = "; ".join(f"{path_of(option, f'{_CAMPAIGN_PATH}.{name}')} {fault}" for name, fault in faults)
        raise OptionError(
            f"{told}.", remedy=_REMEDY if any(name == "include_targets" for name, _fault in faults) else ""
        )


def _snooze_faults(campaign: Json) -> list[Fault]:
    snooze = campaign.get("snoozeDurationInDays")
    if snooze is None or 0 <= snooze <= LONGEST_SNOOZE:
        return []
    return [("snooze_duration_in_days", f"must be between 0 and {LONGEST_SNOOZE}")]


def _exclusion_faults(campaign: Json) -> list[Fault]:
    if not excludes_everybody(campaign.get("excludeTargets")):
        return []
    return [("exclude_targets", "cannot exclude all_users; state: disabled ends the campaign")]


def _target_faults(campaign: Json) -> list[Fault]:
    methods = {target.get("targetedAuthenticationMethod") for target in campaign.get("includeTargets") or ()}
    found: list[Fault] = []
    if None in methods:
        found.append(
            ("include_targets", "needs targeted_authentication_method for each target: microsoftAuthenticator or fido2")
        )
    if len(methods) > 1:
        found.append(("include_targets", "can speak of one targeted_authentication_method at a time"))
    if campaign.get("state") == "enabled" and not methods:
        found.append(("include_targets", "must not be empty while the campaign is enabled"))
    return found
