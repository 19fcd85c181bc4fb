import pytest
from learnt import learn_vocabulary

from index.article import make_article
from index.sentence import split_sentences
from index.vocabulary import Vocabulary
from qa.answer import Difference
from qa.evidence import Evidence
from qa.kind import Kind
from qa.likeness import Likeness, Told, compare, read_told

TEXTS = [
    "On Friday President Zelenskyy met Rustem Umerov in Istanbul. On Monday Mr. Zelensky met Rustem Umerov in Ankara.",
    "At least nine people died. The toll rose to 14. One train in three ran, about a third of all trains.",
]


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return learn_vocabulary(TEXTS)[0]


def _told(text: str, answer: str, words: Vocabulary) -> Told:
    article = make_article("a.txt", text)
    sentence = split_sentences(article)[0]
    at = text.index(answer)
    evidence = Evidence(
        article, sentence, sentence.start, text, 1.0, 0.5, None, (at, at + len(answer)), 0.9, 0.9, fits=True,
        passage=1.0, score=0.9,
    )  # fmt: skip
    return read_told(evidence, words)


def _compare(
    one: tuple[str, str], other: tuple[str, str], kind: Kind, words: Vocabulary
) -> tuple[Likeness, Difference]:
    return compare(_told(*one, words), _told(*other, words), kind, words)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (("They met on Friday.", "Friday"), ("Talks were held on Friday evening.", "Friday evening"), Kind.TIME),
        (("At least nine people died.", "nine"), ("Nine dead in blaze.", "Nine"), Kind.NUMBER),
        (("It cost 4.2 billion euros.", "4.2 billion"), ("They paid €4.2bn.", "€4.2bn"), Kind.NUMBER),
        (("One train in three ran.", "three"), ("About a third of trains ran.", "third"), Kind.NUMBER),
        (("It was Zelenskyy.", "Zelenskyy"), ("It was Mr. Zelensky who spoke.", "Zelensky"), Kind.PERSON),
        (("Rustem Umerov leads it.", "Rustem Umerov"), ("It is led by Umerov.", "Umerov"), Kind.PERSON),
        (("A truce of 30 days is sought.", "30 days"), ("They seek a 30-day truce.", "30-day"), Kind.OTHER),
        (("It was a faulty update.", "faulty update"), ("An update was faulty.", "update was faulty"), Kind.REASON),
    ],
)  # fmt: skip
def test_one_answer_in_other_words_or_more_precise_is_the_same(
    words: Vocabulary, one: tuple[str, str], other: tuple[str, str], kind: Kind
) -> None:
    assert _compare(one, other, kind, words)[0] is Likeness.SAME


@pytest.mark.parametrize(
    ("one", "other", "kind", "difference"),
    [
        (("Nine people died.", "Nine"), ("14 people died.", "14"), Kind.NUMBER, Difference.FIGURE),
        (("It began on 7 May.", "7 May"), ("It began on 8 May.", "8 May"), Kind.TIME, Difference.DATE),
        (("It is Umerov.", "Umerov"), ("It is Zelensky.", "Zelensky"), Kind.PERSON, Difference.NAME),
        (("It is in Istanbul.", "Istanbul"), ("It is in Ankara.", "Ankara"), Kind.PLACE, Difference.PLACE),
        (
            ("About 14,000 savers lost money.", "14,000"),
            ("Not 14,000 but more than 20,000 savers lost money.", "more than 20,000"),
            Kind.NUMBER,
            Difference.FIGURE,
        ),
    ],
)
def test_another_figure_day_or_name_differs(
    words: Vocabulary, one: tuple[str, str], other: tuple[str, str], kind: Kind, difference: Difference
) -> None:
    assert _compare(one, other, kind, words) == (Likeness.OTHER, difference)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (("It began on Friday.", "Friday"), ("It began on 7 May.", "7 May"), Kind.TIME),
        (("It cost 9 euros.", "9 euros"), ("It took 9 days.", "9 days"), Kind.OTHER),
        (("It was calm.", "calm"), ("It was loud.", "loud"), Kind.OTHER),
        (
            (
                "Umerov leads; deputy heads of Ukraine's secret services came too.",
                "deputy heads of Ukraine's secret services",
            ),
            ("The Ukrainian side is led by Umerov.", "Umerov"),
            Kind.OTHER,
        ),
        (
            ("Deputy heads of Ukraine's secret services came.", "Deputy heads of Ukraine's secret services"),
            ("It was the navy chief of Ukraine who came.", "the navy chief of Ukraine"),
            Kind.OTHER,
        ),
        (
            ("He criticised the makeup of the Ukrainian delegation.", "the makeup of the Ukrainian delegation"),
            ("He felt slighted by Ukraine.", "Ukraine"),
            Kind.PERSON,
        ),
    ],
)
def test_what_cannot_be_compared_is_left_open(
    words: Vocabulary, one: tuple[str, str], other: tuple[str, str], kind: Kind
) -> None:
    assert _compare(one, other, kind, words)[0] is Likeness.OPEN
