"""Tallies, by examples that were counted by hand."""

from dataclasses import replace
from pathlib import Path

from qa.cluster import Cluster, Dispute, Place, Remark, Side, Statement, Wording
from qa.quote_tally import tally_kinds, tally_speakers, tally_utterances
from qa.tally import (
    Tally,
    is_dispute,
    tally_alarms,
    tally_conflicts,
    tally_counts,
    tally_names,
    tally_reports,
    tally_statements,
)
from qa.told import Conflict, Span, Told, Utterance, Worded
from qa.told import Statement as Claim


def _place(file: str, start: int, quote: str = "x" * 10) -> Place:
    return Place(file, quote, ((start, start + 10),))


def _span(file: str, start: int, quote: str = "x", end: int | None = None) -> Span:
    return Span(file, start, start + 10 if end is None else end, f"{quote} {file} {start}")


TOLL = Dispute(
    "toll",
    change=True,
    sides=(Side("nine", (_place("a", 0), _place("b", 0))), Side("ten", (_place("c", 0),))),
    questions=("How many died?",),
)
CAUSE = Dispute(
    "cause",
    change=False,
    sides=(Side("engine", (_place("a", 20),)), Side("lorry", (_place("d", 20),))),
    questions=("What burned?", "Why?"),
)
HOSE = Remark(
    ("Hatice Er",),
    "hose",
    ("What did she say?",),
    (
        Wording(direct=True, places=(_place("a", 80, "nobody came with a hose"), _place("b", 80, "nobody came"))),
        Wording(direct=True, places=(_place("c", 80, "nobody came with any hose"),)),
        Wording(direct=False, places=(_place("d", 80, "that no hose was there"),)),
    ),
)
CLUSTER = Cluster(
    name="ferry",
    event="",
    folder=Path(),
    statements=(
        Statement("captain", ("Who?",), (_place("a", 40), _place("b", 40), _place("c", 40))),
        Statement("", (), (_place("a", 60), _place("d", 60))),
    ),
    apart=(),
    reports=(("a", "b"), ("c",), ("d",)),
    disputes=(TOLL, CAUSE),
    agreeing=("Who?", "Where?"),
    remarks=(HOSE,),
    same=(("Berg", "Bergh", "Berge"),),
    different=(("Berg", "Burg"),),
)


def _told(
    question: str,
    *claims: Claim,
    conflicts: tuple[Conflict, ...] = (),
    utterances: tuple[Utterance, ...] = (),
) -> Told:
    return Told(question, claims, conflicts, utterances)


def _claim(*cited: Span, reports: tuple[tuple[str, ...], ...] = ()) -> Claim:
    return Claim(cited, reports)


def test_precision_and_recall_are_shares_and_none_of_nothing() -> None:
    tally = Tally(4, 3, 8, 2) + Tally(0, 0, 2, 2)
    assert (tally.precision, tally.recall) == (0.75, 0.4)
    assert (Tally().precision, Tally().recall) == (None, None)


def test_statements_are_counted_by_pairs_of_articles() -> None:
    one = _told("Who?", _claim(_span("a", 40), _span("b", 41), _span("d", 0)))
    again = _told("Where?", _claim(_span("a", 40), _span("b", 41)), _claim(_span("a", 60), _span("d", 60)))
    # told: a+b right, a+d and b+d wrong, and once more a+b (the same pair), a+d of the second statement right.
    # known: a+b, a+c, b+c of the first; the second has no question.
    tally = tally_statements(CLUSTER, [one, again])
    assert (tally.told, tally.right, tally.known, tally.found) == (4, 2, 3, 1)
    assert len(tally.notes) == 2 + 2


def test_a_statement_counts_as_found_only_in_an_answer_to_its_own_question() -> None:
    elsewhere = _told("Where?", _claim(_span("a", 40), _span("b", 40), _span("c", 40)))
    assert tally_statements(CLUSTER, [elsewhere]).found == 0
    assert tally_statements(CLUSTER, [elsewhere], answered=True).known == 0
    own = _told("Who?", _claim(_span("a", 40)))
    assert tally_statements(CLUSTER, [own], answered=True).known == 3


def test_the_same_words_and_one_side_of_a_conflict_and_one_remark_say_the_same() -> None:
    same = _claim(Span("a", 500, 510, "Copied, word for word."), Span("b", 700, 710, "copied word for word"))
    side = _claim(_span("a", 0), _span("b", 0))
    remark = _claim(_span("a", 80), _span("d", 80))
    sides = _claim(_span("a", 0), _span("c", 0))
    tally = tally_statements(CLUSTER, [_told("Where?", same, side, remark, sides)])
    assert (tally.told, tally.right) == (4, 3)


def test_a_citation_is_a_gold_sentence_when_they_share_half_of_the_shorter() -> None:
    claim = _claim(_span("a", 35, end=60), _span("b", 45, end=65))
    assert tally_statements(CLUSTER, [_told("Who?", claim)]).right == 1
    off = _claim(_span("a", 35, end=60), _span("b", 46, end=66))
    assert tally_statements(CLUSTER, [_told("Who?", off)]).right == 0


def test_reports_are_counted_by_verdicts_on_pairs_of_articles() -> None:
    spans = [_span(file, 0) for file in "abcd"]
    first = _claim(*spans, reports=(("a", "b"), ("c", "d")))  # a+b right, c+d wrong, the other four apart
    second = _claim(*spans[:2], reports=(("a",), ("b",)))  # the gold has a+b for one
    untold = _claim(*spans[:2])
    tally = tally_reports(CLUSTER, [_told("Who?", first, second), _told("Where?", first, untold)])
    assert (tally.told, tally.right, tally.known, tally.found) == (2, 1, 2, 1)
    counts = tally_counts(CLUSTER, [_told("Who?", first, second), _told("Where?", first, untold)])
    assert (counts.told, counts.right) == (2, 0)
    right = _claim(*spans[:3], reports=(("a", "b"), ("c",)))
    assert tally_counts(CLUSTER, [_told("Who?", right)]).right == 1


def _change(*sides: tuple[Span, ...]) -> Conflict:
    return Conflict("", change=True, sides=sides)


def _difference(*sides: tuple[Span, ...]) -> Conflict:
    return Conflict("", change=False, sides=sides)


def test_a_conflict_is_right_when_its_sides_are_those_of_the_gold_and_its_kind_and_order_too() -> None:
    a, b, c, d = (_span(file, 0) for file in "abcd")
    assert is_dispute(_change((a,), (c,)), TOLL)
    assert is_dispute(_change((a, b), (c, d)), TOLL)
    assert not is_dispute(_change((c,), (a,)), TOLL)  # the later one first
    assert not is_dispute(_difference((a,), (c,)), TOLL)
    assert not is_dispute(_change((a,), (b,)), TOLL)  # one side of the gold
    assert not is_dispute(_change((a, c), (b,)), TOLL)  # both sides mixed
    assert is_dispute(_difference((_span("d", 20),), (_span("a", 20),)), CAUSE)
    assert is_dispute(_difference((c,), (a,)), TOLL, kinds=False)
    assert is_dispute(_difference((c,), (a,)), replace(TOLL, change=None))


def test_a_conflict_without_questions_may_be_told_and_need_not_be() -> None:
    cluster = replace(CLUSTER, disputes=(replace(TOLL, questions=()), CAUSE))
    tally = tally_conflicts(cluster, [_told("Who?", conflicts=(_change((_span("a", 0),), (_span("c", 0),)),))])
    assert (tally.told, tally.right, tally.known, tally.found) == (1, 1, 1, 0)


def test_conflicts_are_counted_once_and_found_by_questions_of_their_own() -> None:
    toll = _change((_span("a", 0),), (_span("c", 0),))
    cause = _difference((_span("a", 20),), (_span("d", 20),))
    false = _difference((_span("a", 60),), (_span("d", 60),))
    told = [
        _told("How many died?", conflicts=(toll, false)),
        _told("Who?", conflicts=(toll, cause)),
        _told("Where?"),
    ]
    tally = tally_conflicts(CLUSTER, told)
    assert (tally.told, tally.right, tally.known, tally.found) == (3, 2, 2, 1)
    alarms, false_alarms = tally_alarms(CLUSTER, told)
    assert (alarms.told, alarms.right, false_alarms) == (2, 1, 0)
    alarms, false_alarms = tally_alarms(CLUSTER, [_told("Who?", conflicts=(toll, false))])
    assert (alarms.told, alarms.right, false_alarms) == (1, 0, 1)


def test_names_are_counted_by_pairs() -> None:
    tally = tally_names(CLUSTER, lambda a, b: "Berge" not in (a, b))
    # Berg+Bergh joined rightly, Berg+Burg wrongly; Berg+Berge and Bergh+Berge missed.
    assert (tally.told, tally.right, tally.known, tally.found) == (2, 1, 3, 1)
    assert len(tally.notes) == 3


def _worded(text: str, kind: str, *cited: Span, direct: bool = True) -> Worded:
    return Worded(text, kind, direct, cited)


A = _worded("nobody came with a hose", "verbatim", _span("a", 75, end=95), _span("b", 75, end=95))
C = _worded("nobody came with any hose", "variant", _span("c", 75, end=95))
D = _worded("no hose was there", "variant", _span("d", 75, end=95), direct=False)
OTHER = _worded("good morning to you", "variant", _span("c", 75, end=95))


def test_wordings_of_one_remark_are_counted_by_pairs_of_places() -> None:
    told = [_told("What did she say?", utterances=(Utterance("Hatice Er", (A, OTHER)),))]
    # told: a+b right; a+c and b+c wrong, for c has other words there. known: the six pairs of four articles.
    tally = tally_utterances(CLUSTER, told)
    assert (tally.told, tally.right, tally.known, tally.found) == (3, 1, 6, 1)
    assert tally_utterances(CLUSTER, [_told("Who?", utterances=(Utterance("Er", (A, C)),))]).found == 0


def test_what_tells_of_words_may_be_joined_with_what_makes_the_same_statement() -> None:
    quoted = _worded("I am the captain", "verbatim", _span("a", 40))
    told = _worded("She said she was the captain", "paraphrase", _span("b", 40), direct=False)
    also = _worded("I lead this ship", "variant", _span("b", 40))
    for other, right in ((told, 1), (also, 0)):
        tally = tally_utterances(CLUSTER, [_told("Who?", utterances=(Utterance("Er", (quoted, other)),))])
        assert (tally.told, tally.right) == (1, right)


def test_kinds_of_wording_are_held_against_the_first_wording() -> None:
    told = [_told("What did she say?", utterances=(Utterance("Hatice Er", (A, C, D)),))]
    # b is verbatim a, and c a variant: right. d is told as a variant and is a paraphrase.
    tally = tally_kinds(CLUSTER, told)
    assert (tally.told, tally.right, tally.known, tally.found) == (3, 2, 3, 2)


def test_speakers_are_counted_by_quoted_places_and_may_be_named_in_part() -> None:
    wrong = Utterance("Emre Er", (C,))
    told = [
        _told("What did she say?", utterances=(Utterance("Teacher Hatice Er", (A,)), wrong)),
        _told("Who?", utterances=(Utterance("Er", (C, D)),)),
    ]
    # told: a, b and c rightly, c wrongly; d is no quotation. known: a, b, c; found by her own question: a, b.
    tally = tally_speakers(CLUSTER, told)
    assert (tally.told, tally.right, tally.known, tally.found) == (4, 3, 3, 2)
