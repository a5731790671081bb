# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether a policy's target resources include what is signed in to (facts sections 2.5 and 2.10)."""

from __future__ import annotations

from .._reconcile.shape import Json
from .application_groups import is_in_group
from .custom_attributes import attribute_of
from .filter_match import is_selected
from .selection import included
from .sign_in import Application, Target
from .truth import NO, YES, Truth, any_of, told, untold

APPLICATION = "application"
ATTRIBUTES = "the custom security attributes of the application"
TRAFFIC = "traffic of Global Secure Access is not evaluated here"
REGISTER_SECURITY_INFORMATION = "urn:user:registersecurityinfo"

_ALL = "All"
_NO_APPLICATIONS = ("None", "AllAgentIdResources")
_TRAFFIC = ("globalSecureAccess", "networkAccess")


def is_target(applications: Json, target: Target) -> Truth:
    """Whether the canonical conditions.applications of a policy hold for *target*."""
    return any_of(
        (
            _is_application(applications, target),
            told(target.user_action in (applications.get("includeUserActions") or [])),
            told(target.authentication_context in (_contexts(applications) or [])),
            untold(TRAFFIC) if any(applications.get(name) for name in _TRAFFIC) else NO,
        )
    )


def reason_of(applications: Json) -> str:
    """What Graph says when a policy does not apply because of its target resources."""
    if applications.get("includeUserActions"):
        return "userActions"
    return "authenticationContext" if _contexts(applications) else "application"


def has_no_target(applications: Json) -> bool:
    """Whether the policy is for nothing at all."""
    names = ("includeApplications", "includeUserActions", "includeAuthenticationContextClassReferences")
    return not any(applications.get(name) for name in (*names, "applicationFilter", *_TRAFFIC))


def _contexts(applications: Json) -> list[str] | None:
    return applications.get("includeAuthenticationContextClassReferences")


def _is_application(applications: Json, target: Target) -> Truth:
    listed = applications.get("includeApplications") or []
    if target.user_action is not None:
        return _holds_for_action(listed, target.user_action)
    if target.application is None:
        return _needs_application(applications)
    application = target.application
    chosen = included(
        listed, _is_listed(listed, application), _filter(applications), attribute_of(application, ATTRIBUTES)
    )
    return chosen.but_not(_is_excluded(applications, application))


def _holds_for_action(listed: list[str], action: str) -> Truth:
    """In Microsoft's example a policy for all resources applies to the registration of security information."""
    if _ALL not in listed:
        return NO
    if action == REGISTER_SECURITY_INFORMATION:
        return YES
    return untold(f"no source says whether a policy for all resources holds for the user action {action}")


def _needs_application(applications: Json) -> Truth:
    """An authentication context is asked for by an application; which one matters to policies for applications."""
    listed = [one for one in applications.get("includeApplications") or [] if one not in _NO_APPLICATIONS]
    return untold(APPLICATION) if listed or _filter(applications) else NO


def _is_excluded(applications: Json, application: Application) -> Truth:
    listed = applications.get("excludeApplications") or []
    by_filter = is_selected(_filter(applications), "exclude", attribute_of(application, ATTRIBUTES))
    return any_of((_is_listed(listed, application), by_filter))


def _is_listed(listed: list[str], application: Application) -> Truth:
    return any_of(_is_meant(one, application) for one in listed)


def _is_meant(listed: str, application: Application) -> Truth:
    if listed in (_ALL, application.identifier):
        return YES
    return NO if listed in _NO_APPLICATIONS else is_in_group(listed, application)


def _filter(applications: Json) -> Json | None:
    return applications.get("applicationFilter")
