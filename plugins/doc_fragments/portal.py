# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The option portal."""

from __future__ import annotations


class ModuleDocFragment:
    """How a signed-in person's settings in the portal are reached."""

    DOCUMENTATION = r"""
options:
  portal:
    description:
      - How to reach settings for which Microsoft offers no supported API, as a signed-in person.
      - Give at most one of O(portal.refresh_token), O(portal.refresh_token_path) and O(portal.access_token).
        M(m365.entra.portal_sign_in) obtains the credential.
      - The person needs a role that may change the settings. An application's token is refused.
    type: dict
    suboptions:
      url:
        description:
          - Where the portal's service is.
          - The default is that of the global cloud; for other clouds no address is known, so it has to be given there.
        type: str
        default: https://main.iam.ad.ext.azure.com
      client_id:
        description:
          - The public client that the person signed in with. The default is Azure PowerShell.
        type: str
        default: 1950a258-227b-4e31-a9cf-717495945fc2
      refresh_token:
        description:
          - The person's refresh token, for example from a secret store.
          - A renewed one that the token service hands out is not kept anywhere. The given one stays good until the
            service lets it expire, usually after 90 days in which it was not used.
        type: str
      refresh_token_path:
        description:
          - A file with nothing but the person's refresh token, as M(m365.entra.portal_sign_in) writes it.
          - The file must belong to the user that runs the task and nobody else may have access to it (mode C(0600)).
          - When the token service renews the token, the file is replaced by the new one. That happens in check mode
            too, because it is no change of the tenant and the old token may be worth nothing any more.
        type: path
      access_token:
        description:
          - An access token of the person, for the one service it was issued for.
        type: str
      mfa_registration_policy_url:
        description:
          - The address of the MFA registration policy. C({tenant_id}) and C({policy_id}) are filled in.
          - It could not be verified that the default still answers.
          - The default is that of the global cloud; for other clouds no address is known, so it has to be given there.
        type: str
        default: https://graph.windows.net/{tenant_id}/policies/{policy_id}?api-version=1.6-internal
      mfa_registration_policy_scope:
        description:
          - What the access token for O(portal.mfa_registration_policy_url) is asked for.
        type: str
        default: https://graph.windows.net/.default
"""
