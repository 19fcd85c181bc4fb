"""Clauses: how little of a piece of evidence still gives its answer: its own sentence, or the clause that answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qa.evidence import alone
from qa.moment import find_moments
from qa.support import points_elsewhere

if TYPE_CHECKING:
    from qa.evidence import Evidence

ELLIPSIS = " …"
"""Stands for the end of a sentence that is shown in part."""

_BREAK = re.compile(r"[,;:](?=\s)|\s+[–—-]\s")
_FINITE = re.compile(
    r"(?i)\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|shall|should|must|did|does|\w{2,}ed"
    r"|went|came|took|gave|said|told|met|led|held|won|lost|made|got|left|saw|sent|fell|rose"
    r"|began|became|brought|bought|built|found|kept|ran|spoke|stood|struck|hit|wrote|fled|shot)\b"
)
_ADJUNCT = re.compile(
    r"(?i)\s(?=(?:for|in|on|at|after|before|when|while|as|with|who|which|where|because|since|during|from|by) )"
)
"""Before what only adds to what was said; not before `unless`, `if`, `until`, `without`, `than` and the like."""
_UNDER = re.compile(r"(?i)\b(?:if|unless|until|till|except|without|than|but)\b")
"""After the answer: what follows belongs to a condition or an exception, which must stand whole or not at all."""
WITHIN = 40
"""Characters after the answer within which such a place is looked for."""


def own(evidence: Evidence) -> str:
    """Return the sentence with the answer alone, else all that is quoted."""
    inside = evidence.answer is not None and evidence.answer[0] >= evidence.sentence.start
    return alone(evidence).text if inside else evidence.text


def clause_end(evidence: Evidence) -> int | None:
    """Return where in its text the clause with the answer ends, where it is a sentence by itself and more follows."""
    if evidence.answer is None or evidence.start != evidence.sentence.start:
        return None
    right = evidence.answer[1] - evidence.start
    end = _BREAK.match(evidence.text, right)
    return end.start() if end and _FINITE.search(evidence.text[: end.start()]) else None


def ends(evidence: Evidence) -> list[int]:
    """Return where a piece of evidence may end and still say what it says: after its answer, before what only adds.

    What tells of a day or an hour, or of `those talks`, is not left out: at another time it may be another matter.
    """
    if evidence.answer is None or evidence.start != evidence.sentence.start:
        return []
    text, right = evidence.text, evidence.answer[1] - evidence.start
    found = [clause_end(evidence)]
    for match in _ADJUNCT.finditer(text, right, right + WITHIN):
        kept, left_out = text[: match.start()], _BREAK.split(text[match.start() :], maxsplit=1)[0]
        whole = kept.count("“") == kept.count("”") and kept.count('"') % 2 == 0 and kept[-1] != ","
        told = find_moments(left_out) or points_elsewhere(left_out, kept)
        if whole and not _UNDER.search(kept, right) and _FINITE.search(kept) and not told:
            found.append(match.start())
    return [end for end in dict.fromkeys(found) if end is not None]


def clause(evidence: Evidence) -> str:
    """Return the clause with the answer, else the sentence with it."""
    sentence = alone(evidence) if own(evidence) != evidence.text else evidence
    end = clause_end(sentence)
    return sentence.text if end is None else sentence.text[:end]
