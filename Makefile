# What a person types. Needs git, make and Python 3.11 or later; everything else is fetched once,
# by its hash, into .venv. Local state is kept in var/.

PYTHON ?= python3
PY := .venv/bin/python
# Without dependencies: the locks name every one, and pip would look for newer releases of those
# that another package asks for with an extra, which have no hash here.
PIP := $(PY) -m pip --disable-pip-version-check --no-input install --quiet \
	--require-hashes --no-deps --only-binary :all:
COMPILE := .venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet

.DEFAULT_GOAL := help
.PHONY: help setup run dev test fuzz bench lint lock clean

help:
	@echo "make run    the site on http://127.0.0.1:8000 (another port: make run PORT=8001)"
	@echo "make dev    the same while writing code: reloads itself, shows errors in full"
	@echo "make test   every test on SQLite, then those that use a database on PostgreSQL"
	@echo "make fuzz   the long random tests of reading, parsing and comparing (tens of minutes)"
	@echo "make bench  speed and memory, a line a figure with its limit (three minutes)"
	@echo "make lint   style, types and migrations"
	@echo "make lock   renew .requirements/ from pyproject.toml (needs the network)"
	@echo "make clean  remove .venv and caches; var/ with the data stays"

# A broken link in .venv/bin counts as absent, so a Python that went away is replaced here too.
$(PY):
	@command -v "$(PYTHON)" >/dev/null 2>&1 || { \
		echo "$(PYTHON) is not found: install Python 3.11 or later, or name one, such as make run PYTHON=/usr/bin/python3.12." >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "This needs Python 3.11 or later, and $(PYTHON) is older: name another, such as make run PYTHON=python3.12." >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python's venv module is missing: install it first (on Debian and Ubuntu: apt-get install python3-venv)." >&2; exit 1; }
	@echo "Making .venv"
	@"$(PYTHON)" -m venv --clear .venv || { rm -rf .venv; exit 1; }

.venv/.runtime: .requirements/runtime.txt | $(PY)
	@echo "Installing the locked libraries"
	@$(PIP) -r $<
	@touch $@

.venv/.dev: .requirements/dev.txt .venv/.runtime
	@echo "Installing the locked tools"
	@$(PIP) -r $<
	@touch $@

setup: .venv/.dev

run: .venv/.runtime
	@$(PY) manage.py serve --check
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py collectstatic --noinput --verbosity 0
	@$(PY) manage.py load_record
	@$(PY) manage.py create_staff_account
	@exec $(PY) manage.py serve

dev: export DEBUG = true
dev: .venv/.dev
	@$(PY) manage.py serve --check
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py load_record
	@$(PY) manage.py create_staff_account
	@exec $(PY) manage.py runserver "127.0.0.1:$${PORT:-8000}"

test: .venv/.dev
	@.ci/browser
	@.ci/test

# FUZZ scales the first: FUZZ=0.25 reads a quarter of 100,000 texts and 10,000 damaged files.
fuzz: .venv/.dev
	@$(PY) -m pytest -m slow tests/importing/readers/test_any_bytes.py -n 2 --no-cov
	@FUZZ=$${PARSED:-100000} $(PY) -m pytest -m slow tests/importing/parser/test_properties.py -n 2 --no-cov
	@FUZZ=1 $(PY) -m pytest tests/comparison/test_properties.py tests/comparison/test_threads.py -n 2 --no-cov

# On a machine with nothing else to do; fails where a limit is exceeded.
bench: .venv/.dev
	@$(PY) -m tests.bench

lint: .venv/.dev
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check . .ci/with-postgres .ci/check-locks
	@$(PY) -m mypy .
	@$(PY) manage.py makemigrations --check --dry-run

lock: .venv/.dev
	@$(COMPILE) pyproject.toml -o .requirements/runtime.txt
	@$(COMPILE) pyproject.toml --group dev -c .requirements/runtime.txt -o .requirements/dev.txt

clean:
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage .coverage.* var/static
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
