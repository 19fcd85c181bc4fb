"""Parts: what is asked in one question about two things is asked as two questions."""

from typing import TYPE_CHECKING

import pytest

from qa.parts import split_parts

if TYPE_CHECKING:
    from index.corpus import Corpus


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("When and where did they meet?", ("When did they meet?", "Where did they meet?")),
        (
            "What did Lavrov call Zelensky, and what did Zakharova call him?",
            ("What did Lavrov call Zelensky?", "What did Zakharova call Zelensky?"),
        ),
        ("What did Rutte and Starmer say?", ("What did Rutte say?", "What did Starmer say?")),
        ("Who led the team and who paid for it?", ("Who led the team?", "Who paid for it? (Who led the team?)")),
        ("Who met Trump and Putin?", ("Who met Trump and Putin?",)),
    ],
)
def test_a_question_of_two_is_asked_as_two(corpus: "Corpus", question: str, parts: tuple[str, ...]) -> None:
    assert split_parts(question, corpus) == parts
