from typing import TYPE_CHECKING

import pytest

from qa.role import name_roles

if TYPE_CHECKING:
    from index.corpus import Corpus


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What did the Turkish foreign minister say?", "What did the Turkish foreign minister Hakan Fidan say?"),
        ("What did the US Secretary of State say?", "What did the US Secretary of State Marco Rubio say?"),
        ("What did the president of Russia decide?", "What did the president of Russia Vladimir Putin decide?"),
        ("What did Britain's prime minister say?", "What did Britain's prime minister Keir Starmer say?"),
    ],
)
def test_a_role_is_named_by_whom_the_articles_set_beside_it(corpus: "Corpus", question: str, named: str) -> None:
    assert name_roles(question, corpus) == named


@pytest.mark.parametrize(
    "question",
    [
        "Who is the Ukrainian president?",
        "Who leads the Russian delegation?",
        "What did the Russian president Vladimir Putin say?",
        "What did the foreign minister say?",
        "Where are the peace talks held?",
        "What did the Peruvian president say?",
        "Is Vladimir Medinsky the defence minister of Russia?",
    ],
)
def test_a_role_is_left_alone_where_nobody_one_person_or_the_question_itself_names_it(
    corpus: "Corpus", question: str
) -> None:
    assert name_roles(question, corpus) == question
