#!/usr/bin/python

# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: saas_application
short_description: Manage an application that signs in with Microsoft Entra ID
description:
  - Makes an application from the gallery, or one that is not in it, and keeps how people sign in to it - mode,
    addresses, the certificate that signs, claims - and who owns it, sees it and needs to be assigned to it.
  - Microsoft makes a new application with every request, also where there is one of that name. The module looks first,
    in the registrations and in the service principals, and where an answer gets lost it looks again before it does
    anything. It ends when the new application is found by name, so that a policy in the next task can name it.
  - What is not given stays as it is. Null or an empty value clears.
version_added: 0.4.0
author:
  - m365.entra contributors (@m365-entra)
extends_documentation_fragment:
  - m365.entra.connection
  - m365.entra.attributes
  - m365.entra.attributes.writing
options:
  display_name:
    description:
      - The name. Where several applications have it, the task fails and names their ids.
      - Together with O(id) the application gets this name.
    type: str
  id:
    description:
      - The application (client) id of an existing application.
    type: str
  state:
    description:
      - Whether the application is to be there. What is deleted lies in the bin for 30 days.
      - Of an application that another organization has registered, the service principal in this tenant is meant.
    type: str
    choices: [present, absent]
    default: present
  restore:
    description:
      - Whether an application that is not there is brought back from the bin, if it lies there, instead of being made.
    type: bool
    default: false
  template:
    description:
      - The name or the id of the entry in the gallery to make the application from; see
        M(m365.entra.application_template_info). Without it the application is one that is not in the gallery.
      - An application of that name that is there already and was made from another entry is not touched, but an error,
        unless O(id) says that it is meant. One that was made from no entry is taken.
    type: str
  single_sign_on_mode:
    description:
      - How people sign in. V(none) switches single sign-on off.
      - V(linked) is a mere link to O(sign_on_url). Microsoft's reference of the interface does not name it; a service
        that does not take it refuses it.
    type: str
    choices: [saml, oidc, password, linked, none]
  saml:
    description:
      - What is set of signing in by SAML. Null clears all of it.
    type: dict
    suboptions:
      identifiers:
        description:
          - The entity ids under which the application asks. In a tenant no two applications share one.
        type: list
        elements: str
      reply_urls:
        description:
          - The assertion consumer services that answers may go to. The first is the default.
        type: list
        elements: str
      logout_url:
        description:
          - Where the application learns that somebody has signed out.
        type: str
      relay_state:
        description:
          - What is handed to the application when people come from My Apps.
        type: str
      notification_addresses:
        description:
          - Who is told by mail when the certificate is about to end.
        type: list
        elements: str
  oidc:
    description:
      - What is set of signing in by OpenID Connect. Null clears all of it.
    type: dict
    suboptions:
      redirect_uris:
        description:
          - Where answers may go in a web application.
        type: list
        elements: str
      single_page_redirect_uris:
        description:
          - Where answers may go in a single-page application.
        type: list
        elements: str
      public_client_redirect_uris:
        description:
          - Where answers may go in an application on a device.
        type: list
        elements: str
      logout_url:
        description:
          - Where the application learns that somebody has signed out.
        type: str
      home_page_url:
        description:
          - The home page.
        type: str
      id_tokens:
        description:
          - Whether ID tokens are handed out by the implicit and hybrid flows.
        type: bool
      access_tokens:
        description:
          - Whether access tokens are handed out by the implicit flow.
        type: bool
  sign_on_url:
    description:
      - Where people begin to sign in - the application's own sign-on page, or what O(single_sign_on_mode=linked) leads
        to.
    type: str
  certificate:
    description:
      - How the certificate is kept with which Entra ID signs. With O(single_sign_on_mode=saml) there always is one,
        kept as the defaults say; null leaves certificates alone.
    type: dict
    suboptions:
      name:
        description:
          - The common name of new certificates; the name of the application without it.
        type: str
      rollover_days:
        description:
          - A new certificate is made when the last one ends in so many days, or fewer.
        type: int
        default: 30
      lifetime_days:
        description:
          - How long new certificates live, 1095 days at most. More than O(certificate.rollover_days).
        type: int
        default: 1095
      activate:
        description:
          - V(manual) lets a new certificate wait, with a warning, while the old one goes on to sign, until the
            application's own side knows the new one. V(now) has the newest one sign at once.
          - Where no certificate signs, the newest one does in either case.
        type: str
        choices: [manual, now]
        default: manual
      remove:
        description:
          - Which certificates that do not sign are taken away - those whose time is over, all that are older than the
            one that signs, or none.
        type: str
        choices: [expired, inactive, never]
        default: expired
  claims:
    description:
      - What the application is told of a user, by a claims-mapping policy. Null takes the policy away from the
        application; the policy itself is never deleted.
      - A policy that other applications have as well is not changed but replaced by one of its own.
    type: dict
    suboptions:
      name:
        description:
          - The name of the policy, should it have to be made; the application's name with V(claims) behind it without
            it.
        type: str
      include_basic_claim_set:
        description:
          - Whether the usual claims are told as well.
        type: bool
        default: true
      schema:
        description:
          - The claims; their order means nothing.
        type: list
        elements: dict
        suboptions:
          source:
            description:
              - Where the value comes from, as V(user), V(company) or V(transformation).
            type: str
          id:
            description:
              - The property of the source, as V(mail).
            type: str
          value:
            description:
              - A value that is the same for everybody.
            type: str
          extension_id:
            description:
              - An extension property of the source.
            type: str
          transformation_id:
            description:
              - The transformation in O(claims.transformations) that makes the value.
            type: str
          saml_claim_type:
            description:
              - The claim in a SAML token.
            type: str
          jwt_claim_type:
            description:
              - The claim in a JSON web token.
            type: str
      transformations:
        description:
          - Transformations in the form of Microsoft's reference, handed on as they are.
        type: list
        elements: dict
  visible:
    description:
      - Whether people see it in My Apps.
    type: bool
  assignment_required:
    description:
      - Whether only those can sign in who are assigned; see M(m365.entra.application_assignment).
    type: bool
  enabled:
    description:
      - Whether anybody can sign in.
    type: bool
  notes:
    description:
      - Notes for administrators.
    type: str
  owners:
    description:
      - User principal names or ids of all who own the application, namely its service principal. An empty list removes
        all owners.
    type: list
    elements: str
notes:
  - Needs the application permission C(Application.ReadWrite.All); C(Policy.ReadWrite.ApplicationConfiguration) and
    C(Policy.Read.All) where O(claims) is given; C(User.Read.All) where O(owners) is; C(Organization.Read.All) to write.
  - Neither an application of Microsoft nor the one that the task signs in with is deleted or switched off.
  - A snapshot for M(m365.entra.tenant_undo) does not hold applications; O(restore) brings back a deleted one.
  - Only public certificates are read and returned. The private key never leaves Entra ID.
seealso:
  - module: m365.entra.application_template_info
  - module: m365.entra.application_assignment
  - module: m365.entra.conditional_access_policy
"""

EXAMPLES = r"""
- name: Sign in to the CRM by SAML
  m365.entra.saas_application:
    display_name: Customers
    template: Contoso CRM
    single_sign_on_mode: saml
    saml:
      identifiers: [https://customers.example/saml]
      reply_urls: [https://customers.example/acs]
      notification_addresses: [it@contoso.example]
    assignment_required: true
  register: crm

- name: Show what the application's own side needs
  ansible.builtin.debug:
    msg:
      - "{{ crm.saas_application.federation_metadata_url }}"
      - "{{ crm.saas_application.certificate.public }}"

- name: Have the new certificate sign once the other side knows it
  m365.entra.saas_application:
    display_name: Customers
    single_sign_on_mode: saml
    certificate:
      activate: now
      remove: inactive

- name: Take the application away, so that it can be brought back for 30 days
  m365.entra.saas_application:
    display_name: Customers
    state: absent

- name: Bring it back
  m365.entra.saas_application:
    display_name: Customers
    restore: true
"""

RETURN = r"""
saas_application:
  description: The application as it is; empty when it is absent, or in check mode when it would be made.
  returned: success
  type: dict
  contains:
    display_name:
      description: The name.
      type: str
    application_id:
      description: The application (client) id, by which policies know it.
      type: str
    application_object_id:
      description: The object id of the registration; null where another organization has registered it.
      type: str
    service_principal_id:
      description: The object id of the service principal, which is the enterprise application.
      type: str
    template_id:
      description: The entry of the gallery that it was made from.
      type: str
    single_sign_on_mode:
      description: How people sign in.
      type: str
    enabled:
      description: Whether anybody can sign in.
      type: bool
    assignment_required:
      description: Whether only those can sign in who are assigned.
      type: bool
    visible:
      description: Whether people see it in My Apps.
      type: bool
    notes:
      description: Notes for administrators.
      type: str
    sign_on_url:
      description: Where people begin to sign in.
      type: str
    federation_metadata_url:
      description: The metadata that the application's own side can read - of SAML, or of OpenID Connect.
      type: str
    login_url:
      description: Where the application sends people to sign in.
      type: str
    logout_url:
      description: Where the application sends people to sign out.
      type: str
    issuer:
      description: Entra ID's own identifier. What the metadata say counts, should it ever differ.
      type: str
    certificates:
      description: All certificates, the first to end first, each like C(certificate).
      type: list
      elements: dict
    certificate:
      description: The certificate that signs; null where none does.
      type: dict
      contains:
        thumbprint:
          description: The SHA-1 digest in hexadecimal digits.
          type: str
        name:
          description: The name of the certificate.
          type: str
        starts:
          description: From when on it is valid.
          type: str
        expires:
          description: Until when it is valid.
          type: str
        days_left:
          description: How many whole days are left.
          type: int
        is_active:
          description: Whether it signs.
          type: bool
        public:
          description: The certificate itself, DER in base64.
          type: str
    roles:
      description: The names of the roles that it defines and that are enabled.
      type: list
      elements: str
plan:
  description: What was done, or in check mode would be done, in order.
  returned: success
  type: list
  elements: dict
  contains:
    phase:
      description: The phase the action belongs to.
      type: str
    operation:
      description: V(create), V(update), V(delete) or V(restore).
      type: str
    resource:
      description: The kind of object.
      type: str
    name:
      description: The name of the object.
      type: str
    id:
      description: The id of the object; null for what is to be created.
      type: str
    reason:
      description: Why it is done.
      type: str
    depends_on:
      description: The numbers of the actions, counted from 1, that must have been carried out before.
      type: list
      elements: int
    changes:
      description: Each option that changes, before and after.
      type: list
      elements: dict
plan_status:
  description:
    - V(nothing_to_do); V(changes_pending) in check mode, where something would be done; V(changed) where it was done.
  returned: success
  type: str
guards:
  description:
    - What was looked at before anything may be written, where something is to be - C(permissions), C(template),
      C(protected_application) - each as C(guard) with its C(outcome), V(allowed). When one blocks, the task fails, and
      beside this list with its C(reason) the failure shows the C(plan) and C(plan_status=blocked).
  returned: success
  type: list
  elements: dict
"""

from ansible_collections.m365.entra.plugins.module_utils._module.saas_application import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._spec.module_door import run_module


def main() -> None:
    """Run the module."""
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
