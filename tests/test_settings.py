from pathlib import Path

import pytest

from index.errors import SettingError
from index.settings import KNOWN, Settings, read_settings


def test_without_a_variable_the_settings_are_the_defaults() -> None:
    assert read_settings({"PATH": "/bin"}) == Settings(store=None, host="127.0.0.1", port=7860)


def test_each_setting_is_read_from_its_variable() -> None:
    environ = {"BYLINE_STORE": "index/here", "BYLINE_HOST": "0.0.0.0", "BYLINE_PORT": "0"}  # noqa: S104 # a value only
    assert set(environ) == set(KNOWN)
    assert read_settings(environ) == Settings(Path("index/here"), "0.0.0.0", 0)  # noqa: S104 # a value only


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
