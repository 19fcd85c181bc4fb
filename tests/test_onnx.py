import pickle
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index import onnx
from index.errors import BylineError, ModelError
from index.minilm import FOLDER, SHA256
from index.onnx import OnnxModel

MODEL = OnnxModel(FOLDER / "model.onnx", SHA256, max_tokens=256)
SMALL = OnnxModel(FOLDER / "model.onnx", SHA256, max_tokens=16)
WHOLE = OnnxModel(FOLDER / "model.onnx", SHA256, max_tokens=4096)
WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)


def copied(folder: Path) -> OnnxModel:
    for name in ("model.onnx", "tokenizer.json"):
        shutil.copy(FOLDER / name, folder)
    return OnnxModel(folder / "model.onnx", SHA256, max_tokens=256)


def test_a_changed_model_file_is_refused_in_one_sentence_that_names_it(tmp_path: Path) -> None:
    model = copied(tmp_path)
    data = bytearray(model.path.read_bytes())
    data[len(data) // 2] ^= 1
    model.path.write_bytes(data)
    with pytest.raises(ModelError) as refusal:
        model.encode(["text"])
    message = str(refusal.value)
    assert isinstance(refusal.value, BylineError)
    assert message.startswith(str(model.path))
    assert message.endswith("install Byline again to get it back.")
    assert message.count(". ") == 0
    assert "\n" not in message


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    model = copied(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(ModelError, match=rf"{name} is missing; install Byline again"):
        model.count_tokens("text")


def test_a_damaged_tokenizer_is_named(tmp_path: Path) -> None:
    model = copied(tmp_path)
    model.tokenizer_path.write_text('{"version"', encoding="utf-8")
    with pytest.raises(ModelError, match=r"tokenizer\.json is damaged; install Byline again"):
        model.encode(["text"])


def test_a_model_that_could_not_be_loaded_loads_once_its_file_is_back(tmp_path: Path) -> None:
    model = copied(tmp_path)
    model.path.rename(tmp_path / "away")
    with pytest.raises(ModelError):
        model.count_tokens("text")
    (tmp_path / "away").rename(model.path)
    assert model.count_tokens("text") == 1


def test_a_batch_is_padded_with_zeros_to_its_longest_text() -> None:
    batch = MODEL.encode(["one", "one two three"])
    assert batch.input_ids.shape == batch.attention_mask.shape == batch.token_type_ids.shape == (2, 5)
    assert batch.attention_mask.tolist() == [[1, 1, 1, 0, 0], [1, 1, 1, 1, 1]]
    assert batch.input_ids[0, 3:].tolist() == [0, 0]
    assert [len(spans) for spans in batch.offsets] == [3, 5]


def test_offsets_of_a_pair_count_in_the_text_that_the_token_belongs_to() -> None:
    pair = ("Who leads?", "Umerov leads.")
    batch = MODEL.encode([pair])
    found = [
        None if which is None else (which, pair[which][start:end])
        for which, (start, end) in zip(batch.sequence_ids[0], batch.offsets[0], strict=True)
    ]
    first, second = found.index(None, 1), len(found) - 1
    assert found[0] is found[first] is found[second] is None
    assert found[1:first] == [(0, "Who"), (0, "leads"), (0, "?")]
    assert "".join(piece for _, piece in filter(None, found[first:])) == "Umerovleads."
    assert batch.token_type_ids[0].tolist() == [0] * (first + 1) + [1] * (second - first)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=100))
def test_offsets_cover_every_printed_character_once(text: str) -> None:
    spans = [span for span, which in zip(*first_row(text), strict=True) if which is not None]
    covered = [place for start, end in spans for place in range(start, end)]
    assert covered == [place for place, character in enumerate(text) if character != " "]


@given(st.text(st.characters(), max_size=60))
def test_offsets_lie_in_order_within_any_text_even_with_lone_surrogates(text: str) -> None:
    spans = [span for span, which in zip(*first_row(text), strict=True) if which is not None]
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


def first_row(text: str) -> tuple[tuple[tuple[int, int], ...], tuple[int | None, ...]]:
    batch = MODEL.encode([text])
    return batch.offsets[0], batch.sequence_ids[0]


def test_a_lone_surrogate_moves_no_offset() -> None:
    spans, _ = first_row("a \ud800 b")
    assert spans[1:-1] == ((0, 1), (2, 3), (4, 5))


def test_special_tokens_written_in_an_article_are_plain_text() -> None:
    batch = MODEL.encode([("question", "before [SEP] after [PAD] [CLS]")])
    special = MODEL.encode([""]).input_ids[0].tolist()
    assert [int(np.sum(batch.input_ids == number)) for number in special] == [1, 2]


@settings(deadline=None)
@given(st.lists(st.one_of(WORDS, st.sampled_from([" ", "\n", " " * 300, "\x1f", "é" * 150, "中文"])), max_size=150))
@example([" " * 230, "zq" * 60, " end"])  # cut within a word, it would not be the one unknown word that it is
@example([" " * 240, "zq" * 30, "\x1f", "zq" * 30, " end"])  # the control character joins the two halves
def test_cutting_a_long_text_before_tokenizing_changes_no_token(pieces: list[str]) -> None:
    text = "".join(pieces)
    cut, whole = SMALL.encode([text]), WHOLE.encode([text])
    kept = cut.input_ids.shape[1] - 1
    assert cut.input_ids[0, :kept].tolist() == whole.input_ids[0, :kept].tolist()
    assert cut.offsets[0][:kept] == whole.offsets[0][:kept]
    assert kept == min(15, whole.input_ids.shape[1] - 1)


def test_the_longer_text_of_a_pair_is_cut_first() -> None:
    batch = SMALL.encode([("who is it", "word " * 5000)])
    assert batch.input_ids.shape == (1, 16)
    assert batch.sequence_ids[0].count(0) == 3
    assert batch.sequence_ids[0].count(1) == 10


@settings(deadline=None)
@given(st.lists(WORDS, max_size=80), st.lists(WORDS, max_size=80))
def test_counts_of_tokens_add_up_beyond_the_longest_text_that_the_model_sees(left: list[str], right: list[str]) -> None:
    both = SMALL.count_tokens(" ".join(left + right))
    assert both == SMALL.count_tokens(" ".join(left)) + SMALL.count_tokens(" ".join(right))


def test_outputs_come_by_name_one_row_for_each_text() -> None:
    outputs = MODEL.run(MODEL.encode(["one", "two and three"]))
    assert list(outputs) == ["embedding"]
    assert outputs["embedding"].shape == (2, 384)
    assert outputs["embedding"].dtype == np.float32


@settings(deadline=None, max_examples=20)
@given(st.lists(st.integers(0, 60), max_size=40))
def test_batches_of_like_length_hold_every_text_once_and_give_what_each_gives_alone(lengths: list[int]) -> None:
    texts = ["word " * length for length in lengths]
    seen = []
    for places, batch, outputs in MODEL.run_all(texts, 64):
        assert batch.input_ids.size <= 64 or len(places) == 1
        assert len(places) == len(batch.input_ids) == len(outputs["embedding"])
        for place, vector in zip(places, outputs["embedding"], strict=True):
            assert vector == pytest.approx(MODEL.run(MODEL.encode([texts[place]]))["embedding"][0], abs=1e-5)
        seen += places
    assert sorted(seen) == list(range(len(texts)))


def test_little_of_a_batch_is_padding_where_the_texts_are_of_many_lengths() -> None:
    texts = ["word " * (number % 50) for number in range(200)]
    sizes = [(batch.input_ids.size, batch.attention_mask.sum()) for _, batch, _ in MODEL.run_all(texts, 256)]
    assert sum(tokens for _, tokens in sizes) >= 0.9 * sum(size for size, _ in sizes)


def test_threads_that_share_a_model_get_what_one_thread_gets(tmp_path: Path) -> None:
    texts = [f"{'word ' * (number % 40)}number {number}" for number in range(64)]

    def embed(text: str) -> bytes:
        model.count_tokens(text)
        model.encode([("question", text)])
        return model.run(model.encode([text]))["embedding"].tobytes()

    model = copied(tmp_path)  # not loaded yet: the threads race for that too
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(embed, texts))
    assert together == [embed(text) for text in texts]


def test_a_pickle_holds_names_and_not_weights() -> None:
    MODEL.count_tokens("loaded")
    data = pickle.dumps(MODEL)
    assert len(data) < 1000
    again = pickle.loads(data)  # noqa: S301 # made one line above
    assert again.encode(["text"]).input_ids.tolist() == MODEL.encode(["text"]).input_ids.tolist()


def test_importing_the_module_loads_neither_runtime_nor_tokenizers() -> None:
    code = "import sys, index.onnx; sys.exit(bool({'onnxruntime', 'tokenizers'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parent.parent).returncode == 0


@pytest.mark.parametrize(("quota", "most"), [("50000 100000", 1), ("100000 100000\n", 1), ("max 100000\n", 4096)])
def test_a_container_gets_no_more_threads_than_its_share_of_processors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quota: str, most: int
) -> None:
    (tmp_path / "cpu.max").write_text(quota, encoding="ascii")
    monkeypatch.setattr(onnx, "_CPU_QUOTA", tmp_path / "cpu.max")
    assert 1 <= onnx._cores() <= most
