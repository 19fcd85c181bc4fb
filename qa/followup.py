"""Follow-ups: the question as it reads without the dialogue before it, rebuilt by rules from that dialogue."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import QuestionError
from index.fold import fold, tokenise
from index.nations import compatriots
from qa.kind import Kind, read_kind
from qa.names import TITLES, Name, find_names, is_person
from qa.scope import ask_there

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from index.corpus import Corpus

REMEMBERED = 3
"""Questions, the last first, in which, and in whose answers, it is looked up whom a pronoun means."""
MAX_TURNS = 12
"""Turns before the question that are looked at."""
SWAPPED = 6
"""`And …` with at most so many words names what the previous question is asked about next."""
COUNTERPART_PASSAGES = 50
"""Passages in which the counterpart of a name is looked for."""

_PERSON = {"he": "", "him": "", "she": "", "her": "", "his": "'s", "hers": "'s"}
_GROUP = {"they": "", "them": "", "their": "'s", "theirs": "'s"}
_THING = {"it": "", "its": "'s", "there": "", "this": "", "that": "", "these": "", "those": ""}
_PRONOUNS = {"person": _PERSON, "group": _GROUP, "thing": _THING}
_AND = re.compile(r"(?i)^\W*(?:and|or|but|so|then|ok|okay|what about|how about|and what about|and how about)\b[\s,]*")
_BARE = re.compile(
    r"(?i)^\W*(?:and |but |so )?(why not|why|where|when|who|how|how so|since when|until when|with whom"
    r"|how (?:many|much|long)|(?:what|who|where|anything|anyone) else)\W*$"
)
_MORE = re.compile(
    r"(?i)^\W*(?:(?:can you )?(?:tell|give) me more|more|go on|continue|any(?:thing)? more|details?)\b.{0,12}$"
)
_OTHER = re.compile(
    r"(?i)\b(?:the )?other (?:side|one|team|party|delegation|country|leader|man|woman|camp)s?\b|\bthe others?\b"
    r"|\b(?:his|her|their|its) (?:opposite number|counterpart)s?\b"
)
_BACK = re.compile(
    r"(?i)\b(?:in (?:exchange|return)|back then|(?:at|by) (?:that|the) time|in that case|the (?:two|pair)(?! \w+s\b)"
    r"|the (?:first|second) of them|(?:to|of|about|for|on|with|by|from|against|behind) (?:that|this|these|those) [a-z]+"
    r"|(?:both|either|neither|none|any|some) of (?:them|these|those))\b"
)
"""Words that point back to what was spoken of."""
_ADJECTIVE = ("an", "sh", "se", "ch")
"""Ends of what is not a name by itself: `Russian`, `British`; of the names that end so `the Iran side` can be said."""
_PREPOSITION = re.compile(r"(?i)(in|at|on|for|from|with|by|about|to|during|after|before|of)\b")
_PLACED = re.compile(
    r"(?i)\b(in|at|on|for|from|with|by|about|to|during|after|before|of) (?:the|an?|this|that|last) [a-z][\w’' -]*\W*$"
)
"""What stands at the end of a question and may give way to something else: `died in the ferry disaster?`"""
_WH = re.compile(
    r"(?i)^\W*(?:(?:at|in|on|to|for|with|from|by|since) )?"
    r"(?:(?:what|which)(?: (?:time|day|date|year|month|city|country|place|building))?"
    r"|who|whom|whose|when|where|why|how(?: (?:many|much|long|old|far))?)\b\s*"
)
_AUX = re.compile(r"(?i)^\W*(is|are|was|were|do|does|did|has|have|had|will|would|can|could|should)\b")
_WHO_IS = re.compile(r"(?i)\W*(?:(?:and|but|so) )?who(?: is|['’]s| was)\s+")
_OBJECT = re.compile(
    r"\b(?:did|do|does|has|have|had|will|would|can|could|should|is|are|was|were) [A-Z][\w-]*\b(?![\w-]*['’])"
)
"""In a question about a person, before the name of who did it: `Who did Zelenskyy talk to?`"""
_DONE_BY = re.compile(
    r"\b(?:did|does|do|has|have|had|will|would|can|could) [A-Z][\w’'-]*(?: [A-Z][\w’'-]*)* \w+(?: \w+)? $"
)
"""Who does it and what, before whom it is done to."""
_EVENT = re.compile(
    r"(?i) (?:become|happen|come|take|end|start|begin|mean|go|work|lead|cause|occur|change|help|make|follow|last)\b"
)
"""After `did that`: what was told of is meant."""
_REPEATED = re.compile(r"(?<=\?) \([^()]*\)$")
"""The question before, where one was put behind another."""
_NOT = {"will": "won't", "can": "can't"}


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a dialogue."""

    role: str
    """`user` or `assistant`."""
    text: str


def read_history(history: Iterable[Turn | Mapping[str, str]]) -> tuple[Turn, ...]:
    """Read the turns before a question.

    Raises:
        QuestionError: a turn is not `{"role": "user" or "assistant", "text": …}`.
    """
    turns = []
    for turn in history:
        role, text = (turn.role, turn.text) if isinstance(turn, Turn) else (turn.get("role"), turn.get("text"))
        if role not in ("user", "assistant") or not isinstance(text, str):
            raise QuestionError(
                f'A turn of the history is {turn!r}; give {{"role": "user" or "assistant", "text": "…"}}.'
            )
        turns.append(Turn(role, " ".join(text.split())))
    return tuple(turns[-MAX_TURNS:])


def stand_alone(question: str, history: Sequence[Turn], corpus: Corpus) -> str:
    """Return the question with what it takes from the dialogue put in; unchanged when it takes nothing."""
    told: list[tuple[str, str]] = []
    for turn in history:
        if turn.role == "user":
            told.insert(0, (_alone(turn.text, told, corpus), ""))
        elif told:
            told[0] = (told[0][0], f"{told[0][1]} {turn.text}".strip())
    return _alone(question, told, corpus)


def _alone(question: str, told: Sequence[tuple[str, str]], corpus: Corpus) -> str:
    """Return the question by itself; `told` are the questions and answers before it, the last first."""
    if not told:
        return question
    there = ask_there(question, told[0][0], corpus.articles.values())
    return there or _again(question, told[0][0], corpus) or _resolve(question, told[:REMEMBERED], corpus)


def _again(question: str, previous: str, corpus: Corpus) -> str | None:
    """Return the previous question asked another way, or None where the question is one of its own."""
    if bare := _BARE.match(question):
        return _ask_again(bare[1], previous)
    if _MORE.match(question):
        return f"{question.rstrip(' ?.!')} ({previous})"
    opening = _AND.match(question)
    rest = question[opening.end() :].strip(" ?.!") if opening else ""
    if rest and not _WH.match(rest) and not _AUX.match(rest):
        return _swap(rest, previous, corpus) if len(rest.split()) <= SWAPPED else f"{rest}? ({previous})"
    if (other := _OTHER.search(question)) and not find_names(question, corpus.lexical.vocabulary):
        asked = rest if opening else question
        whole = _WHO_IS.fullmatch(question, 0, other.start()) or not (_WH.match(asked) or _AUX.match(asked))
        return _swap(question, previous, corpus) if whole else _name_other(question, other, previous, corpus)
    return None


def _name_other(question: str, phrase: re.Match[str], previous: str, corpus: Corpus) -> str:
    """Name the other of two in a question of its own: `What would the other side get?`."""
    names = find_names(previous, corpus.lexical.vocabulary)
    other = next((found for name in names if (found := counterpart(name.text, corpus))), None)
    if other is None:
        return f"{question} ({previous})"
    if fold(other).endswith(_ADJECTIVE):
        noun = phrase[0].split()[-1]
        other = f"the {other} {'side' if noun in ('one', 'other', 'others') else noun}"
    return f"{question[: phrase.start()]}{other}{question[phrase.end() :]}"


def _ask_again(words: str, previous: str) -> str:
    """Ask the previous question with another question word."""
    words = words[0].upper() + words[1:]
    if words.lower() == "why not" and (aux := _AUX.match(previous)):
        negated = _NOT.get(aux[1].lower(), aux[1].lower() + "n't")
        return f"Why {negated}{previous[aux.end() :]}"
    if aux := _AUX.match(previous):
        return f"{words} {previous[aux.start(1)].lower()}{previous[aux.start(1) + 1 :]}"
    wh = _WH.match(previous)
    rest = previous[wh.end() :] if wh else ""
    if wh and not wh[0].strip().lower().startswith("who") and _AUX.match(rest):
        return f"{words} {rest}"
    return f"{words}? ({previous})"


def _swap(rest: str, previous: str, corpus: Corpus) -> str:
    """Ask the previous question about something else: the name that is like the new one gives way to it."""
    vocabulary = corpus.lexical.vocabulary
    names = find_names(previous, vocabulary)
    if not names:
        place = _PLACED.search(previous) if not _OTHER.search(rest) else None
        opening = _PREPOSITION.match(rest)
        if place and opening and opening[1].lower() == place[1].lower():
            return f"{previous[: place.start()]}{rest}?"
        return f"{previous.rstrip(' ?')}: {rest}?"
    if _OTHER.search(rest):
        for name in names:
            if other := counterpart(name.text, corpus):
                return _replace_name(previous, name, other)
        return f"{previous.rstrip(' ?')} ({rest})?"
    new = re.sub(r"(?i)^the\s+", "", rest)
    new = re.sub(r"(?i)\s+(?:one|ones|side|team)$", "", new)
    like = [n for n in names if (len(n.text.split()) > 1) == (len(new.split()) > 1)] or names
    adjective = [n for n in like if fold(n.text)[-3:] == fold(new)[-3:]] or like
    return _replace_name(previous, adjective[0], new)


def _replace_name(text: str, name: Name, new: str) -> str:
    """Put another name in the place of one, and of the office that hangs on it (`NATO's secretary general`)."""
    end = name.end
    if office := re.match(r"['’]s?(?: [a-z]+){1,3}", text[end:]):
        words = office[0].split()
        held = [i for i, word in enumerate(words) if word in TITLES]
        end += len(" ".join(words[: held[-1] + 1])) if held else 0
    return text[: name.start] + new + text[end:]


def counterpart(name: str, corpus: Corpus) -> str | None:
    """Return the name that the corpus most often sets beside another one: `Russian and Ukrainian delegations`."""
    key = tokenise(name)[-1].key
    votes: dict[str, int] = {}
    for text in corpus.texts_with([key], COUNTERPART_PASSAGES):
        joined = r"(?:\s+and\s+|\s+or\s+|-|–|,\s+)"
        word = r"([A-Z][\w’'-]+)"
        for match in re.finditer(rf"\b{re.escape(name)}{joined}{word}|{word}{joined}{re.escape(name)}\b", text):
            other = match[1] or match[2]
            votes[other] = votes.get(other, 0) + (2 if fold(other)[-2:] == fold(name)[-2:] else 1)
    return max(votes, key=lambda other: (votes[other], other)) if votes else None


def _resolve(question: str, told: Sequence[tuple[str, str]], corpus: Corpus) -> str:
    """Put the names that pronouns point back to in their places."""
    vocabulary, previous = corpus.lexical.vocabulary, told[0][0]
    own = find_names(question, vocabulary)
    result = question
    vague = bool(re.search(r"(?i)\b(?:else|instead|besides|beforehand|afterwards?|next)\b", question)) and not own
    vague = vague or bool(_BACK.search(question)) or bool(_AND.match(question) and not own)
    for token in reversed(tokenise(question)):
        pronoun = token.text.lower()
        sort = next((sort for sort, table in _PRONOUNS.items() if pronoun in table), None)
        done_to = _done_to(question, token.start, pronoun, previous, corpus)
        if sort is None or (sort != "thing" and not done_to and _names_before(token.start, own, sort, corpus)):
            continue
        if sort == "thing" and not _points_back(question, token.start, token.end):
            continue
        sort = "place" if pronoun == "there" else sort
        remembered = told if sort == "person" else told[:1]
        found = done_to or next((name for pair in remembered if (name := _antecedent(sort, *pair, corpus))), None)
        if found is None:
            vague = True
            continue
        tail = {**_PERSON, **_GROUP, **_THING}[pronoun]
        if pronoun == "her" and re.match(r"\s+\w", question[token.end :]):
            tail = "'s"
        found = f"at {found}" if pronoun == "there" else found
        result = result[: token.start] + found + tail + result[token.end :]
    return f"{result} ({previous})" if vague and result == question else result


def _done_to(question: str, start: int, pronoun: str, previous: str, corpus: Corpus) -> str | None:
    """Return whom `him` means in `What did Zakharova call him?`: not her, but to whom the same was done before."""
    if pronoun != "him" or not _DONE_BY.search(question[:start]):
        return None
    people = [n for n in find_names(previous, corpus.lexical.vocabulary) if _is_somebody(n, corpus)]
    return people[-1].text if len(people) > 1 and _DONE_BY.search(previous[: people[-1].start]) else None


def _names_before(start: int, names: Sequence[Name], sort: str, corpus: Corpus) -> bool:
    """Tell whether the question itself names, before a pronoun, what that may mean."""
    return any(name.end <= start and (sort != "person" or _is_somebody(name, corpus)) for name in names)


def _points_back(question: str, start: int, end: int) -> bool:
    """Tell a pronoun from `that` before a clause or a noun, and from `there is`."""
    word, after = question[start:end].lower(), question[end:]
    if word == "there":
        follows = re.match(r"(?i)\s+(?:is|are|was|were|be|been|any|a|an|no)\b", after)
        return not follows and not (
            re.search(r"(?i)\b(?:is|are|was|were)\s+$", question[:start]) and after.strip(" ?.!")
        )
    if word in ("that", "this", "these", "those"):
        event = _EVENT.match(after) and re.search(
            r"(?i)\b(?:did|does|do|will|would|could|can|might|may) $", question[:start]
        )
        return bool(event) or not re.match(r"\s+\w", after)
    return True


def _antecedent(sort: str, previous: str, answer: str, corpus: Corpus) -> str | None:
    """Return the name that a pronoun of a sort most likely means: the previous question's first, then its answer's.

    Of a question about who did something it is who did.
    """
    vocabulary = corpus.lexical.vocabulary
    asked, told = find_names(_REPEATED.sub("", previous), vocabulary), find_names(answer, vocabulary)
    if sort == "person":
        known = {name.text for name in asked}
        who = read_kind(previous) is Kind.PERSON and not _OBJECT.search(previous)
        new = [name for name in told if name.text not in known] if who else []
        return next((n.text for n in [*new, *asked, *told] if _is_somebody(n, corpus)), None)
    if sort == "place":
        inside = (n for n in told if re.search(r"\b(?:in|at|to|from) (?:the )?$", answer[: n.start]))
        return next((n.text for n in inside if not is_person(n.text, corpus)), None)
    if sort == "thing":
        things = [n.text for n in told if not n.person and not is_person(n.text, corpus)]
        things = [text for text in things if not (compatriots(fold(text)) and fold(text).endswith(_ADJECTIVE))]
        return next((text for text in things if len(text.split()) > 1), things[0] if things else None)
    return None


def _is_somebody(name: Name, corpus: Corpus) -> bool:
    """Tell the name of a person from others, that of a government that says something among them."""
    return name.person or (is_person(name.text, corpus) and not compatriots(fold(name.text)))
