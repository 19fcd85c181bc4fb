"""The comparer: two sentences answer a question alike, otherwise than each other, or not both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.errors import ModelError
from qa.comparer import CHARACTERS, Comparer

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def comparer() -> Comparer:
    return Comparer()


CAUSE = "What caused the fire in the warehouse?"
WIRE = "A faulty cable set the warehouse in Lund on fire, the fire brigade said."
CABLE = "The blaze at the Lund warehouse was due to a cable, the fire service explained."
CIGARETTE = "It was a cigarette that set the warehouse in Lund on fire, the owner believes."
ROOF = "The roof of the warehouse in Lund fell in shortly after midnight."


def test_what_answers_alike_otherwise_and_not_at_all_is_told_apart(comparer: Comparer) -> None:
    same, conflict, open_ = comparer.compare(CAUSE, [(WIRE, CABLE), (WIRE, CIGARETTE), (WIRE, ROOF)])
    assert max(("same", "open", "conflict"), key=lambda name: getattr(same, name)) == "same"
    assert max(("same", "open", "conflict"), key=lambda name: getattr(conflict, name)) == "conflict"
    assert max(("same", "open", "conflict"), key=lambda name: getattr(open_, name)) == "open"


def test_the_question_decides_what_two_sentences_differ_in(comparer: Comparer) -> None:
    held, leaked = (
        "The tanks of the plane still held 1,100 litres.",
        "Some 300 litres of kerosene leaked from the plane.",
    )
    other = "A spokesman put the fuel that leaked from the plane at 900 litres."
    apart, conflict = comparer.compare("How much fuel leaked from the plane?", [(held, leaked), (other, leaked)])
    assert apart.conflict < conflict.conflict


def test_neither_the_order_nor_what_else_is_compared_matters(comparer: Comparer) -> None:
    (one,) = comparer.compare(CAUSE, [(WIRE, CIGARETTE)])
    *_, other = comparer.compare(CAUSE, [(ROOF, CABLE), (CIGARETTE, WIRE)])
    assert (one.same, one.open, one.conflict) == pytest.approx((other.same, other.open, other.conflict), abs=1e-5)
    assert one.same + one.open + one.conflict == pytest.approx(1.0)


def test_of_nothing_nothing_is_made_and_a_long_sentence_is_read_from_its_beginning(comparer: Comparer) -> None:
    assert comparer.compare(CAUSE, []) == []
    long = WIRE + " " + "and so on " * CHARACTERS
    assert comparer.compare("", [(long, ROOF)]) == comparer.compare("", [(long[:CHARACTERS], ROOF)])


def test_another_model_file_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"other")
    with pytest.raises(ModelError, match="is not the model file that belongs to this version of Byline"):
        Comparer(tmp_path).compare(CAUSE, [(WIRE, ROOF)])
    with pytest.raises(ModelError, match=r"model\.onnx"):
        Comparer(tmp_path / "none").compare(CAUSE, [(WIRE, ROOF)])
