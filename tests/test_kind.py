import pytest

from qa.kind import Kind, fits_kind, read_kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who leads the delegation?", Kind.PERSON),
        ("Which minister hosted the talks?", Kind.PERSON),
        ("When do the talks begin?", Kind.TIME),
        ("On what day did they arrive?", Kind.TIME),
        ("Where did the ministers meet?", Kind.PLACE),
        ("In which palace did they meet?", Kind.PLACE),
        ("How many drones were launched?", Kind.NUMBER),
        ("What is the death toll?", Kind.NUMBER),
        ("Why did he stay away?", Kind.REASON),
        ("What led to the collapse?", Kind.REASON),
        ("What did the envoy say about it?", Kind.WORDS),
        ("How did Kyiv describe the team?", Kind.WORDS),
        ("Did they meet?", Kind.YES_NO),
        ("Isn't it over?", Kind.YES_NO),
        ("What did the envoy say when they met?", Kind.WORDS),
        ("When they met in Ankara, what did the envoy say?", Kind.WORDS),
        ("Who told them how many came?", Kind.PERSON),
        ("date of the second round of talks?", Kind.TIME),
        ("Month the invasion started?", Kind.TIME),
        ("the number of wounded", Kind.NUMBER),
        ("What unkind words did she find for the mayor?", Kind.WORDS),
        ("Give me the words he used about the mayor.", Kind.WORDS),
        ("What is the plan?", Kind.OTHER),
        ("I write about why the strike began. Did the union agree?", Kind.YES_NO),
        ("From the opening remarks: where do they meet?", Kind.PLACE),
        ("Who leads the team? I need the name.", Kind.PERSON),
        ("ceasefire", Kind.TOPIC),
        ("Hakan Fidan", Kind.TOPIC),
    ],
)
def test_the_kind_of_answer_is_told_from_the_question(question: str, kind: Kind) -> None:
    assert read_kind(question) is kind


@pytest.mark.parametrize(
    ("kind", "fits", "lacks"),
    [
        (Kind.NUMBER, "145 drones", "drones"),
        (Kind.NUMBER, "tens of thousands", "many people"),
        (Kind.TIME, "on Friday", "in Ankara"),
        (Kind.TIME, "at 10 a.m.", "at home"),
        (Kind.PERSON, "Hakan Fidan", "somebody else"),
        (Kind.PLACE, "in Ankara", "they met"),
        (Kind.PLACE, "the embassy", "the drones"),
    ],
)
def test_words_that_cannot_be_an_answer_of_the_kind_are_told_from_those_that_can(
    kind: Kind, fits: str, lacks: str
) -> None:
    assert fits_kind(kind, fits)
    assert not fits_kind(kind, lacks)


@pytest.mark.parametrize("kind", [Kind.REASON, Kind.WORDS, Kind.OTHER])
def test_an_answer_of_the_other_kinds_can_be_any_words(kind: Kind) -> None:
    assert fits_kind(kind, "anything at all")
