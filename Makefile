# What a newcomer can do: `make help`.
.DEFAULT_GOAL := help
SHELL := /bin/bash
UV := .tools/bin/uv
PYTHON ?= python3
export RASA_TELEMETRY_ENABLED := false

.PHONY: help install train run test lint types contracts check bench clean

help: ## what can be done
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

$(UV):
	@echo "Installing uv, which installs the rest …"
	@$(PYTHON) -m venv .tools || { echo "presales: python3 with venv is needed (Debian: apt install python3-venv)"; exit 1; }
	@.tools/bin/pip install --quiet --disable-pip-version-check uv==0.13.9

.venv/.installed: $(UV) pyproject.toml uv.lock
	@echo "Installing the application into .venv/ …"
	@$(UV) sync --frozen $(shell [ -t 2 ] || echo --quiet)
	@touch $@

nlu/.venv/.installed: $(UV) nlu/pyproject.toml nlu/uv.lock nlu/install.sh
	@echo "Installing Rasa into nlu/.venv/ (a few minutes the first time) …"
	@PATH="$(abspath .tools/bin):$$PATH" sh nlu/install.sh
	@touch $@

install: .venv/.installed nlu/.venv/.installed ## both locked environments

train: nlu/.venv/.installed ## the NLU model, if data or configuration changed
	@nlu/.venv/bin/python nlu/train.py

run: install train ## everything, with a phone in the browser (or a real bot, with PRESALES_TELEGRAM_TOKEN)
	@exec .venv/bin/presales run $(if $(PRESALES_TELEGRAM_TOKEN),,--sandbox)

test: install train ## every test
	@sh tests/e2e/browser.sh
	@.venv/bin/pytest

lint: .venv/.installed ## style
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .

types: .venv/.installed ## types
	@.venv/bin/mypy

contracts: .venv/.installed ## who may import whom
	@.venv/bin/lint-imports

check: lint types contracts ## all that is checked without running

bench: install train ## the figures of speed, memory and scale
	@.venv/bin/python -m benchmarks

clean: ## environments, models and data
	@rm -rf .venv .tools nlu/.venv nlu/.venv-diet nlu/models var
