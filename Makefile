# Two commands do everything on a machine with Python 3.11 or newer and make:
#   make run    set up, start, print the address
#   make test   set up, check style, types and floors, run all tests
# Nothing is installed outside .venv, except Chromium for the browser tests (see the target "browser").

VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
ARGS   ?=
PYTHON ?=
FETCH_WEIGHTS := $(BIN)/python -m herstel_pose.weights

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run demo setup setup-dev weights test style types floors tests format browser postgresql bench messages pictures walkthrough examples tours lock clean

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup  ## set up if needed, start Herstel and print its address (options: make run ARGS="--port 8010")
	@exec $(BIN)/herstel serve $(ARGS)

demo: setup  ## a practice with made-up people, to see how it works; its records stay apart from your own
	@exec $(BIN)/herstel demo $(ARGS)

setup: $(VENV)/.ready  ## only set up: afterwards .venv/bin/herstel works
	@$(FETCH_WEIGHTS) || true

setup-dev: $(VENV)/.ready-dev  ## set up with everything the tests need
	@$(FETCH_WEIGHTS) || true

weights: $(VENV)/.ready  ## fetch the networks that find a body in a video (set-up does it; without them all else works)
	@$(FETCH_WEIGHTS)

test: setup-dev style types floors browser postgresql tests  ## all checks and all tests

style: setup-dev  ## ruff: linter and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup-dev  ## mypy --strict
	$(BIN)/mypy --strict

floors: setup-dev  ## import contracts: who may use whom
	$(BIN)/lint-imports

# The tests of the pages run twice: on SQLite with all the others, and on a PostgreSQL of their own.
tests: setup-dev  ## pytest with branch coverage; the domain must be covered completely (one part: make tests ARGS=tests/unit)
ifeq ($(strip $(ARGS)),)
	$(BIN)/python -m pytest -n auto --dist worksteal --cov --cov-report=term
	@printf 'Branch coverage of the domain (src/herstel) in percent, 100 is needed: '
	@$(BIN)/python -m coverage report --include='src/herstel/*' --format=total --fail-under=100
	$(BIN)/python tools/postgresql.py $(BIN)/python -m pytest -n auto --dist worksteal tests/web
else
	$(BIN)/python -m pytest $(ARGS)
endif

format: setup-dev  ## let ruff mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The browser tests use a Chromium that is already here. Where it is missing and we may install packages (Debian, as root
# or with a sudo that asks no password), it is installed; elsewhere those tests skip and say why.
browser:  ## see to it that Chromium is there for the browser tests
	@if [ -n "$$HERSTEL_CHROMIUM" ] || command -v chromium >/dev/null 2>&1; then exit 0; fi; \
	if ! command -v apt-get >/dev/null 2>&1; then \
	    echo 'No chromium here: the browser tests will be skipped. Install it, or name one in HERSTEL_CHROMIUM.'; exit 0; fi; \
	if [ "$$(id -u)" = 0 ]; then sudo=''; \
	elif sudo -n true >/dev/null 2>&1; then sudo='sudo -n'; \
	else echo 'No chromium here: the browser tests will be skipped. To have them: sudo apt-get install chromium'; exit 0; fi; \
	echo 'Installing chromium for the browser tests (apt-get) ...'; \
	{ $$sudo apt-get update -qq && \
	  $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-liberation; \
	} >/dev/null 2>&1 || echo 'Chromium could not be installed: the browser tests will be skipped.'

postgresql:  ## see to it that PostgreSQL is there for the tests of the pages
	@if command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then exit 0; fi; \
	if ! command -v apt-get >/dev/null 2>&1; then \
	    echo 'No PostgreSQL here: the pages are tested on SQLite only. Install it to test them on both.'; exit 0; fi; \
	if [ "$$(id -u)" = 0 ]; then sudo=''; \
	elif sudo -n true >/dev/null 2>&1; then sudo='sudo -n'; \
	else echo 'No PostgreSQL here: the pages are tested on SQLite only. To have it: sudo apt-get install postgresql'; exit 0; fi; \
	echo 'Installing PostgreSQL for the tests of the pages (apt-get) ...'; \
	{ $$sudo apt-get update -qq && \
	  $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql; \
	} >/dev/null 2>&1 || echo 'PostgreSQL could not be installed: the pages are tested on SQLite only.'

bench: setup-dev  ## run the benchmarks (see benchmarks/README.md)
	$(BIN)/python -m benchmarks $(ARGS)

pictures: setup-dev browser  ## make the pictures in the documents anew, with a real browser
	PYTHONPATH=. $(BIN)/python tools/pictures.py

walkthrough: setup-dev browser  ## make docs/walkthrough anew: pages of a demonstration in a real browser
	PYTHONPATH=. $(BIN)/python tools/walkthrough.py

examples: setup-dev  ## write the true output of every example into the documents
	$(BIN)/python tools/examples.py

tours: setup-dev  ## write the tours of the example cases anew; then look at what changed
	PYTHONPATH=. $(BIN)/python tools/tours.py

messages: setup-dev  ## collect the interface texts (English in the source), update and compile the Dutch catalogues
	$(BIN)/python tools/messages.py

lock:  ## renew requirements/*.txt from pyproject.toml (needs Python 3.11, the oldest we support)
	tools/lock

clean:  ## remove the environment and everything that was made; your own files stay
	rm -rf $(VENV) .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist
	find src tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# --- the environment ---------------------------------------------------------------------------------------------------
# A lock names everything, so nothing is left to work out (--no-deps); a newer release of anything cannot disturb it.
# The files .ready and .ready-dev say when the environment was last completed; they are older than the locks when there is
# something to do, so a second run starts at once.

$(BIN)/python:
	@for python in $(PYTHON) python3 python3.15 python3.14 python3.13 python3.12 python3.11 python; do \
	    "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { found="$$python"; break; }; \
	done; \
	if [ -z "$$found" ]; then \
	    echo 'Herstel needs Python 3.11 or newer and found none. Install it, or name it: make setup PYTHON=/path/to/python3' >&2; \
	    exit 1; fi; \
	if ! "$$found" -c 'import venv, ensurepip' >/dev/null 2>&1; then \
	    echo "The Python here ($$found) cannot make environments: its parts venv and ensurepip are missing." >&2; \
	    echo 'On Debian and Ubuntu: sudo apt-get install python3-venv    Then give the same command again.' >&2; \
	    exit 1; fi; \
	echo "Making the environment in $(VENV) with $$("$$found" --version) ..."; \
	rm -rf $(VENV) && "$$found" -m venv $(VENV)

$(VENV)/.ready: requirements/lock.txt pyproject.toml | $(BIN)/python
	@echo 'Installing what Herstel needs ...'
	@$(PIP) install --require-hashes --no-deps -r requirements/lock.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# The locked requirements of the tests are those of the program and more.
$(VENV)/.ready-dev: requirements/lock-dev.txt $(VENV)/.ready
	@echo 'Installing what the tests need ...'
	@$(PIP) install --require-hashes --no-deps -r requirements/lock-dev.txt
	@touch $@
