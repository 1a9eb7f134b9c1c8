# The Korea Bet · 押注韩国. `make` alone lists what there is.
PYTHON ?= python3
ARTICLES ?= ../shared/articles
VENV := .venv
BIN := $(VENV)/bin
# With a folder of kept wheels (`make wheels`) nothing is asked of the network.
WHEELS := wheels
KEPT := $(if $(wildcard $(WHEELS)/*.whl),--no-index --find-links $(WHEELS))
PIP := $(BIN)/pip --disable-pip-version-check --quiet
LOCKED := --require-hashes --only-binary :all:
export ARTICLES
export NO_MKDOCS_2_WARNING := 1

.PHONY: help serve site test test-all check fast bench sources lighthouse extract wheels lock clean

help: ## list these targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/.site: requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) install $(KEPT) $(LOCKED) -r requirements.txt
	$(PIP) install --no-index --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements-dev.txt $(VENV)/.site
	$(PIP) install $(KEPT) $(LOCKED) -r requirements-dev.txt
	@touch $@

TOOLS := tests/tools/node_modules/.installed
$(TOOLS): tests/tools/package-lock.json
	$(PYTHON) tests/tools/find_tools.py
	cd tests/tools && npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

site: $(VENV)/.site ## build the finished site into site/
	$(BIN)/explainer build

serve: $(VENV)/.site ## preview the site at http://127.0.0.1:8000/ and reload it on every save
	$(BIN)/mkdocs serve

check: $(VENV)/.site ## load the data and report every problem
	$(BIN)/explainer check

extract: $(VENV)/.site ## pull the mentions again from the articles in $(ARTICLES)
	$(BIN)/explainer extract --write $(ARTICLES)

test: $(VENV)/.test $(TOOLS) ## run the tests, in a real browser too, on a sample of pages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses auto --dist loadfile

test-all: test ## run the rest too: every page and size, long random runs, kill tests
	$(BIN)/pytest --numprocesses auto --dist worksteal -m "full or fuzz"

fast: $(VENV)/.test ## run the checks that need no browser and no other tool
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest --ignore tests/browser --ignore tests/markup --ignore tests/hosting

bench: $(VENV)/.site ## measure the build of the real data and of 200 and 1,000 invented figures
	$(BIN)/python scripts/benchmark.py

sources: $(VENV)/.test ## list the sources' addresses; with ARGS=--online, ask whether they still hold
	$(BIN)/python scripts/check_sources.py $(ARGS)

wheels: ## keep the packages, so that the site can be built without a network
	$(PYTHON) -m pip download --disable-pip-version-check --quiet $(LOCKED) -d $(WHEELS) -r requirements.txt
	$(PYTHON) -m pip download --disable-pip-version-check --quiet $(LOCKED) -d $(WHEELS) -r requirements-dev.txt

lighthouse: $(VENV)/.test $(TOOLS) ## print Lighthouse's scores of eight pages on a phone
	$(BIN)/python -m tests.weight.lighthouse

lock: ## lock the requirements again, with hashes and without addresses
	uv pip compile --quiet --generate-hashes --universal --python-version 3.11 requirements.in -o requirements.txt
	uv pip compile --quiet --generate-hashes --universal --python-version 3.11 requirements-dev.in -o requirements-dev.txt

# Old versions wrote pages below docs; only files with their mark are removed.
clean: ## remove everything that was made
	@grep -rlxZ '# Written from the data by the build. Do not edit.' docs/en docs/zh | xargs -0r rm
	rm -rf $(VENV) site site.next site.old .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis tests/tools/node_modules
