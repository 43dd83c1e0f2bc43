# Every target makes its own environment in .venv, with nothing but python3 and pip, and again when pyproject.toml changes.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 4
ONLY ?=
ARGS ?=

# Two stamps: what the program needs, and what its tests need besides.
RUNTIME := $(VENV)/.installed-runtime
DEVELOPMENT := $(VENV)/.installed-development

.DEFAULT_GOAL := help
.PHONY: help run test check format bench clean

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUNTIME) ## Import the bundled sample and look at a comparison of real models
	@$(BIN)/catalog demo

# Hundreds of tests start the program, which would be compiled anew each time where nothing compiled may be kept.
test: $(DEVELOPMENT) ## Run the tests; ARGS="-k history" chooses some, WORKERS=8 uses more cores
	@PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n $(WORKERS) $(ARGS)

check: $(DEVELOPMENT) ## Check format, style and types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

format: $(DEVELOPMENT) ## Put the code into the one format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(DEVELOPMENT) ## Run the benchmarks; ONLY=page runs those whose name has the word
	@$(BIN)/python benchmarks/run.py $(ONLY)

clean: ## Remove the environment and what tools have cached; the data stay
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; say PYTHON=python3.12, for example")'
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo 'No environment could be made; Debian and Ubuntu need: apt install python3-venv' >&2; exit 1; }

$(RUNTIME): pyproject.toml | $(BIN)/python
	@echo "Installing the catalogue into $(VENV) (a minute or two, the first time only) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

# Dependency groups came with pip 25.1; a fresh environment may have an older one.
$(DEVELOPMENT): pyproject.toml | $(BIN)/python
	@echo "Installing the catalogue and the tools of its tests into $(VENV) (a minute or two, the first time only) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev --editable '.[postgres]'
	@touch $(RUNTIME) $@
