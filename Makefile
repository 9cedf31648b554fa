# Two targets are all a newcomer needs: `make run` and `make test`.

PYTHON ?= python3.11
BIN := .venv/bin
ARGS ?=
WORKERS ?= 2

# Checks look at code only: they open no data, and call nobody.
CHECK_HOME := $(CURDIR)/build/check
CHECK_ENV := WIJKBEELD_HOME=$(CHECK_HOME) DBT_SEND_ANONYMOUS_USAGE_STATS=false \
	DBT_TARGET_PATH=$(CHECK_HOME)/target DBT_LOG_PATH=$(CHECK_HOME)/logs

.PHONY: run test faults check bench lock pages calendars cookbook screenshots clean help
.DEFAULT_GOAL := help

help: ## This list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | sort | expand -t 14

run: .venv/installed ## Start Airflow and the dashboards; ARGS=--once stops by itself
	@$(BIN)/wijkbeeld up $(ARGS)

test: .venv/installed ## Every test; ARGS='tests/unit -k name' for some
	@$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder \
		$(ARGS)

faults: .venv/installed ## Kill twenty times at every boundary; takes an hour
	@WIJKBEELD_TEST_KILLS=20 $(BIN)/pytest -m faults $(ARGS)

check: .venv/installed ## Style, types, SQL, YAML, and whether dbt can read the project
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/yamllint --strict .
	@mkdir -p $(CHECK_HOME)/warehouse
	cd dbt_project && $(CHECK_ENV) ../$(BIN)/dbt --quiet parse --profiles-dir .
	cd dbt_project && $(CHECK_ENV) ../$(BIN)/sqlfluff lint .

bench: .venv/installed ## Measure, and hold the figures against their bounds
	@$(BIN)/python -m bench $(ARGS)

screenshots: .venv/installed ## Draw the pictures of the README again
	@$(BIN)/python -m docs.screenshots --home $${WIJKBEELD_HOME:-var} $(ARGS)

pages: .venv/installed ## Make the pages on how to send us a file again
	@$(BIN)/wijkbeeld how-to-send --out docs

calendars: .venv/installed ## Make the seeds of public and school holidays again
	@$(BIN)/python -m docs.calendars

cookbook: .venv/installed ## Answer the questions of the analyst's cookbook again
	@$(BIN)/python -m docs.cookbook $(ARGS)

COMPILE := build/lock/bin/uv pip compile --python-version 3.11 --generate-hashes \
	--no-emit-index-url

lock: ## Compile requirements.lock again, and those of the images from it
	@test -x build/lock/bin/uv || { \
		$(PYTHON) -m venv build/lock && build/lock/bin/pip install --quiet uv; }
	$(COMPILE) --extra dev -o requirements.lock pyproject.toml
	$(COMPILE) -c requirements.lock -o docker/airflow/requirements.lock \
		pyproject.toml docker/airflow/requirements.in
	$(COMPILE) -c requirements.lock -o docker/dashboards/requirements.lock \
		docker/dashboards/requirements.in

clean: ## Remove what can be made again; data in var/ stays
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		dbt_project/target dbt_project/logs
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/installed: requirements.lock pyproject.toml .ci/install.py
	@command -v $(PYTHON) > /dev/null || { \
		echo "Python 3.11 is needed ($(PYTHON)); PYTHON=... names another"; exit 1; }
	@$(PYTHON) .ci/install.py
	@touch $@
