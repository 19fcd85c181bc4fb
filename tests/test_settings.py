from pathlib import Path

import pytest

from index.errors import SettingError
from index.settings import KNOWN, Model, Server, Settings, default_store, read_model, read_settings, store_of


def test_without_a_variable_the_settings_are_the_defaults() -> None:
    assert read_settings({"PATH": "/bin"}) == Settings(store=None, host="127.0.0.1", port=7860)


def test_each_setting_is_read_from_its_variable() -> None:
    environ = {"BYLINE_STORE": "index/here", "BYLINE_HOST": "0.0.0.0", "BYLINE_PORT": "0"}  # noqa: S104 # a value only
    environ["BYLINE_CHROMA"] = "http://localhost:8000"
    environ |= {"BYLINE_MODEL": "openai:gpt-4o", "BYLINE_TIMEOUT": "2.5", "BYLINE_THRESHOLD": "0.7"}
    assert set(environ) == set(KNOWN)
    server, model = Server("localhost", 8000), Model("openai", "gpt-4o")
    known = Settings(Path("index/here"), "0.0.0.0", 0, server, model, 2.5, 0.7)  # noqa: S104 # a value only
    assert read_settings(environ) == known


def test_an_empty_store_or_host_is_as_good_as_none() -> None:
    assert read_settings({"BYLINE_STORE": "", "BYLINE_HOST": ""}) == Settings()


def test_the_environment_is_read_where_no_other_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYLINE_PORT", "8080")
    assert read_settings().port == 8080


@pytest.mark.parametrize("port", ["", "x", "-1", "65536", "80.0", "٣", " 80", "1e3", "9" * 5000])
def test_a_port_that_is_none_is_an_error_that_names_it(port: str) -> None:
    with pytest.raises(SettingError, match=r"^BYLINE_PORT is .*; give a number from 0 to 65535\.$"):
        read_settings({"BYLINE_PORT": port})


def test_an_unknown_setting_is_an_error_that_lists_the_known_ones() -> None:
    with pytest.raises(
        SettingError, match=r"^BYLINE_STROE is not a setting of Byline; the settings are BYLINE_STORE, "
    ):
        read_settings({"BYLINE_STROE": "x"})


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("http://127.0.0.1:8000", Server("127.0.0.1", 8000)),
        ("http://chroma/news/", Server("chroma", 80, name="news")),
        ("https://api.trychroma.com", Server("api.trychroma.com", 443, ssl=True)),
        ("https://chroma.example:8443/news-2", Server("chroma.example", 8443, ssl=True, name="news-2")),
        ("http://[::1]:8000", Server("::1", 8000)),
    ],
)
def test_the_address_of_a_server_says_where_it_is_and_which_corpus_is_meant(address: str, server: Server) -> None:
    assert read_settings({"BYLINE_CHROMA": address}).server == server
    assert address.startswith(server.url.removesuffix(":80").removesuffix(":443"))


def test_the_key_of_a_server_comes_from_the_variables_of_chroma_and_is_not_shown() -> None:
    environ = {"CHROMA_API_KEY": "secret", "CHROMA_TENANT": "us", "CHROMA_DATABASE": "news"}
    server = read_settings({**environ, "BYLINE_CHROMA": "https://host"}).server
    assert server == Server("host", 443, ssl=True, key="secret", tenant="us", database="news")
    assert "secret" not in repr(server)
    assert read_settings(environ).server is None


def test_the_key_of_a_server_goes_nowhere_in_the_clear() -> None:
    environ = {"CHROMA_API_KEY": "secret"}
    with pytest.raises(
        SettingError, match=r"^BYLINE_CHROMA is 'http://host:8000', and CHROMA_API_KEY .*https"
    ) as caught:
        read_settings({**environ, "BYLINE_CHROMA": "http://host:8000"})
    assert "secret" not in str(caught.value)
    near = read_settings({**environ, "BYLINE_CHROMA": "http://127.0.0.1:8000"}).server
    assert near is not None
    assert near.key == "secret"


@pytest.mark.parametrize(
    "address",
    ["localhost:8000", "ftp://host", "http://", "http://:8000", "http://host:x", "http://host:99999", "host",
     "http://me:secret@host", "http://host?a=b", "http://host#a", "http://[::1"],
)  # fmt: skip
def test_an_address_that_is_none_is_an_error_that_shows_the_form_and_no_password(address: str) -> None:
    with pytest.raises(SettingError, match=r"^BYLINE_CHROMA is '.*'; give http://HOST:PORT or ") as caught:
        read_settings({"BYLINE_CHROMA": address})
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("name", ["a/b", "-a", "a.b", "ä", "a" * 101, "a b"])
def test_a_name_of_a_corpus_that_no_server_takes_is_an_error(name: str) -> None:
    with pytest.raises(SettingError, match=r"^BYLINE_CHROMA names the corpus '.*'; give 1 to 100 letters"):
        read_settings({"BYLINE_CHROMA": f"http://host/{name}"})


@pytest.mark.parametrize(
    ("name", "model", "shown"),
    [
        ("openai:gpt-4o", Model("openai", "gpt-4o", key="sk-1"), "openai:gpt-4o"),
        ("anthropic:claude", Model("anthropic", "claude", key="sk-2"), "anthropic:claude"),
        ("ollama:llama3:8b", Model("ollama", "llama3:8b", "http://gpu:11434"), "ollama:llama3:8b"),
        ("local:models/a b.gguf", Model("local", "models/a b.gguf"), "local:a b.gguf"),
        ("http://127.0.0.1:8080/v1#qwen", Model("http", "qwen", "http://127.0.0.1:8080/v1", "sk-1"), None),
        ("https://models.example/v1/#a/b", Model("http", "a/b", "https://models.example/v1", "sk-1"), None),
        ("http://gpu:8000/v1#qwen", Model("http", "qwen", "http://gpu:8000/v1"), None),
    ],
)
def test_a_model_has_the_key_of_its_provider_and_sends_none_in_the_clear(
    name: str, model: Model, shown: str | None
) -> None:
    environ = {"OPENAI_API_KEY": "sk-1", "ANTHROPIC_API_KEY": "sk-2", "OLLAMA_HOST": "gpu:11434"}
    read = read_settings({**environ, "BYLINE_MODEL": name}).model
    assert read == read_model(name, environ) == model
    assert read.shown == (shown or f"{model.url}#{model.name}")
    assert "sk-" not in repr(read)


@pytest.mark.parametrize(
    ("kind", "variable", "address", "keeps"),
    [
        ("openai", "OPENAI_BASE_URL", "http://gateway.example:8080/v1", False),
        ("openai", "OPENAI_BASE_URL", "gateway.example/v1", False),
        ("openai", "OPENAI_BASE_URL", "https://gateway.example/v1", True),
        ("openai", "OPENAI_BASE_URL", "http://127.0.0.1:4000/v1", True),
        ("openai", "OPENAI_BASE_URL", "", True),
        ("anthropic", "ANTHROPIC_BASE_URL", "HTTP://gateway.example", False),
        ("anthropic", "ANTHROPIC_BASE_URL", "http://localhost.gateway.example", False),
        ("anthropic", "ANTHROPIC_BASE_URL", "http://[::1]:4000/", True),
        ("ollama", "OLLAMA_HOST", "192.168.1.5", False),
        ("ollama", "OLLAMA_HOST", "https://ollama.com", True),
        ("ollama", "OLLAMA_HOST", "localhost", True),
        ("ollama", "OLLAMA_HOST", "", True),
    ],
)
def test_a_key_goes_to_a_server_of_ones_own_on_this_machine_or_through_tls_only(
    kind: str,
    variable: str,
    address: str,
    keeps: bool,  # noqa: FBT001 # a case
) -> None:
    model = read_model(f"{kind}:some-model", {variable: address, f"{kind.upper()}_API_KEY": "sk-1"})
    assert model.key == ("sk-1" if keeps else None)
    assert model.takes_key is keeps


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("192.168.1.5", "http://192.168.1.5:11434"),
        ("gpu/models/", "http://gpu:11434/models"),
        ("gpu:8000", "http://gpu:8000"),
        (":8000", "http://127.0.0.1:8000"),
        ("::1", "http://[::1]:11434"),
        ("[::1]:8000", "http://[::1]:8000"),
        ("http://gpu", "http://gpu"),
        ("https://ollama.com", "https://ollama.com"),
        (" ", None),
    ],
)
def test_the_address_of_ollama_is_read_as_ollama_itself_reads_it(address: str, url: str | None) -> None:
    assert read_model("ollama:llama3", {"OLLAMA_HOST": address}).url == url


@pytest.mark.parametrize(
    ("kind", "variable", "address"),
    [
        ("openai", "OPENAI_BASE_URL", "http://[bad"),
        ("openai", "OPENAI_BASE_URL", "ftp://host/v1"),
        ("openai", "OPENAI_BASE_URL", "https://host/v1#gpt-4o"),
        ("openai", "OPENAI_BASE_URL", "https://host/v1?key=secret"),
        ("anthropic", "ANTHROPIC_BASE_URL", "https://me:secret@host"),
        ("ollama", "OLLAMA_HOST", "gpu:port"),
        ("ollama", "OLLAMA_HOST", "[bad"),
        ("ollama", "OLLAMA_HOST", "me:secret@gpu:11434"),
    ],
)
def test_a_variable_of_a_provider_that_holds_no_address_is_an_error_without_a_password(
    kind: str, variable: str, address: str
) -> None:
    with pytest.raises(SettingError) as caught:
        read_model(f"{kind}:some-model", {variable: address})
    shown = address.rpartition("@")[2].removesuffix("?key=secret")
    form = "give the address of a server as http://HOST:PORT/PATH, or the same with https."
    assert str(caught.value) == f"{variable} is {shown!r}; {form}"


@pytest.mark.parametrize("name", ["gpt-4o", "openai:", "local: ", "mistral:large", ":", "local", "ftp://a/v1#b"])
def test_a_name_of_a_model_that_is_none_is_an_error_that_lists_the_forms(name: str) -> None:
    with pytest.raises(SettingError, match=r"^BYLINE_MODEL is '.*'; give openai:NAME, anthropic:NAME, "):
        read_settings({"BYLINE_MODEL": name})


@pytest.mark.parametrize(
    "name",
    ["http://host/v1", "http:#a", "http://me:secret@host/v1#a", "https://host:x/v1#a", "http://h/v1?key=secret#a"],
)
def test_an_address_of_a_model_that_is_none_is_an_error_without_a_password(name: str) -> None:
    with pytest.raises(SettingError, match=r"^BYLINE_MODEL is '.*'; give the address of its server as ") as caught:
        read_settings({"BYLINE_MODEL": name})
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("seconds", ["0", "-1", "soon", "1e9", "٣", "0.0", "1000000"])
def test_a_timeout_that_is_none_is_an_error(seconds: str) -> None:
    with pytest.raises(SettingError, match=r"^BYLINE_TIMEOUT is '.*'; give the seconds that a model has"):
        read_settings({"BYLINE_TIMEOUT": seconds})


@pytest.mark.parametrize(
    ("address", "near"),
    [("http://localhost:1/v1#a", True), ("http://[::1]/v1#a", True), ("http://128.0.0.1/v1#a", False)],
)
def test_a_model_on_this_machine_is_reached_without_a_proxy(address: str, near: bool) -> None:  # noqa: FBT001 # a case
    assert read_model(address).is_near is near


@pytest.mark.parametrize(("text", "threshold"), [("0.8", 0.8), (".25", 0.25), ("0", 0.0), ("1.0", 1.0), ("", None)])
def test_the_threshold_of_refusing_is_read(text: str, threshold: float | None) -> None:
    assert read_settings({"BYLINE_THRESHOLD": text}).threshold == threshold


@pytest.mark.parametrize("text", ["1.5", "-0.2", "half", "0,5", "٠.٥", "nan", "1e-3"])
def test_a_threshold_that_is_no_probability_is_an_error_with_a_remedy(text: str) -> None:
    with pytest.raises(SettingError, match=r"^BYLINE_THRESHOLD is '.*'; give how probable an answer must be"):
        read_settings({"BYLINE_THRESHOLD": text})


def test_an_index_that_is_not_named_lies_where_commands_run_from_here_find_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "jan.jsonl").touch()
    (tmp_path / ".byline").mkdir()
    (news / ".byline").mkdir()
    monkeypatch.chdir(tmp_path)
    for given in ("news", "news/jan.jsonl", str(news), str(news / "jan.jsonl")):
        assert store_of(Path(given)) == default_store() == tmp_path / ".byline"
    monkeypatch.chdir(news)
    for given in ("jan.jsonl", "./jan.jsonl", "gone.jsonl", str(news / "jan.jsonl"), "x" * 300):
        assert store_of(Path(given)) == default_store() == news / ".byline"
    assert store_of(Path()) == tmp_path / ".byline"  # beside a folder, as ever
