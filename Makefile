# Python 3.11, make and a network are enough; what is up to date is not done again.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
NPM := $(shell command -v npm || echo $(CURDIR)/$(BIN)/npm)
THEME := src/qualicity/commons/theme
MO := src/qualicity/locale/zh_Hans/LC_MESSAGES/django.mo
BENCHMARKS := validation ingest measures pages report lights clocks inbox credit portal
# two files of tests at a time; WORKERS=0 runs them one after the other in one process
WORKERS ?= 2
PARALLEL := --numprocesses $(WORKERS) --dist loadfile
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help setup demo test check bench handbook messages wheel test-postgres test-spark test-faults clean

help: ## say what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: $(VENV)/.installed $(THEME)/static/vendor/.made $(MO) ## make .venv from the lock file, with the browser's assets

$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-compile --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	-$(BIN)/python -m compileall -q -j 0 $(VENV)/lib src/qualicity > /dev/null 2>&1  # each start would compile it anew where nothing may be kept
	touch $@

node_modules/.installed: package-lock.json package.json | $(VENV)/.installed
	PATH="$(CURDIR)/$(BIN):$$PATH" $(NPM) ci --no-progress --loglevel=error
	touch $@

$(THEME)/static/vendor/.made: node_modules/.installed $(THEME)/assets.mjs $(THEME)/icons.txt
	PATH="$$PATH:$(CURDIR)/$(BIN)" node $(THEME)/assets.mjs
	touch $@

$(MO): $(wildcard src/qualicity/locale/parts/*.po) | $(VENV)/.installed
	$(BIN)/python -m qualicity.site.messages 2> /dev/null

messages: $(VENV)/.installed ## merge and compile the Chinese words, and name those that are missing
	$(BIN)/python -m qualicity.site.messages

demo: setup ## build the demonstration city and serve it
	$(BIN)/qualicity demo $(DEMO)

test: setup ## run every test, the browser's included
	$(BIN)/python -m pytest $(PARALLEL) $(PYTEST)

check: setup ## lint, types, contracts, words, handbook
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m qualicity.site.messages --check
	$(BIN)/python docs/generate.py --check

bench: setup ## run the benchmarks, each against its peer in the same run
	@set -e; for name in $(BENCHMARKS); do $(BIN)/python benchmarks/$$name.py; done

handbook: setup ## write the handbook anew from definitions and spec tests
	$(BIN)/python docs/generate.py

wheel: setup ## build the wheel and the source distribution
	$(BIN)/python -m build --no-isolation

test-postgres: setup ## run the suite on the PostgreSQL database of DATABASE_URL
	@test -n "$(DATABASE_URL)" || { echo "Set DATABASE_URL=postgresql://…"; exit 1; }
	DATABASE_URL="$(DATABASE_URL)" $(BIN)/python -m pytest tests/unit tests/definitions $(PARALLEL) $(PYTEST)

test-spark: setup ## compare the cells that Spark and DuckDB give
	$(BIN)/python -m pytest tests/spark $(PYTEST)

test-faults: setup ## kill, race and fill up 200 times
	QUALICITY_KILLS=$${QUALICITY_KILLS:-200} $(BIN)/python -m pytest tests/faults $(PYTEST)

clean: ## remove what setup made
	rm -rf $(VENV) node_modules $(THEME)/static/vendor dist build
