"""Roles: whether two sentences give the names around a shared verb the same parts, however each orders them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.fold import STOP, fold, stem, tokenise
from qa.detail import same_name
from qa.synonym import is_past, same_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.fold import Token
    from index.vocabulary import Vocabulary
    from qa.detail import Details
    from qa.names import Name

_STRONG = re.compile(
    r"[;:.!?—–]|\s-\s|\b(?:and|but|while|whereas|although|though|because|after|before|who|which|when|where)\b"
)
_ASIDE = re.compile(r", (?:who|which)\b[^,;.]*(?=,)")
_BE = frozenset("is are was were be been being get got gets".split())
_POINTING = frozenset("he she they it who which that him her them his their its".split())
_PLACING = frozenset(
    "in at from near of for with on over under during since until outside inside across about as".split()
)
_LINK = re.compile(
    r"(?P<word>[^\W\d_]+) (?:(?P<by>in|at|from|to|of|with|for|near|on|against|into|over|about|between|by|as|until)"
    r" (?:(?:the|a|an|his|her|its|their) )?(?:[a-z]+ )?(?:[A-Z]\w+ ){0,3})?$"
)
_JOINED = re.compile(
    r"(?:['’]s)?,?(?: (?:and|or))?(?: (?:the|with|between|an?))?"
    r"(?: (?!in|at|from|to|of|for|by|near|on)[a-z]+)? ?(?:[A-Z]\w+ )*"
)
"""What stands between names that one word leads to: `between A and B`, `the American company C`."""
_RECIPROCAL = re.compile(
    r"(?:m(?:ee|e)t|talk|speak|spoke|discuss|negotiat|agree|merg|play|fac|border|marr|compar|differ|between)"
)
_SAYING = re.compile(r"(?:sa(?:y|id)|t(?:ell|old)|stat|add|not(?:e|ed)$|accord|announc|wr(?:it|ot))")


def contradicts_roles(claim: Details, text: Details, lead: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a sentence gives the names of a claim other parts than the claim does.

    For each verb that both share, a name before it in the claim must stand before it in the text, and one after it
    after it, unless one of the two is passive. Names are put in order where no verb is shared, too. What modifies the
    same word (`Russian land`) must be the same name.

    Args:
        claim: the sentence that is checked.
        text: the sentence that may say the same.
        lead: what stands before that sentence, for its pronouns.
        vocabulary: the corpus's words.
    """
    one, other = _Clauses(claim, vocabulary), _Clauses(text, vocabulary)
    if _verbs_differ(one, other, lead) or _order_differs(one, other):
        return True
    return _modifier_differs(one, other) or _links_differ(one, other)


class _Clauses:
    """A sentence as tokens, the clause that each is in, and the names."""

    def __init__(self, details: Details, vocabulary: Vocabulary) -> None:
        self.text = details.text
        self.names = details.names
        self.vocabulary = vocabulary
        self.tokens = tokenise(details.text)
        shown = _ASIDE.sub(lambda m: " " * len(m[0]), details.text)
        self.breaks = [m.start() for m in _STRONG.finditer(shown) if m[0] != "and" or _clausal(shown[m.end() :])]
        self.speakers = {s.name.start for s in details.speech if s.name is not None}

    def clause(self, at: int) -> tuple[int, int]:
        """Return the span of the clause around a character."""
        before = [b for b in self.breaks if b < at]
        after = [b for b in self.breaks if b > at]
        return (before[-1] if before else 0), (after[0] if after else len(self.text))

    def named(self, name: Name, start: int, end: int) -> bool:
        """Tell whether a name, in any spelling, is in a part of the text."""
        return any(start <= n.start and n.end <= end and self.same(name, n) for n in self.names)

    def acts(self, name: Name, start: int, end: int) -> bool:
        """Tell whether a name is in a part of the text and neither an owner there (`Orla's rival`) nor a place."""
        return any(
            start <= n.start
            and n.end <= end
            and self.same(name, n)
            and not self.text[n.end :].startswith(("'s", "’s"))
            and (not self.placed(n) or self.by(n))
            for n in self.names
        )

    def same(self, one: Name, other: Name) -> bool:
        return same_name(one.text, other.text, self.vocabulary)

    def placed(self, name: Name) -> bool:
        """Tell whether a name only says where, of what or with whom, and may stand anywhere."""
        before = re.findall(r"\w+", self.text[: name.start])[-3:]
        return any(word.lower() in _PLACING for word in before[-1:]) or (
            len(before) > 1 and before[-1].lower() in {"the", "a"} and before[-2].lower() in _PLACING
        )

    def by(self, name: Name) -> bool:
        """Tell whether a name is the agent of a passive: `by President Trump`."""
        before = self.text[self.clause(name.start)[0] : name.start]
        match = re.search(r"(\w+) by(?: \w+){0,4} $", before)
        turned = bool(re.search(r"\b(?:is|are|was|were|been|being|be)\b", before))
        return match is not None and (turned or is_past(fold(match[1])))

    def verbs(self) -> Iterator[tuple[int, Token, bool]]:
        """Yield (number, token, passive) of the words that are verbs by their form or by what stands before them."""
        inside = [(n.start, n.end) for n in self.names]
        for number, token in enumerate(self.tokens):
            if token.stop or any(a <= token.start < b for a, b in inside) or token.text[0].isupper():
                continue
            before = [t.word for t in self.tokens[max(0, number - 3) : number]]
            directly = number > 0 and any(n.end == self.tokens[number - 1].end for n in self.names)
            verbal = is_past(token.word) or (directly and token.word.endswith("s"))
            verbal = verbal or bool({"to", "will", "would", "may", "might", "did", "not", "could"} & set(before[-2:]))
            if not verbal and not (token.word.endswith("ing") and _BE & set(before)):
                continue
            after = [t.word for t in self.tokens[number + 1 : number + 4]]
            passive = is_past(token.word) and (bool(_BE & set(before)) or "by" in after[:1])
            yield number, token, passive


def _clausal(text: str) -> bool:
    """Tell whether a clause with a verb follows `and`, not a second noun."""
    words = [fold(word) for word in re.findall(r"[\w’']+", re.split(_STRONG, text, maxsplit=1)[0])]
    return any(word in _BE or word in {"has", "have", "had", "will", "would"} or is_past(word) for word in words)


def _verbs_differ(one: _Clauses, other: _Clauses, lead: str) -> bool:
    for _, verb, passive in one.verbs():
        if _SAYING.match(verb.word) or _RECIPROCAL.match(verb.word):
            continue
        start, end = one.clause(verb.start)
        free = [n for n in one.names if n.start not in one.speakers and not one.placed(n)]
        subjects = [n for n in free if start <= n.start and n.end <= verb.start]
        objects = [n for n in one.names if verb.end <= n.start and n.end <= end and (one.by(n) or not one.placed(n))]
        uses = [(token, turned) for _, token, turned in other.verbs() if same_word(verb.word, token.word)]
        if not uses or not (subjects or objects):
            continue
        wanted = _Parts(tuple(subjects[-1:]), tuple(objects), passive)
        if not any(_fits(one, other, lead, wanted, use) for use in uses):
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Parts:
    """The names around a verb of the claim."""

    subjects: tuple[Name, ...]
    objects: tuple[Name, ...]
    passive: bool


def _fits(one: _Clauses, other: _Clauses, lead: str, wanted: _Parts, use: tuple[Token, bool]) -> bool:
    """Tell whether one use of a verb gives the names the parts that they have in the claim."""
    verb, turned = use
    start, end = other.clause(verb.start)
    before, after = (start, verb.start), (verb.end, end)
    front, back = (before, after) if wanted.passive == turned else (after, before)
    for name in wanted.subjects:
        rest = one.text[name.end :]
        modifies = bool(re.match(r"\s[a-z]+\s", rest)) and not rest.startswith(" has")
        found = other.named(name, *front) if modifies else other.acts(name, *front)
        carried = front == before and _carried(other, name, verb, lead)
        if not (found or carried) and _somewhere(other, name):
            return False
    for name in wanted.objects:
        if one.by(name) and wanted.passive and not turned and other.named(name, *before):
            continue
        elsewhere = other.named(name, *front) or _carried_only(other, name, verb, back)
        if not other.named(name, *back) and elsewhere:
            return False
    return True


def _somewhere(other: _Clauses, name: Name) -> bool:
    return other.named(name, 0, len(other.text))


def _carried(other: _Clauses, name: Name, verb: Token, lead: str) -> bool:
    """Tell whether a name of an earlier clause or text is the subject: `and left`, `who left`, `he left`."""
    start, _ = other.clause(verb.start)
    between = [t for t in other.tokens if start <= t.start < verb.start]
    content = [t for t in between if not t.stop and not t.word.endswith("ly")]
    pointing = any(t.word in _POINTING for t in between)
    if content and not pointing:
        return False
    earlier = [n for n in other.names if n.end <= start + 1]
    return any(other.same(name, n) for n in earlier) or name.text.split()[-1] in lead


def _carried_only(other: _Clauses, name: Name, verb: Token, here: tuple[int, int]) -> bool:
    """Tell whether an object of the claim is the subject of the text by a relative: `X, which demanded …`."""
    start, _ = other.clause(verb.start)
    relative = other.text[start : verb.start].strip(" ,").lower() in {"who", "which", "and", "that"}
    earlier = [n for n in other.names if n.end <= start + 1]
    return relative and here[0] == verb.end and any(other.same(name, n) for n in earlier)


def _order_differs(one: _Clauses, other: _Clauses) -> bool:
    """Tell whether two names that are each once in both stand in another order, turned round by `by`."""
    names = [n for n in one.names if (not one.placed(n) or one.by(n)) and n.start not in one.speakers]
    owners = {name for name, _ in _modified(one)}
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            between = one.text[a.end : b.start]
            beside = re.fullmatch(r"(?:'s|’s)?,?\s*(?:and|or)?\s*(?:\w+\s)?", between)
            if beside or (a in owners) != (b in owners) or one.same(a, b) or _mutual(one):
                continue
            first = [n for n in other.names if one.same(a, n)]
            second = [n for n in other.names if one.same(b, n)]
            if len(first) != 1 or len(second) != 1 or _mutual(other):
                continue
            x, y = first[0], second[0]
            if any((other.placed(n) and not other.by(n)) or n.start in other.speakers for n in (x, y)):
                continue
            turned = (one.by(b) != one.by(a)) != (other.by(x) != other.by(y))
            if (x.start < y.start) == turned and _one_clause(other, x, y):
                return True
    return False


def _mutual(one: _Clauses) -> bool:
    return any(_RECIPROCAL.match(t.word) for t in one.tokens)


def _one_clause(one: _Clauses, a: Name, b: Name) -> bool:
    low, high = sorted((a.start, b.start))
    return not _STRONG.search(one.text, low, high)


def _modifier_differs(one: _Clauses, other: _Clauses) -> bool:
    """Tell whether a word that a name modifies in the claim (`Russian land`) is in the text, but not near the name."""
    for name, word in _modified(one):
        uses = [t for t in other.tokens if same_word(word, t.word)]
        if uses and _somewhere(other, name) and not any(_near(other, name, use) for use in uses):
            return True
    return False


def _near(other: _Clauses, name: Name, word: Token) -> bool:
    """Tell whether a name stands within four words of a word, and no other name between."""
    for own in other.names:
        if not other.same(name, own):
            continue
        low, high = (own.end, word.start) if own.start < word.start else (word.end, own.start)
        between = other.text[low:high]
        others = any(low <= n.start and n.end <= high for n in other.names)
        near = len(between.split()) <= 4 and not others and not _STRONG.search(between)
        if own.start <= word.start < own.end or near:
            return True
    return False


def _links_differ(one: _Clauses, other: _Clauses) -> bool:
    """Tell whether a word that leads to a name in the claim (`talks with Russia`, `envoy Witkoff`) leads to another."""
    there = list(_linked(other))
    for names, word, direct in _linked(one):
        led = [others for others, w, d in there if d == direct and stem(w) == stem(word)]
        led = led or [others for others, w, d in there if d == direct and same_word(word, w)]
        if led and not any(one.same(names[0], n) for others in led for n in others):
            return True
    return False


def _linked(one: _Clauses) -> Iterator[tuple[list[Name], str, bool]]:
    """Yield the names that a word leads to, itself, and whether directly or by a preposition."""
    for number, name in enumerate(one.names):
        match = _LINK.search(one.text[: name.start])
        if match is None or any(n.start <= match.start() < n.end for n in one.names):
            continue
        joined = [name]
        for following in one.names[number + 1 :]:
            if not _JOINED.fullmatch(one.text[joined[-1].end : following.start]):
                break
            joined.append(following)
        word = fold(match["word"])
        if word and word not in STOP and (match["by"] != "by" or is_past(word)):
            yield joined, word, match["by"] is None


def _modified(one: _Clauses) -> Iterator[tuple[Name, str]]:
    for name in one.names:
        following = next((t for t in one.tokens if t.start >= name.end + 1), None)
        if following is None or following.stop or following.text[0].isupper() or is_past(following.word):
            continue
        if re.fullmatch(r"(?:'s|’s|'|’)?\s", one.text[name.end : following.start]):
            yield name, following.word
