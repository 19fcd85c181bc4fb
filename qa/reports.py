"""Reports: which of the articles that say one thing are one report, printed, rewritten or credited several times."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.fold import plain
from index.quotation import without_quotations
from qa.evidence import words_of
from qa.rewrite import is_rewrite
from qa.support import near_copy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.article import Article
    from index.corpus import Corpus

HEAD, FOOT = 400, 300
"""Characters at the beginning and at the end of an article in which a credit is looked for."""
OWN_WORDS = 6
"""Words, function words left out, that a sentence has beside what it quotes, for its likeness to tell of copying."""

_NAME = r"(?P<name>[A-Z][\w&.-]*(?: (?:and |& )?[A-Z][\w&.-]*){0,3})"
_CREDITS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rf"^\W*[A-Z][A-Z .,'’/-]+(?:, [\w .]+)? ?\({_NAME}\) ?[—–-]",  # ANKARA, May 15 (Reuters) -
        rf"^\W*\({_NAME}\) ?[—–:-]",  # (AP) —
        rf"\({_NAME}\)\s*\Z",
        rf"(?i:\b(?:source|credit|via|agency)): ?{_NAME}\s*$",
        rf"(?i:\bwith (?:additional )?(?:reporting|files|material|information|input|inputs) (?:from|by)) {_NAME}",
        rf"(?i:\bthis (?:story|article|report) (?:was|is) (?:\w+ )?(?:published|reported|written) by) {_NAME}",
        rf"^\W*(?:By )?{_NAME} contributed to this (?:report|story|article)",
    )
)


@dataclass(frozen=True, slots=True)
class Reports:
    """What tells reports apart. It remembers what it compared; make one for each answer."""

    corpus: Corpus
    _rewritten: dict[tuple[str, str], bool] = field(default_factory=dict)

    def group(self, cited: Sequence[tuple[Article, str]]) -> tuple[tuple[int, ...], ...]:
        """Return which of the cited articles are one report, as places in `cited`, in order.

        One report are articles that the index holds for copies, that are rewrites of one text, that credit one
        source or are of one outlet, and those whose cited sentence is the same beside what it quotes. It cannot be
        known from texts who relied on whom: two own stories that rest on one source that neither names count twice.

        Args:
            cited: articles with their texts, each with the sentence that is cited of it.
        """
        groups: list[list[int]] = []
        for place in range(len(cited)):
            same = [g for g in groups if any(self._one_report(cited[place], cited[other]) for other in g)]
            groups = [g for g in groups if g not in same] + [sorted([place, *(p for g in same for p in g)])]
        return tuple(sorted(tuple(g) for g in groups))

    def _one_report(self, one: tuple[Article, str], other: tuple[Article, str]) -> bool:
        (a, sentence), (b, text) = one, other
        return (
            a.id == b.id
            or a.id in self.corpus.copies(b.id)
            or bool(credits_of(a) & credits_of(b))
            or _same_words(sentence, text)
            or self._is_rewrite(a.id, b.id)
        )

    def _is_rewrite(self, one: str, other: str) -> bool:
        pair = (min(one, other), max(one, other))
        if pair not in self._rewritten:
            self._rewritten[pair] = is_rewrite(*(self._sentences(id_) for id_ in pair))
        return self._rewritten[pair]

    def _sentences(self, article_id: str) -> list[str]:
        article, sentences = self.corpus.sentences(article_id)
        return [article.text[s.start : s.end] for s in sentences if not s.boilerplate]


def credits_of(article: Article) -> frozenset[str]:
    """Return whose report an article says that it is, folded: its outlet, and those credited at its head or foot."""
    head, foot = article.text[:HEAD], article.text[-FOOT:]
    found = {m["name"] for part in (head, foot) for pattern in _CREDITS for m in pattern.finditer(part)}
    return frozenset(plain(name).strip(" .") for name in (*found, *filter(None, [article.outlet])))


def _same_words(one: str, other: str) -> bool:
    """Tell whether two sentences are one lightly edited; what they quote was said once and may be quoted by many."""
    own = [without_quotations(text) for text in (one, other)]
    return all(len(words_of(text)) >= OWN_WORDS for text in own) and near_copy(*own)
