# The commands of the book. `make` alone lists them.
#
# Every one makes the environment that it needs, from the lock, in .venv.
# Another Python:  make book PYTHON=python3.12

PYTHON ?= python3
VENV_PYTHON := .venv/bin/python
PORT ?= 8000
ROUNDS ?= 15
CHAPTER ?=
PAGES ?=
SHEET ?= now
VERSIONS ?= newest

# Where the book is published, if it is; the pages then have what an address gives.
URL :=
REPO :=
export RNN_BOOK_URL := $(URL)
export RNN_BOOK_REPO := $(REPO)

# What executes the book runs in surroundings of its own, whatever the caller's.
RUN := $(VENV_PYTHON) -I tools/surroundings.py

# What ruff looks at: without git it does not read .gitignore.
OURS := . --exclude '.*' --exclude _build

# A folder that is not there, or not ours, is none for temporary files.
ifneq ($(shell test -w "$$TMPDIR" && echo yes),yes)
unexport TMPDIR
endif

# What a command says is shown if it fails, and not if Ctrl-C ends it.
hushed = said=$$($(1) 2>&1) || { echo "$$said"; exit 1; }

# The rest asks the network, so it needs the caller's: all but Python's settings.
unexport $(filter PYTHON%,$(.VARIABLES))

.PHONY: help book test lint lab serve archive report sheet screens picture clock torch bench ranges reference lock browser pyodide env clean

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile | expand -t 12

book: env pyodide  ## build the book: _build/html/index.html (URL=… REPO=…)
	@$(RUN) -m tools.build

test: env browser lint pyodide  ## run every test, on the book as it is built
	@$(RUN) -m pytest -p tools  # first of all: see tools/__init__.py

lint: env  ## check the style of the code, its imports, and spelling
	@.venv/bin/ruff check --quiet $(OURS)
	@.venv/bin/ruff format --quiet --check $(OURS)
	@$(call hushed,.venv/bin/lint-imports --no-logo --no-cache)
	@$(call hushed,.venv/bin/codespell)

lab: env  ## open the chapters in JupyterLab, as notebooks
	@$(RUN) -m tools.lab

serve: book  ## build the book and serve it at http://localhost:8000 (PORT=...)
	@$(VENV_PYTHON) -m tools.serve $(PORT)

archive: book browser  ## the book as one archive and one PDF, below _build
	@$(RUN) -m tools.archive

report: book browser  ## ask the W3C checker and Lighthouse about every page
	@$(VENV_PYTHON) -m tools.report

sheet: book browser  ## pictures of every page, on four screens (PAGES=index)
	@$(VENV_PYTHON) -m tools.sheet $(SHEET) $(PAGES)

screens: book browser  ## renew the ten pictures that the tests compare
	@$(RUN) -m tests.screens

picture: book browser  ## the picture of the README
	@$(VENV_PYTHON) -m tools.picture

clock: book browser  ## measure how long cells take in their pages (CHAPTER=17)
	@$(VENV_PYTHON) -m tools.clock $(CHAPTER)

torch: env  ## add PyTorch, for chapter 19 and its tests (in .venv-bench)
	@$(VENV_PYTHON) -m tools.frameworks torch

bench: env  ## measure rnn_src beside PyTorch and JAX (ROUNDS=...)
	@$(VENV_PYTHON) -m tools.frameworks
	@.venv-bench/bin/python -m benchmarks.run --rounds $(ROUNDS)

ranges: _python  ## test with the oldest or newest libraries allowed (VERSIONS=oldest)
	@$(PYTHON) -m tools.ranges $(VERSIONS)

reference: env  ## execute the chapters and rewrite tests/reference (CHAPTER=06)
	@$(RUN) -m tools.exercises
	@$(RUN) -m tools.reference $(CHAPTER)
	@$(RUN) -m tests.mutation $(CHAPTER)

lock: env  ## resolve pyproject.toml anew and rewrite requirements.txt
	@$(VENV_PYTHON) -m tools.lock

browser: env  ## find a Chromium for the browser tests, or install one
	@$(VENV_PYTHON) -m tools.browser

pyodide: env  ## fetch what runs Python in the pages, once for all books
	@$(VENV_PYTHON) -m tools.pyodide

env: _python  ## make .venv from the lock
	@$(PYTHON) -m tools.environment

clean:  ## remove what was built; keep .venv
	rm -rf _build .pytest_cache .hypothesis .ruff_cache

.PHONY: _python
_python:
	@command -v "$(PYTHON)" >/dev/null 2>&1 || { \
	  echo "make: $(PYTHON) is not found; install Python 3.11 or newer, or name one: make PYTHON=python3.12" >&2; \
	  exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "make: $(PYTHON) is older than Python 3.11, or does not run; name another one: make PYTHON=python3.12" >&2; \
	  exit 1; }
