# What a machine must have: make, Python 3.11 or newer with venv, a C compiler. All else goes into .venv.

# The case that `make advies` shows: the one named here, else the first of the casebook. Or: make advies CASUS=pad/casus.yaml
VOORBEELD := casebook/kansrijk-of-niet/mevrouw-de-wit.yaml
CASUS ?= $(firstword $(wildcard $(VOORBEELD)) $(sort $(wildcard casebook/kansrijk-of-niet/*.yaml)))

# durable-rules does not build on Python 3.13, so an older one is taken where there is one.
USABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3.12 python3.11 python3; do \
	$$python -c '$(USABLE)' 2>/dev/null && echo $$python && break; done)

BIN := .venv/bin
# With GGZTRIAGE_ALLES=1 no test may be left out: the slow ones, Spark and the measuring of coverage come along.
ALLES := $(filter-out 0,$(GGZTRIAGE_ALLES))
TESTS := .venv/installed-dev $(if $(ALLES),.venv/installed-spark)
PYTEST := -n 2 --dist loadfile $(if $(ALLES),--cov,-m 'not slow')
# What another Python or newer packages can break; the other groups are about other programs.
FAST := -n 2 --dist loadfile -m 'not slow and not browser and not spark and not postgres'

# All that is installed comes from locks/, with hashes. uv takes seconds; where it cannot work, pip does the same.
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check
UV := $(BIN)/uv pip install --quiet --python
LOCKED := --require-hashes --no-build-isolation --requirement
EDITABLE := --no-deps --no-build-isolation --editable .
FAILED := { echo "Did durable-rules fail? It needs a C compiler and Python's headers: apt-get install gcc python3-dev"; exit 1; }
LOCK := $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes --upgrade \
	--custom-compile-command 'make lock'

.DEFAULT_GOAL := help
.PHONY: advies test test-newest lint format lock schema docs schermen packages sbom bench clean help

advies: .venv/installed-web ## Print an explained advice on a case from the casebook
	@$(BIN)/ggztriage advies $(CASUS)

test: $(TESTS) ## Run the tests; with GGZTRIAGE_ALLES=1 the slow ones and all groups too
	@$(BIN)/pytest $(PYTEST)

test-newest: .venv/installed-tools ## Run them with the newest packages that pyproject.toml allows
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python build/newest
	@$(UV) build/newest --editable '.[alles]' --group dev || $(FAILED)
	@GGZTRIAGE_ALLES= build/newest/bin/python -m pytest -n 2 --dist loadfile -m 'not slow'

# make test-3.13: the fast tests on another Python
test-3.%: .venv/installed-tools
	@python=$$($(BIN)/python -m scripts.pythons 3.$*) && $(BIN)/uv venv --quiet --clear --python $$python build/python3.$*
	@$(UV) build/python3.$* --requirement locks/tools.txt --require-hashes
	@$(UV) build/python3.$* $(LOCKED) locks/dev.txt || $(FAILED)
	@$(UV) build/python3.$* $(EDITABLE)
	@GGZTRIAGE_ALLES= build/python3.$*/bin/python -m pytest $(FAST)

lint: .venv/installed-dev ## Check style, types and the way of the imports
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

lock: .venv/installed-tools ## Renew locks/: the newest that pyproject.toml allows
	$(LOCK) pyproject.toml --extra alles --group dev --output-file locks/dev.txt
	$(LOCK) pyproject.toml --extra web --constraint locks/dev.txt --output-file locks/web.txt
	$(LOCK) --group spark --constraint locks/dev.txt --output-file locks/spark.txt
	$(LOCK) --group tools --constraint locks/dev.txt --output-file locks/tools.txt

format: .venv/installed-dev ## Put the code in the project's style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

schema: .venv/installed-web ## Write the JSON Schemas that editors use
	$(BIN)/ggztriage exporteer json-schema regelboek --naar rules/regelboek.schema.json
	$(BIN)/ggztriage exporteer json-schema regio --naar rules/regio.schema.json
	$(BIN)/ggztriage exporteer json-schema bespreking --naar rules/bespreking.schema.json
	$(BIN)/ggztriage exporteer json-schema casus --naar casebook/casus.schema.json

docs: .venv/installed-dev ## Build the documentation site
	$(BIN)/python -m scripts.site

schermen: .venv/installed-dev ## Make the screenshots of the web application in docs/schermen anew
	$(BIN)/python -m scripts.schermen

packages: .venv/installed-dev ## Build sdist and wheel into dist/ and try them on every Python here
	$(BIN)/python -m scripts.packages

sbom: .venv/installed-dev ## Write dist/sbom.cdx.json: everything that comes along with ggztriage
	@mkdir -p dist
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python build/sbom
	@$(UV) build/sbom --constraint locks/dev.txt --build-constraint locks/tools.txt '.[alles]' || $(FAILED)
	$(BIN)/cyclonedx-py environment build/sbom --output-reproducible --output-file dist/sbom.cdx.json

bench: .venv/installed-dev ## Run the benchmarks and write their report
	$(BIN)/python -m benchmarks

clean: ## Remove .venv and everything that was built
	rm -rf .venv .coverage* build dist site .hypothesis .mypy_cache .pytest_cache .ruff_cache

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 19

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with venv is needed (apt-get install python3-venv)."; exit 1; }
	@echo "Making .venv with $(PYTHON); this takes a minute or two."
	@$(PYTHON) -m venv .venv

.venv/installed-tools: locks/tools.txt | .venv/bin/python
	@$(PIP) --require-hashes --requirement $<
	@touch $@

.venv/installed-%: locks/%.txt pyproject.toml .venv/installed-tools
	@echo "Installing locks/$*.txt into .venv."
	@$(UV) .venv $(LOCKED) $< || $(PIP) --use-pep517 $(LOCKED) $< || $(FAILED)
	@$(UV) .venv $(EDITABLE) || $(PIP) $(EDITABLE)
	@touch $@
