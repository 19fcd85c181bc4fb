"""The command line: the one place where the parts are put together. Heavy imports wait inside the commands."""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, cast

from index.errors import BylineError, QuestionError
from ui.report import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from index.report import Report

log = logging.getLogger("byline")

ANSWERED, FAILED, REFUSED = 0, 1, 3
"""Exit codes of `byline ask`."""
GOLD_ONLY = ("k", "limit", "corpus", "against", "plot", "model", "store")
"""Options of `byline eval` that say how a gold file is scored; clusters are indexed and asked in one way only."""


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
        print(f"byline: {one_line(str(error))}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("byline: stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, as all errors are said, and ends with their exit code."""

    def error(self, message: str) -> NoReturn:
        self.exit(FAILED, f"byline: {message}; see `{self.prog} --help`.\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="byline", description="Ask a folder of articles; every sentence of the answer names its source."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    index = _command(commands, "index", _index, "bring the index in step with articles")
    index.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="folders and files (default: seeds)")
    index.add_argument("--json", action="store_true", help="print the report as JSON")
    index.add_argument(
        "--watch", action="store_true", help="go on, and index what changes, until Ctrl-C or SIGTERM (exit 0)"
    )

    ask = _command(commands, "ask", _ask, "answer one question (exit 0: answer, 3: refusal, 1: error)")
    ask.add_argument("question")
    ask.add_argument("--json", action="store_true", help="print the answer as JSON")

    compare = _command(commands, "compare", _compare, "set the articles side by side on a topic")
    compare.add_argument("topic", nargs="?", help="a few words or a question (default: all of a small folder)")
    compare.add_argument("--json", action="store_true", help="print the table as JSON")

    batch = _command(commands, "batch", _batch, "answer many questions: JSON lines in, JSON lines out")
    batch.add_argument("file", type=Path, metavar="FILE", help="one question a line, `-` for standard input")
    batch.add_argument("--k", type=int, default=20, help="passages listed with each answer (default: 20)")

    score = _command(commands, "eval", _eval, "score the answers to questions whose answers are known")
    score.add_argument("gold", nargs="?", type=Path, metavar="GOLD", help="questions, answers (docs/scoring.md)")
    score.add_argument("--clusters", type=Path, action="append", metavar="PATH", help="score how articles are compared")
    score.add_argument("--k", type=int, help="passages retrieved for each question (default: 20)")
    score.add_argument("--limit", type=int, metavar="N", help="ask N of the questions, evenly spread")
    score.add_argument("--corpus", type=Path, action="append", default=[], metavar="FILE", help="records named by GOLD")
    score.add_argument("--against", type=Path, metavar="BATCH", help="score what `byline batch` printed; ask nothing")
    score.add_argument("--json", type=Path, metavar="FILE", help="write all measures and every question's score")
    score.add_argument("--plot", type=Path, metavar="FILE", help="draw what refusing more or less would give")
    score.add_argument("--wrong", action="store_true", help="list the questions that came out wrong")

    chat = _command(commands, "chat", _chat, "serve the browser chat")
    chat.add_argument("--host", help="address to listen on (default: 127.0.0.1)")
    chat.add_argument("--port", type=int, help="port to listen on (default: 7860; 0: any free one)")

    doctor = _command(commands, "doctor", _doctor, "examine the index (exit 0: nothing wrong, 1: findings)")
    doctor.add_argument("--fix", action="store_true", help="repair what can be repaired")
    doctor.add_argument("--json", action="store_true", help="print the findings as JSON")
    for answering in (ask, batch, score, chat):
        answering.add_argument("--model", metavar="NAME", help="language model that writes (default: BYLINE_MODEL)")
    return parser


def _command(commands: Any, name: str, run: Callable[[argparse.Namespace], int], help_: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help_, description=help_)
    parser.set_defaults(run=run)
    parser.add_argument("--store", type=Path, metavar="DIR", help="folder of the index (default: .byline)")
    return parser


def _index(args: argparse.Namespace) -> int:
    from index.indexing import index_paths
    from index.minilm import MiniLM
    from index.settings import read_settings, store_of
    from ui.progress import bar
    from ui.report import describe, headline
    from ui.watch import watch

    paths = args.paths or [Path("seeds")]
    settings = read_settings()
    store = args.store or settings.store or store_of(paths[0])
    embedder = MiniLM()

    def run() -> Report:
        with bar("articles") as progress:
            return index_paths(paths, store, embedder, progress, settings.server)

    def tell(report: Report) -> None:
        print(json.dumps(report.to_dict(), ensure_ascii=False) if args.json else describe(report), flush=True)

    if not args.watch:
        tell(run())
        return ANSWERED
    with suppress(KeyboardInterrupt), _ended_as_by_ctrl_c():
        watch(paths, store, run, lambda report: tell(report) if args.json else print(headline(report), flush=True))
    return ANSWERED


@contextmanager
def _ended_as_by_ctrl_c() -> Iterator[None]:
    """Raise KeyboardInterrupt at SIGTERM, too, by which services are ended."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _ask(args: argparse.Namespace) -> int:
    from qa.library import Library
    from ui.render import render_terminal, render_words

    shown = ""
    for answer in Library.open(_store(args), model=args.model).stream(args.question):
        if not args.json:
            words = render_words(answer)
            print(words[len(shown) :], end="", flush=True)
            shown = words
    print(json.dumps(answer.to_dict(), ensure_ascii=False) if args.json else render_terminal(answer)[len(shown) :])
    return REFUSED if answer.refused else ANSWERED


def _compare(args: argparse.Namespace) -> int:
    from qa.compare import compare_question
    from qa.library import Library
    from ui.render import render_terminal

    answer = Library.open(_store(args)).ask(compare_question(args.topic or ""))
    print(json.dumps(answer.to_dict(), ensure_ascii=False) if args.json else render_terminal(answer))
    return REFUSED if answer.refused else ANSWERED


def _batch(args: argparse.Namespace) -> int:
    from qa.library import Library
    from ui.batch import answer_lines, read_batch
    from ui.progress import bar

    if args.k < 1:
        raise QuestionError(f"--k {args.k} lists no passage; give 1 or more.")
    lines = read_batch(args.file)
    library = Library.open(_store(args), model=args.model)
    with bar("questions") as progress:
        for done, row in enumerate(answer_lines(library, lines, k=args.k), start=1):
            print(json.dumps(row, ensure_ascii=False), flush=True)
            progress(done, len(lines))
    return ANSWERED


def _store(args: argparse.Namespace) -> Path | None:
    """Return the folder of the index that is named; say so where there is none here and Byline's own is asked."""
    from index.settings import default_store, read_settings

    settings = read_settings()
    if args.store is None and settings.store is None and settings.server is None:
        store = default_store()
        if store.parent != Path.cwd():
            log.warning("no index here; the articles in %s are asked.", store.with_name("seeds"))
    return cast("Path | None", args.store)


def _eval(args: argparse.Namespace) -> int:
    from ui.evaluate import run_eval
    from ui.trials import run_clusters

    if bool(args.clusters) == bool(args.gold):
        raise QuestionError("`byline eval` scores one thing: give it a gold file, or clusters with --clusters.")
    if not args.clusters:
        run_eval(args)
        return ANSWERED
    unused = ", ".join(f"--{name}" for name in GOLD_ONLY if getattr(args, name) not in (None, []))
    if unused:
        raise QuestionError(f"`byline eval --clusters` takes no {unused}; leave that out, or score a gold file.")
    run_clusters(args)
    return ANSWERED


def _doctor(args: argparse.Namespace) -> int:
    from ui.doctor import run_doctor

    return run_doctor(args.store, fix=args.fix, as_json=args.json)


def _chat(args: argparse.Namespace) -> int:
    from index.settings import read_settings
    from qa.library import Library
    from ui.chat import serve

    settings = read_settings()
    port = settings.port if args.port is None else args.port
    serve(Library.open(_store(args), model=args.model), args.host or settings.host, port)
    return ANSWERED


if __name__ == "__main__":
    sys.exit(main())
