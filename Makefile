# `make chat` and `make test` need Python 3.11 or newer, pip and make, and make the rest: uv (into .tools/), then .venv/ from uv.lock.
PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
SYNC := UV_PYTHON_DOWNLOADS=never $(UV) sync --frozen --inexact --quiet --python $(PYTHON)
Q ?= Who leads the two delegations?

.PHONY: chat ask test check bench clean

chat: .venv/.run-ready
	.venv/bin/byline index seeds
	.venv/bin/byline chat

ask: .venv/.run-ready
	@.venv/bin/byline ask "$(Q)"

# Two workers, for much of it waits for processes that it starts; these start twice as fast with bytecode on the disk.
test: export PYTHONDONTWRITEBYTECODE =
test: .venv/.dev-ready
	.venv/bin/pytest -q -n 2 --dist loadfile

check: .venv/.dev-ready
	.venv/bin/ruff check .
	.venv/bin/mypy

bench: .venv/.dev-ready
	.venv/bin/byline eval tests/golden_seeds.jsonl --wrong
	.venv/bin/byline eval --clusters tests/clusters/dev
	.venv/bin/byline eval --clusters tests/clusters/test
	.venv/bin/byline eval --clusters tests/clusters/seeds.json

clean:
	rm -rf .venv .tools .byline

.venv/.run-ready: pyproject.toml uv.lock $(UV)
	@$(SYNC) --no-dev --extra formats
	@touch $@

.venv/.dev-ready: pyproject.toml uv.lock $(UV)
	@$(SYNC)
	@touch $@ .venv/.run-ready

.tools/bin/uv:
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --target .tools "uv>=0.9"
