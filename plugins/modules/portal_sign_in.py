#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: portal_sign_in
short_description: Sign a person in for settings that only the portal's services hold
description:
  - Microsoft offers no supported API for users' self-service password reset and for the MFA registration policy. The
    portal's own services hold them and only answer signed-in people. This module signs a person in, on any device and
    with MFA, and keeps their refresh token in a private file.
  - A first task begins the sign-in and returns a code with the address to enter it at. A second one, with O(wait=true),
    waits until the person has done that, or until the code has expired.
  - When the file already holds a refresh token that the token service accepts for the tenant, nothing changes.
  - Only the token service is asked; Microsoft Graph and the portal are not.
version_added: 0.3.0
author:
  - m365.entra contributors (@m365-entra)
options:
  wait:
    description:
      - Wait for the person to finish the sign-in that an earlier task has begun.
      - Otherwise a sign-in is begun, unless one is waiting already.
    type: bool
    default: false
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.portal
  - m365.entra.attributes
notes:
  - O(portal.refresh_token_path) is needed. Of the connection, only O(tenant_id), O(cloud), O(authority_url) and
    O(ca_path) matter; O(auth_method) and an application's credential are not used.
  - Until the person is done, a file beside O(portal.refresh_token_path), with C(.pending) added to its name and mode
    C(0600), holds the secret of the sign-in. Neither this secret nor a token is ever returned or printed.
  - The code is only good for whoever enters it. Show it to the person who runs the play and to nobody else, and let
    nobody enter a code that they did not ask for.
  - Some tenants block device codes by Conditional Access. Sign in elsewhere then, and give the refresh token from a
    secret store as O(portal.refresh_token).
attributes:
  check_mode:
    description:
      - No sign-in is begun or finished.
      - A refresh token that the token service renews when it is checked is kept, in check mode too.
    support: full
  diff_mode:
    description: A secret has no difference that could be shown.
    support: none
  idempotent:
    description: A second run changes nothing, as long as the refresh token is accepted.
    support: full
seealso:
  - module: m365.entra.tenant_configuration
"""

EXAMPLES = r"""
- name: Begin to sign in
  m365.entra.portal_sign_in:
    tenant_id: "{{ tenant_id }}"
    portal:
      refresh_token_path: ~/.config/entra/contoso
  register: begun

- name: Say what to do
  ansible.builtin.debug:
    msg: "{{ begun.portal_sign_in.message }}"
  when: begun.portal_sign_in.state == 'pending'

- name: Wait for the person
  m365.entra.portal_sign_in:
    tenant_id: "{{ tenant_id }}"
    portal:
      refresh_token_path: ~/.config/entra/contoso
    wait: true
  register: signed_in

- name: Say who signed in
  ansible.builtin.debug:
    msg: "{{ signed_in.portal_sign_in.account }}"
"""

RETURN = r"""
portal_sign_in:
  description: How the sign-in stands.
  returned: success
  type: dict
  contains:
    state:
      description:
        - V(signed_in) when the file holds a refresh token that is accepted, V(pending) when the person is still to
          sign in.
      type: str
    refresh_token_path:
      description: The file.
      type: str
    account:
      description: The name that the person signed in with; empty when the token service does not say it.
      type: str
      returned: when the state is signed_in
    tenant_id:
      description: The tenant's id.
      type: str
      returned: when the state is signed_in
    user_code:
      description: The code that the person enters.
      type: str
      returned: when the state is pending and not in check mode
    verification_uri:
      description: Where the person enters it.
      type: str
      returned: when the state is pending and not in check mode
    message:
      description: The same in a sentence of the token service.
      type: str
      returned: when the state is pending and not in check mode
    expires_on:
      description: When the code expires, in UTC.
      type: str
      returned: when the state is pending and not in check mode
"""

from ansible_collections.m365.entra.plugins.module_utils._module.portal_sign_in import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
