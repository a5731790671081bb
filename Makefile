# One virtual environment, .venv, serves every target; whichever runs first makes it.
# Ansible's own tools run in .build/ansible_collections/m365/entra, a copy of the checkout with the path they insist on.

SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PORT ?= 8443
ARGS ?=

# The first interpreter that is new enough; override with `make PYTHON=/path/to/python3 ...` before .venv exists.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$name"; exit; }; done)

VENV := .venv
TOOL := PYTHONPATH=tests $(VENV)/bin/python -m
REQUIREMENTS := requirements.txt tests/requirements.txt tests/tools/requirements.txt
# One of each kind of module, and all that has to do with secrets; the other door is tested with every target.
MODULE_DOOR_TARGETS := authentication conditional_access_policy named_location secrets security_defaults tenant_info
INCLUDED_REQUIREMENTS := tests/unit/requirements.txt tests/integration/requirements.txt

.PHONY: help
help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-24s %s\n", $$1, $$2 }'

$(VENV)/.complete: $(REQUIREMENTS) $(INCLUDED_REQUIREMENTS) tests/constraints.txt tests/tools/make_venv.py
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and none was found." \
		"On Debian and Ubuntu: apt install python3 python3-venv" >&2; exit 1; }
	@echo "Preparing $(VENV) with $$("$(PYTHON)" --version) ..."
	@"$(PYTHON)" tests/tools/make_venv.py $(VENV) --constraints tests/constraints.txt \
		$(REQUIREMENTS:%=--requirements %)
	@touch $@

.PHONY: venv
venv: $(VENV)/.complete ## Make or update .venv
	@:

.PHONY: lint
lint: venv ## Formatting, style, types, YAML, ansible-lint, changelog and documentation
	@$(TOOL) tools.lint

.PHONY: sanity
sanity: venv ## ansible-test sanity
	@$(TOOL) tools.ansible_test sanity $(ARGS)

.PHONY: unit
unit: venv ## Unit tests (ARGS goes to ansible-test)
	@$(TOOL) tools.ansible_test units $(ARGS)

.PHONY: contract
contract: venv ## The simulator compared with Microsoft's schema, typed models and recorded answers (ARGS goes to pytest)
	@PYTHONPATH=tests $(VENV)/bin/python -m pytest tests/contract -n 2 $(ARGS)

.PHONY: integration
integration: venv ## Integration targets against the simulator (ARGS goes to ansible-test)
	@$(TOOL) tools.ansible_test integration $(ARGS)

.PHONY: integration-module-door
integration-module-door: venv ## Some of these targets once more, with modules in processes of their own
	@ENTRA_IN_PROCESS=false $(TOOL) tools.ansible_test integration $(MODULE_DOOR_TARGETS)

.PHONY: molecule
molecule: venv ## Role scenarios in extensions/molecule (ARGS goes to molecule, as in ARGS="-s baseline_p2")
	@$(TOOL) tools.molecule $(ARGS)

.PHONY: build
build: venv ## Build the archive, install it elsewhere and check it as Galaxy would
	@$(TOOL) tools.build

.PHONY: test
test: venv ## Everything above, two parts at a time
	@$(TOOL) tools.test

.PHONY: test-matrix
test-matrix: venv ## Unit and integration tests on every supported ansible-core and Python that is here
	@$(TOOL) tools.matrix

.PHONY: bench
bench: venv ## Measure and write docs/benchmarks.md (QUICK=1: three minutes, only prints; TENANTS="1 100" REPETITIONS=3 DELAYS=0)
	@QUICK="$(QUICK)" TENANTS="$(TENANTS)" REPETITIONS="$(REPETITIONS)" DELAYS="$(DELAYS)" $(TOOL) bench

.PHONY: schemas
schemas: venv ## Write the JSON Schemas for editors, docs/schemas, from the code
	@$(TOOL) tools.mirror
	@PYTHONPATH=tests:.build $(VENV)/bin/python -m tools.schemas

.PHONY: simulator
simulator: venv ## Serve the tenant simulator on https://localhost:PORT in the foreground
	@PYTHONPATH=tests exec $(VENV)/bin/python -m simulator --port $(PORT) --directory .simulator

.PHONY: demo
demo: venv ## Bring three simulated tenants to the baseline, twice, and show what holds
	@exec $(VENV)/bin/python tests/tools/demo.py

.PHONY: clean
clean: ## Remove everything that make has made
	rm -rf .venv .venv.lock .venv-matrix .build .simulator .ansible .cache .mypy_cache .ruff_cache .pytest_cache \
		results tests/output m365-entra-*.tar.gz
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
