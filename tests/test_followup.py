"""Follow-ups on the seeds: dialogues as people have them, and the question that each is understood as."""

from typing import TYPE_CHECKING

import pytest

from index.errors import QuestionError
from qa.followup import Turn, counterpart, read_history, stand_alone

if TYPE_CHECKING:
    from index.corpus import Corpus

UKRAINE = ("Who leads the Ukrainian delegation?", "The Ukrainian side is headed by Defense Minister Rustem Umerov.")
ZAKHAROVA = ("Who is Maria Zakharova?", "She is the Russian foreign ministry spokesperson.")
HOST = ("Who hosted the talks?", "They were hosted by Turkish Foreign Minister Hakan Fidan.")
PALACE = ("Where were the talks held?", "The teams met in Istanbul’s Dolmabahce Palace on Friday.")
MOSCOW = ("Who speaks for Moscow at the table?", "Vladimir Medinsky, an aide to Putin, heads the Russian delegation.")
MOCKED = ("Who mocked Zelensky as a clown?", "Maria Zakharova did.")
ANKARA = ("Who did Zelenskyy see in Ankara?", "He met Turkish President Recep Tayyip Erdoğan.")
VIEW = ("What does Bondarev think about Putin?", "He says Putin does not want genuine talks.")
TRUCE = ("Has Putin agreed to a ceasefire?", "Putin hasn’t agreed to the truce.")


@pytest.mark.parametrize(
    ("before", "question", "alone"),
    [
        (UKRAINE, "And the other side?", "Who leads the Russian delegation?"),
        (UKRAINE, "And what does the other side want?", "And what does the Russian side want?"),
        (
            UKRAINE,
            "And where do the two go next?",
            "And where do the two go next? (Who leads the Ukrainian delegation?)",
        ),
        (UKRAINE, "And who is Keith Kellogg?", "And who is Keith Kellogg?"),
        (UKRAINE, "And the Russian one?", "Who leads the Russian delegation?"),
        (ZAKHAROVA, "What did she call Zelensky?", "What did Maria Zakharova call Zelensky?"),
        (HOST, "What did he say at the start?", "What did Hakan Fidan say at the start?"),
        (PALACE, "When?", "When were the talks held?"),
        (PALACE, "Has it hosted talks before?", "Has Dolmabahce Palace hosted talks before?"),
        (
            ("How many people died in the mill fire?", "Four."),
            "And in the flood?",
            "How many people died in the flood?",
        ),
        (
            ("How many people died in the fire?", "Four."),
            "And on Friday?",
            "How many people died in the fire: on Friday?",
        ),
        (TRUCE, "Why not?", "Why hasn't Putin agreed to a ceasefire?"),
        (("What did Trump say about Putin?", "…"), "And Rubio?", "What did Rubio say about Putin?"),
        (UKRAINE, "And who is his opposite number?", "Who leads the Russian delegation?"),
        (MOSCOW, "Has he done that job before?", "Has Vladimir Medinsky done that job before?"),
        (MOSCOW, "Why does it matter?", f"Why does it matter? ({MOSCOW[0]})"),
        (MOCKED, "What is her job?", "What is Maria Zakharova's job?"),
        (ANKARA, "Where is he going now?", "Where is Zelenskyy going now?"),
        (
            ("What did Lavrov call Zelensky?", "…"),
            "What did Zakharova call him?",
            "What did Zakharova call Zelensky?",
        ),
        (TRUCE, "On which day did that become known?", f"On which day did that become known? ({TRUCE[0]})"),
        (TRUCE, "When did that delegation arrive?", "When did that delegation arrive?"),
        (VIEW, "Why suggest Turkey, according to him?", "Why suggest Turkey, according to Bondarev?"),
    ],
)
def test_what_a_followup_takes_from_the_dialogue_is_put_into_it(
    corpus: "Corpus", before: tuple[str, str], question: str, alone: str
) -> None:
    assert stand_alone(question, [Turn("user", before[0]), Turn("assistant", before[1])], corpus) == alone


def test_pronouns_are_followed_through_several_turns(corpus: "Corpus") -> None:
    turns = [
        Turn("user", "Who did Zelenskyy talk to in Ankara?"),
        Turn("assistant", "Zelenskyy held discussions with Turkish President Recep Tayyip Erdoğan."),
        Turn("user", "Will he go to Istanbul himself?"),
        Turn("assistant", "Zelenskiy confirmed that he would not travel to Istanbul."),
    ]
    assert stand_alone("Where is he going instead?", turns, corpus) == "Where is Zelenskyy going instead?"


@pytest.mark.parametrize(
    "question",
    [
        "Where did the NATO foreign ministers meet?",
        "What did Zelenskyy say when asked whether Putin was dodging him?",
        "Is there any sign that the talks will succeed?",
        "Who said that Putin made a mistake?",
    ],
)
def test_a_question_that_stands_alone_stays_as_it_is(corpus: "Corpus", question: str) -> None:
    assert stand_alone(question, [Turn("user", UKRAINE[0]), Turn("assistant", UKRAINE[1])], corpus) == question


def test_who_did_it_goes_before_whom_the_question_named_some_turns_later_too(corpus: "Corpus") -> None:
    turns = [
        Turn("user", "Who said that Putin was dragging his heels?"),
        Turn("assistant", "UK Prime Minister Keir Starmer."),
        Turn("user", "Where was that?"),
        Turn("assistant", "In Tirana, Albania."),
    ]
    assert stand_alone("What should he do now?", turns, corpus) == "What should Keir Starmer do now?"


def test_without_a_dialogue_nothing_changes(corpus: "Corpus") -> None:
    assert stand_alone("And the other side?", [], corpus) == "And the other side?"


def test_a_pronoun_is_looked_up_further_back_where_the_last_turns_name_nobody(corpus: "Corpus") -> None:
    turns = [
        ("user", "Who leads the Russian delegation?"),
        ("assistant", "Vladimir Medinsky leads it."),
        ("user", "Sounds like a hardliner?"),
        ("assistant", "Yes."),
    ]
    history = [Turn(role, text) for role, text in turns]
    assert stand_alone("Does he decide anything?", history, corpus) == "Does Vladimir Medinsky decide anything?"


def test_a_counterpart_is_the_other_side(corpus: "Corpus") -> None:
    history = [Turn("user", "Who leads the Ukrainian delegation?"), Turn("assistant", "Rustem Umerov.")]
    assert stand_alone("And his opposite number?", history, corpus) == "Who leads the Russian delegation?"


def test_the_other_of_two_is_learnt_from_the_articles(corpus: "Corpus") -> None:
    assert counterpart("Ukrainian", corpus) == "Russian"
    assert counterpart("Kyiv", corpus) == "Moscow"
    assert counterpart("Bondarev", corpus) is None


@pytest.mark.parametrize(
    "turn", [{"role": "system", "text": "x"}, {"role": "user"}, {"text": "x"}, {"role": "user", "text": 3}]
)
def test_a_turn_that_is_none_is_an_error_of_one_sentence(turn: dict[str, str]) -> None:
    with pytest.raises(QuestionError, match="A turn of the history is"):
        read_history([turn])


def test_turns_are_read_from_dicts_and_from_turns() -> None:
    assert read_history([{"role": "user", "text": " a \n b "}, Turn("assistant", "c")]) == (
        Turn("user", "a b"),
        Turn("assistant", "c"),
    )
