from pathlib import Path

import pytest

from index.errors import SettingError
from index.settings import KNOWN, Server, Settings, read_settings


def test_without_a_variable_the_settings_are_the_defaults() -> None:
    assert read_settings({"PATH": "/bin"}) == Settings(store=None, host="127.0.0.1", port=7860)


def test_each_setting_is_read_from_its_variable() -> None:
    environ = {"BYLINE_STORE": "index/here", "BYLINE_HOST": "0.0.0.0", "BYLINE_PORT": "0"}  # noqa: S104 # a value only
    environ["BYLINE_CHROMA"] = "http://localhost:8000"
    assert set(environ) == set(KNOWN)
    server = Server("localhost", 8000)
    assert read_settings(environ) == Settings(Path("index/here"), "0.0.0.0", 0, server)  # noqa: S104 # a value only


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
