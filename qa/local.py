"""Local models: a GGUF file run in this process by llama.cpp. The one file that imports xllamacpp."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from index.errors import ExtraError, ModelError

if TYPE_CHECKING:
    from pathlib import Path

CONTEXT = 4096
"""Tokens that a question, its evidence and the answer may have together; more would only cost memory."""
BATCH = 64
"""Tokens that are read at a time: in between, it is seen whether the question is still asked."""


@dataclass(frozen=True, slots=True)
class Running:
    """A model that runs in this process, and answers as OpenAI's server does, on this machine only."""

    url: str
    """`http://127.0.0.1:PORT/v1`"""
    key: str = field(repr=False)
    """What a request must carry, so that other users of the machine are not served."""
    server: Any = field(repr=False)
    """It runs until this is let go."""


@lru_cache(maxsize=1)
def run_model(path: Path) -> Running:
    """Load a model and have it listen on a free loopback port, once for each file.

    Raises:
        ExtraError: xllamacpp is not installed.
        ModelError: the file is no model that llama.cpp can run.
    """
    try:
        import xllamacpp
    except ImportError as error:
        raise ExtraError(
            "A local model needs xllamacpp, which is not installed; install Byline with the extra `byline[local]`."
        ) from error
    key = secrets.token_urlsafe()
    asked = xllamacpp.CommonParams()
    asked.model.path = str(path)
    asked.n_ctx = CONTEXT
    asked.n_batch = asked.n_ubatch = BATCH
    asked.hostnames, asked.port, asked.api_keys = ["127.0.0.1"], 0, [key]
    asked.ui, asked.warmup, asked.verbosity = False, False, -1
    # Its threads wait for one another busily: with one for every core, a busy machine makes it a hundred times slower.
    threads = max(1, (os.cpu_count() or 1) // 2)
    for cpu in (asked.cpuparams, asked.cpuparams_batch):
        cpu.n_threads, cpu.poll = threads, 0
    try:
        server = xllamacpp.Server(asked)
    except RuntimeError as error:
        raise ModelError(f"{path} is no model that llama.cpp can run; give a whole GGUF file.") from error
    return Running(f"{server.listening_address}/v1", key, server)
