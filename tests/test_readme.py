"""The README: every command in it is run, its transcript is what the command prints, its map names every file."""

import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from command import Command

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
BIN = Path(sys.executable).parent


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def _commands() -> list[str]:
    lines = [line for block in _blocks("sh") for line in block.splitlines()]
    return [line.split("  #")[0].split(" # ")[0].strip() for line in lines if line.strip()]


@pytest.fixture
def folder(seeds: Path, tmp_path: Path) -> Path:
    """An empty folder with articles and a batch of questions, as the README's reader has them."""
    shutil.copytree(seeds, tmp_path / "articles")
    shutil.copytree(seeds, tmp_path / "seeds")
    (tmp_path / "questions.jsonl").write_text('{"id": 1, "question": "Who is Tammy Bruce?"}\n', "utf-8")
    known = [{"id": 1, "question": "Who is Tammy Bruce?", "answers": ["State Department"], "relevant": []}]
    known += [{"id": 2, "question": "What did the Vatican say?", "answerable": False}]
    (tmp_path / "gold.jsonl").write_text("\n".join(map(json.dumps, known)), "utf-8")
    return tmp_path


def _run(command: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a command line in a shell, as a reader would."""
    # `make test` runs this: without its own flags an inner make prints what a reader's prints.
    kept = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    env = {**kept, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", **env}
    return subprocess.run(["sh", "-c", command], cwd=cwd, env=env, capture_output=True, text=True, check=False)


def test_every_command_for_articles_works_in_the_order_of_the_readme(byline: Command, folder: Path) -> None:
    commands = [c for c in _commands() if c.startswith("byline ") and c != "byline chat"]
    assert len(commands) >= 4
    for command in commands:
        line, _, file = command.partition(" > ")
        result = byline(*shlex.split(line)[1:], cwd=folder)
        assert result.returncode == 0, (command, result.stderr)
        assert result.stdout, command
        if file:
            (folder / file).write_text(result.stdout, "utf-8")
    assert '"Tammy Bruce' in (folder / "answers.jsonl").read_text("utf-8") or (folder / "answers.jsonl").stat().st_size


def test_every_make_target_is_there_and_runs_what_exists() -> None:
    targets = [shlex.split(c)[1] for c in _commands() if c.startswith("make ")]
    assert {"chat", "test", "check", "bench"} <= set(targets)
    for target in targets:
        result = _run(f"make -n {target}", ROOT)
        assert result.returncode == 0, result.stderr
        programs = re.findall(r"^(\.venv/bin/\w+)", result.stdout, re.MULTILINE)
        assert programs
        assert all((BIN / Path(program).name).exists() for program in programs)


def test_the_transcript_is_what_the_command_prints(seed_store: Path) -> None:
    (block,) = _blocks("console")
    command, _, printed = block.partition("\n")
    result = _run(command.removeprefix("$ "), ROOT, BYLINE_STORE=str(seed_store))
    assert result.stdout.split() == printed.split()


def test_the_python_of_the_readme_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (block,) = _blocks("python")
    monkeypatch.chdir(folder)
    names: dict[str, object] = {}
    exec(compile(block, "README.md", "exec"), names)  # noqa: S102 # our own README's code
    assert "answer" in names


def test_make_chat_serves_the_page(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**os.environ, "BYLINE_STORE": str(tmp_path / "store"), "BYLINE_PORT": str(port)}
    server = subprocess.Popen(["make", "chat"], cwd=ROOT, env=env, start_new_session=True, stdout=subprocess.DEVNULL)
    try:
        assert "Byline" in _page(f"http://127.0.0.1:{port}/", server)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def _page(url: str, server: "subprocess.Popen[bytes]") -> str:
    """Return the page as soon as it is served; the server may take a minute on a busy machine."""
    for _ in range(120):
        assert server.poll() is None, "the server stopped"
        try:
            with urllib.request.urlopen(url, timeout=10) as response:  # noqa: S310 # our own loopback page
                return str(response.read().decode("utf-8"))
        except OSError:
            time.sleep(1)
    raise AssertionError("no page in two minutes")


def test_the_map_names_every_file_and_nothing_else() -> None:
    named = set(re.findall(r"^\| `((?:index|qa|ui)/[\w.]+\.\w+)` \|", README, re.MULTILINE))
    there = {
        path.relative_to(ROOT).as_posix()
        for package in ("index", "qa", "ui")
        for path in (ROOT / package).iterdir()
        if path.is_file() and path.name != "__init__.py"
    }
    assert named == there


def test_the_picture_is_there() -> None:
    for picture in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README):
        assert (ROOT / picture).stat().st_size > 10_000
