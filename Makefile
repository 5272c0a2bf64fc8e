# What a developer can do. `make` alone lists it. Every target makes the environment it needs.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check fix static house unit spec packs agreement whole fuzz docs bench messages lock clean
MAKEFLAGS += --no-builtin-rules

BIN    := .venv/bin
READY  := .venv/ready
PO     := src/luoshi/locale/zh/LC_MESSAGES/luoshi.po
MO     := $(PO:.po=.mo)
PYTEST := $(BIN)/python -m pytest

# How much of a city `make run` samples (1 is a whole city), and from which seed.
SCALE ?= 0.1
SEED  ?= 1
# Where `make run` serves.
PORT  ?= 8000
# Inputs per fuzz test of `make fuzz`.
EXAMPLES ?= 5000

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

$(READY): pyproject.toml constraints.txt tools/build_hook.py tools/environment.sh
	@sh tools/environment.sh .venv
	@touch $@

$(MO): $(PO) | $(READY)
	@$(BIN)/python -m tools.messages compile

run: $(READY) $(MO) ## The service with a sampled city for each pack: pages on http://127.0.0.1:$(PORT)/
	@sh tools/demonstration/run.sh $(BIN)/luoshi $(SCALE) $(SEED) build $(PORT)

test: static $(MO) ## Everything that must hold: static checks, all tests, coverage of the rulebook
	$(PYTEST) -n auto --dist loadfile --no-loadscope-reorder --cov --cov-report=term-missing

check: static house ## The quick half of `make test`: format, lint, types, import contracts, house tests

fix: $(READY) ## Format the code and mend what the linter can mend
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

static: $(READY)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

house: $(READY) $(MO) ## Tests about the code base itself
	$(PYTEST) -q tests/house

unit: $(READY) $(MO) ## Tests of single modules, and the examples in docstrings
	$(PYTEST) -q tests/unit src/luoshi

spec: $(READY) $(MO) ## The language by example, on every engine
	$(PYTEST) -q tests/spec

packs: $(READY) $(MO) ## Every pack's own examples, on every engine
	$(PYTEST) -q tests/packs

agreement: $(READY) $(MO) ## Generated rules and rows: all engines give the same answer (CELLS=10000000: in so many cells)
	$(PYTEST) -q tests/agreement
	$(if $(CELLS),$(BIN)/python -m tests.agreement.many $(CELLS))

whole: $(READY) $(MO) ## What takes too long for every day: the largest pack on Spark
	$(PYTEST) -q -m whole --timeout 0

fuzz: $(READY) $(MO) ## Arbitrary packs, expressions and case files: findings, never a traceback
	LUOSHI_EXAMPLES=$(EXAMPLES) $(PYTEST) -q -m fuzz --timeout 0

docs: $(READY) $(MO) ## Write the pages of docs/reference that are made from the code
	$(BIN)/python -m tools.reference

bench: $(READY) $(MO) ## Measure the engines against their peers (takes long)
	sh bench/run.sh

messages: $(READY) ## Collect texts for translation, update the catalogue, compile it
	$(BIN)/python -m tools.messages update
	$(BIN)/python -m tools.messages compile

lock: $(READY) ## Resolve the newest allowed releases into constraints.txt
	sh tools/lock.sh $(BIN)

clean: ## Remove everything that was made, except the environment
	rm -rf build dist .benchmarks .coverage* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests tools -name __pycache__ -prune -exec rm -rf {} +
	find src -name '*.mo' -delete
