# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When a policy was changed, as the service shows it."""

from __future__ import annotations

from datetime import UTC, datetime

from .policy_plan import CurrentPolicy


def changed_at(policy: CurrentPolicy) -> datetime | None:
    """When a policy was last changed or else made; None where the service does not say, or nobody can read it."""
    text = policy.raw.get("modifiedDateTime") or policy.raw.get("createdDateTime")
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
