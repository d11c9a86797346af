# Loopin: `make run` and `make test` need Python 3.11 or newer and make; uv is used where it is on the PATH.

VENV := .venv
BIN := $(VENV)/bin
UV := $(shell uv --version >/dev/null 2>&1 && echo uv)
PYTHON := $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check
PACKAGES := mail matching service terms
ARGS :=
# Bytecode is written into the environment that is ours: every process of the service would compile its imports anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test check format lock wheel bench clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/run.stamp ## the whole service on http://127.0.0.1:8000 (the demo, where no mailbox is set); Ctrl-C stops it
	@exec $(BIN)/loopin run $(ARGS)

test: $(VENV)/dev.stamp ## every test that this machine can run; what is missing is named at the end
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 -rs $(ARGS)

check: $(VENV)/dev.stamp ## style, types, import directions, dependencies
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/ty check $(PACKAGES)
	$(BIN)/lint-imports
	$(BIN)/deptry .

format: $(VENV)/dev.stamp ## put the code into the house's form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: ## pin what pyproject.toml asks for, with hashes and without addresses (needs uv)
	uv export --quiet --no-header --no-emit-project --format requirements-txt \
	  --no-dev --group build --extra postgres --output-file requirements.txt
	uv export --quiet --no-header --no-emit-project --format requirements-txt \
	  --all-groups --all-extras --output-file requirements-dev.txt

wheel: $(VENV)/dev.stamp ## dist/loopin-*.whl
	@rm -rf dist
	@$(BIN)/python -m hatchling build -t wheel

bench: $(VENV)/dev.stamp ## every benchmark; data sets are looked for in LOOPIN_BENCH_DATA
	@for script in $$(grep -l __main__ bench/*.py); do echo "== $$script"; $(BIN)/python $$script || exit 1; done

clean: ## forget the environment and what was built; var/ with its data stays
	rm -rf $(VENV) dist build

# A stamp is newer than the lock it was installed from: nothing is installed twice.
$(VENV)/run.stamp: requirements.txt pyproject.toml | $(BIN)/python
	$(call install,requirements.txt)

$(VENV)/dev.stamp: requirements-dev.txt pyproject.toml | $(BIN)/python
	$(call install,requirements-dev.txt)
	@touch $(VENV)/run.stamp

define install
@if [ -n "$(UV)" ]; then \
  echo "Installing what Loopin needs into $(VENV) with uv ..." && \
  uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1) && \
  uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .; \
else \
  echo "Installing what Loopin needs into $(VENV) with pip (once, less than a minute) ..." && \
  { $(PIP) --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null; } && \
  $(PIP) install --quiet --no-compile --require-hashes -r $(1) && \
  $(PIP) install --quiet --no-deps --no-build-isolation -e .; \
fi
@touch $@
endef

$(BIN)/python:
	@if [ -n "$(UV)" ]; then \
	  uv venv --quiet --clear $(if $(PYTHON),--python "$$($(PYTHON) -c 'import sys; print(sys.executable)')",--python '>=3.11') $(VENV); \
	elif [ -z "$(PYTHON)" ]; then \
	  echo "Loopin needs Python 3.11 or newer, and none is on the PATH." >&2; exit 1; \
	elif ! $(PYTHON) -c 'import venv, ensurepip' 2>/dev/null; then \
	  echo "This Python can't make an environment: install its venv package" \
	    "($$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])') on Debian and Ubuntu), then try again." >&2; exit 1; \
	else \
	  $(PYTHON) -m venv --clear $(VENV); \
	fi
