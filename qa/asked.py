"""Asked: whose words a question asks for, and which evidence holds only the words of others."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from index.fold import fold, stem, tokenise
from index.nations import compatriots
from qa.cast import TITLE, Speaker, whole_names
from qa.crowd import crowd
from qa.evidence import held, words_of
from qa.kind import Kind
from qa.names import find_names
from qa.office import holders
from qa.synonym import alike
from qa.utterance import find_utterances

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from index.article import Article
    from index.corpus import Corpus
    from index.vocabulary import Vocabulary
    from qa.evidence import Evidence
    from qa.names import Name
    from qa.question import Question, Term
    from qa.utterance import Utterance

_ASKED = re.compile(
    r"(?i)\b(?:said|says?|saying|tell|told|call(?:ed)?|describe[ds]?|think|claim(?:ed)?|state[ds]?|announced?|accused?"
    r"|warn(?:ed)?|insist(?:ed)?|suggest(?:ed)?|demand(?:ed)?|want(?:ed)?|write|wrote|respond(?:ed)?|react(?:ed)?"
    r"|comment(?:ed)?|promised?|put it|words|quoted?|mention(?:ed)?|explain(?:ed)?|refer(?:red)?|characteri[sz]ed?"
    r"|dismiss(?:ed)?|view|see|justif(?:y|ied))\b"
)
_OF = re.compile(r"(?i)\b(?:of|in|at|from|for) (?:the )?$")
"""Before a name that only says whose mayor is asked for."""
_PLAIN = re.compile(
    r"(?i)^(?:and |so |but )?(?:what|how)(?: else| exactly)? (?:did|does|has|have|do) (?P<who>[^,;:?]+?) "
    r"(?:ever |also |publicly )?"
    r"(?:said|say|tell|told|call(?:ed)?|described?|stated?|comment|write|written|respond|react)\b"
)
_WORDS = re.compile(
    r"(?i)\b(?:words?|labels?|epithets?|adjectives?|phrases?|insults?) (?:(?:did|does|has|have|do|that) )?"
    r"(?P<who>[^,;:?]+?) (?:ever |also |publicly )?"
    r"(?:used?|using|put|pin(?:ned)?|find|found|choose|chose|appl(?:y|ied)|had|ha[sv]e|stuck|stick|ga?ve|given)\b"
)
"""`What words did X find for Y`, `the words X used about Y`."""
_ABOUT = re.compile(
    r"(?i)\b(?:said|say|tell|told|state[ds]?|comment|write|written) (?:publicly )?(?:about|of|on|concerning|regarding) "
)
"""Before what is talked about, where nothing else is asked: not to whom, when or where."""
_OFFICE = re.compile(r"(?:[Tt]he )?(?:(?!of\b|for\b|from\b|in\b|at\b|by\b|to\b)[a-z-]+ ){1,3}")
"""Before a name: `the baker Ana Kovač`."""
_AND = re.compile(r"\s*,?\s*(?:and|or|,)\s+")
_LEADS = re.compile(
    r"\b(?P<nation>[A-Z][\w.]+?)(?:['’]s)? (?:[Pp]resident|[Pp]rime [Mm]inister|[Cc]hancellor|[Pp]remier|[Ll]eader)"
    r" (?P<name>[^\W\d_a-z]\w+(?: [^\W\d_a-z]\w+){0,2})"
)
SAID_AMONG = 10
"""Best pieces of evidence among which the words that are asked for are looked for."""
KEPT = 1000
"""Articles of a corpus whose utterances are kept."""
FEW = 0.2
"""Among more articles than that (see `qa.crowd`), `the minister` is somebody else in each."""
OFFICES = 24
"""Passages in which it is looked up who holds an office."""
_HOLDERS: WeakKeyDictionary[Corpus, dict[str, Speaker | None]] = WeakKeyDictionary()
_READ: WeakKeyDictionary[Corpus, dict[str, tuple[Utterance, ...]]] = WeakKeyDictionary()


def leave_out_others(question: Question, evidence: Sequence[Evidence], corpus: Corpus) -> tuple[Evidence, ...]:
    """Return the evidence without what others say than the one whose words are asked for.

    Only words that an article sets in quotation marks and clearly lays into another person's mouth are left out;
    nothing where the question is not plainly `What did X say`, or X is no person that speaks in these articles: for a
    government or a company many speak.
    """
    if question.kind is not Kind.WORDS:
        return tuple(evidence)
    asked = _plainly_named(question.text, corpus.lexical.vocabulary)
    if not asked:
        return tuple(evidence)
    said = [u.speaker for id_ in {e.article.id for e in evidence} for u in utterances(id_, corpus)]
    known = {s.key for s in said if s is not None and s.person and " " in s.name}
    if not all(known & set(keys) for keys in asked):
        return tuple(evidence)
    wanted = [key for keys in asked for key in keys]
    if not _about(question, wanted) and (own := tuple(e for e in evidence if _own(e, wanted, corpus))):
        return own
    return tuple(e for e in evidence if not _is_of_others(e, wanted, corpus))


def answering_words(
    question: Question, evidence: Sequence[Evidence], corpus: Corpus
) -> list[tuple[Evidence, Utterance]]:
    """Return the evidence that holds words that are plainly asked for, with these words.

    They are said by the one who is named, with all that is asked about, whatever the reader makes of them; where
    nothing is asked about, they are whatever that one says. What is in quotation marks goes first.
    """
    if question.kind is not Kind.WORDS or not _PLAIN.search(question.text):
        return []
    asked = [key for keys in _plainly_named(question.text, corpus.lexical.vocabulary) for key in keys]
    about, found = _about(question, asked), []
    for e in evidence[:SAID_AMONG]:
        said = [u for u in _own(e, asked, corpus) if not about or holds_asked(u, question, asked, corpus, loosely=True)]
        if said:
            found.append((e, max(said, key=lambda u: (u.direct, u.end - u.start))))
    return found


def holds_asked(
    utterance: Utterance, question: Question, asked: Collection[str], corpus: Corpus, *, loosely: bool = False
) -> bool:
    """Tell whether the sentences of an utterance hold all that is asked about.

    Where only that is asked about, the sentence before them may say what it is: `The blaze took an hour. “Nobody came
    with a hose,” she said.`

    Args:
        utterance: what is said.
        question: what is asked.
        asked: the keys of who is asked for.
        corpus: the articles.
        loosely: another word that may stand for one of the question's will do.
    """
    article, _ = corpus.sentences(utterance.article_id)
    start, end = _place(utterance, corpus)
    if _ABOUT.search(question.text):
        start = min(start, _introduced(utterance, corpus))
    words = words_of(article.text[start:end])
    about = _about(question, asked)
    return bool(about) and all(held(t, words) or (loosely and not alike(fold(t.text)).isdisjoint(words)) for t in about)


def _introduced(utterance: Utterance, corpus: Corpus) -> int:
    """Return where the sentence before an utterance begins, or this itself where that one tells what another says."""
    sentences, number = corpus.sentences(utterance.article_id)[1], utterance.sentences[0] - 1
    if number < 0 or sentences[number].boilerplate or sentences[number].heading:
        return utterance.start
    there = (u for u in utterances(utterance.article_id, corpus) if u.sentences[0] <= number <= u.sentences[1])
    return sentences[number].start if all(u.speaker == utterance.speaker for u in there) else utterance.start


def _about(question: Question, asked: Collection[str]) -> list[Term]:
    """Return the terms of a question that say what it asks about, not whom."""
    match = _PLAIN.search(question.text)
    who = words_of(match["who"]) if match else frozenset()
    return [t for t in question.terms if not (t.generic or t.key in who or t.key in asked)]


def _own(evidence: Evidence, asked: Sequence[str], corpus: Corpus) -> list[Utterance]:
    """Return the utterances of those asked for that a piece of evidence holds."""
    place = (evidence.start, evidence.sentence.end)
    said = (u for u in utterances(evidence.article.id, corpus) if is_one_of(u.speaker, asked))
    return [u for u in said if _meets(_place(u, corpus), place)]


def asked_for(question: str, vocabulary: Vocabulary, articles: Iterable[Article]) -> list[str] | None:
    """Return the keys of whose words are asked for: a name, and the governments that articles say it speaks for.

    None where the question names nobody.
    """
    keys = _named(question, vocabulary)
    return None if keys is None else keys + _governments(keys, {article.text for article in articles})


def is_one_of(speaker: Speaker | None, keys: Sequence[str]) -> bool:
    """Tell whether a speaker is known and is who was asked for."""
    if speaker is None:
        return False
    words = tokenise(speaker.name)
    words = words[:1] if speaker.person else words  # `Zhou` is Zhou Xiaoming, whose surname stands first
    return speaker.key in keys or any(t.key in keys for t in words)


def utterances(article_id: str, corpus: Corpus) -> tuple[Utterance, ...]:
    """Return what is said in an article of a corpus; it is read once."""
    known = _READ.setdefault(corpus, {})
    found = known.get(article_id)
    if found is None:
        article, sentences = corpus.sentences(article_id)
        elsewhere = partial(_holder, corpus) if crowd(corpus.lexical.vocabulary.passages) < FEW else None
        found = known[article_id] = find_utterances(article, sentences, corpus.lexical.vocabulary, elsewhere)
        for oldest in list(known)[:-KEPT]:
            known.pop(oldest, None)
    return found


def _holder(corpus: Corpus, office: str) -> Speaker | None:
    """Return who holds an office by all articles of a corpus: the only one beside whose name any of them sets it."""
    known = _HOLDERS.setdefault(corpus, {})
    if office not in known:
        found: dict[str, set[str]] = {}
        people = False
        for text in corpus.texts_with([t.key for t in tokenise(office)], OFFICES):
            for name in holders(office, text, whole_names(text, corpus.lexical.vocabulary)):
                last = tokenise(name.text)[-1]
                key = next(
                    (k for k in found if k in corpus.lexical.vocabulary.spellings(last.word, last.key)), last.key
                )
                found.setdefault(key, set()).add(name.text)
                people = people or name.person
        one = next(iter(found.items())) if len(found) == 1 and people else None
        known[office] = Speaker(max(one[1], key=len), one[0], person=True) if one else None
    return known[office]


def _is_of_others(evidence: Evidence, asked: Sequence[str], corpus: Corpus) -> bool:
    """Tell whether the answer in a piece of evidence is quoted from somebody else."""
    if evidence.answer is None:
        return False
    start, end = evidence.answer
    said = [u for u in utterances(evidence.article.id, corpus) if u.direct and u.start < end and start < u.end]
    return bool(said) and all(
        u.speaker is not None and u.speaker.person and not is_one_of(u.speaker, asked) for u in said
    )


def _place(utterance: Utterance, corpus: Corpus) -> tuple[int, int]:
    """Return the span of the sentences that an utterance stands in."""
    sentences = corpus.sentences(utterance.article_id)[1]
    return sentences[utterance.sentences[0]].start, sentences[utterance.sentences[1]].end


def _meets(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _plainly_named(question: str, vocabulary: Vocabulary) -> list[list[str]]:
    """Return the keys of each of those whose words a question plainly asks for: `did X and Y say`; empty otherwise."""
    match = _PLAIN.search(question) or _WORDS.search(question)
    if match is None:
        return []
    names = whole_names(match["who"], vocabulary)
    ends = bool(names) and names[-1].end == len(match["who"]) and not _AND.search(match["who"])
    if ends and (names[-1].person or _OFFICE.fullmatch(match["who"], 0, names[-1].start)):
        return [_keys(names[-1], vocabulary)]  # whatever stands before a name at the end is its office
    rest = match["who"]
    for name in reversed(names):
        rest = rest[: name.start] + rest[name.end :]
    between = set(re.findall(r"[^\W_]+", rest))
    if not names or not all(word == "and" or TITLE.fullmatch(word) for word in between):
        return []
    return [_keys(name, vocabulary) for name in names]


def _named(question: str, vocabulary: Vocabulary) -> list[str] | None:
    """Return the keys of the names whose words are asked for: those before the verb of saying; None without one."""
    verb = next((m for m in _ASKED.finditer(question)), None)
    names = [n for n in find_names(question, vocabulary) if not _OF.search(question[: n.start])]
    chosen = [n for n in names if verb is None or n.end <= verb.start()][-1:]
    for name in reversed([n for n in names if chosen and n.end <= chosen[0].start]):
        if _AND.fullmatch(question, name.end, chosen[0].start):
            chosen.insert(0, name)
    if not chosen:
        chosen = [n for n in names if re.search(r"(?i)according to (?:\w+ )?$|\bby $", question[: n.start])][:1]
    return list(dict.fromkeys(key for name in chosen for key in _keys(name, vocabulary))) or None


def _keys(name: Name, vocabulary: Vocabulary) -> list[str]:
    """Return the keys of the last word of a name, in all its spellings."""
    last = tokenise(name.text)[-1]
    return [last.key, *vocabulary.spellings(last.word, last.key)]


def _governments(keys: Sequence[str], texts: Iterable[str]) -> list[str]:
    """Return the keys of the governments that a person speaks for, as articles say: `Ukrainian President Zelensky`."""
    found: set[str] = set()
    for text in texts:
        for match in _LEADS.finditer(text):
            if tokenise(match["name"])[-1].key in keys:
                word = fold(match["nation"])
                found |= {stem(word), *compatriots(word)} if compatriots(word) else set()
    return sorted(found)
