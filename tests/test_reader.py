"""The reader finds the few words that answer, knows windows that answer from those that don't, and checks its file."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import ModelError
from qa.reader import ALTERNATIVES, FOLDER, Reader

if TYPE_CHECKING:
    from pathlib import Path

BRIDGE = "The Harrow Bridge was opened in May 1974 by Mayor Ellen Stroud. It carries 12,000 cars a day across the Lenn."
STRIKE = "Dockers in Marsport walked out over night shifts. Their union, led by Pavel Dorn, wants 9 percent more pay."
WEATHER = "Rain is expected in the north until the weekend, and temperatures will stay below ten degrees."


@cache
def one_reader() -> Reader:
    return Reader()


@pytest.fixture
def reader() -> Reader:
    return one_reader()


@pytest.mark.parametrize(
    ("question", "window", "words"),
    [
        ("Who opened the Harrow Bridge?", BRIDGE, "Ellen Stroud"),
        ("When was the Harrow Bridge opened?", BRIDGE, "1974"),
        ("How many cars use the bridge each day?", BRIDGE, "12,000"),
        ("Where did dockers walk out?", STRIKE, "Marsport"),
        ("who leads the dockers union", STRIKE, "Pavel Dorn"),
    ],
)
def test_it_points_at_the_words_that_answer(reader: Reader, question: str, window: str, words: str) -> None:
    (reading,) = reader.read(question, [window])
    assert words in window[reading.start : reading.end]
    assert reading.end - reading.start <= 40


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("Who opened the Harrow Bridge?", BRIDGE),
        ("How many cars cross the Harrow Bridge a day?", BRIDGE),
        ("Who leads the dockers' union in Marsport?", STRIKE),
        ("How much more pay do the dockers want?", STRIKE),
        ("What temperatures are expected in the north?", WEATHER),
    ],
)
def test_the_window_that_answers_outranks_the_others(reader: Reader, question: str, right: str) -> None:
    windows = [BRIDGE, STRIKE, WEATHER]
    readings = reader.read(question, windows)
    best = max(range(3), key=lambda at: readings[at].answerable)
    assert windows[best] == right


def test_a_window_on_the_subject_that_lacks_the_fact_scores_lower(reader: Reader) -> None:
    other = "The Harrow Bridge will be painted green this summer, the town council said."
    has, lacks = reader.read("Who opened the Harrow Bridge?", [BRIDGE, other])
    assert has.answerable > lacks.answerable + 0.2


def test_the_words_of_the_question_are_no_answer(reader: Reader) -> None:
    window = "Pavel Dorn is the leader of the dockers' union."
    (reading,) = reader.read("Who is Pavel Dorn?", [window])
    assert window[reading.start : reading.end] != "Pavel Dorn"


def test_readings_come_in_the_order_of_the_windows_and_do_not_depend_on_company(reader: Reader) -> None:
    question = "Who opened the Harrow Bridge?"
    alone = [reader.read(question, [window])[0] for window in (WEATHER, BRIDGE, STRIKE)]
    together = reader.read(question, [WEATHER, BRIDGE, STRIKE] * 7)
    for number, reading in enumerate(together):
        assert reading.start == alone[number % 3].start
        assert reading.answerable == pytest.approx(alone[number % 3].answerable, abs=0.05)


def test_no_windows_give_no_readings(reader: Reader) -> None:
    assert reader.read("Who?", []) == []


@pytest.mark.parametrize("window", ["", "   ", "…", "\n\n"])
def test_a_window_without_words_holds_no_answer(reader: Reader, window: str) -> None:
    (reading,) = reader.read("Who opened the Harrow Bridge?", [window])
    assert (reading.start, reading.end, reading.answerable) == (0, 0, 0.0)


def test_a_very_long_question_and_window_are_read_in_part(reader: Reader) -> None:
    question = "Since everyone in the town keeps asking about it, " * 60 + "who opened the Harrow Bridge?"
    window = BRIDGE + " It was a cold day and the band played on." * 400
    (reading,) = reader.read(question, [window])
    assert "Ellen Stroud" in window[reading.start : reading.end]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(question=st.text(max_size=300), windows=st.lists(st.text(max_size=300), max_size=4))
def test_whatever_is_asked_of_whatever_text_spans_lie_in_it(question: str, windows: list[str]) -> None:
    readings = one_reader().read(question, windows)
    assert len(readings) == len(windows)
    for window, reading in zip(windows, readings, strict=True):
        spans = [(reading.start, reading.end), *((start, end) for start, end, _ in reading.alternatives)]
        assert len(spans) <= 1 + ALTERNATIVES
        assert 0.0 <= reading.span_score <= 1.0
        assert 0.0 <= reading.answerable <= 1.0
        for number, (start, end) in enumerate(spans):
            assert 0 <= start <= end <= len(window)
            assert window[start:end] == window[start:end].strip()
            assert all(end <= other[0] or start >= other[1] for other in spans[:number])


def test_a_model_file_that_is_another_one_is_refused(tmp_path: Path) -> None:
    data = bytearray((FOLDER / "model.onnx").read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "model.onnx").write_bytes(data)
    with pytest.raises(ModelError, match=r"model\.onnx"):
        Reader(tmp_path).read("Who opened the bridge?", [BRIDGE])


def test_a_missing_model_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"model\.onnx"):
        Reader(tmp_path / "nowhere").read("Who opened the bridge?", [BRIDGE])


def test_pairs_judged_together_are_judged_as_each_is_alone(reader: Reader) -> None:
    pairs = [(said, window) for said in ("The Harrow Bridge was opened.", STRIKE) for window in (BRIDGE, STRIKE)] * 5
    for (said, window), judged in zip(pairs, reader.judge_pairs(pairs), strict=True):
        assert judged.entails == pytest.approx(reader.judge(said, [window])[0].entails, abs=1e-4)
