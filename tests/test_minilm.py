import hashlib
import pickle

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.minilm import BATCH_CHARACTERS, FOLDER, SHA256, MiniLM, _batches

EMBEDDER = MiniLM()
TEXTS = [
    "",
    "Rain.",
    "The finance minister resigned on Tuesday after weeks of pressure from her own party.",
    "Heavy rain flooded three villages in the north of the country overnight. " * 4,
    "Grain prices rose as the drought entered its third month, traders said. " * 40,
]
SAME = 1e-6
"""Company changes a vector by rounding only (4.5e-8 seen), because activations are scaled token by token."""


@settings(deadline=None)
@given(st.text(max_size=80))
def test_every_text_becomes_a_unit_vector(text: str) -> None:
    vectors = EMBEDDER.embed([text])
    assert vectors.shape == (1, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors[0]) == pytest.approx(1, abs=1e-5)


@settings(deadline=None, max_examples=10)
@given(st.permutations(range(len(TEXTS))), st.integers(1, len(TEXTS)))
def test_the_vector_of_a_text_depends_neither_on_order_nor_on_company(order: list[int], size: int) -> None:
    alone = np.vstack([EMBEDDER.embed([text]) for text in TEXTS])
    chosen = order[:size]
    together = EMBEDDER.embed([TEXTS[place] for place in chosen])
    np.testing.assert_allclose(together, alone[chosen], atol=SAME)


def test_the_same_texts_give_the_same_bytes() -> None:
    assert EMBEDDER.embed(TEXTS).tobytes() == MiniLM().embed(TEXTS).tobytes()


def test_word_pieces_are_counted_for_the_whole_text() -> None:
    assert EMBEDDER.count_tokens("rain " * 1000) == 1000
    assert EMBEDDER.count_tokens("") == 0


def test_no_texts_give_no_vectors() -> None:
    assert EMBEDDER.embed([]).shape == (0, 384)


@pytest.mark.parametrize("text", ["word " * 20_000, "w" * 100_000, "中" * 100_000, " " * 100_000 + "word"])
def test_a_text_of_100000_characters_is_embedded_by_its_first_256_word_pieces(text: str) -> None:
    short = {"word ": "word " * 254, "wwwww": "w" * 101, "中中中中中": "中" * 254}.get(text[:5], "word")
    np.testing.assert_allclose(EMBEDDER.embed([text]), EMBEDDER.embed([short]), atol=SAME)


@pytest.mark.parametrize(
    ("text", "paraphrase", "unrelated"),
    [
        ("The minister stepped down.", "The secretary resigned from office.", "Farmers expect a poor harvest."),
        ("Heavy rain flooded three villages.", "Floodwater covered several settlements.", "The team won the cup."),
        ("Who heads the delegation?", "The leader of the negotiating team is Umerov.", "Wheat prices rose sharply."),
        ("Shares fell 7 percent.", "The stock lost value in trading.", "The orchestra plays a symphony."),
    ],
)
def test_a_paraphrase_is_nearer_than_another_statement(text: str, paraphrase: str, unrelated: str) -> None:
    here, near, far = EMBEDDER.embed([text, paraphrase, unrelated])
    assert here @ near > here @ far + 0.1


def test_cosines_are_those_that_sentence_transformers_prints_for_the_unquantised_model() -> None:
    # The example of the sentence-transformers quickstart. The tolerance is the largest difference between int8 and
    # fp32 cosines that the README of the model reports.
    texts = ["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."]
    vectors = EMBEDDER.embed(texts)
    printed = [[1.0, 0.6660, 0.1046], [0.6660, 1.0, 0.1411], [0.1046, 0.1411, 1.0]]
    np.testing.assert_allclose(vectors @ vectors.T, printed, atol=0.034)


@given(st.lists(st.text("ab ", max_size=400), max_size=40))
@example([""] * 1000)
def test_batches_hold_every_text_once_and_stay_within_their_size(texts: list[str]) -> None:
    batches = list(_batches(texts))
    assert sorted(place for batch in batches for place in batch) == list(range(len(texts)))
    for batch in batches:
        assert len(batch) * (max(len(texts[place]) for place in batch) + 8) <= BATCH_CHARACTERS


def test_the_fingerprint_is_that_of_the_file() -> None:
    assert hashlib.sha256((FOLDER / "model.onnx").read_bytes()).hexdigest() == SHA256
    assert EMBEDDER.fingerprint == f"all-MiniLM-L6-v2-int8@{SHA256[:16]}"
    assert SHA256 in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_a_pickled_embedder_embeds_the_same() -> None:
    again = pickle.loads(pickle.dumps(EMBEDDER))  # noqa: S301 # made on this line
    assert again.embed(["text"]).tobytes() == EMBEDDER.embed(["text"]).tobytes()
