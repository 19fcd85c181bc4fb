"""Doers: evidence in which somebody else acts than the one of whom a question of yes or no asks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.fold import fold
from index.nations import compatriots
from qa.detail import same_name
from qa.evidence import best_first, less_answerable
from qa.kind import AUXILIARIES, Kind
from qa.names import find_names, is_person
from qa.synonym import is_past

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.corpus import Corpus
    from qa.evidence import Evidence
    from qa.names import Name
    from qa.question import Question

ANOTHERS = 0.1
"""What the reader's opinion of a sentence is worth in which another acts, and the one who is asked about is not."""
SUFFERS = 0.3
"""The same where the one who is asked about is named, and does nothing."""
READ = 24
"""Pieces of evidence, best first, that are looked at."""

_SUBJECT = re.compile(rf"(?i)^\W*(?:(?:and|so|but) )?(?:{AUXILIARIES})(?:n['’]t)? (?=\w)")
_ASIDE = r"(?:, [^,;.!?“”\"]{1,90},| \([^)]*\)| [–—-] [^–—;.]{1,60} [–—-])?"
_NEXT = re.compile(
    rf"{_ASIDE} (?:(?:himself|herself|also|still|now|never|not|later|earlier|again|\w+ly) )*"
    r"(?P<verb>[a-z]+(?:['’]t)?)"
)
_BEHIND_COMMA = re.compile(rf", (?P<verb>(?:{AUXILIARIES})(?:n['’]t)?) ")
"""Behind a name that explains another, `the secretary, Marco Rubio, are expected`."""
_VERB = re.compile(rf"(?:{AUXILIARIES})(?:n['’]t)?|[a-z]{{2,}}s")


def mark_others_acts(question: Question, evidence: Sequence[Evidence], corpus: Corpus) -> tuple[Evidence, ...]:
    """Return the evidence, best first again, with less of what tells of others' acts.

    `Did Putin come?` is not answered by `Zelenskiy would not come`, though the reader takes it for a denial. Who is
    asked about must be one person, by name; where a sentence names nobody, its subject may be the one.

    Args:
        question: the question.
        evidence: what was found for it, best first.
        corpus: the articles.
    """
    about = _asked_about(question, corpus) if question.kind is Kind.YES_NO else None
    if about is None:
        return tuple(evidence)
    known: dict[str, bool] = {}
    marked = [_marked(e, about, corpus, known) for e in evidence[:READ]]
    return best_first([*marked, *evidence[READ:]])


def acts(name: Name, text: str) -> bool:
    """Tell whether one who is named does or has something: a verb follows the name, or what is the person's."""
    if text[name.end :].startswith(("'s ", "’s ")):
        return True
    found = (pattern.match(text, name.end) for pattern in (_NEXT, _BEHIND_COMMA))
    return any(f is not None and bool(_VERB.fullmatch(f["verb"]) or is_past(fold(f["verb"]))) for f in found)


def _asked_about(question: Question, corpus: Corpus) -> Name | None:
    """Return the name with which a question begins behind its verb, where it is a person's."""
    begins = _SUBJECT.match(question.text)
    if begins is None:
        return None
    first = next((n for n in find_names(question.text, corpus.lexical.vocabulary) if n.end > begins.end()), None)
    led = first is not None and not re.search(r"[a-z]", question.text[begins.end() : first.start])
    if first is None or not led or question.text[first.end :].startswith(("'s", "’s", " and ")):
        return None
    return first if _is_person(first, corpus) else None


def _marked(evidence: Evidence, about: Name, corpus: Corpus, known: dict[str, bool]) -> Evidence:
    vocabulary = corpus.lexical.vocabulary
    names = find_names(evidence.text, vocabulary)
    own = [n for n in names if same_name(n.text, about.text, vocabulary)]
    if any(acts(n, evidence.text) for n in own):
        return evidence
    others = [n for n in names if n not in own and acts(n, evidence.text)]
    if not any(_known_person(n, corpus, known) for n in others):
        return evidence
    return less_answerable(evidence, SUFFERS if own else ANOTHERS)


def _known_person(name: Name, corpus: Corpus, known: dict[str, bool]) -> bool:
    if name.text not in known:
        known[name.text] = _is_person(name, corpus)
    return known[name.text]


def _is_person(name: Name, corpus: Corpus) -> bool:
    return name.person or (is_person(name.text, corpus) and not compatriots(fold(name.text)))
