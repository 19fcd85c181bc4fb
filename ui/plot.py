"""The plot of refusals: what refusing more or less would give. The one file that imports matplotlib."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import ExtraError, QuestionError
from qa.refusal import THRESHOLD

if TYPE_CHECKING:
    from pathlib import Path

    from qa.metrics import Refusals

SIZE = (10.0, 4.5)
"""Inches."""


def plot_refusals(refusals: Refusals, path: Path) -> None:
    """Draw precision and recall of refusing, and the share of answerable questions answered, by threshold.

    Args:
        refusals: with a curve.
        path: the picture to write; its ending says which format.

    Raises:
        QuestionError: there is no curve, or the file cannot be written.
    """
    from matplotlib.figure import Figure

    if not refusals.curve:
        raise QuestionError(
            "There is no curve to plot: the gold file needs questions that the articles answer and questions that they "
            "do not, and the answers need their `answerable`."
        )
    thresholds = [p.threshold for p in refusals.curve]
    precision = [float("nan") if p.precision is None else p.precision for p in refusals.curve]
    recall = [p.recall for p in refusals.curve]
    figure = Figure(figsize=SIZE, layout="constrained")
    left, right = figure.subplots(1, 2)
    left.plot(thresholds, precision, label="refusals that are right (precision)")
    left.plot(thresholds, recall, label="unanswerable questions refused (recall)")
    left.plot(thresholds, [p.answered for p in refusals.curve], label="answerable questions answered")
    left.axvline(THRESHOLD, color="grey", linestyle=":", label=f"default threshold {THRESHOLD}")
    left.set(xlabel="refused below this probability", ylim=(0, 1.02), xlim=(0, 1))
    left.legend(loc="lower center", fontsize="small")
    right.plot(recall, precision, color="black")
    if refusals.precision is not None and refusals.recall is not None:
        right.plot(refusals.recall, refusals.precision, "o", color="tab:red", label="as answered")
        right.legend(loc="lower left", fontsize="small")
    right.set(xlabel="recall of refusing", ylabel="precision of refusing", ylim=(0, 1.02), xlim=(0, 1.02))
    try:
        figure.savefig(path)
    except OSError as error:
        raise QuestionError(f"{path} cannot be written ({error.strerror}); give another file.") from error


def check_plot(path: Path) -> None:
    """Make sure that a picture of this name can be drawn, before the questions take their time.

    Raises:
        ExtraError: matplotlib is not installed.
        QuestionError: its ending is that of no picture.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ExtraError(
            "The plot needs matplotlib, which is not installed; install Byline with the extra `byline[eval]`."
        ) from error
    if path.suffix.removeprefix(".").lower() not in Figure().canvas.get_supported_filetypes():
        raise QuestionError(f"{path} does not end as a picture does; give a file that ends in .png, .svg or .pdf.")
