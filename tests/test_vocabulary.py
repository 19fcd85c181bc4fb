from pathlib import Path

import pytest
from learnt import learn_vocabulary

from index.fold import fold, stem
from index.vocabulary import Vocabulary

TEXTS = [
    "Yesterday President Zelenskyy met Mr. Erdoğan in Ankara. Then Zelenskyy left.",
    "On Friday President Zelensky told Recep Tayyip Erdogan about the war. His wife, Olena Zelenska, was there.",
    "In Istanbul Mr. Zelenskiy said the delegation would wear black. The talks of the delegation began at Dolmabahce.",
    "The tanks were near Vienna, and the minister of war spoke of a form of sanctions and of major losses in Antalya.",
    "He was in the town of Antalia. A decree named Umerov. It was Umerov who spoke of negotiations in 2022 and 2023.",
]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return learn_vocabulary(TEXTS)[0]


def _spellings(vocabulary: Vocabulary, word: str) -> set[str]:
    return set(vocabulary.spellings(fold(word), stem(fold(word))))


@pytest.mark.parametrize(
    "word", ["Zelenskyy", "Zelensky", "Zelenskiy", "Зеленський", "ZELENSKY’s", "Zelenskii", "Zelenskij"]
)
def test_the_spellings_of_a_name_find_each_other(vocabulary: Vocabulary, word: str) -> None:
    assert {"zelenskyy", "zelenski", "zelenskiy"} <= _spellings(vocabulary, word)


def test_a_land_and_its_people_find_each_other() -> None:
    vocabulary, _ = learn_vocabulary(["They left Russia when the Russian army came."])
    assert _spellings(vocabulary, "Russia") == _spellings(vocabulary, "Russian") == {"russia", "russian"}


def test_a_wife_is_not_her_husband(vocabulary: Vocabulary) -> None:
    assert "zelenska" not in _spellings(vocabulary, "Zelensky")
    assert _spellings(vocabulary, "Zelenska") == {"zelenska"}


def test_surnames_alike_with_given_names_apart_are_two_people() -> None:
    strike = "On Monday Siobhán Gallagher called a strike. The railway’s Callum Gallacher regrets that. So does"
    told = learn_vocabulary([f"{strike} Mr. Gallagher and with him Mr. Gallacher."])[0]
    assert _spellings(told, "Gallagher") == {"gallagh"}
    assert _spellings(told, "Gallacher") == {"gallach"}


def test_a_title_before_a_surname_is_no_given_name() -> None:
    told = learn_vocabulary(["In Larnos Captain Shevchuk spoke. In Kyiv they met President Shevchuck."])[0]
    assert _spellings(told, "Shevchuk") == {"shevchuk", "shevchuck"}


def test_german_vowels_are_found_in_either_spelling() -> None:
    told = learn_vocabulary(["In Ulm Mr. Löffler spoke, and it was Mr. Loeffler who was heard."])[0]
    assert _spellings(told, "Löffler") == _spellings(told, "Loeffler") == {"loffler", "loeffler"}
    told = learn_vocabulary(["In Ulm Sabine Möller spoke. In Bonn Sabine Moeller was heard."])[0]
    assert _spellings(told, "Möller") == _spellings(told, "Moeller") == {"moller", "moeller"}


def test_surnames_alike_with_one_given_name_in_two_spellings_are_one_person() -> None:
    told = learn_vocabulary(["In Kyiv Volodymyr Zelenskyy spoke. In Berlin Wolodymyr Zelenskiy was heard."])[0]
    assert _spellings(told, "Zelenskyy") == {"zelenskyy", "zelenskiy"}


@pytest.mark.parametrize("word", ["Erdogan", "Erdoğan", "Erdog\u0306an", "ERDOGAN", "Erdoğan’s"])
def test_diacritics_make_no_other_name(vocabulary: Vocabulary, word: str) -> None:
    assert vocabulary.spellings(fold(word), stem(fold(word))) == {"erdogan": 1.0}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Isatnbul", "istanbul"),
        ("Istambul", "istanbul"),
        ("Sitanbul", "istanbul"),
        ("Stanbul", "istanbul"),
        ("Erdogon", "erdogan"),
        ("delagation", "deleg"),
        ("negociations", "negoti"),
        ("sanktions", "sanction"),
        ("Dolmabache", "dolmabahc"),
        ("Umerow", "umerov"),
        ("Anatlya", "antalya"),
    ],
)
def test_a_misspelt_word_stands_for_the_word_that_was_meant(vocabulary: Vocabulary, typed: str, meant: str) -> None:
    assert meant in _spellings(vocabulary, typed)


def test_a_misspelt_word_is_compared_as_written_and_not_by_its_stem() -> None:
    vocabulary, _ = learn_vocabulary(["The delegation met with a delay in the delta, said Dela, who had not voted."])
    assert _spellings(vocabulary, "delagation") == {"deleg"}


@pytest.mark.parametrize("word", ["war", "wear", "talks", "tanks", "major", "wife", "town", "form", "near"])
def test_a_word_that_the_corpus_has_is_not_expanded(vocabulary: Vocabulary, word: str) -> None:
    key = stem(fold(word))
    assert vocabulary.spellings(fold(word), key) == {key: 1.0}


@pytest.mark.parametrize("word", ["mayor", "from", "life", "talk show", "bank", "wars", "china", "Austria", "decree"])
def test_an_english_word_is_no_misspelling_of_another(vocabulary: Vocabulary, word: str) -> None:
    assert _spellings(vocabulary, word) <= {stem(fold(word))}


@pytest.mark.parametrize("word", ["war", "ab", "x", "2024", "20222", "qwertyuiop", "Vatican", "'", "İ"])
def test_short_words_numbers_and_strange_words_stand_for_nothing_else(vocabulary: Vocabulary, word: str) -> None:
    assert _spellings(vocabulary, word) <= {stem(fold(word))}


def test_the_word_itself_is_wholly_like_and_others_are_less(vocabulary: Vocabulary) -> None:
    spellings = vocabulary.spellings("zelenskyy", "zelenskyy")
    assert spellings.pop("zelenskyy") == 1.0
    assert spellings
    assert all(0 < likeness < 1 for likeness in spellings.values())


def test_an_entry_counts_the_passages_that_hold_the_word(vocabulary: Vocabulary) -> None:
    assert vocabulary.entries["war"].passages == 2
    assert vocabulary.entries["deleg"].passages == 1
    assert vocabulary.passages == len(TEXTS)


def test_an_entry_shows_the_word_as_first_written(vocabulary: Vocabulary) -> None:
    assert vocabulary.entries["erdogan"].surface == "Erdoğan"
    assert vocabulary.entries["deleg"].surface == "delegation"


@pytest.mark.parametrize(
    ("word", "name"), [("Istanbul", True), ("Erdogan", True), ("war", False), ("talks", False), ("delegation", False)]
)
def test_a_name_is_what_is_capitalised_inside_sentences(vocabulary: Vocabulary, word: str, *, name: bool) -> None:
    assert vocabulary.entries[stem(fold(word))].name is name


def test_capitals_at_the_start_of_a_sentence_make_no_name() -> None:
    vocabulary, _ = learn_vocabulary(["Talks began. Talks ended.\n“Talks failed.” Talks: the end."])
    assert not vocabulary.entries["talk"].name


@pytest.mark.parametrize(
    "text", ["said Mr. Zelenskiy", "met Gen. Zelenskiy", "the late J. K. Rowling and O. Zelenskiy"]
)
def test_a_name_that_always_follows_a_title_or_an_initial_is_a_name(text: str) -> None:
    assert learn_vocabulary([f"They {text}."])[0].entries["zelenskiy"].name


def test_function_words_are_left_out(vocabulary: Vocabulary) -> None:
    assert not {"the", "of", "and", "was"} & set(vocabulary.entries)


def test_the_keys_of_every_text_are_returned_in_order() -> None:
    vocabulary, documents = learn_vocabulary(["The talks began.", "", "He and she.", "Talks of talks."])
    assert list(vocabulary.entries) == ["talk", "began"]
    assert [list(document) for document in documents] == [[0, 1], [], [], [0, 0]]


def test_a_vocabulary_read_back_is_the_one_that_was_written(vocabulary: Vocabulary, tmp_path: Path) -> None:
    vocabulary.save(tmp_path)
    read = Vocabulary.load(tmp_path)
    assert (read.entries, read.passages) == (vocabulary.entries, vocabulary.passages)


def test_an_empty_corpus_has_an_empty_vocabulary() -> None:
    vocabulary, documents = learn_vocabulary([])
    assert (vocabulary.entries, documents) == ({}, [])
    assert vocabulary.spellings("istanbul", "istanbul") == {}


def test_a_word_that_was_read_long_ago_is_counted_on(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["It rained. President Erdoğan met Vladimir Putin.", "On Friday Putin and Erdogan met again."] * 3
    expected = learn_vocabulary(texts)
    monkeypatch.setattr("index.words.FORMS", 2)
    assert learn_vocabulary(texts) == expected


def test_a_number_is_never_taken_for_another() -> None:
    told, _ = learn_vocabulary(["The bank must pay within 30 days, and it has 20 days to appeal, in 2022."])
    assert [told.spellings(number, number) for number in ("3000", "2000", "200", "20222")] == [{}, {}, {}, {}]
    assert told.spellings("30", "30") == {"30": 1.0}
