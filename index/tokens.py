"""Token counts by tiktoken, from the vocabulary that ships inside llama-index, so that nothing is downloaded."""

from __future__ import annotations

import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from index.errors import ModelError

ENCODING = "cl100k_base"


def count_tokens(text: str) -> int:
    """Return the number of cl100k_base tokens in a text; special tokens count as plain text.

    Raises:
        ModelError: llama-index no longer ships the vocabulary, and none is cached.
    """
    return len(_encoding().encode_ordinary(text))


@cache
def _encoding():  # type: ignore[no-untyped-def]  # noqa: ANN202 # tiktoken is imported late
    import tiktoken

    # A folder named by the user, or llama-index's own copy: found without importing llama_index, which takes seconds.
    if "TIKTOKEN_CACHE_DIR" not in os.environ:
        spec = find_spec("llama_index.core") if find_spec("llama_index") else None
        folder = Path(spec.origin).parent / "_static" / "tiktoken_cache" if spec and spec.origin else None
        if folder is None or not folder.is_dir():
            raise ModelError(f"llama-index ships no {ENCODING} vocabulary any more; install llama-index-core 0.14.")
        os.environ["TIKTOKEN_CACHE_DIR"] = str(folder)
    return tiktoken.get_encoding(ENCODING)
