# `make site` and `make test` are all that a fresh machine with Python 3.11+, make and git needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: site test test-all lint types unit browser javascript lock clean

site: $(VENV)/.site  ## set up, read the dumps, build the site into site/
	$(BIN)/digest build

test: lint types unit javascript  ## set up, run everything that takes minutes

test-all: test  ## the checks too long for every day, too
	$(BIN)/python -m pytest -n auto --maxprocesses 8 --dist worksteal -m long

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test
	$(BIN)/mypy

unit: $(VENV)/.test browser
	$(BIN)/python -m pytest -n auto --maxprocesses 8 --dist worksteal -m "not long"

browser:  ## Chromium for the browser tests, if there is none and it can be installed
	@{ command -v chromium || command -v chromium-browser || command -v google-chrome || command -v google-chrome-stable; } >/dev/null \
	|| { command -v apt-get >/dev/null && test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } \
	|| echo "There is no Chromium: the browser tests will be skipped, or fail in CI."

javascript: $(VENV)/.test
	$(BIN)/python tests/run_javascript.py

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.site: requirements.txt pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.test: requirements-dev.txt pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements-dev.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $@ $(VENV)/.site

lock: | $(BIN)/python  ## write the lock files again, after pyproject.toml has changed
	$(PIP) install pip-tools
	$(COMPILE) --output-file requirements.txt pyproject.toml
	$(COMPILE) --extra dev --extra topics --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

COMPILE := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/python -m piptools compile --quiet --generate-hashes --strip-extras \
	--allow-unsafe --all-build-deps --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options

clean:
	rm -rf $(VENV) site .cache
