# Every task of the project. `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
BIN := .venv/bin

help: ## List the tasks
	@awk 'BEGIN {FS = ":.*## "} /^[a-z0-9-]+:.*## / {printf "  %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: ## Make .venv with the command mosty, and the front-end files
	@scripts/install.sh base

install-dev: ## Besides, what tests, checks and documentation need, and a browser
	@scripts/install.sh dev

demo: install ## Load the demo Academy, run the main chain before your eyes, serve it
	$(BIN)/mosty demo

run: install ## Serve what is in the database
	$(BIN)/mosty migrate --noinput -v0
	$(BIN)/mosty serve

test: install-dev ## Pass all tests, the browser's included
	$(BIN)/pytest -n 2 -q

test-chance: install-dev ## Try the rules of the engines with examples drawn anew
	$(BIN)/pytest -n 2 -q -m hypothesis --hypothesis-profile chance

test-scale: install-dev ## Count every table in PostgreSQL, DuckDB and Spark (0.5 GB to fetch, once)
	scripts/scale.sh $(BIN)/pytest -n 0 -q tests/scale

test-installation: install-dev ## Run an installation as a whole: several processes, the large demo, every upgrade
	$(BIN)/pytest -n 0 -q tests/installation

lint: install-dev ## Formatting, style and imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint --lint --quiet src
	$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports

types: install-dev ## Types, strictly
	$(BIN)/mypy

check: lint types ## All that must hold before a change lands
	$(BIN)/mosty makemigrations --check --dry-run
	$(BIN)/python scripts/messages.py --check
	$(MAKE) docs
	$(MAKE) test
	$(BIN)/mosty demo --check

docs: install-dev ## Build the documentation, strictly
	$(BIN)/python scripts/reference.py
	$(BIN)/mkdocs build --strict --quiet

messages: install-dev ## Collect the sentences to translate, compile the translations
	$(BIN)/python scripts/messages.py

screenshots: install-dev ## Take the pictures of README and documentation
	$(BIN)/python scripts/screenshots.py

bench: install-dev ## Measure beside peers and floors and renew docs/explanation/benchmarks.md; ONLY="plans maps" for some
	$(BIN)/python -m bench $(ONLY)

lock: install-dev ## Renew the locked dependencies, with hashes and without addresses
	for set in base dev scale; do $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock" requirements/$$set.in --output-file requirements/$$set.lock; done

audit: install-dev ## Ask whether weaknesses of the locked dependencies are known (needs the network)
	for set in base dev; do $(BIN)/uv tool run pip-audit --strict --disable-pip --require-hashes -r requirements/$$set.lock || exit 1; done

.PHONY: help install install-dev demo run test test-scale test-installation lint types check docs messages screenshots bench lock audit
