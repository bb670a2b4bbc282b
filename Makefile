# Two commands for a fresh machine: `make run` and `make test`. Every target is quick when it has nothing to do.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STORE ?= carekg-store
PORT ?= 8501

.DEFAULT_GOAL := help
.PHONY: help run install sample serve test check fmt neo4j screenshot bench lock clean browser java strace

help: ## Show what can be made
	@grep -hE '^[a-z0-9]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: install sample ## Install, ingest the shipped sample where there is no store yet, open the explorer on 127.0.0.1
	$(BIN)/carekg serve --store $(STORE) --port $(PORT)

install: $(VENV)/.installed ## Put the application and its pinned dependencies into .venv

sample: install ## Ingest the shipped sample into the store, where there is none
	@test -e $(STORE) || $(BIN)/carekg ingest --sample --store $(STORE)

serve: install ## Open the explorer on the store as it is
	$(BIN)/carekg serve --store $(STORE) --port $(PORT)

test: $(VENV)/.installed-dev java browser strace ## Run the whole suite, with Neo4j and Chromium
	$(BIN)/pytest -n 2 --dist loadfile

check: $(VENV)/.installed-dev ## Format, lint, types, direction of imports, size of modules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -q tests/test_layout.py

fmt: $(VENV)/.installed-dev ## Format and mend what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

neo4j: $(VENV)/.installed-dev java ## Start a real Neo4j (from Maven) on 127.0.0.1 until Ctrl-C
	$(BIN)/python -m devtools.neo4j_server

screenshot: $(VENV)/.installed-dev browser ## Take the README's picture anew
	$(BIN)/python -m devtools.screenshot docs/images/trace.png

bench: $(VENV)/.installed-dev ## Print the timings, as ratios against a named peer
	$(BIN)/python -m benchmarks.commands
	$(BIN)/python -m benchmarks.ingest --report docs/benchmarks/ingest.md
	$(BIN)/python -m benchmarks.scale --studies 100 --report docs/benchmarks/graph.md

lock: $(VENV)/.installed-dev ## Write the pins anew from pyproject.toml
	$(BIN)/python -m devtools.lock

clean: ## Remove what make made, but no store
	rm -rf $(VENV) .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis build *.egg-info

$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "carekg needs Python 3.11 with venv: apt-get install -y python3.11 python3.11-venv" >&2; exit 1; }

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q app.py cli.py commands explorer graph ingest ontology
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# The tests need a browser, a Java runtime with Maven, and strace. Where they are missing and this is root on Debian
# they are installed; elsewhere the tests that need them say that they were skipped, and why.
browser:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || devtools/apt-install.sh chromium

java:
	@{ command -v java >/dev/null && command -v mvn >/dev/null; } || devtools/apt-install.sh openjdk-17-jdk-headless maven

strace:
	@command -v strace >/dev/null || devtools/apt-install.sh strace
