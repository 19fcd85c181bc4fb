"""Evaluating: `byline eval`, which scores answers by a gold file and prints what came of it as tables."""

from __future__ import annotations

import json
import logging
import sys
from typing import TYPE_CHECKING

from index.errors import QuestionError
from qa.evaluation import evaluate, missing_names, read_answers
from qa.gold import read_gold, spread
from qa.library import Library
from qa.naming import read_naming
from qa.ranking import MEASURES
from qa.side import Recorder, quoting, side_of
from ui.plot import check_plot, plot_refusals
from ui.progress import bar

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from qa.evaluation import Evaluation
    from qa.metrics import Answers, Metrics, Retrieval
    from qa.side import Side

log = logging.getLogger("byline")

K = 20
"""Passages retrieved for each question where --k gives no number."""


def run_eval(args: argparse.Namespace) -> None:
    """Ask or read the answers, print the tables, and write what is asked for.

    Raises:
        BylineError: a file, the index or an extra cannot be used.
    """
    golds = read_gold(args.gold)
    if args.limit is not None:
        golds = tuple(spread(golds, max(1, args.limit)))
    check_outputs(args.json, args.plot)
    naming = read_naming(args.corpus)
    answers = read_answers(args.against) if args.against else None
    library = Library.open(args.store, model=args.model) if answers is None or args.store else None
    if library is not None and (missing := missing_names(golds, library, naming)):
        log.warning(
            "%d articles that %s names are not in the index, first %s; if they are ids of records, give the file of "
            "the records with --corpus.",
            len(missing),
            args.gold,
            missing[0],
        )
    asked = Recorder(library, answers, K if args.k is None else max(1, args.k))
    with bar("questions") as progress:
        done = evaluate(golds, asked, naming, progress)
    print(tables(done))
    if answers is None and library is not None and library.writer is not None:
        quoted = Recorder(quoting(library), None, asked.k)
        with bar("questions, quoted") as progress:
            other = evaluate(golds, quoted, naming, progress)
        rows = {"quotations": side_of(other, quoted.kept), library.writer.name: side_of(done, asked.kept)}
        print(f"\n{side_table(rows)}")
    if args.wrong:
        print(*wrong_lines(done), sep="\n", file=sys.stderr)
    if args.json:
        write(args.json, json.dumps({"gold": args.gold.name, "k": asked.k, **done.to_dict()}, ensure_ascii=False))
    if args.plot:
        plot_refusals(done.metrics.refusals, args.plot)


def write(path: Path, text: str) -> None:
    """Write a file.

    Raises:
        QuestionError: it cannot be written.
    """
    try:
        path.write_text(text + "\n", "utf-8", errors="replace")  # a gold file may hold half a character
    except OSError as error:
        raise QuestionError(f"{path} cannot be written ({error.strerror}); give another file.") from error


def check_outputs(json_file: Path | None, plot: Path | None) -> None:
    """Make sure that what is asked for can be written, before the questions take their time.

    Raises:
        BylineError: a folder is not there, or the plot cannot be drawn.
    """
    for path in (json_file, plot):
        if path is not None and not path.parent.is_dir():
            raise QuestionError(f"{path} cannot be written (no folder {path.parent}); make it, or give another.")
    if plot is not None:
        check_plot(plot)


def tables(done: Evaluation) -> str:
    """Return an evaluation as tables of plain text."""
    m = done.metrics
    blocks = [
        f"{m.asked} questions: {m.answers.asked} that the articles answer, {m.refusals.absent} that they do not"
        + (f", {m.failed} without an answer" if m.failed else ""),
        retrieval_table({"retrieval": m.retrieval, **done.followups}) if m.retrieval.asked else "",
        _answer_table(m),
        _refusal_table(m),
        _citation_table(m),
        _kind_table(done.kinds),
        "seconds a question: median {}, 95 % within {}".format(*(_number(s) for s in (m.median, m.p95))),
    ]
    return "\n\n".join(block for block in blocks if block)


def retrieval_table(rows: dict[str, Retrieval]) -> str:
    """Return the measures of ranked articles, a line for each way of finding them."""
    lines = [(name, found.asked, *(found.measures[key] for key in MEASURES)) for name, found in rows.items()]
    return table(("articles found by", "of", *MEASURES), lines)


def side_table(rows: dict[str, Side]) -> str:
    """Return what the answers of each side are like, a line for each."""
    heads = ("answers by", "right", "coverage", "refused", "sentences", "support", "quotations verbatim")
    lines = [
        (name, s.right, s.coverage, s.refused, str(s.sentences), s.support, s.quotations, str(s.written),
         str(s.left_out), s.seconds)
        for name, s in rows.items()
    ]  # fmt: skip
    return table((*heads, "written", "left out", "seconds"), lines)


def wrong_lines(done: Evaluation) -> Iterator[str]:
    """Yield a line for each question that came out wrong."""
    for s in done.scores:
        if s.right is False:
            yield f"{s.id} {s.kind}: {s.question} -> {' '.join(s.said.split())}"


def table(heads: Sequence[str], lines: Sequence[Sequence[str | float | None]]) -> str:
    """Return a table, the first column flush left, the others flush right."""
    rows = [list(heads), *([_number(cell) for cell in line] for line in lines)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(heads))]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip() for row in rows
    )


def _answer_table(m: Metrics) -> str:
    def line(name: str, a: Answers) -> tuple[str | float | None, ...]:
        return name, f"{a.right} of {a.asked}", a.exact, a.f1, a.text_f1, a.holds, a.first

    lines = [line("answerable", m.answers)] if m.answers.asked else []
    if m.in_gold.asked:
        lines.append(line("answer stands in an article", m.in_gold))
    return table(("answers", "right", "EM", "F1", "text F1", "gold in text", "in first claim"), lines) if lines else ""


def _refusal_table(m: Metrics) -> str:
    r = m.refusals
    line = ("not answerable", f"{r.right} of {r.absent}", r.refused, r.precision, r.recall, r.auc)
    return table(("refusals", "refused", "all refused", "precision", "recall", "AUC"), [line])


def _citation_table(m: Metrics) -> str:
    c = m.citations
    lines = [
        ("holds the answer", c.sentences, c.precision, c.recall),
        ("is in a relevant article", c.sentences, c.relevant, c.any_relevant),
    ]
    return table(("a cited sentence", "of", "precision", "recall"), lines) if c.sentences else ""


def _kind_table(kinds: dict[str, Metrics]) -> str:
    lines = []
    for kind, m in kinds.items():
        right, found = m.answers.right + m.refusals.right, m.retrieval.measures
        ranks = (found["Hits@1"], found["Hits@5"], found["MRR@10"])
        count = f"{right} of {m.answers.asked + m.refusals.absent}"
        lines.append((kind, count, *ranks, m.answers.exact, m.answers.f1, m.refusals.refused, m.median))
    heads = ("kind", "right", "Hits@1", "Hits@5", "MRR@10", "EM", "F1", "refused", "seconds")
    return table(heads, lines) if lines else ""


def _number(value: str | float | None) -> str:
    if isinstance(value, str | int):
        return str(value)
    return "-" if value is None else f"{value:.3f}"
