# make site, make test: the two commands. make trial and make bench take their time.
PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: site test trial bench check clean
site: .venv/ready templates/vendor/modules/stamp
	$(BIN)/explorable build
	@echo
	@echo "Look at it:  $(BIN)/python -m http.server --directory site 8000"
	@echo "and open     http://localhost:8000/"

# A file's tests stay together in one process, so that what a file builds is built once.
PYTEST := $(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

# Timings depend on the machine, so nothing below ever asks the clock for a verdict.
test: .venv/ready templates/vendor/modules/stamp .cache/browser check
	$(BIN)/explorable build
	$(BIN)/explorable check --browser
	$(PYTEST)

trial: .venv/ready templates/vendor/modules/stamp .cache/browser check
	$(BIN)/explorable build
	$(BIN)/python -m tests.markup site
	EXPLORABLE_TRIAL=1 $(PYTEST)

bench: .venv/ready templates/vendor/modules/stamp .cache/browser
	$(BIN)/explorable build
	$(BIN)/python -m tests.bench

check: .venv/ready templates/vendor/modules/stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/node node_modules/typescript/bin/tsc -p tsconfig.json
	$(BIN)/node --test "tests/js/*.test.js"

# One constraints file holds every version, so that no companion pulls in another torch.
.venv/ready: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade -c constraints.txt pip
	$(BIN)/python -m pip install --quiet -c constraints.txt -e ".[dev]"
	touch $@

templates/vendor/ready: .venv/ready package-lock.json templates/bundle.mjs templates/bundle.py
	$(BIN)/npm ci --silent --no-audit --no-fund
	$(BIN)/node templates/bundle.mjs
	$(BIN)/python templates/bundle.py
	touch $@

templates/vendor/light.js: templates/vendor/ready templates/light.mjs $(wildcard templates/kernels/*.ts templates/js/*.js templates/js/engine/*.js)
	$(BIN)/node templates/light.mjs

# Folders are named for the sake of modules that were taken away.
templates/vendor/modules/stamp: templates/vendor/light.js templates/modules.mjs templates/js templates/figures $(wildcard templates/js/*.js templates/figures/* templates/figures/*/*.js)
	$(BIN)/node templates/modules.mjs

# A Chromium on the PATH, else the distribution's, else Playwright's own.
.cache/browser:
	mkdir -p .cache
	command -v chromium || command -v chromium-browser || command -v google-chrome \
	  || { test "$$(id -u)" = 0 && command -v apt-get && apt-get update -qq && apt-get install -y -qq chromium; } \
	  || $(BIN)/playwright install chromium
	touch $@

clean:
	rm -rf .explorable .venv .cache node_modules templates/vendor templates/check/axe.min.js
