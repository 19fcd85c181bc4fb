"""Answers from articles, every sentence cited. `ask` is the whole interface; `Library` is the object behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qa.answer import Answer, Citation, Claim
    from qa.asking import ask
    from qa.followup import Turn
    from qa.library import Library

__all__ = ["Answer", "Citation", "Claim", "Library", "Turn", "ask"]

_HOMES = {
    "Answer": "answer",
    "Citation": "answer",
    "Claim": "answer",
    "Library": "library",
    "Turn": "followup",
    "ask": "asking",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `import qa` costs nothing."""
    from importlib import import_module

    if name in _HOMES:
        return getattr(import_module(f"qa.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'qa' has no attribute {name!r}")
