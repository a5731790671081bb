# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Turns a policy's options (snake_case, as given) into Graph's names and back."""

from __future__ import annotations

import typing as t

from .._reconcile import option_names
from .._reconcile.shape import Json
from .policy_shape import POLICY


def content_from_options(options: t.Mapping[str, t.Any]) -> Json:
    """What *options* say of a policy's content, in Graph's names; only given options are in the result."""
    return option_names.content_from_options(POLICY, options)


def options_from_content(content: Json) -> Json:
    """A canonical policy's content as options; what is empty is left out."""
    return option_names.options_from_content(POLICY, content)
