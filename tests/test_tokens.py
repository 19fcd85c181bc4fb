import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.tokens import ENCODING, count_tokens


@pytest.mark.parametrize(
    ("text", "tokens"),
    [("", 0), ("hello world", 2), ("tiktoken is great!", 6), ("お誕生日おめでとう", 9), ("2 + 2 = 4", 7)],
)
def test_counts_are_those_that_openai_publishes(text: str, tokens: int) -> None:
    """From the OpenAI cookbook, "How to count tokens with tiktoken"."""
    assert count_tokens(text) == tokens


def test_special_tokens_are_plain_text() -> None:
    assert count_tokens("<|endoftext|>") > 1


def test_half_a_surrogate_pair_is_counted_too() -> None:
    assert count_tokens("\ud800") > 0


@given(st.text(max_size=200), st.text(max_size=200))
def test_a_text_has_no_more_tokens_than_bytes_and_never_fewer_than_none(one: str, other: str) -> None:
    assert 0 <= count_tokens(one + other) <= len((one + other).encode())


def test_the_vocabulary_is_found_without_importing_llama_index_and_without_a_network(tmp_path: Path) -> None:
    code = (
        "import socket, sys; socket.socket.connect = None\n"
        "from index.tokens import count_tokens\n"
        "print(count_tokens('hello world'), 'llama_index.core' in sys.modules)"
    )
    env = {key: value for key, value in os.environ.items() if key != "TIKTOKEN_CACHE_DIR"}
    env["TMPDIR"] = str(tmp_path)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    assert done.stdout.split() == ["2", "False"]


def test_a_folder_that_the_user_names_is_used(tmp_path: Path) -> None:
    code = (
        "import os, tiktoken\n"
        "tiktoken.get_encoding = lambda name: exit(f'{name} from ' + os.environ['TIKTOKEN_CACHE_DIR'])\n"
        "from index.tokens import count_tokens\n"
        "count_tokens('hello')"
    )
    env = {**os.environ, "TIKTOKEN_CACHE_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=env)
    assert done.stderr.strip() == f"{ENCODING} from {tmp_path}"
