# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter rules: the documented part of the language, and nothing guessed of the rest."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._evaluation.filter_match import fits
from ansible_collections.m365.entra.plugins.module_utils._evaluation.filter_rule import read_rule
from ansible_collections.m365.entra.plugins.module_utils._evaluation.filter_tokens import UnreadableRule
from ansible_collections.m365.entra.plugins.module_utils._evaluation.matching_conditions import property_of
from ansible_collections.m365.entra.plugins.module_utils._evaluation.sign_in import Device

LAPTOP = property_of(
    Device(
        is_registered=True,
        properties={
            "isCompliant": False,
            "trustType": "ServerAD",
            "manufacturer": "Contoso",
            "extensionAttribute1": "SAW",
            "extensionAttribute2": None,
            "systemLabels": ("MDMJoined", "AzureResource"),
        },
    )
)
UNREGISTERED = property_of(Device(is_registered=False))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("device.isCompliant -eq True", False),
        ("device.isCompliant -ne True", True),
        ('device.isCompliant -eq "false"', True),
        ('device.trustType -eq "serverad"', True),
        ("Device.TrustType -eq 'ServerAD'", True),
        ('device.manufacturer -startsWith "cont"', True),
        ('device.manufacturer -notStartsWith "cont"', False),
        ('device.manufacturer -endsWith "OSO"', True),
        ('device.manufacturer -notEndsWith "x"', True),
        ('device.manufacturer -contains "tos"', True),
        ('device.manufacturer -notContains "tos"', False),
        ('device.extensionAttribute1 -in ["PAW", "SAW"]', True),
        ('device.extensionAttribute1 -notIn ["PAW", "SAW"]', False),
        ('device.extensionAttribute1 -in ["PAW"]', False),
        ("device.extensionAttribute2 -eq null", True),
        ("device.extensionAttribute2 -ne $null", False),
        ('device.extensionAttribute2 -ne "x"', True),
        ('device.extensionAttribute2 -startsWith "x"', False),
        ('device.extensionAttribute2 -notContains "x"', True),
        ('device.systemLabels -contains "AzureResource"', True),
        ('device.systemLabels -notContains "AzureResource"', False),
        ('-not device.trustType -eq "ServerAD"', False),
        ('-not (device.trustType -eq "Workplace")', True),
        ('device.trustType -eq "x" -or device.trustType -eq "ServerAD" -and device.isCompliant -eq False', True),
        ('(device.trustType -eq "ServerAD" -or device.trustType -eq "x") -and device.isCompliant -eq True', False),
        ('device.trustType -eq "ServerAD" -or device.trustType -eq "x" -and device.isCompliant -eq True', True),
        ('-not device.trustType -eq "x" -and device.isCompliant -eq True', False),
    ],
)
def test_what_a_registered_device_fits(rule: str, expected: bool) -> None:
    assert fits(rule, LAPTOP).value is expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("device.isCompliant -eq True", False),
        ("device.isCompliant -ne True", True),
        ('device.trustType -in ["AzureAD", "ServerAD"]', False),
        ('device.trustType -notIn ["AzureAD", "ServerAD"]', True),
        ('device.model -startsWith "x"', False),
        ('device.model -notStartsWith "x"', True),
    ],
)
def test_an_unregistered_device_fits_negative_rules_alone(rule: str, expected: bool) -> None:
    assert fits(rule, UNREGISTERED).value is expected


def test_what_was_not_said_is_named() -> None:
    found = fits('device.model -eq "x" -or device.isCompliant -eq True', LAPTOP)
    assert found.value is None
    assert found.missing == {"device.model"}


def test_what_was_not_said_may_not_matter() -> None:
    assert fits('device.model -eq "x" -or device.isCompliant -eq False', LAPTOP).is_yes
    assert fits('device.model -eq "x" -and device.isCompliant -eq True', LAPTOP).is_no


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "device.isCompliant",
        "device.isCompliant -eq",
        "device.isCompliant True",
        "device.isCompliant -matches True",
        'device.physicalIds -any (_ -contains "[GID]")',
        'device.model -eq "x" -xor device.model -eq "y"',
        '(device.model -eq "x"',
        'device.model -eq "x")',
        'device.model -in "x"',
        "device.model -in []",
        'device.model -in ["x"',
        'device.model -in ["x" "y"]',
        'device.model -eq "x" device.model',
        'device.model -eq "a\\"b"',
        'isCompliant -eq "x"',
        'user.department -eq "x"',
        "device.model -eq 5",
        "(" * 400 + 'device.model -eq "x"' + ")" * 400,
    ],
)
def test_what_is_not_understood_cannot_be_told(rule: str) -> None:
    found = fits(rule, LAPTOP)
    assert found.value is None
    assert "cannot be evaluated here" in next(iter(found.missing))


def test_rules_say_where_they_are_not_understood() -> None:
    with pytest.raises(UnreadableRule, match="'matches' is not understood"):
        read_rule('device.model -matches "x"')
    with pytest.raises(UnreadableRule, match="'a' stands where a value is expected"):
        read_rule("device.model -eq a")
