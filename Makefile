# Two commands: `make demo` shows the main job, `make test` checks everything. Both set themselves up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: setup extras demo test kill bench fuzz clean lock

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "shouli needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# Reading of scans, and the fuzzer: large wheels that not every machine has, so asked for by name.
extras: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-extras.lock

demo: $(READY)
	$(BIN)/shouli demo

# One process runs a module of tests whole, so that what they share is made once; what is compiled is kept, whatever the
# machine's habits, for the many processes that the tests start.
test: export PYTHONDONTWRITEBYTECODE =
test: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

# The program killed again and again, longer than the checks do: every run draws other moments.
KILLS ?= 2000
SEED ?= $(shell date +%s)
kill: $(READY)
	SHOULI_KILLS=$(KILLS) SHOULI_SEED=$(SEED) $(BIN)/pytest tests/whole/test_killed.py

bench: $(READY)
	$(BIN)/python -m bench

# Longer than the tests do: so many seconds for each target. What it finds is written to tests/fuzz/found and repeated by every test run.
FUZZ_SECONDS ?= 120
FUZZ_TARGETS ?= message headers docx doc rtf xlsx xls pdf ofd html text archive packet imap smtp

fuzz: extras
	for target in $(FUZZ_TARGETS); do mkdir -p tests/fuzz/found/$$target && $(BIN)/python -W ignore -m tests.fuzz $$target \
	    -max_total_time=$(FUZZ_SECONDS) -artifact_prefix=tests/fuzz/found/$$target/ || exit 1; done

# The lock file is written anew only on purpose.
lock:
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet uv
	$(VENV)-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --group dev --extra postgresql --extra rar --extra oauth2 --extra keyring pyproject.toml -o requirements.lock
	$(VENV)-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --group fuzz --extra ocr -c requirements.lock pyproject.toml -o requirements-extras.lock
	rm -rf $(VENV)-lock

clean:
	rm -rf $(VENV) demo dist .mypy_cache .ruff_cache .pytest_cache
