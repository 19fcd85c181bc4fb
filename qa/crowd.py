"""Crowds: how large a corpus is, by which what is sure enough on one event is told from what is among thousands."""

from __future__ import annotations

import math

FEW, MANY = 40, 73_000
"""Chunks of a corpus on one event, and of one of thousands of articles."""


def crowd(chunks: int) -> float:
    """Return how large a corpus of so many chunks is, by their logarithm: 0 up to FEW, 1 from MANY on."""
    return min(max(math.log(max(chunks, 1) / FEW) / math.log(MANY / FEW), 0.0), 1.0)
