# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The connection and credential options of every module."""

from __future__ import annotations


class ModuleDocFragment:
    """How to reach a tenant and how to sign in."""

    DOCUMENTATION = r"""
options:
  tenant_id:
    description:
      - The tenant, by id or by one of its verified domain names.
      - Token and service must name the same tenant, otherwise nothing is written.
      - Falls back to E(AZURE_TENANT_ID).
    type: str
  client_id:
    description:
      - The application (client) id to sign in with; for a user-assigned managed identity its client id.
      - Falls back to E(AZURE_CLIENT_ID).
    type: str
  auth_method:
    description:
      - How to sign in. Nothing else is tried.
    type: str
    choices:
      - client_secret
      - certificate
      - federated_token
      - managed_identity
      - azure_cli
      - access_token
    default: client_secret
  client_secret:
    description:
      - The application's secret, for O(auth_method=client_secret).
      - Falls back to E(AZURE_CLIENT_SECRET).
    type: str
  certificate_path:
    description:
      - A PEM or PKCS12 file with an RSA key and its certificate, for O(auth_method=certificate).
      - Falls back to E(AZURE_CLIENT_CERTIFICATE_PATH).
    type: path
  certificate_password:
    description:
      - The password of that file.
      - Falls back to E(AZURE_CLIENT_CERTIFICATE_PASSWORD).
    type: str
  federated_token:
    description:
      - A token of the workload's own identity provider, for O(auth_method=federated_token).
    type: str
  federated_token_path:
    description:
      - A file with such a token; it is read anew for every sign-in.
      - Falls back to E(AZURE_FEDERATED_TOKEN_FILE).
    type: path
  access_token:
    description:
      - An access token for Microsoft Graph, for O(auth_method=access_token).
    type: str
  cloud:
    description:
      - The Microsoft cloud the tenant lives in.
    type: str
    choices:
      - global
      - us_government_l4
      - us_government_l5
      - china
    default: global
  authority_url:
    description:
      - The token service's URL, instead of the cloud's.
      - Falls back to E(AZURE_AUTHORITY_HOST).
    type: str
  graph_url:
    description:
      - Microsoft Graph's URL without version, instead of the cloud's.
      - Falls back to E(ENTRA_GRAPH_URL).
    type: str
  ca_path:
    description:
      - A PEM file with the certificate authorities to trust, for the token service and for Microsoft Graph.
      - Falls back to E(ENTRA_CA_PATH).
    type: path
  retry_deadline:
    description:
      - For how many seconds a request is sent again that the service throttles or does not answer, counted from its
        first try. V(0) sends nothing again.
      - Writes are only sent again where the service has certainly not carried them out.
    type: int
    default: 300
    version_added: 0.4.0
"""
