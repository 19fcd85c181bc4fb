"""Allegiances: whose minister or negotiator somebody is, by the nation that the articles set beside the name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from index.fold import tokenise
from index.nations import compatriots
from qa.evidence import best_first, less_answerable
from qa.kind import Kind
from qa.names import find_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.corpus import Corpus
    from index.fold import Token
    from qa.evidence import Evidence
    from qa.names import Name
    from qa.question import Question

PASSAGES = 24
"""Passages in which it is looked up for whom somebody acts."""
SHARE = 0.7
"""Share of the mentions with a nation beside the name which must have the same one."""
ANOTHERS = 0.05
"""What the reader's opinion is worth where it names somebody who acts for another nation than the one asked about."""
BESIDE, TITLE_WORDS = 70, 6
"""Characters and words on either side of a name in which the nation may stand, in the same clause."""
READ = 24
"""Pieces of evidence, best first, whose answers are looked up."""

_ASKS = re.compile(
    r"(?i)^\W*(?:and |so |but )?who(?:['’]s| is| was| will be| leads?| led| heads?| headed| chairs?| chaired| runs?"
    r"| commands?| commanded| represents?| represented| speaks? for| spoke for| directs?)\b"
)
_WHICH = re.compile(r"(?i)^\W*(?:and |so |but )?(?:which|what) (?=\w+ \w)")
_TOWARDS = re.compile(r"(?i)\b(?:to|on|in|with|against|by|from|at|into|near|over)(?: the)? $")
"""Before a nation that somebody deals with and does not act for: `envoy to Ukraine`."""
_CLAUSE = re.compile(r"[.;:!?,“”\"]\s|\n")
_LINKING = frozenset("of for and the a an is was are be will by headed led chaired".split())


def mark_others(question: Question, evidence: Sequence[Evidence], corpus: Corpus) -> tuple[Evidence, ...]:
    """Return the evidence, best first again, with little left of answers that name another nation's.

    `Who is Russia's defence minister?` is not answered by the one whom the articles call Ukraine's. Nothing changes
    where the question does not ask who holds a role of one nation, or the articles do not say for whom somebody acts.

    Args:
        question: the question.
        evidence: what was found for it, best first.
        corpus: the articles.
    """
    wanted = _asked_nation(question) if question.kind is Kind.PERSON else None
    if wanted is None:
        return tuple(evidence)
    known: dict[str, str | None] = {}
    marked = [_marked(e, wanted, corpus, known) for e in evidence[:READ]] + list(evidence[READ:])
    return best_first(marked)


def nation_of(name: Name, corpus: Corpus) -> str | None:
    """Return a key of the nation that the articles set beside a person's name, or None where they do not agree."""
    last = tokenise(name.text)[-1]
    keys = {last.key, *corpus.lexical.vocabulary.spellings(last.word, last.key)}
    found: Counter[str] = Counter()
    for text in corpus.texts_with(keys, PASSAGES):
        for other in find_names(text, corpus.lexical.vocabulary):
            if tokenise(other.text)[-1].key in keys:
                nation = _before(text, other.start) or _after(text, other.end)
                if nation is not None:
                    found[next((n for n in found if _is_one(n, nation)), nation)] += 1
    if not found:
        return None
    nation, count = found.most_common(1)[0]
    return nation if count >= SHARE * found.total() else None


def _marked(evidence: Evidence, wanted: str, corpus: Corpus, known: dict[str, str | None]) -> Evidence:
    if evidence.answer is None:
        return evidence
    start, end = evidence.answer
    names = find_names(evidence.article.text[start:end], corpus.lexical.vocabulary)
    if len(names) != 1:
        return evidence
    last = tokenise(names[0].text)[-1].key
    nation = known[last] if last in known else known.setdefault(last, nation_of(names[0], corpus))
    if nation is None or _is_one(nation, wanted):
        return evidence
    return replace(less_answerable(evidence, ANOTHERS), sure=0.0)


def _asked_nation(question: Question) -> str | None:
    """Return a key of the one nation whose role or group is asked about; None where there is none, or several."""
    text = question.text
    tokens = tokenise(text)
    if (which := _WHICH.match(text)) and (first := next((t for t in tokens if t.start == which.end()), None)):
        return first.key if _is_nation(first) else None
    if not _ASKS.search(text):
        return None
    nations = [(at, t) for at, t in enumerate(tokens) if _is_nation(t)]
    if not nations or any(not _is_one(t.key, nations[0][1].key) for _, t in nations):
        return None
    at, token = nations[0]
    following = tokens[at + 1 : at + 2]
    owns = bool(following) and not following[0].stop and text[token.end : following[0].start].strip() == ""
    of = bool(re.search(r"(?i)\bof (?:the )?$", text[: token.start]))
    return token.key if (owns or of) and not _TOWARDS.search(text[: token.start]) else None


def _before(text: str, start: int) -> str | None:
    """Return the nation whose title or group stands before a name: `Ukrainian Defence Minister Rustem Umerov`."""
    clause = _CLAUSE.split(text[max(0, start - BESIDE) : start])[-1]
    tokens = tokenise(clause)
    for back, token in enumerate(reversed(tokens)):
        if back > TITLE_WORDS or (token.stop and token.word not in _LINKING):
            return None
        if _is_nation(token) and back > 0:
            return token.key
    return None


def _after(text: str, end: int) -> str | None:
    """Return the nation of an apposition after a name: `Budanov, head of Ukraine's military intelligence`."""
    if not text[end:].startswith(", "):
        return None
    clause = re.split(r"[.;:!?,“”\"\n]", text[end + 2 : end + 2 + BESIDE])[0]
    for n, token in enumerate(tokenise(clause)):
        if n > TITLE_WORDS or (token.stop and token.word not in _LINKING):
            return None
        if _is_nation(token) and not _TOWARDS.search(clause[: token.start]):
            return token.key
    return None


def _is_nation(token: Token) -> bool:
    return token.text[0].isupper() and bool(compatriots(token.word) or compatriots(token.key))


def _is_one(one: str, other: str) -> bool:
    return one == other or other in compatriots(one) or one in compatriots(other)
