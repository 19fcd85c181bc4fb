"""Speakers: who says something in a sentence, told by the article's own words: a verb of saying and its subject."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.cast import TITLE, Cast, unnamed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.vocabulary import Vocabulary
    from qa.cast import Holder, Speaker
    from qa.names import Name

_REGULAR = (
    "add announce argue insist declare claim explain remark observe stress emphasise emphasize underscore "
    "reiterate reaffirm repeat confirm suggest acknowledge conclude describe dismiss accuse label brand criticise "
    "criticize denounce condemn mock quip joke promise pledge vow urge demand hint signal indicate mention advise "
    "inform complain lament predict reject express threaten warn note state comment respond post tweet recall "
    "caution counter allege report praise thank testify tease laugh shout whisper answer assert contend disclose "
    "estimate instruct maintain ridicule reveal voice decry blast characterise characterize"
).split()
_STEMS = "|".join(re.escape(verb.removesuffix("e")) for verb in _REGULAR)
_PAST = rf"said|told|wrote|called|replied|denied|admitted|conceded|asked|referred|labelled|signalled|(?:{_STEMS})e?d"
_PRESENT = "says?|tells|writes|argues|insists|warns|claims|adds|notes|states|replies|denies"
_ING = rf"saying|telling|writing|calling|replying|denying|admitting|conceding|referring|(?:{_STEMS})ing"
_VERB = re.compile(rf"\b(?:(?P<past>{_PAST})|(?P<present>{_PRESENT})|(?P<ing>{_ING}))\b|\b(?P<by>[Aa]ccording to) ")
_DAYS = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
_BETWEEN = re.compile(
    rf"(?:\s*\b(?:also|later|then|earlier|previously|once|again|further|separately|[a-z]+ly|has|had|have|on|late|early"
    rf"|{_DAYS}|night|evening|morning|afternoon|repeatedly|meanwhile|in turn|today|yesterday))+$"
)
"""What may stand between a subject and its verb."""
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|gets?|got)\s+(?:[a-z]+ly\s+|also\s+)?$")
_EDGE = r"(?:^|[,;:—–•”\"'’(]\s*|\b(?:and|but|that|while|though|because|where)\s+)"
_PRONOUN = re.compile(r"(?:^|[\s,;:—–(•”\"'’])(he|she|He|She)$")
_PHRASE = re.compile(
    rf"{_EDGE}((?:[Tt]he|[Aa]n?|[Oo]ne|[Aa]nother|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Oo]ur|[Mm]y|[A-Z][\w-]+['’]s)\s+(?:[\w’'-]+\s+){{0,6}}[\w-]+)$"
)
_PLURAL = re.compile(rf"{_EDGE}((?:[A-Z][\w-]+\s+)?[A-Za-z][a-z-]+s)$")
_ASIDE = re.compile(
    r"\s*(?:who|whose|which|in|at|on|after|before|during|while|when|also|with|flanked|alongside|as|along|from|for|to"
    r"|[a-z]+ing)\b"
)
"""How an insertion begins that does not name the one whom it stands after."""
_LINK = re.compile(
    r"\b(?:of|for|to|from|by|with|in|at|on|and|or|than|against|like|near|over|about|between)\s+(?:the\s+|an?\s+)?$"
)
_LINKED = re.compile(
    rf"{_EDGE}((?:[Tt]he|[Aa]n?|[A-Z][a-z]+)\s+(?:[\w’'-]+\s+){{0,5}}(?:of|for|at|from|in|to)\s+(?:the\s+)?(?:[\w-]+\s+)?)$"
)
_LEAD = re.compile(
    r"(?:(?:But|And|Yet|So|However|Meanwhile|Similarly|Still|Then|Later|Earlier|Separately)\b,?\s*)?"
    r"(?:(?:After|Before|Following|During|While|As|In|On|At|Ahead|Despite|When|Since|With|Even|Amid|By|For|From|Under"
    r"|Although|Though|If|Until|Within|Throughout|Asked|Hours|Days|Minutes|Late|All|Out|out|[A-Z][a-z]+ing)\b[^.;]*?,\s+)?"
)
_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|has|had|have|will|would|[a-z]{2,}ed|said|told|came|went|led|met|held|began|saw|sent|took|made)\b"
)
_APPOSED = re.compile(
    r"(?:[Tt]he|[Aa]n?|[Oo]ur|[Mm]y|[Hh]is|[Hh]er|[Tt]heir|[A-Z][\w-]+['’]s)\s(?:[\w’'-]+\s){0,4}?[a-z-]+,\s(?=[^\W\d_a-z])"
)
_SAYS = re.compile(rf"\s+(?:also\s+|later\s+)?(?:{_PAST}|{_PRESENT})\b")
_MORE = re.compile(r",?\s+(?:of|on|in|at|for|from|with|who|whose)\b|,\s+(?:[a-z]+\s+)?[^\W\d_a-z]")
"""After a source without a name: more of it."""
_THAT = re.compile(r"(?:\s+(?:reporters|journalists|lawmakers|him|her|them|(?:[A-Z][\w’'-]+\s?)+))?\s+that\b")
MASK = "•"
"""Stands in the narration for each character of quoted words."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One verb of saying in a sentence, and whose it is."""

    start: int
    """First character of the subject, or of the verb where the subject stands elsewhere."""
    verb: int
    """First character of the verb."""
    end: int
    """One past the subject and the verb."""
    speaker: Speaker | None
    """None where it cannot be told safely."""
    finite: bool
    """False for `saying` and `according to`, which lean on the rest of the sentence."""


class Narration:
    """What an article says outside of quotation marks, and who speaks in it."""

    def __init__(
        self, text: str, body: Sequence[tuple[int, int]], vocabulary: Vocabulary, elsewhere: Holder | None = None
    ) -> None:
        """Read the names in an article.

        Args:
            text: its text with every quoted character masked.
            body: the spans of its sentences, without headlines and page furniture.
            vocabulary: the corpus's words.
            elsewhere: tells who holds an office by other articles.
        """
        self.text = text
        self.cast = Cast(text, body, _SAYS, vocabulary, elsewhere)

    def attributions(self, start: int, end: int, focus: Speaker | None) -> list[Attribution]:
        """Return the verbs of saying in a sentence with whoever says it, in order.

        Args:
            start: first character of the sentence.
            end: one past its last.
            focus: who `he` or `she` is at its beginning, or None.
        """
        found = []
        for match in _VERB.finditer(self.text, start, end):
            if match["by"]:
                found.append(self._according(match, end))
            elif match["ing"]:
                subject = self.subject(start, match.start(), focus)
                found.append(Attribution(match.start(), match.start(), match.end(), subject, finite=False))
            elif (attribution := self._finite(start, match, end, focus)) is not None:
                found.append(attribution)
        return found

    def subject(self, start: int, end: int, focus: Speaker | None) -> Speaker | None:
        """Return whom a sentence, up to `end`, is about: the name or pronoun that its main clause begins with."""
        lead = _LEAD.match(self.text, start, end)
        at = lead.end() if lead else start
        if re.compile(r"(?:he|she)\b", re.IGNORECASE).match(self.text, at, end):
            return self._antecedent(start, at, focus)
        if titled := _APPOSED.match(self.text, at, end):
            at = titled.end()
        for name in self.cast.between(at, end):
            between = self.text[at : name.start]
            bare = TITLE.sub("", between)
            if _CLAUSE.search(between) or re.search(rf"[,{MASK}]", between) or _LINK.search(bare):
                break
            speaker = self.cast.speaker(name)
            follows = self.text[name.end : end]
            if re.match(r"['’]s\b", follows):
                break
            if speaker.person or re.match(
                rf",|\s+(?:[a-z]+ly\s+|also\s+)?(?:{_CLAUSE.pattern}|{_VERB.pattern})", follows
            ):
                return speaker
        phrase = re.compile(
            r"(?:The|An?)\s(?:[\w’'-]+\s){0,4}?[a-z-]+(?=,|\s(?:[a-z]+ed|is|was|said|has|had)\b)"
        ).match(self.text, at, end)
        return self._who(phrase[0], phrase.end()) if phrase and not _CLAUSE.search(phrase[0]) else None

    def labelled(self, start: int, end: int, focus: Speaker | None) -> Speaker | None:
        """Return who stands before a colon: a bare name, as in `Starmer: “…”`, or whom the sentence is about."""
        name = self.cast.ending_at(end)
        bare = name is not None and start <= name.start and not TITLE.sub("", self.text[start : name.start]).strip()
        return self.cast.speaker(name) if name is not None and bare else self.subject(start, end, focus)

    def told_from(self, attribution: Attribution, start: int, end: int) -> int | None:
        """Return where in a sentence begins what an attribution tells; None where it tells no statement.

        That is the sentence where the attribution is its main clause or, as `…, she said on Friday`, its end; else
        the clause that it begins.
        """
        if attribution.speaker is None:
            return None
        rest = self.text[attribution.end : end]
        that = bool(_THAT.match(rest))
        if not attribution.finite:
            return start if that or self.text.startswith("ccording", attribution.verb + 1) else None
        lead = _LEAD.match(self.text, start, end)
        before = self.text[lead.end() if lead else start : attribution.start]
        if not _CLAUSE.search(before) or (len(rest) < 70 and not re.search(r"\b(?:that|he|she|it|they)\b", rest)):
            return start if not re.search(r"\b(?:that|which)\s*$", before) else None
        title = TITLE.search(before)
        return (attribution.start - len(title[0]) if title else attribution.start) if that else None

    def _finite(self, start: int, match: re.Match[str], end: int, focus: Speaker | None) -> Attribution | None:
        before = self.text[start : match.start()]
        if _PASSIVE.search(before):
            return None
        plain = _BETWEEN.sub("", before.rstrip()).rstrip()
        speaker, begin = self._ending(plain, start, focus)
        if begin >= 0:
            return Attribution(begin, match.start(), match.end(), speaker, finite=True)
        if not plain or plain[-1] in f"{MASK}”\"'’,":
            return self._inverted(match, end, start, focus)
        who = re.search(r",? who$", plain)
        if who and (name := self.cast.ending_at(start + who.start())) is not None:
            return Attribution(name.start, match.start(), match.end(), self.cast.speaker(name), finite=True)
        if re.search(r"\b(?:and|but)$", plain) and (subject := self.subject(start, match.start(), focus)) is not None:
            return Attribution(match.start(), match.start(), match.end(), subject, finite=True)
        return None

    def _ending(self, before: str, start: int, focus: Speaker | None) -> tuple[Speaker | None, int]:
        """Return the subject that some text ends with, and where it begins; (None, -1) where it ends with none."""
        if match := _PRONOUN.search(before):
            return self._antecedent(start, start + match.start(1), focus), start + match.start(1)
        if before.endswith(","):
            head, _, aside = before[:-1].rpartition(",")
            if head and not _ASIDE.match(aside):
                found = self._ending(before[:-1].rstrip(), start, focus)
                if found[0] is not None and found[0].person:
                    return found
            return self._ending(head.rstrip(), start, focus) if head else (None, -1)
        if (name := self.cast.ending_at(start + len(before))) is not None and name.start >= start:
            return self._before_name(name, start)
        if (match := _PHRASE.search(before) or _PLURAL.search(before)) and not _CLAUSE.search(match[1]):
            return self._who(match[1], start + match.end(1)), start + match.start(1)
        return None, -1

    def _antecedent(self, start: int, at: int, focus: Speaker | None) -> Speaker | None:
        """Return who a pronoun in a sentence is: its subject where that is a person, else who was spoken of before it.

        Another person named before the pronoun leaves it open.
        """
        lead = _LEAD.match(self.text, start, at)
        if not (lead and lead.end() == at):
            subject = self.subject(start, at, focus)
            if subject is not None and subject.person:
                here = any(subject.name in n.text or n.text in subject.name for n in self.cast.between(start, at))
                return subject if here or focus is None else focus  # `The president had a fever, he said`
        named = self.cast.people(start, at)
        return focus if not named or (focus is not None and set(named) == {focus.key}) else None

    def _before_name(self, name: Name, start: int) -> tuple[Speaker | None, int]:
        """Return the subject that ends with a name: the name, unless it only tells whose spokesman speaks."""
        before = TITLE.sub("", self.text[start : name.start])
        link = _LINK.search(before)
        if link is None:
            return self.cast.speaker(name, speaks=True), name.start
        head = self.cast.ending_at(start + link.start() - 1)
        if head is not None and self.cast.speaker(head).person:
            return self.cast.speaker(head), head.start
        if phrase := _LINKED.search(self.text[start : name.start]):
            return unnamed(self.text[start + phrase.start(1) : name.end]), start + phrase.start(1)
        return None, name.start

    def _who(self, phrase: str, end: int) -> Speaker:
        """Return a source without a name, which ends at `end`: whom its words mean where the articles tell, else these.

        Where more is said of the source, as in `the doctor on duty`, that may be another one.
        """
        holder = None if _MORE.match(self.text, end) else self.cast.holder(phrase)
        return holder or unnamed(phrase.strip())

    def _inverted(self, match: re.Match[str], end: int, start: int, focus: Speaker | None) -> Attribution | None:
        """Read `said Fidan` and `said the minister, Hakan Fidan,` after quoted words."""
        after = re.compile(r"\s+(?:[a-z]+ly\s+)?(?=\S)").match(self.text, match.end(), end)
        if after is None:
            return None
        if pronoun := re.compile(r"(?:he|she)\b").match(self.text, after.end(), end):
            speaker = self._antecedent(start, pronoun.start(), focus)
            return Attribution(match.start(), match.start(), pronoun.end(), speaker, finite=True)
        for name in self.cast.between(after.end(), min(end, after.end() + 100)):
            between = self.text[after.end() : name.start]
            if re.search(rf"[.;:{MASK}]|\b(?:reporters|that|he|she|they|him|it|there)\b", between) or _CLAUSE.search(
                between
            ):
                return None
            speaker = self.cast.speaker(name, speaks=True)
            if not _LINK.search(TITLE.sub("", between)) and (speaker.person or not between):
                return Attribution(match.start(), match.start(), name.end, speaker, finite=True)
        phrase = re.compile(r"(?:the|an?)\s(?:[\w’'-]+\s?){1,5}").match(self.text, after.end(), end)
        if phrase is None:
            return None
        return Attribution(match.start(), match.start(), phrase.end(), self._who(phrase[0], phrase.end()), finite=True)

    def _according(self, match: re.Match[str], end: int) -> Attribution:
        name = next(iter(self.cast.between(match.end(), min(end, match.end() + 90))), None)
        if name is not None:
            between = TITLE.sub("", self.text[match.end() : name.start])
            if not re.search(rf"[,.;:{MASK}]", between) and not _LINK.search(between):
                speaker = self.cast.speaker(name, speaks=True)
                return Attribution(match.start(), match.start(), name.end, speaker, finite=False)
        phrase = re.compile(r"(?:the|an?|one)\s(?:(?!who|that|which|on |in |about )[\w’'-]+\s?){1,6}").match(
            self.text, match.end(), end
        )
        source = self._who(phrase[0], phrase.end()) if phrase else None
        return Attribution(match.start(), match.start(), phrase.end() if phrase else match.end(), source, finite=False)
