# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A tenant's portal, random members in it that nobody knows, and random options for what is known."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simulator.json_types import JsonObject, JsonValue
from simulator.portal.mfa_registration import usual_registration_policy
from simulator.portal.password_reset_rules import usual_password_reset
from simulator.tenant import MFA_REGISTRATION, PASSWORD_RESET

from .conftest import MakeClient
from .graph_client import GraphClient
from .portal_client import PERSON, POWERSHELL
from .whole_product import WholeProduct

STAFF, OTHERS = "bbbbbbbb-0000-4000-8000-000000000001", "bbbbbbbb-0000-4000-8000-000000000002"
GROUPS = [{"id": STAFF, "displayName": "Staff"}, {"id": OTHERS, "displayName": "O'Hara & others"}]
REFRESH = {"token": "of-kim", "user_id": PERSON, "scopes": ["user_impersonation"], "client_id": POWERSHELL}
RESET, REGISTRATION = "self_service_password_reset", "mfa_registration_policy"
PATHS = {RESET: PASSWORD_RESET, REGISTRATION: MFA_REGISTRATION}
USUAL: dict[str, Callable[[], JsonObject]] = {RESET: usual_password_reset, REGISTRATION: usual_registration_policy}
# By option: the portal's member and values that it may have, whatever else is wanted.
OPTIONS: dict[str, dict[str, tuple[str, list[Any]]]] = {
    RESET: {
        "number_of_authentication_methods_required": ("numberOfAuthenticationMethodsRequired", [1, 2]),
        "email_option_enabled": ("emailOptionEnabled", [True]),
        "mobile_phone_option_enabled": ("mobilePhoneOptionEnabled", [True]),
        "office_phone_option_enabled": ("officePhoneOptionEnabled", [True, False]),
        "security_questions_option_enabled": ("securityQuestionsOptionEnabled", [True, False]),
        "mobile_app_notification_enabled": ("mobileAppNotificationEnabled", [True, False]),
        "mobile_app_code_enabled": ("mobileAppCodeEnabled", [True, False]),
        "number_of_questions_to_register": ("numberOfQuestionsToRegister", [5]),
        "number_of_questions_to_reset": ("numberOfQuestionsToReset", [3, 4, 5]),
        "registration_required_on_sign_in": ("registrationRequiredOnSignIn", [True, False]),
        "registration_reconfirm_interval_in_days": ("registrationReconfirmIntevalInDays", [0, 1, 90, 180, 730]),
        "notify_users_on_password_reset": ("notifyUsersOnPasswordReset", [True, False]),
        "notify_on_admin_password_reset": ("notifyOnAdminPasswordReset", [True, False]),
        "custom_helpdesk_email_or_url": ("customHelpdeskEmailOrUrl", ["help@fabrikam.example", "https://x.example"]),
    },
    REGISTRATION: {
        "is_enabled": ("IsEnabled", [True, False]),
        "include_all_users": ("IncludeAllUsers", [True]),
        "include_groups": ("IncludeGroups", [[], ["Staff"], ["O'Hara & others", STAFF.upper()]]),
        "exclude_groups": ("ExcludeGroups", [[], ["Staff"], {"add": [OTHERS]}, {"remove": ["Staff"]}]),
        "registration_window_in_days": ("RegistrationWindowInDays", [0, 14, 90]),
    },
}


def unknown_value(dice: random.Random, depth: int = 3) -> JsonValue:
    """Return any value that JSON can have."""
    if depth and dice.random() < 0.4:
        return {unknown_name(dice): unknown_value(dice, depth - 1) for _number in range(dice.randint(0, 3))}
    if depth and dice.random() < 0.4:
        return [unknown_value(dice, depth - 1) for _number in range(dice.randint(0, 3))]
    texts = ["", "text", "Grüße ☃", '"quoted"\n', "2026-11-23T00:00:00Z", STAFF]
    return dice.choice([None, True, False, 0, -1, 2**53, 0.25, 1e-9, dice.choice(texts)])


def unknown_name(dice: random.Random) -> str:
    words = ["reset", "Is", "enablement", "group", "@odata", "étage", "v2", "{policy_id}", "-", "Option"]
    return "".join(dice.sample(words, 3))


def unknown_members(dice: random.Random) -> JsonObject:
    return {unknown_name(dice): unknown_value(dice) for _number in range(dice.randint(1, 8))}


@dataclass(frozen=True)
class Portal:
    """The two objects of a tenant, and the collection that writes them as Kim."""

    product: WholeProduct
    client: GraphClient

    @property
    def options(self) -> JsonObject:
        here = self.product.simulator.url
        policy = f"{here}/portal/{{tenant_id}}/policies/{{policy_id}}"
        return {"url": f"{here}/portal", "mfa_registration_policy_url": policy, "refresh_token": "of-kim"}

    def run(self, noun: str, wanted: JsonObject, **how: Any) -> JsonObject:
        """Return the result of the module ``noun``."""
        return self.task(noun, {**wanted, "lane": "portal", "portal": self.options}, **how)

    def task(self, module: str, options: JsonObject, **how: Any) -> JsonObject:
        self.product.simulator.clear_requests()
        return dict(self.product.task(module, self.client.entry, options, **how)[0])

    def stored(self, noun: str) -> JsonObject:
        return dict(copy.deepcopy(self.tenant[PATHS[noun]].latest()[0]["object"]))

    def somebody_else_writes(self, noun: str, **members: JsonValue) -> None:
        path = PATHS[noun]
        self.tenant[path].put({"id": path, "object": self.stored(noun) | members}, 0)

    @property
    def tenant(self) -> Any:
        return self.product.simulator.simulator.tenants.find(self.client.tenant_id)

    def sent(self, service: str = "portal") -> list[str]:
        return [str(entry["method"]) for entry in self.product.simulator.requests(self.client.tenant_id, service)]

    def error(self, name: str) -> type[Exception]:
        found = getattr(self.product.part("_graph.errors"), name)
        assert issubclass(found, Exception)
        return found


def some_of(dice: random.Random, noun: str) -> JsonObject:
    """Return some of the options of a policy."""
    chosen = dice.sample(sorted(OPTIONS[noun]), dice.randint(1, len(OPTIONS[noun])))
    wanted = {option: dice.choice(OPTIONS[noun][option][1]) for option in chosen}
    if noun == RESET and dice.random() < 0.7:
        kind = dice.choice(["none", "selected", "all"])
        wanted |= {"enablement_type": kind, **({"password_reset_enabled_group": "Staff"} if kind == "selected" else {})}
    return wanted


def said_by(noun: str, wanted: JsonObject) -> set[str]:
    """Return the portal's members that options speak of."""
    others = {
        "enablement_type": {"enablementType"},
        "password_reset_enabled_group": {"passwordResetEnabledGroupIds", "passwordResetEnabledGroupName"},
    }
    return set().union(*(others.get(option) or {OPTIONS[noun][option][0]} for option in wanted))


def as_shown(members: JsonObject) -> JsonObject:
    """Return options as a result has them, without what only describes the task."""
    return {one["option"]: one["found"] for one in members["settings"]}


def portal_in(
    product: WholeProduct, make_client: MakeClient, reset: JsonObject | None, registration: JsonObject | None
) -> Portal:
    """Make a tenant whose portal's objects have these members besides the usual ones."""
    state = {"/groups": GROUPS, PASSWORD_RESET: reset or {}, MFA_REGISTRATION: registration or {}}
    client = make_client("p2", application={"refresh_tokens": [copy.deepcopy(REFRESH)]}, state=state)
    return Portal(product, client)


def before_the_write(interfere: Callable[[], None]) -> Callable[[Any], None]:
    """Return what makes ``interfere`` happen after the plan is made: before the object is read the second time."""
    return _at_the_second_read(interfere, lambda answer: answer)


def second_answer(change: Callable[[JsonObject], JsonObject]) -> Callable[[Any], None]:
    """Return what makes the object look changed when it is read the second time."""
    return _at_the_second_read(lambda: None, change)


def _at_the_second_read(
    interfere: Callable[[], None], change: Callable[[JsonObject], JsonObject]
) -> Callable[[Any], None]:
    def prepare(session: Any) -> None:
        read, reads = session.portal.get, []

        def reading(url: str, scope: str) -> JsonObject:
            is_object = url.endswith("PasswordResetPolicies") or "/policies/" in url
            reads.extend([url] if is_object else [])
            if not is_object or len(reads) != 2:
                return dict(read(url, scope))
            interfere()
            return change(dict(read(url, scope)))

        session.portal.get = reading

    return prepare
