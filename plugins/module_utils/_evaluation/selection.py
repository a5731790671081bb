# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a list and a filter of inclusion mean together."""

from __future__ import annotations

import typing as t

from .._reconcile.shape import Json
from .filter_match import LookUp, is_selected
from .truth import Truth, all_of, any_of, untold

LIST_AND_FILTER = "no source says whether a list and a filter of inclusion add up or narrow each other"


def included(listed: t.Sequence[str], by_list: Truth, filter_: Json | None, look_up: LookUp) -> Truth:
    """Whether something is included, which *by_list* says of the list alone.

    Where there is both a list and a filter, and only one of them includes it, this cannot be told.
    """
    if not filter_ or filter_.get("mode") != "include":
        return by_list
    by_filter = is_selected(filter_, "include", look_up)
    if not listed:
        return by_filter
    at_least, at_most = all_of((by_list, by_filter)), any_of((by_list, by_filter))
    if at_least.is_yes or at_most.is_no:
        return at_least
    return untold(LIST_AND_FILTER, *by_list.missing, *by_filter.missing)
