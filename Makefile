# make demo   建好环境并运行样例县    set up, then run the sample county
# make demo-year  同上，走完一年     the same, the whole cycle of a year
# make test   建好环境并运行全部测试  set up, then run every test
# make check  类型、风格、导入约定    types, style, import contract
# make fuzz   读几千份弄坏的检查表   read thousands of damaged workbooks
# make bench  与同类工具比较速度      speed beside peers, ratios printed
# make bench-pipe 各命令的耗时和内存  what each command takes, in counties of three sizes
# make audit  查依赖有无已知漏洞(需联网) known weaknesses of the dependencies (needs the network)
# make lock   重新锁定依赖版本(需 uv) pin the dependencies again (needs uv)
# make clean  删除生成的文件          remove what was made

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && exit; \
	done; echo python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILE := uv pip compile pyproject.toml --all-extras --universal --generate-hashes --no-header --quiet

.PHONY: help demo demo-year test check fuzz bench bench-pipe audit lock clean
.DEFAULT_GOAL := help

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

demo: $(VENV)/.runtime
	$(BIN)/scoring demo demo/

demo-year: $(VENV)/.runtime
	$(BIN)/scoring demo --year demo-year/

test: $(VENV)/.test
	$(BIN)/python -m pytest

check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fuzz: $(VENV)/.test
	$(BIN)/python -m tests.fuzz

bench: $(VENV)/.test
	$(BIN)/python -m tests.benchmarks

bench-pipe: $(VENV)/.test
	$(BIN)/python -m tests.benchmarks pipe $(ARGS)

# The locks name every package with its hash, so nothing is resolved and nothing installed. Strict:
# a mirror that knows a package and not its weaknesses has it skipped, which is no clean result.
AUDIT := $(BIN)/python -m pip_audit --strict --disable-pip --require-hashes
audit: $(VENV)/.test
	$(AUDIT) -r requirements.lock
	$(AUDIT) -r requirements-test.lock

lock:
	$(COMPILE) --upgrade --group build --output-file requirements.lock
	$(COMPILE) --upgrade --group test --constraint requirements.lock \
		--output-file requirements-test.lock

clean:
	rm -rf $(VENV) demo demo-year build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache \
		.import_linter_cache .hypothesis
	find rubrics inspections scoring reports tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo '需要 Python 3.11 或更新版本;请安装后重试,或指明: make PYTHON=python3.12'; \
		echo 'Python 3.11 or newer is needed: install it, or name it: make PYTHON=python3.12'; \
		exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo '此 Python 缺少 venv 模块;Debian/Ubuntu 请先运行: apt install python3-venv'; \
		echo 'This Python lacks venv; on Debian or Ubuntu: apt install python3-venv'; \
		exit 1; }
	$(PYTHON) -m venv $(VENV)

# The test lock holds everything that the runtime lock holds, at the same versions:
# one environment serves both, and whichever was installed last is complete for the demo.
$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	@echo '正在安装依赖 / installing dependencies ...'
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements-test.lock requirements.lock pyproject.toml | $(BIN)/python
	@echo '正在安装依赖(含测试) / installing dependencies, tests included ...'
	@$(PIP) install --require-hashes -r requirements-test.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $(VENV)/.runtime $@
