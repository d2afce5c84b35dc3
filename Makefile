# Lead Import: `make run` starts it, `make test` proves it.
# Both make what they need inside this folder (.venv) and need nothing but Python 3.11+ beforehand.

PORT ?= 8501
WORKERS ?= 2
ARGS ?=

VENV := .venv
PY := $(VENV)/bin/python
RUNTIME := $(VENV)/.runtime-installed
DEV := $(VENV)/.dev-installed
BENCH := $(VENV)/.bench-installed
# -qq: nothing but errors; warnings about somebody's pip configuration are no news about this project.
PIP_INSTALL := $(PY) -m pip install --disable-pip-version-check -qq

# pip's advice against root is meant for the system's Python, not for a virtual environment.
export PIP_ROOT_USER_ACTION := ignore

.DEFAULT_GOAL := help
.PHONY: help run demo test test-pure faults lint bench audit licences clean

help:
	@echo "make run        start on http://127.0.0.1:$(PORT)   (PORT=…, LEAD_IMPORT_HOME=…, DATABASE_URL=…)"
	@echo "make demo       put practice leads and campaigns into the database"
	@echo "make test       all tests, in a real browser too     (ARGS='-k upload' chooses some)"
	@echo "make test-pure  the tests that need no database: seconds"
	@echo "make faults     every fault many times, and a table of what came of it: a quarter of an hour  (FAULT_SEED=…)"
	@echo "make lint       ruff"
	@echo "make bench      an import beside a bare COPY of the same rows, and beside its peers"
	@echo "                (ARGS='core http peers growth concurrency screens leads' chooses some; --large --save --rounds N)"
	@echo "make audit      known vulnerabilities of what is installed (asks the package index)"
	@echo "make licences   writes docs/licences.md"
	@echo "make clean      remove caches and test results       (the environment and the data stay)"

run: $(RUNTIME)
	@exec $(PY) -m tools.serve --port $(PORT)

demo: $(RUNTIME)
	@exec $(PY) -m db demo

# pytest's closing line comes last, so that whoever reads only the end reads the truth.
test: $(DEV)
	@CHROMIUM=`$(PY) -m tools.chromium --install`; export CHROMIUM; \
	exec $(PY) -m pytest -n $(WORKERS) --dist loadfile $(ARGS)

# The suffix _flow marks what reaches the database.
test-pure: $(DEV)
	@exec $(PY) -m pytest -q tests/core --ignore-glob='*_flow.py' $(ARGS)

# `make test` has a short form of it.
faults: $(DEV)
	@CHROMIUM=`$(PY) -m tools.chromium --install`; export CHROMIUM; \
	FAULTS=long exec $(PY) -m pytest tests/faults tests/races -n $(WORKERS) $(ARGS)

lint: $(DEV)
	@exec $(PY) -m ruff check .

bench: $(BENCH)
	@exec $(PY) -m bench $(ARGS)

# --strict: a package that nobody could say anything about is a failure, not a clean bill.
audit: $(DEV)
	@exec $(PY) -m pip_audit --strict --local

licences: $(DEV)
	@exec $(PY) -m tools.licences

clean:
	rm -rf .pytest_cache .ruff_cache .hypothesis test-results
	find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +

# A dangling link (its Python was removed) counts as absent, so a broken environment is made anew.
$(PY):
	@sh tools/make_venv.sh $(VENV)

$(RUNTIME): requirements.txt $(PY)
	@echo "Installing what Lead Import runs on (once, up to a minute) …"
	@$(PIP_INSTALL) -r requirements.txt
	@touch $@

$(BENCH): requirements-bench.txt $(DEV)
	@echo "Installing what the import is measured beside (once) …"
	@$(PIP_INSTALL) -r requirements-bench.txt
	@touch $@

$(DEV): requirements-dev.txt requirements.txt $(PY)
	@echo "Installing what the tests need (once) …"
	@$(PIP_INSTALL) -r requirements-dev.txt
	@touch $(RUNTIME) $@
