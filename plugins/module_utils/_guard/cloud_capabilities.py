# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Microsoft's national clouds lack, refused before anything is sent (facts appendix E and section 3.1).

The data say what each cloud's v1.0 schema does not declare. That a schema declares something does not mean that it is
enabled for a tenant; what the service itself then refuses comes back as its own error.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._graph.errors import OptionError
from .._policy.policy_view import PolicyView
from .._reconcile.option_path import prefix_of
from .._reconcile.shape import Json, snake_case


@dataclass(frozen=True)
class Lacks:
    """What a cloud does not have, in Graph's words.

    *strength_modes* are single methods in combinations of an authentication strength, *country_lookup_methods* ways in
    which a named location finds a country, *bin* the deleted policies and locations with their restore.
    """

    grant_controls: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    strength_modes: tuple[str, ...] = ()
    country_lookup_methods: tuple[str, ...] = ()
    bin: bool = False


_US_GOVERNMENT = Lacks(
    grant_controls=("passwordChange",),
    strength_modes=("qrCodePin",),
    country_lookup_methods=("authenticatorAppGps",),
    bin=True,
)

_LACKS: dict[str, Lacks] = {
    "global": Lacks(),
    "us_government_l4": _US_GOVERNMENT,
    # One schema is published for both clouds of the US Government.
    "us_government_l5": _US_GOVERNMENT,
    "china": Lacks(
        grant_controls=("riskRemediation",),
        conditions=("signInRiskLevels", "userRiskLevels", "servicePrincipalRiskLevels", "insiderRiskLevels"),
        strength_modes=("qrCodePin",),
        bin=True,
    ),
}


def lacks(cloud: str) -> Lacks:
    """What *cloud*, as the option cloud names it, does not have. Raises KeyError for a name that is none."""
    return _LACKS[cloud]


def has_bin(cloud: str) -> bool:
    """Whether deleted policies and named locations can be listed and restored in *cloud*."""
    return not lacks(cloud).bin


def check_cloud(cloud: str, policy: Json, option: str) -> None:
    """Refuse a canonical policy that *cloud* has no words for; *option* leads each path.

    Raises one OptionError that names every option path, what is missing there, and the cloud.
    """
    view, missing = PolicyView(policy), lacks(cloud)
    faults = [
        ("grant_controls.built_in_controls", control) for control in missing.grant_controls if control in view.controls
    ]
    faults.extend((f"conditions.{snake_case(name)}", name) for name in missing.conditions if view.conditions.get(name))
    _refuse(cloud, faults, option)


def check_strength_in_cloud(cloud: str, combinations: t.Iterable[str], option: str) -> None:
    """Refuse combinations of methods (``password,sms``) with a method that *cloud* does not have.

    Raises OptionError, naming the option path (below *option*), the method and the cloud.
    """
    used = {mode.strip() for combination in combinations for mode in combination.split(",")}
    _refuse(cloud, [("allowed_combinations", mode) for mode in lacks(cloud).strength_modes if mode in used], option)


def check_country_lookup_in_cloud(cloud: str, method: str | None, option: str) -> None:
    """Refuse a way to find a country that *cloud* does not have. Raises OptionError, naming path, way and cloud."""
    if method in lacks(cloud).country_lookup_methods:
        _refuse(cloud, [("country_lookup_method", str(method))], option)


def check_bin_in_cloud(cloud: str, option: str) -> None:
    """Refuse a restore in a cloud without a bin; *option* is the path that asks for it."""
    if not has_bin(cloud):
        raise OptionError(
            f"{option}: Microsoft's cloud {cloud} does not offer to list or restore deleted policies and locations.",
            remedy="Create the object anew.",
        )


def _refuse(cloud: str, faults: t.Sequence[tuple[str, str]], option: str) -> None:
    if not faults:
        return
    prefix = prefix_of(option)
    raise OptionError(
        "; ".join(f"{prefix}{path}: Microsoft's cloud {cloud} does not have {what}" for path, what in faults) + ".",
        remedy="Leave it out for tenants of this cloud.",
    )
