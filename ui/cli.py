"""The command line: the one place where the parts are put together. Heavy imports wait inside the commands."""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import BylineError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ANSWERED, FAILED, REFUSED = 0, 1, 3
"""Exit codes of `byline ask`."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; an error of the user's is one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    logging.basicConfig(format="byline: %(message)s", level=logging.WARNING)
    args = _parser().parse_args(argv)
    command: Callable[[argparse.Namespace], int] = args.run
    try:
        return command(args)
    except BylineError as error:
        print(f"byline: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("byline: stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="byline", description="Ask a folder of articles; every sentence of the answer names its source."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    index = _command(commands, "index", _index, "bring the index in step with articles", store=True)
    index.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="folders and files (default: seeds)")
    index.add_argument("--json", action="store_true", help="print the report as JSON")

    ask = _command(commands, "ask", _ask, "answer one question (exit 0: answer, 3: refusal, 1: error)", store=True)
    ask.add_argument("question")
    ask.add_argument("--json", action="store_true", help="print the answer as JSON")

    batch = _command(commands, "batch", _batch, "answer many questions: JSON lines in, JSON lines out", store=True)
    batch.add_argument("file", type=Path, metavar="FILE", help="one question a line, `-` for standard input")
    batch.add_argument("--k", type=int, default=20, help="passages listed with each answer (default: 20)")

    chat = _command(commands, "chat", _chat, "serve the browser chat", store=True)
    chat.add_argument("--host", help="address to listen on (default: 127.0.0.1)")
    chat.add_argument("--port", type=int, help="port to listen on (default: 7860; 0: any free one)")
    return parser


def _command(
    commands: Any, name: str, run: Callable[[argparse.Namespace], int], help_: str, *, store: bool
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help_, description=help_)
    parser.set_defaults(run=run)
    if store:
        parser.add_argument("--store", type=Path, metavar="DIR", help="folder of the index (default: .byline)")
    return parser


def _index(args: argparse.Namespace) -> int:
    from index.indexing import index_paths
    from index.minilm import MiniLM
    from index.settings import read_settings
    from ui.progress import bar
    from ui.report import describe

    paths = args.paths or [Path("seeds")]
    settings = read_settings()
    first = paths[0].resolve()
    store = args.store or settings.store or (first.parent if first.is_dir() else first.parent.parent) / ".byline"
    with bar("articles") as progress:
        report = index_paths(paths, store, MiniLM(), progress)
    print(json.dumps(report.to_dict(), ensure_ascii=False) if args.json else describe(report))
    return ANSWERED


def _ask(args: argparse.Namespace) -> int:
    from qa.library import Library
    from ui.render import render_terminal

    answer = Library.open(args.store).ask(args.question)
    print(json.dumps(answer.to_dict(), ensure_ascii=False) if args.json else render_terminal(answer))
    return REFUSED if answer.refused else ANSWERED


def _batch(args: argparse.Namespace) -> int:
    from qa.library import Library
    from ui.batch import answer_lines, read_lines
    from ui.progress import bar

    lines = read_lines(args.file)
    library = Library.open(args.store)
    with bar("questions") as progress:
        for done, row in enumerate(answer_lines(library, lines, k=max(1, args.k)), start=1):
            print(json.dumps(row, ensure_ascii=False), flush=True)
            progress(done, len(lines))
    return ANSWERED


def _chat(args: argparse.Namespace) -> int:
    from index.settings import read_settings
    from qa.library import Library
    from ui.chat import serve

    settings = read_settings()
    port = settings.port if args.port is None else args.port
    serve(Library.open(args.store), args.host or settings.host, port)
    return ANSWERED
