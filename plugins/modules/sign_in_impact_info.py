#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: sign_in_impact_info
short_description: Read what Conditional Access policies come to in sign-ins
description:
  - Reads the sign-in log and counts, for each policy, how many sign-ins would have succeeded, been interrupted or
    failed under it while it is in report-only, or did so while it is enforced, and who and what is behind those that
    would fail.
  - Also says which legacy authentication is still in use, and by whom.
  - The log is read page by page, a thousand sign-ins a request, and only counts are kept. The service takes five such
    requests in ten seconds; where it says so, the module keeps to it, so that 100,000 sign-ins take three and a half
    minutes. In a tenant with more than 25 policies pages are smaller, so that they take no more memory.
version_added: 0.3.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.attributes
  - m365.entra.attributes.reading
options:
  policies:
    description:
      - The policies to look at, by name or id. Without it all that are enforced or in report-only.
      - A policy that does not exist, or a name that more than one policy has, is an error before the log is read.
    type: list
    elements: str
  days:
    description:
      - How many days before O(until) are looked at, from 1 to 30, which is how long the service keeps sign-ins.
      - It is 7 where neither this nor O(since) is given. Not together with O(since).
    type: int
  since:
    description:
      - The first moment that is looked at, as V(2026-11-01) or V(2026-11-01T08:00:00Z). One without a zone is UTC.
      - To judge a policy, give the moment when it was last changed, so that sign-ins from before it do not count.
    type: str
  until:
    description: The last moment that is looked at, written like O(since). Now where it is not given.
    type: str
  maximum_users:
    description:
      - How many users and how many applications each list names at most, those with the highest counts.
    type: int
    default: 20
  include_non_interactive:
    description:
      - Whether sign-ins count too that applications made for users without asking them. Only Graph's beta endpoint has
        them, and there are many more of them.
    type: bool
    default: false
  maximum_sign_ins:
    description:
      - How many sign-ins are read at most, the latest first. Where there are more, RV(sign_in_impact.complete=false).
    type: int
    default: 100000
  api_version:
    description:
      - Which version of Graph the policies are read from. V(beta) also shows policies that hold preview features.
    type: str
    choices: [v1.0, beta]
    default: v1.0
notes:
  - Needs the application permissions C(AuditLog.Read.All) and C(Policy.Read.All) or C(Policy.Read.ConditionalAccess).
    Without one of the latter the service names no policy in any sign-in; then RV(sign_in_impact.policies_hidden=true)
    and a warning says so, and with O(policies) the task fails.
  - Needs Microsoft Entra ID P1 or P2 in the tenant. Without it the task succeeds with RV(licence_missing=true).
  - A policy for user actions or for workload identities shows nothing in the sign-ins of users, whatever its state is.
  - Sign-ins appear in the log minutes after they were made.
  - A sign-in that would be interrupted is one where the user would have been asked for something, such as MFA.
seealso:
  - module: m365.entra.sign_in_test
  - module: m365.entra.conditional_access_policy_info
  - module: m365.entra.registration_info
"""

EXAMPLES = r"""
- name: Read what policies came to in the last week
  m365.entra.sign_in_impact_info:
  register: found

- name: Show whom policies in report-only would stop
  ansible.builtin.debug:
    msg: "{{ item.display_name }}: {{ item.would_fail }} sign-ins of {{ item.would_fail_users }} users"
  loop: "{{ found.sign_in_impact.policies | selectattr('would_fail') }}"
  loop_control:
    label: "{{ item.display_name }}"
  when: not found.licence_missing

- name: Read what one policy came to since it was changed
  m365.entra.sign_in_impact_info:
    policies: [Require MFA for all users]
    since: "2026-11-01T08:00:00Z"
    maximum_users: 100

- name: Read who still uses legacy authentication, also in the background
  m365.entra.sign_in_impact_info:
    policies: []
    days: 30
    include_non_interactive: true
"""

RETURN = r"""
licence_missing:
  description: Whether the log could not be read because the tenant has neither Microsoft Entra ID P1 nor P2.
  returned: success
  type: bool
reason:
  description: Why the log could not be read; empty when it was.
  returned: success
  type: str
sign_in_impact:
  description: What was counted; null when RV(licence_missing=true).
  returned: success
  type: dict
  contains:
    window:
      description:
        - The time that was looked at, from C(since) to C(until), and C(first_sign_in) and C(last_sign_in) of those that
          were seen, null where none was.
      type: dict
      sample:
        since: "2026-11-16T08:00:00Z"
        until: "2026-11-23T08:00:00Z"
        first_sign_in: "2026-11-16T08:00:31Z"
        last_sign_in: "2026-11-23T07:54:02Z"
    sign_ins:
      description: How many sign-ins were read.
      type: int
    interactive:
      description: Those of them that users made themselves.
      type: int
    non_interactive:
      description: Those of them that applications made for users.
      type: int
    complete:
      description: Whether all sign-ins of that time were read.
      type: bool
    incomplete_because:
      description: Why they were not, each reason with the option that it has to do with.
      type: list
      elements: str
    policies:
      description:
        - What each policy came to, sorted by name.
        - C(would_succeed), C(would_be_interrupted) and C(would_fail) are of report-only, C(success) and C(failure) of
          enforcement. C(not_applied) is of both, C(not_enabled) of neither, and C(unknown) is what nobody can tell.
        - C(users) and C(applications) are those behind C(would_fail), sorted by count and then by name; where there are
          more of them than are listed, C(truncated) is true.
        - C(not_shown_for) is V(user_actions) or V(workload_identities) where sign-ins show nothing of the policy.
      type: list
      elements: dict
      sample:
        - id: 7d1a4f10-5c0b-4b1e-9d0a-3f1f0a1c2b3d
          display_name: Require MFA for all users
          policy_state: report_only
          not_shown_for: null
          sign_ins: 5000
          would_succeed: 3400
          would_be_interrupted: 500
          would_fail: 100
          success: 0
          failure: 0
          not_applied: 1000
          not_enabled: 0
          unknown: 0
          would_fail_users: 1
          would_be_interrupted_users: 120
          would_fail_applications: 1
          users:
            - id: 2c9a3c5e-0f43-4c5e-8f0a-6b1f7a1c2b3d
              user_principal_name: dana.user@contoso.example
              count: 100
          applications:
            - id: 00000002-0000-0ff1-ce00-000000000000
              display_name: Office 365 Exchange Online
              count: 100
          truncated: false
          first_sign_in: "2026-11-16T08:00:31Z"
          last_sign_in: "2026-11-23T07:54:02Z"
    policies_hidden:
      description: Whether sign-ins name no policies because the permission or the role to see them is missing.
      type: bool
    no_evidence:
      description: The names of policies that no sign-in names.
      type: list
      elements: str
    user_action_policies:
      description: The names of policies for user actions, of which report-only shows nothing.
      type: list
      elements: str
    workload_identity_policies:
      description: The names of policies for workload identities, which the sign-ins of users do not name.
      type: list
      elements: str
    unlisted_policies:
      description:
        - The names of policies that sign-ins name and the tenant does not list, since they were deleted or
          O(api_version) does not show them.
      type: list
      elements: str
    legacy_authentication:
      description:
        - Sign-ins by legacy clients, those that succeeded, and both for each of the C(clients) in the service's words.
        - C(users) are those who succeeded, C(users_total) of them, with how often they did.
      type: dict
      sample:
        sign_ins: 14
        successes: 3
        clients:
          - client: IMAP4
            sign_ins: 14
            successes: 3
        users_total: 1
        users:
          - id: 2c9a3c5e-0f43-4c5e-8f0a-6b1f7a1c2b3d
            user_principal_name: dana.user@contoso.example
            count: 3
        truncated: false
"""

from ansible_collections.m365.entra.plugins.module_utils._module.sign_in_impact_info import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
