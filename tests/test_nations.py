from index.fold import stem
from index.nations import CAPITAL, PEOPLE, compatriots


def test_a_people_stands_for_its_country_and_less_for_its_capital() -> None:
    words = compatriots("american")
    assert words["us"] == words["america"] == PEOPLE
    assert words["washington"] == CAPITAL
    assert compatriots("kyiv")["ukrain"] == CAPITAL


def test_spellings_of_one_country_stand_for_each_other() -> None:
    assert compatriots("uk")["britain"] == PEOPLE
    assert compatriots("burma")["myanmar"] == PEOPLE


def test_two_seats_of_one_government_do_not_stand_for_each_other() -> None:
    assert "pyongyang" not in compatriots("seoul")


def test_other_words_stand_for_nothing() -> None:
    assert compatriots("ceasefire") == {}
    assert "ukrain" not in compatriots("ukraine")


def test_a_stem_stands_for_its_country() -> None:
    for word in ("ukraine", "france", "germany", "italy", "hungary"):
        assert compatriots(stem(word)) == compatriots(word) != {}
