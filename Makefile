# make run     starts the bot, the Graph sandbox and the Playground
# make test    everything: checks, all tests, and the quick tests on every other Python of this machine
# make check   format, lint, types, import rules
# make e2e     the browser tests alone
# make bench   the measurements
# make clean   removes what was built, never the data

SHELL := bash
.DEFAULT_GOAL := help
.PHONY: help run test check bench e2e clean environment development playground system-packages \
	quick-on-other-pythons

# Parallel test processes; two cores are enough.
JOBS ?= 2
UV_VERSION := 0.13.9
UV := $(or $(shell command -v uv),.tools/bin/uv)
BIN := .venv/bin
QUICK := not postgresql and not browser and not slow
PYTEST := -q -n $(JOBS) --dist loadscope

help:
	@sed -n '1,/^$$/s/^# //p' Makefile

run: environment playground
	@exec $(BIN)/python app.py run

test: system-packages check playground quick-on-other-pythons
	$(BIN)/python -m pytest $(PYTEST)

check: development
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --explicit-package-bases .
	$(BIN)/lint-imports

e2e: system-packages development playground
	$(BIN)/python -m pytest -q tests/e2e

bench: development
	$(BIN)/python -m bench

clean:
	rm -rf dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	rm -rf tests/e2e/artefacts .tools/venvs
	find . -name __pycache__ -not -path './.venv/*' -not -path './.tools/*' -prune -exec rm -rf {} +

# What the product needs; what is installed for development stays.
environment: $(UV)
	@$(UV) sync --quiet --frozen --no-dev --inexact

development: $(UV)
	@$(UV) sync --quiet --frozen --inexact

.tools/bin/uv:
	@echo "uv is missing: fetching it into .tools/"
	@python3 -m venv .tools || { echo "Python's venv is missing; on Debian: apt-get install python3-venv"; exit 1; }
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

# The Playground is for trying the bot and for its tests; without Node.js the bot runs without it.
playground:
	@playground/install

system-packages:
	@tests/install-system-packages

quick-on-other-pythons: $(UV)
	@for python in $$(tests/other-pythons $(BIN)/python); do \
		version=$$($$python -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
		echo "The quick tests on Python $$version:"; \
		export UV_PROJECT_ENVIRONMENT=.tools/venvs/$$version; \
		$(UV) sync --quiet --frozen --python "$$python" || exit 1; \
		.tools/venvs/$$version/bin/python -m pytest $(PYTEST) -m "$(QUICK)" || exit 1; \
	done
