# Jembol: every task of a developer and of CI. `make help` lists them.

PYTHON ?= python3
# Another Python gets an environment of its own: `make test PYTHON=python3.13`.
VENV ?= .venv$(if $(filter-out python3,$(notdir $(PYTHON))),-$(notdir $(PYTHON)))
PORT ?= 8000

export PYTHONUNBUFFERED := 1

BIN := $(VENV)/bin
JEMBOL := $(BIN)/jembol

.DEFAULT_GOAL := help
.PHONY: help setup setup-bench run demo fix check test test-all measure messages screenshots \
	check-format check-lint check-types check-layers check-migrations check-texts check-spelling

help: ## list these targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

setup: ## install everything that development needs into the environment
	@$(PYTHON) tools/install.py dev --venv $(VENV)

run: ## start Jembol on 127.0.0.1 (PORT=8000), with a demo city on the first start
	@$(PYTHON) tools/install.py run --venv $(VENV)
	@exec $(JEMBOL) run --port $(PORT)

demo: ## load the demo city into the register (SIZE=city for a full one)
	@$(PYTHON) tools/install.py run --venv $(VENV)
	@$(JEMBOL) setup --no-demo
	@$(JEMBOL) demo $(if $(SIZE),--size $(SIZE))

fix: setup ## format, and mend what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

check: check-format check-lint check-types check-layers check-migrations check-texts check-spelling ## everything but the tests (`make -k check` goes on after a failure)

check-format: setup
	$(BIN)/ruff format --check .

check-lint: setup
	$(BIN)/ruff check .

check-types: setup
	$(BIN)/mypy

check-layers: setup
	$(BIN)/lint-imports --no-logo

check-migrations: setup
	$(JEMBOL) makemigrations --check --dry-run

check-texts: setup
	$(BIN)/python tools/messages.py --check

check-spelling: setup
	$(BIN)/codespell

test: check ## everything: the checks, the tests on SQLite and PostgreSQL, the browser
	@$(BIN)/python tools/test.py

test-all: check ## the same, with the browser on PostgreSQL too
	@$(BIN)/python tools/test.py --all

# What is measured beside other matchers or on a cluster has an environment of its own.
APART := linkage spark
MODULE_spark := bench.linkage.cluster
MODULE_linkage := bench.linkage
MODULE_allocation := bench.allocation
MODULE_routing := bench.routing
MODULE_week := bench.week

measure: $(if $(filter $(APART),$(NAME)),setup-bench,setup) ## measure imports, pages, searches, writers and starts at the size of a city (NAME=pages for one, NAME=linkage beside other matchers, NAME=allocation beside HiGHS, NAME=routing beside OR-Tools, NAME=week for a week of two officers, NAME=spark on a cluster)
	$(if $(filter $(APART),$(NAME)),$(VENV)-bench/bin/python -m $(MODULE_$(NAME)),$(BIN)/python -m $(or $(MODULE_$(NAME)),bench $(NAME)))

setup-bench:
	@$(PYTHON) tools/install.py bench --venv $(VENV)-bench

messages: setup ## bring new texts into the Indonesian catalogue
	$(BIN)/python tools/messages.py

screenshots: setup ## take pictures of the main pages of a fresh demo city into var/pictures
	$(BIN)/python tools/screenshots.py
