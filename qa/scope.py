"""Scopes: the articles of which alone a question asks, those of one outlet or of one file, and what it asks of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from qa.aim import read_aim
from qa.frame import unframe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.article import Article

SHORT = 4
"""A name of fewer letters is looked for only where it is all capitals: `BBC`, not `Now`."""

THE_ARTICLE = "the article"
"""Stands in a question in the place of the outlet or file that it names."""
_ARTICLE = re.compile(r"(?i)^the\s+")
_SUFFIX = re.compile(r"(?i)\s*[|–—].*$|\.(?:com?|org|net|news|tv)(?:\.\w\w)?$")
_TEXT = r"(?:articles?|reports?|reporting|stor(?:y|ies)|pieces?|coverage|texts?|files?|accounts?|versions?|newspaper)"
_MARKED = re.compile(r"(?<!\w)[\w./()-]*\w[._-]\w[\w./()-]*(?<=\w)")
"""What may be the name of a file: it holds a dot, a line or a stroke within."""
_NAMES = re.compile(r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)+")
_BETWEEN = re.compile(r"[\W_]+")
_ANOTHER = re.compile(r"(?i)\b(?:another|both|each) (?:of |the |one |article|report|stor|by |from |in )")
"""Speaks of articles beside those of the outlet that is named."""
_ACCORDING = re.compile(
    r"(?i)^\W*(?:according to|in the words of) the article,\s*(?P<core>.{8,})$"
    r"|^(?P<before>.{8,}?),? (?:according to|as reported by|as told by) the article\W*$"
)
_AND_THERE = re.compile(
    r"(?i)^\W*(?:(?:and|but|so|ok(?:ay)?|then)\b[\s,]*)*"
    r"(?:(?:what|how) about |according to |in |what (?:do|does|did) )?the article"
    r"(?: (?:say|said|report|write|put it|tell us|have to say))?"
    r"(?: (?:about|on|of|to) (?:it|that|this|him|her|them))?\W*$"
)
_CAPITAL = re.compile(r"(?:Who|Whom|Whose|What|Which|When|Where|Why|How|Is|Are|Was|Were|Did|Does|Do|Has|Have|Will)\b")


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asked, and of which articles."""

    text: str
    """What is asked of them; the whole question where it asks of all."""
    articles: frozenset[str] | None = None
    """Ids of the articles of which alone it is asked; None for all."""
    name: str | None = None
    """How the question names them: `KAAB TV`, `notes/march.txt`; None for all."""


ALL = Scope("")
"""All articles."""


def read_scope(question: str, articles: Iterable[Article]) -> Scope:
    """Return what is asked of one outlet or file alone: `According to KAAB TV, who leads the delegation?`.

    So do `What does KAAB TV say about the talks?`, `Summarise the KAAB TV report` and `Is Rubio in march.txt?`. All
    articles are asked where a question names none or several of these, or one in passing.

    Args:
        question: what was asked.
        articles: all articles.
    """
    for scope, plain in _pointed(question, articles):
        if match := _ACCORDING.match(plain):
            return replace(scope, text=(match["core"] or match["before"]).strip())
        if unframe(plain).text != plain or read_aim(plain) is not None:
            return replace(scope, text=plain)
    return Scope(question)


def points_there(question: str, articles: Iterable[Article]) -> bool:
    """Tell whether a question only names the outlet or file of which the one before it is asked: `And KAAB TV?`."""
    return any(_AND_THERE.match(plain) for _, plain in _pointed(question, articles))


def ask_there(question: str, previous: str, articles: Iterable[Article]) -> str | None:
    """Return the previous question asked of the outlet that this one names: `And KAAB TV?`; None for another question.

    Args:
        question: what is asked now.
        previous: what was asked before.
        articles: all articles.
    """
    known = list(articles)
    scope = next((scope for scope, plain in _pointed(question, known) if _AND_THERE.match(plain)), None)
    if scope is None:
        return None
    before = read_scope(previous, known)
    asked = before.text
    if before.articles is not None and THE_ARTICLE in asked:
        return asked.replace(THE_ARTICLE, scope.name or "")
    lower = asked[0].lower() + asked[1:] if _CAPITAL.match(asked) else asked
    return f"According to {scope.name}, {lower}"


@lru_cache(maxsize=4096)
def names_outlet(question: str, outlet: str) -> bool:
    """Tell whether a question names an outlet, with or without `The` and `.com`.

    A name of one word needs its capitals: `Time`, `The Age` and `Wired` are words, too.
    """
    name = _bare(outlet)
    if len(name) < SHORT and not name.isupper():
        return False
    wanted = rf"(?<!\w){re.escape(name)}(?!\w)"
    return bool(re.search(wanted, question) or (" " in name and re.search(wanted, question, re.IGNORECASE)))


def _pointed(question: str, articles: Iterable[Article]) -> list[tuple[Scope, str]]:
    """Return the one outlet or file that a question names, with the question that has `the article` in its place.

    There are two such questions, for `report` after a name is either: `the KAAB TV report`, `What did KAAB TV report?`.
    None where it names none or several.
    """
    known = list(articles)
    named = [(o, frozenset(a.id for a in known if a.outlet == o)) for o in _outlets(question, known)]
    named = named or list(_files(question, known).items())
    if len(named) != 1 or _ANOTHER.search(question):
        return []
    name, ids = named[0]
    mention = (
        rf"(?i)(?:\bthe )?(?:\b{_TEXT} (?:of|from|by|in|on) )?(?:\bthe )?(?<!\w){re.escape(_bare(name))}(?!\w)"
        r"(?:\.com)?(?:['’]s?)?"
    )
    plain = [re.sub(mention + more, THE_ARTICLE, question) for more in (rf" {_TEXT}\b", "")]
    return [(Scope(question, ids, name), text) for text in dict.fromkeys(plain) if text != question]


def _outlets(question: str, articles: Iterable[Article]) -> list[str]:
    """Return the outlets that a question names, none within the name of another: `Times` in `Times of India`."""
    found = [o for o in {a.outlet for a in articles if a.outlet} if names_outlet(question, o)]
    return sorted(o for o in found if not any(o != other and _bare(o) in _bare(other) for other in found))


def _files(question: str, articles: Iterable[Article]) -> dict[str, frozenset[str]]:
    """Return the files that a question names, each as it is named there, with their articles.

    `strike/labour_weekly.md` may be named so, without its folder, without its ending too, or as `Labour Weekly`.
    """
    said = {word.casefold(): word for word in [*_MARKED.findall(question), *_capitals(question)]}
    found: dict[str, set[str]] = {}
    for article in articles if said else ():
        whole = article.file.casefold()
        name = whole.rpartition("/")[2]
        stem = name.partition(".")[0]
        for known in (whole, name, stem, _BETWEEN.sub(" ", stem)):
            if known in said:
                found.setdefault(said[known], set()).add(article.id)
    return {word: frozenset(ids) for word, ids in found.items()}


def _capitals(question: str) -> list[str]:
    """Return all runs of two to five words with capitals: `Labour Weekly`."""
    runs = (match[0].split() for match in _NAMES.finditer(question))
    return [" ".join(run[a:b]) for run in runs for a in range(len(run)) for b in range(a + 2, min(a + 5, len(run)) + 1)]


def _bare(outlet: str) -> str:
    return _SUFFIX.sub("", _ARTICLE.sub("", outlet)).strip()
