import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.fold import STOP, fold, keys, plain, stem, tokenise


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Erdoğan’s", "erdogan"),
        ("ERDOGAN", "erdogan"),
        ("Erdog\u0306an", "erdogan"),
        ("Zelenskyy's", "zelenskyy"),
        ("Зеленський", "zelenskiy"),
        ("Müller", "muller"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("Łódź", "lodz"),
        ("Dolmabahçe", "dolmabahce"),
        ("U.S.", "us"),
        ("J.R.R.", "jrr"),
        ("delegations’", "delegations"),
        ("don’t", "don't"),
        ("1,000.5", "1,000.5"),
        ("ﬁve", "five"),
        ("Ｋｙｉｖ", "kyiv"),
        ("会谈", "huitan"),
    ],
)
def test_case_diacritics_scripts_and_possessives_are_folded(word: str, folded: str) -> None:
    assert fold(word) == folded


def test_words_are_found_with_their_places() -> None:
    tokens = tokenise("The U.S. said Zelenskyy's 1,000 men—his—left.")
    assert [(t.start, t.text) for t in tokens] == [
        (0, "The"),
        (4, "U.S."),
        (9, "said"),
        (14, "Zelenskyy's"),
        (26, "1,000"),
        (32, "men"),
        (36, "his"),
        (40, "left"),
    ]


@pytest.mark.parametrize(
    "word", ["U.S.’s", "Erdog\u0306an’s", "re\u0301sume\u0301", "don’t", "O'Neill's", "10:30", "1.5"]
)
def test_a_word_is_one_whole(word: str) -> None:
    assert [t.text for t in tokenise(f"a {word}, b")] == ["a", word, "b"]


def test_english_endings_are_taken_off_the_key_and_kept_on_the_word() -> None:
    assert [(t.word, t.key) for t in tokenise("delegations negotiating sanctions")] == [
        ("delegations", "deleg"),
        ("negotiating", "negoti"),
        ("sanctions", "sanction"),
    ]


def test_inflections_of_a_word_share_a_key() -> None:
    assert (
        len({stem(fold(word)) for word in ("negotiate", "Negotiates", "negotiated", "negotiating", "NEGOTIATION")}) == 1
    )


def test_keys_are_the_words_that_carry_the_topic() -> None:
    assert keys("Who is the head of the Russian delegation?") == ["head", "russian", "deleg"]


@pytest.mark.parametrize("word", ["the", "The", "don’t", "it's", "IT’S"])
def test_function_words_are_told_in_any_case_and_with_any_apostrophe(word: str) -> None:
    assert tokenise(word)[0].stop
    assert keys(word) == []


def test_the_united_states_are_no_function_word() -> None:
    assert keys("The US told us") == ["us", "told", "us"]
    assert keys("The U.S. told us") == ["us", "told", "us"]


def test_function_words_are_written_as_folding_leaves_them() -> None:
    assert {fold(word) for word in STOP} == STOP


def test_a_text_folded_whole_keeps_its_words_apart() -> None:
    assert plain("“Erdoğan’s” – Кафе") == '"erdogan\'s" - kafe'


@given(st.text(max_size=200))
@example("a_b 'c' ’’ 5.5.5, x..y U.S.A.")
def test_words_are_ordered_apart_and_lie_where_they_say(text: str) -> None:
    end = 0
    for token in tokenise(text):
        assert end <= token.start < token.end <= len(text)
        assert text[token.start : token.end] == token.text
        assert token.word
        assert token.word.isascii()
        assert token.key
        end = token.end


@given(st.text(max_size=200))
def test_keys_are_those_of_the_words_that_are_no_function_words(text: str) -> None:
    assert keys(text) == [token.key for token in tokenise(text) if not token.stop]


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Lt", "Lo", "Mn"]), min_size=1, max_size=20))
def test_letters_in_capitals_fold_to_the_same_word(word: str) -> None:
    assert fold(word.upper().lower()) == fold(word.upper())
    assert fold(fold(word)) == fold(word)
