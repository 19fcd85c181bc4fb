"""Chains: whether the words of a claim hang together in a sentence of evidence as they do in the claim.

All words of a claim may be in one sentence and yet be put together anew: `the pub in Mill Lane`, of people who were
rescued from a car in Mill Lane and others from a pub. So each two neighbours of the claim must be neighbours in the
evidence: in one clause and in the same order, or turned round by one of the ways in which English turns them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.detail import Word, same_name
from qa.figure import Figure, says_figure
from qa.moment import says_moment
from qa.names import Name
from qa.synonym import is_past, same_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.vocabulary import Vocabulary
    from qa.detail import Details
    from qa.moment import Moment

APART = 7
"""Words with a meaning of their own that may stand in the evidence between two that are neighbours in the claim."""
ASIDE = 3
"""The same between a name and what is said of it after a comma: `Harlan Tools, an American company`."""
_JOINT = re.compile(
    r"[;:!?—–]|[.,][”\"]|\s-\s|\b(?:and|but|while|whereas|although|though|because(?! of)|after|before|who|which|when"
    r"|where|that|as(?! an?\b| the\b)|if|unless|until)\b"
)
_RELATIVE = frozenset("who which that where".split())
_BESIDE = re.compile(
    r"(?:['’]s?)?,?\s*(?:(?:(?:out )?of|from|in|at|by|for|with|on|near|to)\s+)?"
    r"(?:(?:the|a|an|its|his|her|their|two|three)\s+)*"
)
_ASIDE = re.compile(r"(?: [A-Z]\w+)*,\s+(?:a|an|the|its|his|her|their)\s")
_ADJUNCT = re.compile(
    r"(?i)\b(?:in|at|on|during|before|after|since|until|ahead|with|for|from|because|near|by|under|over|despite|without|of"
    r"|to|as|against|into|within|amid)\b"
)
_OWNS = re.compile(r"\b(?:of|from|for|between)\b")
_PLACE = re.compile(r"(?i)\b(?:in|at|near|on|outside) (?:the )?$")
_INSERTED = re.compile(r", (?:who|which)\b[^,;.]*(?=,)")
_BE = re.compile(r"(?i)\b(?:is|are|was|were|be|been|being|get|got)\b(?:\s+(?:\w+ly|also|not|been|being))*\s*$")
_GOVERNS = re.compile(r"(?i)\b(?:for|of|by|after|before|without|from|while|when)\s+(?:not\s+)?$")
_LIGHT = frozenset(
    "ahead around near since within toward towards amid despite via along among across including according also just "
    "still yet even ever already back away together however meanwhile later earlier".split()
)
"""Words that only place another one."""


@dataclass(frozen=True, slots=True)
class _Node:
    """A name, a figure or another word with a meaning of its own."""

    start: int
    end: int
    thing: Name | Figure | Word
    verb: bool
    passive: bool


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of evidence with its nodes in order."""

    details: Details
    nodes: tuple[_Node, ...]

    @property
    def text(self) -> str:
        return self.details.text


def hangs_together(claim: Details, text: Details, vocabulary: Vocabulary) -> bool:
    """Tell whether each two neighbouring words of a claim are neighbours in the text, or turned round as English does.

    Args:
        claim: the sentence that is checked.
        text: the sentence that may say the same.
        vocabulary: the corpus's words and their spellings.
    """
    held = _Sentence(text, tuple(_nodes(text)))
    spans = [(s.start, s.end) for s in claim.speech]
    matched = [(n, [i for i, other in enumerate(held.nodes) if _same(n, other, vocabulary)]) for n in _nodes(claim)]
    chain = [(node, places) for node, places in matched if places]
    if not all(_timed(moment, chain, held) for moment in claim.moments):
        return False
    first: tuple[_Node, list[int]] | None = None
    previous: tuple[_Node, list[int]] | None
    for previous, current in zip([None, *chain], chain, strict=False):
        if previous is None or _inside(previous[0], spans) != _inside(current[0], spans):
            first = current
            continue
        between = claim.text[previous[0].end : current[0].start]
        if re.search(r"[;]|\b(?:and|but|while|whereas)\b", between):
            if current[0].verb and first is not None:
                if not _linked(first, current, " ", held):
                    return False
                continue
            if not current[0].verb and re.search(r"[;,]|\b(?:but|while)\b", between):
                first = current
            continue
        # The agent of a passive may stand anywhere; qa.roles looks at it.
        agent = re.search(r"\bby\b", between) and any(node.passive for node, _ in chain)
        if not agent and not _linked(previous, current, between, held):
            return False
    return True


def _timed(moment: Moment, chain: Sequence[tuple[_Node, list[int]]], text: _Sentence) -> bool:
    """Tell whether a moment of the claim is that of the same verb in the text: in its clause, or in front."""
    verbs = [(node, places) for node, places in chain if node.verb or any(text.nodes[i].verb for i in places)]
    before = [pair for pair in verbs if pair[0].end <= moment.start]
    if not verbs or len(text.details.moments) < 2:
        return True
    _, places = before[-1] if before else verbs[0]
    for own in text.details.moments:
        if not says_moment(own, moment):
            continue
        for place in places:
            low, high = sorted(((own.start, own.end), (text.nodes[place].start, text.nodes[place].end)))
            between = text.text[low[1] : high[0]]
            if not _JOINT.search(between) or own.end <= text.text.find(",") < text.nodes[place].start:
                return True
    return False


def _linked(one: tuple[_Node, list[int]], other: tuple[_Node, list[int]], between: str, text: _Sentence) -> bool:
    return any(_joined(one[0], other[0], (a, b), between, text) for a in one[1] for b in other[1])


def _joined(one: _Node, other: _Node, places: tuple[int, int], between: str, text: _Sentence) -> bool:
    """Tell whether two neighbours of the claim, found at two places of the text, are joined there."""
    a, b = places
    if a == b:
        return True
    spans = [(s.start, s.end) for s in text.details.speech]
    if _inside(text.nodes[a], spans) != _inside(text.nodes[b], spans):
        return False
    low, high = sorted((a, b))
    near = _near(text, low, high, between)
    turned = _turned(one, text.nodes[a]) or _turned(other, text.nodes[b])
    linking = bool(_ADJUNCT.search(between))
    strict = (_turned(other, text.nodes[b]) and not linking) or (_turned(one, text.nodes[a]) and not one.passive)
    if turned:
        return near and (a > b or not strict)
    if a < b:
        return near
    if _ASIDE.match(between):
        return near and high - low <= ASIDE
    noun = not (one.verb or other.verb)
    gap = text.text[text.nodes[low].end : text.nodes[high].start]
    figure = any(isinstance(text.nodes[i].thing, Figure) for i in places)
    counts = figure and gap.strip() not in {"", "of", "out of"}
    beside = high - low == 1 and not counts and ("," in between + gap or bool(_BESIDE.fullmatch(between)))
    owning = high - low <= ASIDE and near and bool(_OWNS.search(between)) != bool(_OWNS.search(gap))
    placed = near and bool(_PLACE.search(between)) and bool(_PLACE.search(text.text[: text.nodes[b].start]))
    return (noun and (beside or owning)) or placed or (linking and _fronted(text, b))


def _turned(claim: _Node, text: _Node) -> bool:
    """Tell whether a verb is passive in one of two sentences only."""
    return (claim.verb or text.verb) and claim.passive != text.passive


def _near(text: _Sentence, low: int, high: int, between: str) -> bool:
    """Tell whether no clause ends between two words of the text, or the next goes on about the first word."""
    if high - low - 1 > APART:
        return False
    start = text.nodes[low].end
    plain = _INSERTED.sub(lambda m: " " * len(m[0]), text.text)
    joints = list(_JOINT.finditer(plain, start, text.nodes[high].start))
    words = [j[0] for j in joints if j[0].isalpha()]
    if not joints or (words and all(re.search(rf"\b{w}\b", between) for w in words)):
        return True
    last = joints[-1]
    straight = not any(last.end() <= node.start < text.nodes[high].start for node in text.nodes)
    if last[0] in _RELATIVE:
        aside = bool(_ASIDE.match(text.text, text.nodes[low].end))
        return straight and (aside or high - low == 1 or (len(joints) == 1 and not _between(text, low, high)))
    listed = last[0] == "and" and not _predicated(text, last.start(), high)
    return (last[0] in {"and", "but"} and straight) or (listed and len(joints) == 1)


def _between(text: _Sentence, low: int, high: int) -> bool:
    """Tell whether another noun than the first word's own (`the plant in Bergen, which`) stands before a relative."""
    gap = text.text[text.nodes[low].end : text.nodes[low + 1].start]
    return high - low > 2 or not _BESIDE.fullmatch(gap)


def _predicated(text: _Sentence, start: int, high: int) -> bool:
    """Tell whether a clause of its own begins after `and`: a verb stands between it and the word, or is the word."""
    after = [node for node in text.nodes[: high + 1] if node.start > start]
    finite = re.search(r"\b(?:is|are|was|were|has|have|had|will|would)\b", text.text[start : text.nodes[high].end])
    return bool(finite) or any(node.verb for node in after)


def _fronted(text: _Sentence, early: int) -> bool:
    """Tell whether a word is in a phrase at the start that belongs to the whole: `Before the election …`."""
    first = re.match(r"\W*(\w+)", text.text)
    if first is None or not (_ADJUNCT.fullmatch(first[1]) or first[1].lower() in _LIGHT):
        return False
    comma = text.text.find(",")
    return early <= 1 or text.nodes[early].end <= comma


def _inside(node: _Node, spans: Sequence[tuple[int, int]]) -> tuple[bool, ...]:
    return tuple(start <= node.start < end for start, end in spans)


def _nodes(details: Details) -> list[_Node]:
    """Return names, figures and other content words in order, without moments and the words that only say `said`."""
    things: list[Name | Figure | Word] = [*details.names, *details.figures]
    taken = [(t.start, t.end) for t in (*things, *details.moments)]
    saying = {word for speech in details.speech for word in speech.verb.split()}
    speakers = {speech.name.start for speech in details.speech if speech.name is not None}
    nodes = [_Node(t.start, t.end, t, verb=False, passive=False) for t in things if t.start not in speakers]
    for word in details.words:
        if any(a <= word.start < b for a, b in taken) or word.word in saying or word.word in _LIGHT:
            continue
        past = is_past(word.word)
        passive = past and bool(
            _BE.search(details.text[: word.start]) or re.match(r"\s+by\b", details.text[word.end :])
        )
        before = details.text[: word.start]
        gerund = word.word.endswith("ing") and bool(_BE.search(before) or _GOVERNS.search(before))
        verb = past or word.head or gerund
        nodes.append(_Node(word.start, word.end, word, verb, passive))
    return sorted(nodes, key=lambda node: node.start)


def _same(one: _Node, other: _Node, vocabulary: Vocabulary) -> bool:
    a, b = one.thing, other.thing
    if isinstance(a, Name) and isinstance(b, Name):
        return same_name(a.text, b.text, vocabulary)
    if isinstance(a, Figure) and isinstance(b, Figure):
        return says_figure(b, a)
    if isinstance(a, Word) and isinstance(b, Word):
        return a.key == b.key or same_word(a.word, b.word)
    return False
