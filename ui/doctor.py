"""The doctor's command: examines an index, says what is wrong and what to do, and does it when asked."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from index.diagnosis import Diagnosis, Finding

CLEAN, WRONG = 0, 1
"""Exit codes of `byline doctor`."""


def run_doctor(store: Path | None, *, fix: bool, as_json: bool) -> int:
    """Examine the index in a folder and print the findings, one a line.

    Args:
        store: the folder of the index; None means the one that `byline ask` would take.
        fix: also repair what can be repaired.
        as_json: print `{"store", "articles", "chunks", "findings", "fixed"}` instead.

    Returns:
        CLEAN where nothing is wrong, or nothing any more, else WRONG.

    Raises:
        BylineError: a setting is wrong, or another process writes while this one should.
    """
    from index.doctor import examine
    from index.minilm import MiniLM
    from index.repair import repair
    from index.settings import default_store, read_settings

    path, server, embedder = store or default_store(), read_settings().server, MiniLM()
    before = examine(path, embedder, server)
    after = repair(path, embedder, server, before) if fix else before
    fixed = [finding for finding in before.findings if finding not in after.findings]
    print(_as_json(path, after, fixed) if as_json else _as_text(path, after, fixed))
    return WRONG if after.findings else CLEAN


def _as_json(path: Path, found: Diagnosis, fixed: list[Finding]) -> str:
    counts = {"store": str(path), "articles": found.articles, "chunks": found.chunks}
    findings = {"findings": [asdict(f) for f in found.findings], "fixed": [asdict(f) for f in fixed]}
    return json.dumps({**counts, **findings}, ensure_ascii=False)


def _as_text(path: Path, found: Diagnosis, fixed: list[Finding]) -> str:
    lines = [f"fixed: {finding.what}" for finding in fixed] + [str(finding) for finding in found.findings]
    if not found.findings:
        lines.append(f"{found.articles} articles in {found.chunks} chunks in {path}: nothing is wrong.")
    return "\n".join(lines)
