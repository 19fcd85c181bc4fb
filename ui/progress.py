"""The progress bar: on standard error, and only when that is a terminal."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def bar(unit: str) -> Iterator[Callable[[int, int], None]]:
    """Give a function that is called with (done, total) and draws the bar, with rate and time left."""
    from tqdm import tqdm

    with tqdm(unit=f" {unit}", file=sys.stderr, disable=not sys.stderr.isatty(), leave=False) as drawn:

        def show(done: int, total: int) -> None:
            drawn.total = total
            drawn.update(done - drawn.n)

        yield show
