"""The command line, run as a user runs it: exit codes, one line for each error, JSON that a program can read."""

import json
import os
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest
from command import Command, Ended
from misbehaving import misbehaving
from server import free_port

from ui.cli import _store

BYLINE = Path(sys.executable).with_name("byline")


def _process(*args: object, cwd: Path, **env: str) -> Ended:
    done = subprocess.run(
        [BYLINE, *map(str, args)], cwd=cwd, env={**os.environ, **env}, capture_output=True, text=True, check=False
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def _one_line(result: Ended) -> str:
    assert result.returncode == 1, result
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1, result.stderr
    assert "Traceback" not in result.stderr
    return result.stderr


def test_an_answer_is_printed_with_file_and_line_and_exits_with_0(seed_store: Path, tmp_path: Path) -> None:
    result = _process("ask", "Who heads the Ukrainian delegation?", "--store", seed_store, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "Umerov" in result.stdout
    assert ".txt:" in result.stdout
    assert result.stderr == ""


def test_an_answer_as_json_is_one_line_of_the_documented_shape(
    byline: Command, seed_store: Path, tmp_path: Path
) -> None:
    result = byline("ask", "Who is Boris Bondarev?", "--json", "--store", seed_store, cwd=tmp_path)
    assert len(result.stdout.splitlines()) == 1
    row = json.loads(result.stdout)
    assert row["refused"] is False
    assert row["citations"][0]["file"] == "001_b6bebbcff7196aa2.txt"


def test_a_refusal_exits_with_3_and_names_what_is_missing(byline: Command, seed_store: Path, tmp_path: Path) -> None:
    result = byline("ask", "What did the Vatican say?", "--store", seed_store, cwd=tmp_path)
    assert result.returncode == 3, result.stderr
    assert "Vatican" in result.stdout


def test_a_comparison_is_printed_as_a_table_or_refused_by_its_topic(
    byline: Command, seed_store: Path, tmp_path: Path
) -> None:
    where = ("--store", str(seed_store))
    result = byline("compare", "the ceasefire", "--json", *where, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    table = json.loads(result.stdout)["comparison"]
    assert (table["topic"], len(table["sources"])) == ("the ceasefire", 5)
    refused = byline("compare", "the Vatican", *where, cwd=tmp_path)
    assert refused.returncode == 3
    assert refused.stdout.strip() == "Not in these articles: none of them mentions “Vatican”."


def test_the_seeds_are_indexed_on_first_use_and_then_unchanged(byline: Command, seeds: Path, tmp_path: Path) -> None:
    (tmp_path / "seeds").symlink_to(seeds)
    first = byline("index", "seeds", "--json", cwd=tmp_path, BYLINE_STORE=str(tmp_path / "store"))
    assert first.returncode == 0, first.stderr
    assert len(json.loads(first.stdout)["added"]) == 5
    again = byline("index", "seeds", cwd=tmp_path, BYLINE_STORE=str(tmp_path / "store"))
    assert "nothing to do" in again.stdout


def test_what_is_indexed_file_by_file_where_one_stands_is_asked_there(byline: Command, tmp_path: Path) -> None:
    for name, text in (("jan", "Anna Berg leads the delegation."), ("feb", "The storm killed twelve in Texas.")):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({"text": text}))
        assert byline("index", f"{name}.jsonl", cwd=tmp_path).returncode == 0
    assert "Anna Berg" in byline("ask", "Who leads the delegation?", cwd=tmp_path).stdout
    assert "twelve" in byline("ask", "How many did the storm kill?", cwd=tmp_path).stdout


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("ask", ""), "question is empty"),
        (("ask", "x" * 100_000), "100,000 characters"),
        (("ask", "\x07\x08"), "question is empty"),
        (("index", "no/such/folder"), "no/such/folder does not exist"),
        (("index", "x" * 300), "xxx does not exist; give a folder of articles, or an article."),
        (("index", "\x1b[2J\n"), "\\x1b[2J\\n does not exist"),
        (("index", "empty"), "empty holds no"),
        (("index", "binary"), "not text"),
        (("batch", "none.jsonl"), "none.jsonl cannot be read"),
        (("ask", "who?", "--store", "nowhere"), "There is no index in nowhere"),
        (("chat", "--port", "70000"), "The chat cannot listen on port 70000; choose a --port from 0 to 65535."),
        (("chat", "--port", "-1"), "The chat cannot listen on port -1; choose a --port from 0 to 65535."),
        (("chat", "--host", "a..b", "--port", "0"), "The chat cannot listen on a..b:0; choose another --host or"),
    ],
)
def test_bad_input_is_one_line_that_names_it(
    byline: Command, seed_store: Path, tmp_path: Path, args: tuple[str, ...], says: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "binary").mkdir()
    (tmp_path / "binary" / "a.txt").write_bytes(bytes(range(256)) * 4)
    assert says in _one_line(byline(*args, cwd=tmp_path, BYLINE_STORE=str(seed_store)))


def test_a_model_writes_and_a_key_that_is_wrong_costs_one_line(
    byline: Command, seed_store: Path, tmp_path: Path
) -> None:
    question, key = "Who heads the Ukrainian delegation?", "sk-never-show-this"
    with misbehaving() as server:
        model = f"{server.url('good')}#some-model"
        told = byline("ask", question, "--model", model, "--store", seed_store, cwd=tmp_path)
        named = f"{server.url('wrong_key')}#some-model"
        env = {"BYLINE_MODEL": named, "OPENAI_API_KEY": key}
        wrong = byline("ask", question, "--store", seed_store, "--json", cwd=tmp_path, **env)
    assert (told.returncode, told.stderr) == (0, "")
    assert f"Written by {model}; each sentence was checked against the articles." in told.stdout
    row = json.loads(wrong.stdout)
    assert row["notice"].startswith("The model's server does not accept the key (status 401); ")
    assert row["claims"]
    assert key not in wrong.stdout + wrong.stderr
    assert wrong.stderr == ""


def test_a_model_that_cannot_be_put_to_use_costs_one_line(seed_store: Path, tmp_path: Path) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}"
    env = {"TIKTOKEN_CACHE_DIR": str(tmp_path), "HTTPS_PROXY": nowhere}  # no vocabulary, and none to be had
    args = ("ask", "Who heads the Ukrainian delegation?", "--model", f"{nowhere}/v1#m", "--json", "--store", seed_store)
    result = _process(*args, cwd=tmp_path, **env)
    assert (result.returncode, result.stderr) == (0, "")
    row = json.loads(result.stdout)
    assert row["notice"] == "The model could not be used (ProxyError); this is quoted from the articles."
    assert row["claims"]


def test_a_model_that_cannot_be_is_one_line(byline: Command, seed_store: Path, tmp_path: Path) -> None:
    for model, says in (("gpt-4o", "BYLINE_MODEL is 'gpt-4o'; give"), ("local:none.gguf", "none.gguf does not exist")):
        assert says in _one_line(byline("ask", "who?", "--model", model, "--store", seed_store, cwd=tmp_path))


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("ask", "Who?", "--stroe", "x"), "unrecognized arguments: --stroe x; see `byline --help`."),
        (("batch",), "the following arguments are required: FILE; see `byline batch --help`."),
        (("batch", "-", "--k", "0"), "--k 0 lists no passage; give 1 or more."),
    ],
)
def test_wrong_usage_is_one_line(args: tuple[str, ...], says: str, tmp_path: Path) -> None:
    assert _one_line(_process(*args, cwd=tmp_path)) == f"byline: {says}\n"


def test_who_asks_where_no_index_is_is_told_what_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delenv("BYLINE_STORE", raising=False)
    monkeypatch.chdir(tmp_path)
    assert _store(Namespace(store=None)) is None
    assert "no index here; the articles in" in caplog.text
    caplog.clear()
    (tmp_path / ".byline").mkdir()
    assert _store(Namespace(store=None)) is None
    assert _store(Namespace(store=tmp_path)) == tmp_path
    assert not caplog.text


def test_an_unknown_setting_is_an_error(tmp_path: Path) -> None:
    assert "BYLINE_STOER is not a setting" in _one_line(_process("ask", "who?", cwd=tmp_path, BYLINE_STOER="x"))


def test_a_batch_reads_standard_input_and_prints_a_line_for_each_line(
    byline: Command, seed_store: Path, tmp_path: Path
) -> None:
    lines = '{"id": 1, "question": "Who is Tammy Bruce?"}\n{"id": 2}\n'
    result = byline("batch", "-", "--store", seed_store, "--k", "3", cwd=tmp_path, stdin=lines)
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["id"] for row in rows] == [1, 2]
    assert len(rows[0]["passages"]) == 3
    assert "error" in rows[1]


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from ui.cli import main\ntry:\n main(['--help'])\nexcept SystemExit:\n pass\nprint(*sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"numpy", "chromadb", "llama_index", "gradio", "onnxruntime", "tiktoken", "ir_measures", "matplotlib"}
    assert not heavy & set(result.stdout.split())


def test_asking_imports_neither_llama_index_nor_gradio(seed_store: Path) -> None:
    code = f"import sys; from ui.cli import main; main(['ask', 'Who is Tammy Bruce?', '--store', {str(seed_store)!r}])"
    code += "\nprint(*sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"llama_index.core", "gradio", "torch"} & set(result.stdout.split())
