import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.squad import exact_match, holds, normalise, token_f1

WORDS = st.lists(st.sampled_from("a the talks Talks, 16 May! U.S. “peace” an -".split()), max_size=6).map(" ".join)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("The Dolmabahçe Palace", "dolmabahçe palace"),
        ("  an  Answer,\tA\nreply. ", "answer reply"),
        ("U.S.", "us"),
        ("$1,500.50", "150050"),
        ("non-aggression", "nonaggression"),
        ("theatre", "theatre"),
        ("‘quoted’", "‘quoted’"),  # only ASCII punctuation goes, as in SQuAD's script
        ("the", ""),
        ("", ""),
    ],
)
def test_answers_are_normalised_as_squads_script_does(text: str, normal: str) -> None:
    assert normalise(text) == normal


@given(WORDS)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("found", "golds", "exact", "f1"),
    [
        ("the Istanbul", ["Istanbul!"], 1, 1),
        ("Istanbul, Turkey", ["Istanbul"], 0, 2 / 3),
        ("in Istanbul Turkey", ["Ankara", "Istanbul Turkey"], 0, 4 / 5),
        ("to be or to be", ["to be"], 0, 4 / 7),  # a word said twice is shared once
        ("", ["Istanbul"], 0, 0),
        ("the", ["a"], 1, 1),  # nothing is left of either
        ("Istanbul", [], 0, 0),
    ],
)
def test_exact_match_and_f1_are_those_of_the_best_gold_answer(
    found: str, golds: list[str], exact: float, f1: float
) -> None:
    assert exact_match(found, golds) == exact
    assert token_f1(found, golds) == pytest.approx(f1)


def _f1_by_hand(found: list[str], gold: list[str]) -> float:
    """Pair equal words off one by one."""
    if not found or not gold:
        return float(found == gold)
    left, shared = list(gold), 0
    for word in found:
        if word in left:
            left.remove(word)
            shared += 1
    precision, recall = shared / len(found), shared / len(gold)
    return 2 * precision * recall / (precision + recall) if shared else 0.0


@given(WORDS, WORDS)
def test_f1_is_the_harmonic_mean_of_precision_and_recall(found: str, gold: str) -> None:
    assert token_f1(found, [gold]) == pytest.approx(_f1_by_hand(normalise(found).split(), normalise(gold).split()))


@pytest.mark.parametrize(
    ("text", "answer", "held"),
    [
        ("They met at the Dolmabahçe Palace.", "Dolmabahce palace", True),
        ("They met in 2016.", "16", False),
        ("an 80-page report", "80", True),
        ("It cost $1,500.", "1500", True),
        ("the U.S. team", "US", True),
        ("Erdoğan’s guests", "Erdogan's guests", True),
        ("Umerov, and Rustem", "Rustem Umerov", False),
        ("anything", "the", False),
        ("", "x", False),
    ],
)
def test_a_text_holds_an_answer_when_its_whole_words_stand_in_it(text: str, answer: str, *, held: bool) -> None:
    assert holds(text, answer) is held
