# `make run` opens the office with its example; `make test` runs everything CI runs. Both set up what they need.

BIN := .venv/bin

.PHONY: help setup dev run test check format bench pictures lock clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

setup: ## install Filage in .venv (does nothing when nothing changed)
	@tools/setup run

dev: ## the same, with what the tests and the checks need
	@tools/setup dev

run: setup ## open the office with its example
	@$(BIN)/filage demo

test: dev ## everything CI runs: the checks, then the tests, whatever the checks found
	@failed=0; BIN=$(BIN) tools/check || failed=1; $(BIN)/python tools/run_tests.py || failed=1; exit $$failed

check: dev ## format, lint, types, import floors, templates, documentation
	@BIN=$(BIN) tools/check

format: dev ## put code and templates in their usual form, repair what can be
	@BIN=$(BIN) tools/format

bench: dev ## measure speed, memory and growth, beside LibreOffice
	@$(BIN)/python -m bench

pictures: dev ## take the pictures of the README again, from the demo
	@$(BIN)/python tools/pictures.py

lock: dev ## pin the dependencies of pyproject.toml, with hashes
	@BIN=$(BIN) tools/lock

clean: ## throw away what `make` made
	@rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
