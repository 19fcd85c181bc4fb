from dataclasses import FrozenInstanceError, replace

import pytest

from qa.answer import Answer, Citation, Claim, Conflict, Difference, PassageRef, Version


def _citation(number: int, quote: str = "They met.") -> Citation:
    return Citation(number, "a.txt", None, None, "The Post", None, 3, 10, 10 + len(quote), quote, 1.0)


def _answer(**changes: object) -> Answer:
    fields: dict[str, object] = {
        "question": "Did they meet?",
        "standalone_question": "Did they meet?",
        "claims": (
            Claim("They met.", (_citation(1), _citation(2)), 2),
            Claim("It rained.", (_citation(3, "It rained."), _citation(1)), 2),
        ),
        "short": "yes",
        "refused": False,
        "reason": None,
        "passages": (PassageRef("a.txt", None, 0, 40, 0.9),),
        "seconds": 0.25,
    }
    return Answer(**{**fields, **changes})  # type: ignore[arg-type] # fields are given by name


def test_a_claim_without_a_citation_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="needs a citation"):
        Claim("They met.", (), 1)


def test_the_text_of_an_answer_is_its_claims_each_with_its_numbers() -> None:
    assert _answer().text == "They met. [1][2]\nIt rained. [3][1]"


def test_the_text_of_a_refusal_begins_with_what_is_missing() -> None:
    refusal = _answer(refused=True, reason="Not in these articles.", short=None)
    assert refusal.text.startswith("Not in these articles.\nThey met. [1][2]")


def test_citations_are_listed_once_each_by_number() -> None:
    assert [c.number for c in _answer().citations] == [1, 2, 3]


def test_a_citation_of_several_claims_is_listed_with_the_support_of_the_one_that_it_supports_least() -> None:
    own, other = _citation(1), replace(_citation(1), support=0.7)
    for claims in (
        (Claim("They met.", (own,), 1), Claim("Both met.", (other,), 1)),
        (Claim("Both met.", (other, own), 1),),
    ):
        assert [c.support for c in _answer(claims=claims).citations] == [0.7]


def test_the_dict_has_the_documented_shape() -> None:
    row = _answer().to_dict()
    assert list(row) == [
        "question", "standalone_question", "answer", "short", "refused", "reason", "answerable", "claims", "citations",
        "conflicts", "quotations", "timeline", "comparison", "passages", "seconds", "model", "notice",
        "left_out",
    ]  # fmt: skip
    assert row["claims"][1] == {"text": "It rained.", "citations": [3, 1], "independent": 2, "reports": []}
    assert list(row["citations"][0]) == [
        "number", "file", "record", "title", "outlet", "published", "line", "start", "end", "quote", "support",
        "page", "author", "url", "key",
    ]  # fmt: skip
    assert row["passages"] == [{"file": "a.txt", "record": None, "start": 0, "end": 40, "score": 0.9}]


def test_a_conflict_is_told_with_its_versions_by_the_numbers_of_all_citations() -> None:
    versions = (Version("They met", (_citation(1),)), Version("did not meet", (_citation(4, "They did not meet."),)))
    answer = _answer(conflicts=(Conflict("Did they meet?", Difference.OUTCOME, versions),))
    assert answer.to_dict()["conflicts"] == [
        {
            "about": "Did they meet?",
            "kind": "outcome",
            "versions": [{"text": "They met", "citations": [1]}, {"text": "did not meet", "citations": [4]}],
        }
    ]
    assert [c.number for c in answer.citations] == [1, 2, 3, 4]


@pytest.mark.parametrize("versions", [(), (Version("a", (_citation(1),)),), (Version("a", ()), Version("b", ()))])
def test_a_conflict_needs_two_sides_that_are_cited(versions: tuple[Version, ...]) -> None:
    with pytest.raises(ValueError, match="two cited versions"):
        Conflict("Did they meet?", Difference.OUTCOME, versions)


def test_a_place_is_a_line_of_the_file_or_of_its_record_or_a_page() -> None:
    line = _citation(1)
    record, page = replace(line, file="a.csv", record=0), replace(line, file="a.pdf", page=2)
    assert [c.place for c in (line, record, page)] == ["a.txt:3", "a.csv#0:3", "a.pdf#page=2"]
    assert replace(record, key="art-77").place == "a.csv#0 (art-77):3"
    assert [c.spot for c in (line, record, page)] == ["line 3", "record 0, line 3", "page 2"]


def test_answers_do_not_change_once_made() -> None:
    with pytest.raises(FrozenInstanceError):
        _answer().short = "no"  # type: ignore[misc] # that it is refused is the point
