# The commands people type. What they do stands in .ci/, in small shell scripts, because a fresh machine has nothing else.
.DEFAULT_GOAL := help
.PHONY: help run setup test check bench lock screenshot clean

PORT ?= 8000
ARGS ?=
PAGE ?= /

help: ## List every target
	@echo 'make run          start the application at http://127.0.0.1:8000, with a demonstration in an empty database'
	@echo 'make run PORT=…   the same on another port'
	@echo 'make setup        prepare the environment only; afterwards .venv/bin/flask --app wsgi … runs every command'
	@echo 'make test         run every test: SQLite, PostgreSQL, a real Chromium; what was left out is counted at the end'
	@echo 'make test ARGS=…  run some of them, for example ARGS="tests/allocation -k cent"'
	@echo 'make check        style, types, import order and templates, without running a test'
	@echo 'make bench        measure what grows with members and articles; fails above bench/ceilings.toml'
	@echo 'make lock         write requirements.txt from pyproject.toml; ARGS=--upgrade takes newer versions'
	@echo 'make screenshot   take the picture of the README from a demonstration of its own; PAGE=/… takes another page'
	@echo 'make clean        remove the environment and all caches; instance/ with its data stays'
	@echo 'make help         this list'

run:
	@PORT='$(PORT)' .ci/serve

setup:
	@.ci/setup

test:
	@.ci/test $(ARGS)

check:
	@.ci/check

bench: setup
	@.ci/bench $(ARGS)

lock: setup
	@.ci/lock $(ARGS)

screenshot: setup
	@TEST_CHROMIUM="$$(.ci/chromium)" .venv/bin/python .ci/screenshot.py $(PAGE)

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
