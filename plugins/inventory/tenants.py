# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One host for each tenant of a partner, or of a list."""

from __future__ import annotations

DOCUMENTATION = r"""
name: tenants
short_description: One host for each Microsoft Entra tenant
version_added: 0.4.0
author:
  - m365.entra contributors (@m365-entra)
description:
  - Makes a host of each tenant that a partner administers by delegation (GDAP), has a contract with, or that the file
    itself lists. Sources can be combined; a tenant that several know is one host.
  - The file has to end with C(entra_tenants.yml) or C(entra_tenants.yaml).
  - Hosts have the variables C(entra_tenant_id) and C(entra_cloud), which the roles of this collection take, and what
    else is known as C(entra_display_name), C(entra_default_domain), C(entra_country), C(entra_license_tier),
    C(entra_sources). For GDAP there are C(entra_granted_roles), C(entra_granted_role_ids),
    C(entra_relationship_status), C(entra_relationship_end_date) and C(entra_relationships).
  - Hosts are in groups such as C(entra_cloud_global), C(entra_source_gdap), C(entra_tier_p2),
    C(entra_relationship_active) and C(entra_role_conditional_access_administrator).
  - Values that come from the service, such as the names that customers give themselves, are never taken for templates.
  - The connection options are those of the partner's tenant. They do not become variables of hosts; how plays sign in
    to the tenants belongs in C(group_vars).
extends_documentation_fragment:
  - m365.entra.connection
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
options:
  plugin:
    description: The name of this plugin.
    type: str
    required: true
    choices: [m365.entra.tenants]
  sources:
    description:
      - Where tenants are taken from.
      - V(gdap) reads the partner's delegated admin relationships and customers, with the permission
        C(DelegatedAdminRelationship.Read.All).
      - V(contracts) reads its contracts, with C(Directory.Read.All). Their names and domains are those of the day
        when each contract was made.
      - V(list) takes O(tenants).
      - Where several know a tenant, V(list) is believed before V(gdap), and V(gdap) before V(contracts).
    type: list
    elements: str
    choices: [gdap, contracts, list]
    default: [gdap]
  tenants:
    description:
      - Tenants that are listed here, for V(list) in O(sources). Each has C(tenant_id), the tenant's GUID, and may have
        C(name), the name of its host, C(display_name), C(default_domain), C(country), C(license_tier), C(cloud), and
        C(variables), further variables of its host.
      - Templates in C(variables) stay text. What needs one belongs in C(host_vars) or C(group_vars).
    type: list
    elements: dict
    default: []
  exclude_tenants:
    description: Ids of tenants that are left out, whatever source knows them.
    type: list
    elements: str
    default: []
  include_inactive:
    description:
      - Whether tenants are kept of which only GDAP knows and whose relationships are all over or not begun.
      - There is a warning that names them in either case.
    type: bool
    default: false
  hostname:
    description:
      - What names of hosts are made of. A C(name) in O(tenants) comes first.
      - V(display_name) is the customer's own name for itself, in plain letters, with the first eight digits of the
        tenant's id behind it. So no customer can take the name of another's host, with its variables and secrets. One
        that renames itself becomes another host, without the variables of the former; with V(tenant_id) none does.
      - V(default_domain) is known from contracts, lists and tenants that were asked.
      - The tenant's id is taken where nothing else is there or a name would come twice.
    type: str
    choices: [display_name, default_domain, tenant_id]
    default: display_name
  ask_tenants:
    description:
      - Whether each tenant is asked for its country, default domain and licence, with the same credential. That takes
        a sign-in and two requests a tenant, with C(Organization.Read.All) granted there.
      - Tenants where the application has no consent are named in a warning.
    type: bool
    default: false
  needed_roles:
    description:
      - Roles that delegated work needs, by English name or template id. Of an entry that is a list one role is enough.
        Global Administrator is enough for all.
      - Tenants whose relationships lack one are named in a warning. An empty list asks for nothing.
    type: list
    elements: raw
    default:
      - [Conditional Access Administrator, Security Administrator]
      - [Global Reader, Security Reader, Security Administrator]
  expires_within_days:
    description: Relationships that end within so many days, and do not extend themselves, are named in a warning.
    type: int
    default: 30
  built_in_groups:
    description: Whether the groups that begin with C(entra_) are made.
    type: bool
    default: true
seealso:
  - module: m365.entra.tenant_info
"""

EXAMPLES = r"""
# customers.entra_tenants.yml: all customers with a delegated admin relationship. The secret comes from
# AZURE_CLIENT_SECRET.
plugin: m365.entra.tenants
tenant_id: 11111111-1111-1111-1111-111111111111
client_id: 22222222-2222-2222-2222-222222222222
sources: [gdap, contracts]
hostname: default_domain
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: .cache/tenants
cache_timeout: 3600
keyed_groups:
  - key: entra_country | default('unknown')
    prefix: country
groups:
  pilots: entra_tenant_id in ['33333333-3333-3333-3333-333333333333']
---
# tenants.entra_tenants.yml: a list, without asking anybody.
plugin: m365.entra.tenants
sources: [list]
tenants:
  - tenant_id: 33333333-3333-3333-3333-333333333333
    name: contoso
    license_tier: p2
    variables:
      signin_baseline_profile: modern
  - tenant_id: 44444444-4444-4444-4444-444444444444
    name: fabrikam
"""

import typing as t
from contextlib import AbstractContextManager, closing
from datetime import UTC, datetime

from ansible.errors import AnsibleParserError
from ansible.module_utils.common.parameters import AnsibleFallbackNotFound
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable

from ansible_collections.m365.entra.plugins.module_utils._graph.connection import connection_from_options
from ansible_collections.m365.entra.plugins.module_utils._graph.dependencies import require_dependencies
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import EntraError, OptionError
from ansible_collections.m365.entra.plugins.module_utils._graph.session import GraphSession, Session
from ansible_collections.m365.entra.plugins.module_utils._spec.connection_options import CONNECTION
from ansible_collections.m365.entra.plugins.plugin_utils._fleet import advice
from ansible_collections.m365.entra.plugins.plugin_utils._fleet.asking import ask_all
from ansible_collections.m365.entra.plugins.plugin_utils._fleet.gathered import Gathered, gathered_from_document
from ansible_collections.m365.entra.plugins.plugin_utils._fleet.host_facts import group_names, host_variables
from ansible_collections.m365.entra.plugins.plugin_utils._fleet.host_names import host_names
from ansible_collections.m365.entra.plugins.plugin_utils._fleet.listed import excluded_ids, listed_tenants
from ansible_collections.m365.entra.plugins.plugin_utils._fleet.partner import NEEDED_BY_SOURCE, partner_tenants
from ansible_collections.m365.entra.plugins.plugin_utils._fleet.tenant import FleetTenant, united

# What a text of the environment becomes, by an option's type.
_CONVERSIONS: dict[str, t.Callable[[str], t.Any]] = {"bool": boolean, "float": float, "int": int}
_ENDINGS = ("entra_tenants.yml", "entra_tenants.yaml")
# From 2.19 on, Ansible itself takes nothing that a plugin sets for a template.
_TRUST_IS_CORES = hasattr(BaseInventoryPlugin, "trusted_by_default")


def _untrusted(value: t.Any) -> t.Any:
    """*value*, which is never rendered."""
    if _TRUST_IS_CORES:
        return value
    # Later cores do without this module.
    from ansible.utils.unsafe_proxy import wrap_var

    return wrap_var(value)


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):
    """The inventory plugin."""

    NAME = "m365.entra.tenants"

    def verify_file(self, path: str) -> bool:
        """Whether the file is one of ours, by its name."""
        return bool(super().verify_file(path)) and str(path).endswith(_ENDINGS)

    def parse(self, inventory: t.Any, loader: t.Any, path: str, cache: bool = True) -> None:
        """Read the file and add its tenants. Raises AnsibleParserError that says what to do."""
        super().parse(inventory, loader, path, cache)
        self._read_config_data(path)
        try:
            self._add_hosts(self._tenants(path, cache))
        except EntraError as error:
            raise AnsibleParserError(f"{path}: {error}") from None

    def _tenants(self, path: str, cache: bool) -> list[FleetTenant]:
        listed = self._listed()
        gathered = self._gathered(path, cache, listed)
        answered = [one.tenant for one in gathered.answers]
        excluded = excluded_ids(self.get_option("exclude_tenants"))
        tenants = [one for one in united(listed, answered, gathered.tenants) if one.tenant_id not in excluded]
        left_out = advice.without_relationship(tenants)
        keeps_all = bool(self.get_option("include_inactive"))
        self._warn(tenants, left_out, gathered)
        return [one for one in tenants if keeps_all or one not in left_out]

    def _listed(self) -> list[FleetTenant]:
        entries = self.get_option("tenants")
        if entries and "list" not in self.get_option("sources"):
            raise OptionError("tenants: these are not used.", remedy="Add list to sources, or take tenants out.")
        return listed_tenants(entries, self.get_option("cloud")) if entries else []

    def _warn(self, tenants: list[FleetTenant], left_out: list[FleetTenant], gathered: Gathered) -> None:
        keeps_all = bool(self.get_option("include_inactive"))
        days = int(self.get_option("expires_within_days"))
        needed = advice.needed_role_ids(self.get_option("needed_roles"))
        known = {one.tenant_id: one.label for one in tenants}
        answers = [one for one in gathered.answers if one.tenant.tenant_id in known]
        for text in (
            *advice.about_relationships(left_out, keeps_all),
            *advice.about_expiry(tenants, datetime.now(UTC), days),
            *advice.about_roles(tenants, needed),
            *advice.about_answers(answers, known),
        ):
            self.display.warning(text)

    def _gathered(self, path: str, cache: bool, listed: list[FleetTenant]) -> Gathered:
        question = self._question(listed)
        if not question["sources"] and not question["asked"]:
            return Gathered()
        key = self.get_cache_key(path)
        keeps = bool(self.get_option("cache"))
        known = gathered_from_document(self._cache.get(key), question) if keeps and cache else None
        if known is None:
            known = self._gather(listed)
            if keeps:
                self._cache[key] = known.to_document(question)
        return known

    def _question(self, listed: list[FleetTenant]) -> dict[str, t.Any]:
        """What decides the answer, without any secret: what a cache holds for something else is not taken."""
        connection = self._connection()
        asks = bool(self.get_option("ask_tenants"))
        sources = sorted(set(self.get_option("sources")) & set(NEEDED_BY_SOURCE))
        return {
            **{name: connection[name] for name in ("tenant_id", "client_id", "cloud", "graph_url")},
            "sources": sources,
            "asked": sorted(one.tenant_id for one in listed) if asks else [],
            "asks": asks,
        }

    def _gather(self, listed: list[FleetTenant]) -> Gathered:
        require_dependencies()
        sources = set(self.get_option("sources"))
        customers: list[FleetTenant] = []
        if sources & set(NEEDED_BY_SOURCE):
            with self._session({}) as session:
                customers = partner_tenants(session, sources)
        if not self.get_option("ask_tenants"):
            return Gathered(tuple(customers))
        reachable = united(listed, customers)
        without = advice.without_relationship(reachable)
        asked = [one for one in reachable if one not in without]
        answers = ask_all(asked, lambda one: self._session({"tenant_id": one.tenant_id, "cloud": one.cloud}))
        return Gathered(tuple(customers), tuple(answers))

    def _session(self, others: dict[str, str]) -> AbstractContextManager[Session]:
        options = {**self._connection(), **others, "portal": None}
        return closing(GraphSession(connection_from_options(options), read_only=True))

    def _connection(self) -> dict[str, t.Any]:
        """The connection options as a module would get them: templates rendered, the environment asked."""
        return {name: self._connection_option(name, option) for name, option in CONNECTION.options.items()}

    def _connection_option(self, name: str, option: t.Mapping[str, t.Any]) -> t.Any:
        value = self.get_option(name)
        if value is not None:
            return self._plain(self.templar.template(value))
        fallback, names = option.get("fallback", (None, ()))
        try:
            value = fallback(*names) if fallback else None
        except AnsibleFallbackNotFound:
            return None
        return value if value is None else self._converted(name, option["type"], value)

    @staticmethod
    def _converted(name: str, kind: str, text: str) -> t.Any:
        try:
            return _CONVERSIONS.get(kind, str)(text)
        except (TypeError, ValueError):
            raise OptionError(f"{name}: what the environment says is not of the type {kind}.") from None

    @staticmethod
    def _plain(value: t.Any) -> t.Any:
        """A text of a vault is none yet; numbers and the like are what they are."""
        return value if isinstance(value, bool | int | float) else str(value)

    def _add_hosts(self, tenants: list[FleetTenant]) -> None:
        for tenant, name in zip(tenants, host_names(tenants, self.get_option("hostname")), strict=True):
            self.inventory.add_host(name)
            for variable, value in host_variables(tenant).items():
                # What the user wrote is the user's template, if it is one.
                is_users = value is tenant.variables.get(variable)
                self.inventory.set_variable(name, variable, value if is_users else _untrusted(value))
            if self.get_option("built_in_groups"):
                for group in group_names(tenant):
                    self.inventory.add_group(group)
                    self.inventory.add_child(group, name)
            self._construct(name)

    def _construct(self, name: str) -> None:
        strict = self.get_option("strict")
        self._set_composite_vars(self.get_option("compose"), self._variables_of(name), name, strict=strict)
        variables = self._variables_of(name)
        self._add_host_to_composed_groups(self.get_option("groups"), variables, name, strict=strict)
        self._add_host_to_keyed_groups(self.get_option("keyed_groups"), variables, name, strict=strict)

    def _variables_of(self, name: str) -> dict[str, t.Any]:
        return dict(self.inventory.get_host(name).get_vars())
