"""The details of a sentence are read whatever way they are written: figures, moments, names, denials, moods, speech."""

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from learnt import learn_vocabulary

from qa.detail import Mood, name_keys, read_details, same_name
from qa.figure import find_figures, same_value, says_figure
from qa.moment import find_moments, says_moment

if TYPE_CHECKING:
    from index.corpus import Corpus
    from index.vocabulary import Vocabulary
    from qa.detail import Details
    from qa.figure import Figure
    from qa.moment import Moment

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


@pytest.fixture(scope="module")
def vocabulary(corpus: "Corpus") -> "Vocabulary":
    return corpus.lexical.vocabulary


def _spelt(number: int) -> str:
    """Write a number in words, the British way."""
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10 - 2] + (f"-{ONES[number % 10]}" if number % 10 else "")
    for power, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= power:
            rest = number % power
            joint = " and " if 0 < rest < 100 else " "
            return f"{_spelt(number // power)} {name}" + (f"{joint}{_spelt(rest)}" if rest else "")
    raise AssertionError


def _one(text: str) -> "Figure":
    (figure,) = find_figures(text)
    return figure


def _moment(text: str) -> "Moment":
    (moment,) = find_moments(text)
    return moment


@given(st.integers(2, 10**12 - 1).filter(lambda n: not 1500 <= n < 2100))
def test_a_number_is_the_same_in_words_and_in_digits_with_and_without_commas(number: int) -> None:
    for written in (f"{number}", f"{number:,}", _spelt(number)):
        figure = _one(f"Officials counted {written} ballots.")
        assert figure.value == number
        assert "ballot" in figure.counted


@given(st.decimals(0, 999, places=1).filter(lambda d: d > 0))
def test_magnitudes_and_percent_signs_are_written_in_many_ways(number: object) -> None:
    values = [_one(f"It cost ${number}{m}.") for m in ("m", " million", "mn")]
    assert {(round(v.value, 3), v.unit) for v in values} == {(round(values[0].value, 3), "dollar")}
    shares = [_one(f"Support was {number}{m}.") for m in ("%", " percent", " per cent")]
    assert all(same_value(shares[0], share) for share in shares)
    assert not same_value(shares[0], values[0])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a 30-day truce", "thirty days of truce", True),
        ("a 30-day truce", "a 30-week truce", False),
        ("one-fifth of the land", "a fifth of the land", True),
        ("145 drones", "154 drones", False),
        ("at least 145 drones", "more than 145 drones", True),
        ("more than 145 drones", "145 drones", False),
        ("nearly 145 drones", "145 drones", False),
        ("$4bn in aid", "four billion dollars in aid", True),
        ("$4bn in aid", "€4bn in aid", False),
        ("the 3rd round", "the third round", True),
        ("the third round", "three rounds", False),
        ("tens of thousands of people", "10,000 people", False),
        ("1.5 million people", "1,500,000 people", True),
        ("a dozen ships", "12 ships", True),
    ],
)
def test_figures_agree_by_value_unit_and_bound(one: str, other: str, same: bool) -> None:  # noqa: FBT001 - a table
    assert says_figure(_one(other), _one(one)) is same


@pytest.mark.parametrize("text", ["One of them left.", "No one came.", "He flew on Air Force One.", "This one is new."])
def test_one_as_a_pronoun_is_no_figure(text: str) -> None:
    assert find_figures(text) == ()


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_date_is_the_same_however_it_is_written(day: date) -> None:
    ways = [f"{day.day} {day:%B %Y}", f"{day:%B} {day.day}, {day.year}", f"{day:%b} {day.day}, {day.year}", f"{day}"]
    moments = [_moment(f"It happened on {way}.") for way in ways]
    for moment in moments:
        assert (moment.year, moment.month, moment.day) == (day.year, day.month, day.day)
        assert says_moment(moments[0], moment)
        assert not find_figures(f"It happened on {ways[0]}.", [(moments[0].start, moments[0].end)])


@pytest.mark.parametrize(
    ("text", "claim", "said"),
    [
        ("on Thursday night", "on Thursday", True),
        ("on Thursday", "on Thursday night", False),
        ("on Thursday", "on Friday", False),
        ("in March 2022", "in 2022", True),
        ("in 2022", "in March 2022", False),
        ("at 10 a.m.", "at 10:00", True),
        ("at 10 a.m.", "at 10 p.m.", False),
        ("at 3.42 a.m.", "at 3.42 in the morning", True),
        ("shortly before 11 p.m.", "just before eleven in the evening", True),
        ("after two o’clock at night", "at 2 a.m.", True),
        ("at 9 o'clock in the evening", "at 9 a.m.", False),
        ("on 1 September", "on the first of September", True),
        ("on the twenty-first of May", "on May 21", True),
        ("on the first of May", "on the second of May", False),
        ("in the 1990s", "in 1990", False),
        ("last week", "next week", False),
    ],
)
def test_a_moment_is_said_by_one_that_says_as_much(text: str, claim: str, said: bool) -> None:  # noqa: FBT001 - a table
    assert says_moment(_moment(f"They met {text}."), _moment(f"They met {claim}.")) is said


@pytest.mark.parametrize(
    "text", ["It killed two in the morning shift.", "At half past eleven in the evening they left.", "First of all,"]
)
def test_a_number_by_itself_is_no_hour_and_no_day(text: str) -> None:
    assert find_moments(text) == ()


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Ibáñez, 67, showed no emotion.", "year"),
        ("The 67-year-old left.", "year"),
        ("In Lenn, 67, 80 and 91 homes were hit.", ""),
        ("It rose to 67, he said.", ""),
    ],
)
def test_a_number_between_commas_after_a_name_is_an_age(text: str, unit: str) -> None:
    assert find_figures(text)[0].unit == unit


@pytest.mark.parametrize("text", ["They may meet.", "They march on.", "He sat down.", "The sun rose."])
def test_words_that_are_also_months_or_days_are_no_moments(text: str) -> None:
    assert find_moments(text) == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Zelenskyy", "Volodymyr Zelenskiy", True),
        ("President Erdogan", "Recep Tayyip Erdoğan", True),
        ("Kyiv", "Ukrainian", True),
        ("Umerov", "Medinsky", False),
        ("Rustem Umerov", "Vladimir Umerov", False),
        ("Istanbul", "Ankara", False),
    ],
)
def test_names_are_the_same_in_any_spelling_the_corpus_has(
    vocabulary: "Vocabulary",
    one: str,
    other: str,
    same: bool,  # noqa: FBT001 - a table
) -> None:
    assert same_name(one, other, vocabulary) is same


def test_weekdays_are_no_names_and_a_name_that_nobody_knows_is_one_at_the_start_too(vocabulary: "Vocabulary") -> None:
    details = read_details("Kovalchenko met Trump on Friday.", vocabulary)
    assert [name.text for name in details.names] == ["Kovalchenko", "Trump"]
    assert [name_keys(name.text) for name in details.names] == [("kovalchenko",), ("trump",)]


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Putin will not attend the talks.", {"attend", "talk"}),
        ("Putin refused to attend, and Trump agreed.", {"attend"}),
        ("No meeting was held.", {"meet", "held"}),
        ("He didn’t refuse to attend.", {"refus"}),
        ("He came without his aides but spoke.", {"aid"}),
        ("He spoke not only of peace.", set()),
    ],
)
def test_what_stands_behind_a_denial_in_its_clause_is_denied(
    vocabulary: "Vocabulary", text: str, denied: set[str]
) -> None:
    assert read_details(text, vocabulary).denied == denied


@pytest.mark.parametrize(
    ("text", "key", "mood"),
    [
        ("The talks were held.", "held", Mood.FACT),
        ("The talks will be held.", "held", Mood.FUTURE),
        ("Rubio is expected to arrive.", "arriv", Mood.FUTURE),
        ("The talks may start.", "start", Mood.POSSIBLE),
        ("Putin should come.", "come", Mood.WISH),
        ("They wait until Trump arrives.", "arriv", Mood.CONDITION),
        ("They will meet, and Russia attacked.", "attack", Mood.FACT),
        ("She wants to show operas and lower prices.", "lower", Mood.WISH),
        ("She wants to show operas and lowered prices.", "lower", Mood.FACT),
    ],
)
def test_a_clause_has_a_mood(vocabulary: "Vocabulary", text: str, key: str, mood: Mood) -> None:
    words = {word.key: word.mood for word in read_details(text, vocabulary).words}
    assert words[key] is mood


def _said(details: "Details") -> list[tuple[str, str]]:
    return [(s.speaker, details.text[s.start : s.end].strip(' ,.“”"')) for s in details.speech]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Trump said that he would come.", [("Trump", "that he would come")]),
        ("“We are ready to work,” Medinsky said in a video.", [("Medinsky", "We are ready to work")]),
        ("“We are ready,” said Vladimir Medinsky.", [("Vladimir Medinsky", "We are ready")]),
        ("The talks failed, according to Mark Rutte.", [("Mark Rutte", "The talks failed")]),
        ("According to Rubio, the talks failed.", [("Rubio", "the talks failed")]),
        ("The talks, President Trump said, failed.", [("Trump", "The talks")]),
        (
            "Zelenskyy said he would not go and added that Umerov would.",
            [("Zelenskyy", "he would not go and"), ("Zelenskyy", "that Umerov would")],
        ),
        (
            "Anton will represent the US on Friday, State Department Spokesperson Tammy Bruce said.",
            [("Tammy Bruce", "Anton will represent the US on Friday")],
        ),
        ("He is said to be ill.", []),
        ("The State Department met.", []),
    ],
)
def test_who_says_what_is_read_in_every_order(vocabulary: "Vocabulary", text: str, said: list[tuple[str, str]]) -> None:
    assert _said(read_details(text, vocabulary)) == said


def test_a_denial_of_speech_is_marked(vocabulary: "Vocabulary") -> None:
    assert read_details("Rubio denied that he was ill.", vocabulary).speech[0].denies
    assert read_details("Rubio did not say that he was ill.", vocabulary).speech[0].denies


@given(st.text(alphabet=st.sampled_from("abt TN0159,.:-“”\"'’$%€\n—said not will one two May March of"), max_size=120))
def test_any_text_is_read_and_every_span_lies_in_it(text: str) -> None:
    vocabulary, _ = learn_vocabulary(["May said not to. Two Tories will."])
    details = read_details(text, vocabulary)
    found = (*details.names, *details.moments, *details.figures, *details.speech, *details.words)
    assert all(0 <= x.start <= x.end <= len(text) for x in found)
    assert all(text[word.start : word.end].strip() for word in details.words)
