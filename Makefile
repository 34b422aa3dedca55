# The whole project is driven by these; CI calls the same ones. Each sets up what it misses.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
JOBS ?= auto
COMPILER := sdk/src/node_modules/.package-lock.json

.PHONY: help setup run test check docs bench bench-check profile soak format lock
help: ## what can be done here
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 13

setup: $(READY) ## make or refresh .venv from the lock
# Locks are whole, so pip adds nothing to them: PythonMonkey's helper that wants npm is left out (docs/decisions/tools.md).
$(READY): requirements-dev.lock pyproject.toml
	@echo "installing what flora needs into $(VENV): once, and it takes a minute or two"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# The compiler that holds examples to flora.d.ts. Without npm those tests alone are left out, and say so.
$(COMPILER): sdk/src/package-lock.json
	@if command -v npm >/dev/null; then cd sdk/src && npm ci --silent --no-audit --no-fund && touch ../../$@; \
	else echo "there is no npm: the tests that need the TypeScript compiler are left out"; fi

run: $(READY) ## start flora with a Discord of its own and an example; prints the page to open
	$(BIN)/flora dev

test: $(READY) $(COMPILER) ## the whole test suite
	@$(BIN)/python -m tests.browser
	@$(BIN)/python -m tests.secret_service
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m "not soak"

check: $(READY) ## format, lint, types, import contracts, duplicated code
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	git ls-files -z '*.py' | xargs -0 -P 2 -n 100 $(BIN)/flake8-async --startable-in-context-manager=run
	$(BIN)/mypy
	$(BIN)/basedpyright
	PYTHONPATH=. $(BIN)/lint-imports
	$(BIN)/symilar --duplicates=8 --ignore-comments --ignore-docstrings --ignore-imports --ignore-signatures \
		$$(git ls-files 'actors/**.py' 'api/**.py' 'gateway/**.py' 'sdk/**.py' 'storage/**.py') | tee $(VENV)/duplicates.txt | tail -n 1
	@! grep -q '^[0-9]* similar lines' $(VENV)/duplicates.txt || { cat $(VENV)/duplicates.txt; exit 1; }

docs: $(READY) ## write the pages that are made from code
	$(BIN)/python -c "from actors import limits; print(limits.page(), end='')" > docs/limits.md
	$(BIN)/python -c "from api.cli import manual; print(manual.page(), end='')" > docs/commands.md
	$(BIN)/python -c "from api import reference; print(reference.page(), end='')" > docs/sdk-reference.md
	$(BIN)/python -c "from api import config; print(config.page(), end='')" > docs/configuration.md
	$(BIN)/python -m bench page
	$(BIN)/python -c "from api import route_page; print(route_page.page(), end='')" > docs/api.md

bench: $(READY) ## all measurements, or `make bench NAME=race`, into bench/results/ and docs/benchmarks.md
	$(BIN)/python -m bench $(or $(NAME),all)

bench-check: $(READY) ## measure what has a ratio again, and name what got worse than the results that are kept
	$(BIN)/python -m bench check

profile: $(READY) ## flame graphs of one bench, its daemon and its isolates, `make profile NAME=race`, into build/
	$(BIN)/python -m bench profile $(NAME)

soak: $(READY) ## the long runs
	$(BIN)/python -m pytest -m soak --timeout 7200 -s

format: $(READY) ## what `check` would complain about, mended where it can be
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: ## pin every dependency anew; the files record no index address
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --upgrade \
		--no-emit-package pminit pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
		-c requirements.lock --no-emit-package pminit --extra dev pyproject.toml -o requirements-dev.lock
	sed -n 's/^bench = \["\(.*\)"\]/\1/p' pyproject.toml | $(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --no-annotate - -o bench/peers/requirements.lock
	$(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
		--no-annotate bench/race/requirements.in -o bench/race/requirements.lock
