"""Models: the language model that a setting names, as LlamaIndex's `LLM`; its class is imported when it is named."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import ExtraError, SettingError
from index.settings import ADDRESSES, OLLAMA_PORT
from qa.line import watched, watching

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

    from index.settings import Model

CONTEXT = 4096
"""Tokens of context of a model on a server of one's own: what the smallest that are used today have."""
NEW = 128_000
"""The same for a provider's model that LlamaIndex does not know: it is newer than those it knows."""
WRITTEN = 400
"""Tokens that an answer may have: five sentences, and some that are left out."""
THOUGHT = 4000
"""The same for providers whose models may think before they write, which counts."""
COLD = 0.0
"""Temperature: the likeliest words, as the same question should have the same answer."""

_NEEDED = {
    "openai": ("llama_index.llms.openai", "llama_index.llms.openai_like"),
    "anthropic": ("llama_index.llms.anthropic",),
    "ollama": ("llama_index.llms.ollama",),
    "http": ("llama_index.llms.openai_like",),
    "local": ("llama_index.llms.openai_like", "xllamacpp"),
}
_KEYS = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY"}


def check_model(model: Model) -> None:
    """Make sure, without importing or asking anything, that a model can be opened.

    Raises:
        ExtraError: what runs or reaches it is not installed.
        SettingError: its file or its key is missing, or its key may not go to its server.
    """
    extra = "openai" if model.kind == "http" else model.kind
    if any(not _installed(name) for name in _NEEDED[model.kind]):
        raise ExtraError(
            f"The model {model.shown} needs what is not installed; install Byline with the extra `byline[{extra}]`."
        )
    if model.kind == "local" and not Path(model.name).is_file():
        raise SettingError(f"The model file {model.name} does not exist; give the path of a GGUF file.")
    if model.kind in _KEYS and not model.takes_key:
        raise SettingError(
            f"The model {model.shown} needs a key, and none goes to {model.url} in the clear; "
            f"give {ADDRESSES[model.kind]} with https."
        )
    if model.kind in _KEYS and not model.key:
        raise SettingError(f"The model {model.shown} needs a key; set {_KEYS[model.kind]}.")


def open_model(model: Model, timeout: float) -> LLM:
    """Return a model as LlamaIndex takes it; a local one is loaded. Nothing is retried and nothing is asked yet.

    Args:
        model: which one.
        timeout: seconds that its server may be silent.

    Raises:
        ExtraError: what runs or reaches it is not installed.
        ModelError: the file of a local one cannot be run.
        SettingError: its file or its key is missing, or its key may not go to its server.
    """
    check_model(model)
    if model.kind == "local":
        from qa.local import run_model

        running = run_model(Path(model.name).resolve())
        model = replace(model, name=Path(model.name).name, url=running.url, key=running.key)
    if model.kind in ("local", "http"):
        return _like(model, timeout)
    if model.kind == "openai":
        return _openai(model, timeout)
    return _ollama(model, timeout) if model.kind == "ollama" else _anthropic(model, timeout)


def context_of(llm: LLM) -> int:
    """Return how many tokens of context a model has, `CONTEXT` where it does not tell."""
    try:
        return int(llm.metadata.context_window)
    except Exception:  # noqa: BLE001 - some classes ask their server, and may raise anything
        return CONTEXT


def _installed(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def _like(model: Model, timeout: float, **more: Any) -> LLM:
    """Return a model whose server speaks as OpenAI's does."""
    from llama_index.llms.openai_like import OpenAILike

    asked: dict[str, Any] = {"temperature": COLD, "max_tokens": WRITTEN, "context_window": CONTEXT, **more}
    return OpenAILike(is_chat_model=True, **_common(model, timeout), **asked)


def _openai(model: Model, timeout: float) -> LLM:
    from llama_index.llms.openai import OpenAI
    from llama_index.llms.openai.utils import openai_modelname_to_contextsize

    model = replace(model, url=model.url or "https://api.openai.com/v1")
    try:
        openai_modelname_to_contextsize(model.name)
    except ValueError:  # newer than LlamaIndex: those take one temperature only, and count what they think
        counted = {"max_completion_tokens": THOUGHT}
        new = {"temperature": 1.0, "max_tokens": None, "context_window": NEW}
        return _like(model, timeout, additional_kwargs=counted, **new)
    return OpenAI(temperature=COLD, max_tokens=THOUGHT, **_common(model, timeout))


def _common(model: Model, timeout: float) -> dict[str, Any]:
    return {
        "model": model.name,
        "api_base": model.url,
        "api_key": model.key or "none",  # the class insists on one, even where the server does not
        "max_retries": 0,
        "timeout": timeout,
        "http_client": watched(timeout, near=model.is_near),
    }


def _anthropic(model: Model, timeout: float) -> LLM:
    from llama_index.core.llms import LLMMetadata
    from llama_index.llms.anthropic import Anthropic

    class Newer(Anthropic):
        """One that may be newer than LlamaIndex, whose own class refuses names that it does not know."""

        @property
        def metadata(self) -> LLMMetadata:
            try:
                return super().metadata
            except ValueError:
                return LLMMetadata(context_window=NEW, is_chat_model=True, model_name=self.model)

    # Made first: where a proxy's settings let no client be made, the one of the class dies noisily.
    client = watched(timeout, near=model.is_near)
    asked: dict[str, Any] = {"api_key": model.key, "base_url": model.url, "max_tokens": THOUGHT, "max_retries": 0}
    llm = Newer(model=model.name, timeout=timeout, **asked)
    # The class takes no client of ours, and its own would send the key through a proxy to this very machine.
    llm._client = llm._client.copy(http_client=client)
    return llm


def _ollama(model: Model, timeout: float) -> LLM:
    from llama_index.llms.ollama import Ollama
    from ollama import Client

    url = model.url or f"http://localhost:{OLLAMA_PORT}"
    headers = {"Authorization": f"Bearer {model.key}"} if model.key else {}
    client = Client(host=url, headers=headers, **watching(timeout, near=model.is_near or not model.url))
    if not model.key:
        client._client.headers.pop("authorization", None)  # it looks for a key by itself, whichever server it is for
    return Ollama(
        model=model.name,
        base_url=url,
        client=client,
        temperature=COLD,
        context_window=CONTEXT,
        request_timeout=timeout,
        additional_kwargs={"num_predict": WRITTEN},
    )
