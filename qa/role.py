"""Roles: who `the Ukrainian president` is, learnt from where the articles set such words beside a name."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from index.fold import tokenise
from index.nations import compatriots
from qa.evidence import words_of
from qa.names import find_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.corpus import Corpus
    from index.fold import Token

PASSAGES = 24
"""Passages in which it is looked up who holds a role."""
LONGEST = 5
"""Words of a role, function words counted."""
SHARE = 0.7
"""Share of the passages that name somebody in the role which must name the same one."""

_BEGINS = re.compile(r"(?i)^(?:the|its|their)$")
_ASKS_WHO = re.compile(r"(?i)\bwho(?:['’]s| is| was| are| were| became| becomes)? $")
_OF = re.compile(r" of (?:the )?[A-Z]")
"""After words that are no whole role: `the defence minister` of another country."""
_ASKED = (
    re.compile(r"(?i)\b(?:what|how)(?: else| exactly)? (?:did|does|has|have|do) $"),
    re.compile(r"(?i) (?:ever |also |publicly )?(?:said|say|tell|told|call(?:ed)?|describe|comment|write|written)\b"),
)
"""Before and after one word that is a role by itself: `what did the judge say`."""
_BESIDE = 70
"""Characters on either side of a name in which the role may stand, in the same clause."""


def name_roles(question: str, corpus: Corpus) -> str:
    """Return the question with the name of its holder after a role: `the Ukrainian president Volodymyr Zelenskyy`.

    A role is named where the articles set all its words beside one person's name, in whatever spelling; not where the
    question asks who holds it or names the person itself, nor where the articles name several.
    """
    for phrase in _phrases(question):
        start, end = phrase[0].start, phrase[-1].end
        if _ASKS_WHO.search(question[: _article_before(question, start)]) or _OF.match(question, end):
            continue
        holder = _holder([t for t in phrase if not t.stop], corpus)
        if holder and not {t.key for t in tokenise(holder)} & {t.key for t in tokenise(question)}:
            return f"{question[:end]} {holder}{question[end:]}"
    return question


def _phrases(question: str) -> list[list[Token]]:
    """Return what may be roles, the longest first: words after `the`, or from a possessive nation on.

    One word alone is one only where it is asked what somebody said.
    """
    tokens, found = tokenise(question), []
    for at, token in enumerate(tokens):
        nation = token.text.endswith(("'s", "’s")) and bool(compatriots(token.word))
        if not nation and not _BEGINS.match(token.text):
            continue
        first = at if nation else at + 1
        for length in range(LONGEST, 0, -1):
            phrase = tokens[first : first + length]
            joined = all(question[a.end : b.start] == " " for a, b in pairwise(phrase))
            if len(phrase) == length and joined and not phrase[-1].stop and _of_only(phrase):
                found += [phrase] if length > 1 or _speaks(phrase[0], question) else []
    return sorted(found, key=len, reverse=True)


def _of_only(phrase: Sequence[Token]) -> bool:
    """Tell whether the function words of a phrase are `of` and `the` only, as in `president of Ukraine`."""
    content = sum(not t.stop for t in phrase)
    return all(not t.stop or t.word in {"of", "the"} for t in phrase) and (content > 1 or content == len(phrase))


def _speaks(role: Token, question: str) -> bool:
    """Tell whether a question asks what the one in this role said."""
    before, after = _ASKED
    start = _article_before(question, role.start)
    return bool(start < role.start and before.search(question[:start]) and after.match(question, role.end))


def _article_before(question: str, start: int) -> int:
    before = re.search(r"(?i)\b(?:the|its|their) $", question[:start])
    return before.start() if before else start


def _holder(role: Sequence[Token], corpus: Corpus) -> str | None:
    """Return the name that the articles most often set beside a role, or None where they do not agree on one."""
    spelt = [frozenset({t.key, *compatriots(t.word)}) for t in role]
    vocabulary = corpus.lexical.vocabulary
    found: Counter[str] = Counter()
    full: dict[str, str] = {}
    texts = corpus.texts_with(chain.from_iterable(spelt), PASSAGES)
    for text in (t for t in texts if not any(words_of(t).isdisjoint(keys) for keys in spelt)):
        for name in find_names(text, vocabulary):
            before = re.split(r"[.;:!?]\s|\n", text[max(0, name.start - _BESIDE) : name.start])[-1]
            after = re.split(r"[.;:!?]\s|\n|,(?! )", text[name.end : name.end + _BESIDE])[0]
            if name.person and (_stands(before, spelt, last=True) or _stands(after, spelt, last=False)):
                last = tokenise(name.text)[-1]
                key = next((k for k in full if k in vocabulary.spellings(last.word, last.key)), last.key)
                found[key] += 1
                full[key] = max(full.get(key, ""), name.text, key=len)
    if not found:
        return None
    key, count = found.most_common(1)[0]
    return full[key] if count >= SHARE * found.total() else None


def _stands(text: str, spelt: Sequence[frozenset[str]], *, last: bool) -> bool:
    """Tell whether all words of a role stand right beside a name: at the end of what is before it, or after a comma."""
    tokens = [t for t in tokenise(text) if not t.stop]
    if not last and not text.startswith(","):
        return False
    near = tokens[-len(spelt) - 1 :] if last else tokens[: len(spelt) + 1]
    tail = text[near[-1].end :] if last and near else ""
    return tail.strip(" ,") == "" and all(any(t.key in keys for t in near) for keys in spelt)
