# Newsdesk. `make` lists the targets. VENV, PYTHON and TORCH_BACKEND may be set on the command line.

PYTHON ?= python3
VENV ?= .venv
TORCH_BACKEND ?= cpu
WORKERS ?= 2
BIN := $(VENV)/bin
SYSTEM_UV := $(shell command -v uv 2>/dev/null)
UV := $(or $(SYSTEM_UV),$(BIN)/uv)

# A folder or page of ready-made torch wheels is used as it is; otherwise uv picks the right index.
# pip parts several places by spaces, uv by commas.
EMPTY :=
COMMA := ,
LINKS := $(or $(UV_FIND_LINKS),$(subst $(EMPTY) $(EMPTY),$(COMMA),$(strip $(PIP_FIND_LINKS))))
ifneq ($(LINKS),)
export UV_FIND_LINKS := $(LINKS)
BACKEND :=
else
BACKEND := --torch-backend $(TORCH_BACKEND)
endif
# Bytecode is made once, here: where none is kept, each start would compile the libraries anew.
INSTALL = VIRTUAL_ENV="$(abspath $(VENV))" $(UV) pip install --compile-bytecode $(BACKEND)

RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev

.DEFAULT_GOAL := help
.PHONY: help setup demo test coverage lint format types imports words lock clean

help: ## List the targets
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 16

setup: $(DEV) ## Create .venv and install everything, tools included (GPU: TORCH_BACKEND=auto)

demo: $(RUNTIME) ## Ingest the sample news and show cited answers; no token, no key
	$(BIN)/newsdesk demo

test: lint types imports ## Lint, check types and imports, run all tests
	$(BIN)/pytest -n $(WORKERS)

# By itself, for tracing makes the tests half as slow again.
coverage: $(DEV) ## Run all tests, and tell which lines they miss
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n $(WORKERS)
	-@$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

lint: $(DEV) ## Check style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(DEV) ## Mend style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(DEV) ## Check types
	$(BIN)/mypy

imports: $(DEV) ## Check who may import whom
	$(BIN)/lint-imports

words: $(DEV) ## Bring the catalogues of the bot's languages up to date with the code
	$(BIN)/pybabel -q extract -k N_ --no-wrap --omit-header --no-location -o $(VENV)/words.pot bot
	@for file in bot/languages/*.po; do \
	  $(BIN)/pybabel -q update --no-wrap --no-fuzzy-matching --ignore-obsolete -i $(VENV)/words.pot \
	    -l $$(basename $$file .po) -o $$file; \
	done

# Torch's own requirements for GPUs are left out: its index adds what the chosen build needs.
lock: $(VENV)/.created ## Resolve both locks anew from pyproject.toml
	@for group in "" dev; do \
	  out=requirements$${group:+-$$group}.lock; \
	  echo "Resolving $$out"; \
	  $(UV) pip compile pyproject.toml $${group:+--group $$group} $${group:+-c requirements.lock} \
	    --universal --python-version 3.11 --no-annotate --no-header --no-emit-index-url \
	    --no-emit-find-links --quiet -o $(VENV)/raw.lock || exit 1; \
	  sed -E 's/^(torch==[0-9.]+)(\+cpu)? .*/\1/' $(VENV)/raw.lock \
	    | grep -vE '^(nvidia|cuda|triton)' | uniq > $$out; \
	done

clean: ## Remove the environment and what the tools left behind (your data stays)
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	rm -f .coverage .coverage.*

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Newsdesk needs Python 3.11 or newer; try make PYTHON=python3.12")'
	@echo "Creating $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@test -x "$(UV)" || { echo "uv is missing: installing it into $(VENV)"; $(BIN)/pip install --quiet uv; }
	@touch $@

$(RUNTIME): requirements.lock pyproject.toml $(VENV)/.created
	@echo "Installing the libraries (torch is about 200 MB: a few minutes the first time)"
	$(INSTALL) -r requirements.lock
	$(INSTALL) --no-deps -e .
	@touch $@

$(DEV): requirements-dev.lock $(RUNTIME)
	@echo "Installing the tools for tests and checks"
	$(INSTALL) -r requirements-dev.lock
	@touch $@
