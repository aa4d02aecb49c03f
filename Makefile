# What a machine must have: make, Python 3.11 or newer with venv, a C compiler. All else goes into .venv.

# The case that `make advies` shows: the one named here, else the first of the casebook. Or: make advies CASUS=pad/casus.yaml
VOORBEELD := casebook/kansrijk-of-niet/mevrouw-de-wit.yaml
CASUS ?= $(firstword $(wildcard $(VOORBEELD)) $(sort $(wildcard casebook/kansrijk-of-niet/*.yaml)))

# durable-rules does not build on Python 3.13, so an older one is taken where there is one.
USABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3.12 python3.11 python3; do \
	$$python -c '$(USABLE)' 2>/dev/null && echo $$python && break; done)

comma := ,
BIN := .venv/bin
# With GGZTRIAGE_ALLES=1 the tests may leave no group out, so Spark comes along.
EXTRAS := alles,dev$(if $(filter-out 0,$(GGZTRIAGE_ALLES)),$(comma)spark)

INSTALL := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --editable
FAILED := { echo "Did durable-rules fail? It needs a C compiler and Python's headers: apt-get install gcc python3-dev"; exit 1; }

.DEFAULT_GOAL := help
.PHONY: advies test lint format schema docs schermen packages sbom bench clean help

advies: .venv/installed ## Print an explained advice on a case from the casebook
	@$(BIN)/ggztriage advies $(CASUS)

test: .venv/installed-$(EXTRAS) ## Run all tests
	@$(BIN)/pytest -n 2 --dist loadfile

lint: .venv/installed-$(EXTRAS) ## Check style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: .venv/installed-$(EXTRAS) ## Put the code in the project's style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

schema: .venv/installed ## Write the JSON Schemas that editors use
	$(BIN)/ggztriage exporteer json-schema regelboek --naar rules/regelboek.schema.json
	$(BIN)/ggztriage exporteer json-schema regio --naar rules/regio.schema.json
	$(BIN)/ggztriage exporteer json-schema casus --naar casebook/casus.schema.json

docs: .venv/installed-$(EXTRAS) ## Build the documentation site
	$(BIN)/python -m scripts.site

schermen: .venv/installed-$(EXTRAS) ## Make the screenshots of the web application in docs/schermen anew
	$(BIN)/python -m scripts.schermen

packages: .venv/installed-$(EXTRAS) ## Build sdist and wheel into dist/ and try them on every Python here
	$(BIN)/python -m scripts.packages

sbom: .venv/installed-$(EXTRAS) ## Write dist/sbom.cdx.json: everything that comes along with ggztriage
	@rm -rf build/sbom && mkdir -p build dist
	@$(BIN)/python -m venv build/sbom
	@build/sbom/bin/python -m pip install --quiet --disable-pip-version-check '.[alles]' || $(FAILED)
	@build/sbom/bin/python -m pip uninstall --quiet --yes pip setuptools
	$(BIN)/cyclonedx-py environment build/sbom --output-reproducible --output-file dist/sbom.cdx.json

bench: .venv/installed-$(EXTRAS) ## Run the benchmarks and write their report
	$(BIN)/python -m benchmarks

clean: ## Remove .venv and everything that was built
	rm -rf .venv build dist site .hypothesis .mypy_cache .pytest_cache .ruff_cache

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 14

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with venv is needed (apt-get install python3-venv)."; exit 1; }
	@echo "Making .venv with $(PYTHON); this takes a minute or two."
	@$(PYTHON) -m venv .venv

.venv/installed: pyproject.toml | .venv/bin/python
	@$(INSTALL) . || $(FAILED)
	@touch $@

.venv/installed-$(EXTRAS): pyproject.toml | .venv/bin/python
	@echo "Installing what the tests need into .venv; the first time this takes some minutes."
	@$(INSTALL) '.[$(EXTRAS)]' || $(FAILED)
	@touch .venv/installed $@
