"""Models by their names: what each becomes, and one clear sentence where something for it is missing."""

import sys
from contextlib import suppress
from pathlib import Path

import pytest
from llama_index.core.llms import LLM, ChatMessage
from misbehaving import misbehaving
from server import free_port

from index.errors import BylineError, ExtraError, ModelError, SettingError
from index.settings import Model
from qa.local import run_model
from qa.model import CONTEXT, NEW, check_model, context_of, open_model

KEY = "sk-never-show-this"


@pytest.mark.parametrize(
    ("model", "kind", "context"),
    [
        (Model("openai", "gpt-4o", key=KEY), "openai_llm", 128_000),
        (Model("openai", "gpt-99-new", key=KEY), "OpenAILike", NEW),
        (Model("anthropic", "claude-99-new", key=KEY), "Anthropic_LLM", NEW),
        (Model("ollama", "llama3"), "Ollama_llm", CONTEXT),
        (Model("http", "qwen", "http://127.0.0.1:1/v1", KEY), "OpenAILike", CONTEXT),
    ],
)
def test_each_name_becomes_the_class_that_llama_index_has_for_it(model: Model, kind: str, context: int) -> None:
    llm = open_model(model, 5)
    assert llm.class_name() == kind
    assert context_of(llm) == context
    assert getattr(llm, "max_retries", 0) == 0


@pytest.mark.parametrize(
    ("kind", "library", "extra"),
    [
        ("openai", "llama_index.llms.openai_like", "openai"),
        ("anthropic", "llama_index.llms.anthropic", "anthropic"),
        ("ollama", "llama_index.llms.ollama", "ollama"),
        ("http", "llama_index.llms.openai_like", "openai"),
        ("local", "xllamacpp", "local"),
    ],
)
def test_a_missing_extra_is_named_with_its_remedy(
    kind: str, library: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ExtraError, match=rf"install Byline with the extra `byline\[{extra}\]`\.$"):
        check_model(Model(kind, "name", "http://127.0.0.1:1/v1", KEY))


@pytest.mark.parametrize(
    ("model", "says"),
    [
        (Model("openai", "gpt-4o"), "The model openai:gpt-4o needs a key; set OPENAI_API_KEY."),
        (Model("anthropic", "claude"), "The model anthropic:claude needs a key; set ANTHROPIC_API_KEY."),
        (Model("local", "none.gguf"), "The model file none.gguf does not exist; give the path of a GGUF file."),
    ],
)
def test_a_missing_key_or_file_is_named(model: Model, says: str) -> None:
    with pytest.raises(SettingError) as caught:
        check_model(model)
    assert str(caught.value) == says


@pytest.mark.parametrize(("kind", "variable"), [("openai", "OPENAI_BASE_URL"), ("anthropic", "ANTHROPIC_BASE_URL")])
def test_a_model_that_needs_a_key_is_not_reached_where_none_may_go(kind: str, variable: str) -> None:
    for key in (None, KEY):
        with pytest.raises(SettingError) as caught:
            open_model(Model(kind, "new", "http://gateway.example:8080/v1", key), 5)
        assert str(caught.value) == (
            f"The model {kind}:new needs a key, and none goes to http://gateway.example:8080/v1 in the clear; "
            f"give {variable} with https."
        )


def test_a_server_that_may_have_no_key_gets_none_from_the_variable_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_API_KEY", KEY)  # Ollama's own client reads it by itself
    with misbehaving() as server:
        url = server.url("fails").removesuffix("/v1")
        _ask(open_model(Model("ollama", "llama3", url), 5))
        _ask(open_model(Model("ollama", "llama3", url, "sk-mine"), 5))
    assert server.keys == [None, "Bearer sk-mine"]


@pytest.mark.parametrize("kind", ["openai", "anthropic", "ollama", "http"])
def test_what_goes_to_this_machine_passes_no_proxy(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with misbehaving() as proxy:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.server_port}")
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        _ask(open_model(Model(kind, "gpt-4o", f"http://127.0.0.1:{free_port()}/v1", KEY), 5))
    assert proxy.keys == []


def _ask(llm: LLM) -> None:
    """Ask a model whose answer does not matter."""
    with suppress(Exception):
        list(llm.stream_chat([ChatMessage(role="user", content="Who?")]))


@pytest.mark.parametrize("content", [b"", b"hello", b"GGUF\x03\x00\x00\x00" + b"\xff" * 400])
def test_a_file_that_is_no_model_is_one_clear_sentence(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "no.gguf"
    file.write_bytes(content)
    with pytest.raises(ModelError, match=r"no\.gguf is no model that llama\.cpp can run; give a whole GGUF file\.$"):
        run_model(file)
    with pytest.raises(BylineError):
        open_model(Model("local", str(file)), 5)
