import pytest

from qa.kind import Kind, holds_kind, read_kind


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
        ("What is the plan?", Kind.OTHER),
        ("ceasefire", Kind.TOPIC),
        ("Hakan Fidan", Kind.TOPIC),
    ],
)
def test_the_kind_of_answer_is_told_from_the_question(question: str, kind: Kind) -> None:
    assert read_kind(question) is kind


@pytest.mark.parametrize(
    ("kind", "holds", "lacks"),
    [
        (Kind.NUMBER, "They launched 145 drones.", "They launched drones."),
        (Kind.NUMBER, "Tens of thousands died.", "People died."),
        (Kind.TIME, "They met on Friday.", "They met."),
        (Kind.TIME, "It starts at 10 a.m. local.", "It starts."),
        (Kind.PLACE, "They met in Ankara.", "they met."),
        (Kind.REASON, "He left because it rained.", "It rained."),
        (Kind.WORDS, "She called it “a show”.", "It was a show."),
    ],
)
def test_a_sentence_that_holds_no_words_of_the_kind_is_told_from_one_that_does(
    kind: Kind, holds: str, lacks: str
) -> None:
    assert holds_kind(kind, holds)
    assert not holds_kind(kind, lacks)


def test_kinds_without_a_mark_of_their_own_fit_every_sentence() -> None:
    assert holds_kind(Kind.OTHER, "anything at all")
