import random
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from agency import BRISTOL, CUT, EDITED, HEADLINE, INTRO, IQUIQUE, LEEDS, OWN, PALU, SPUN, SPUN_FREELY, WIRE
from hypothesis import given
from hypothesis import strategies as st

from index.chunk import make_chunks
from index.copies import CONTAINED, SKETCH, Copies, _is_copy, _shingles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.article import Article
    from index.sentence import Sentence

COPIES = {"edited": EDITED, "headline": HEADLINE, "cut": CUT, "introduced": INTRO}


def group_copies(texts: "Iterable[tuple[str, str]]") -> dict[str, int]:
    copies = Copies()
    for id_, text in texts:
        copies.add(id_, text)
    return copies.groups()


def _contained(one: str, other: str) -> float:
    """The share of the shorter text's runs of four words that the other has, counted one by one."""
    runs = []
    for text in (one, other):
        words = "".join(c if c.isalnum() or c == "_" else " " for c in text.casefold()).split()
        runs.append({tuple(words[i : i + 4]) for i in range(len(words) - 3)})
    shorter, longer = sorted(runs, key=len)
    return len(shorter & longer) / max(len(shorter), 1)


@pytest.mark.parametrize("name", COPIES)
def test_an_agency_text_and_what_an_outlet_printed_of_it_are_copies(name: str) -> None:
    assert group_copies([("wire", WIRE), (name, COPIES[name]), ("own", OWN)]) == {"wire": 0, name: 0}


def test_all_printings_of_one_text_are_one_group() -> None:
    texts = {"wire": WIRE, **COPIES, "own": OWN}
    assert group_copies(texts.items()) == dict.fromkeys(["wire", *COPIES], 0)


def test_two_outlets_own_stories_of_one_event_are_no_copies(
    split_seeds: "list[tuple[Article, tuple[Sentence, ...]]]",
) -> None:
    seeds = [(a.id, chunk.text) for a, sentences in split_seeds for chunk in make_chunks(a, sentences)]
    assert len({id_ for id_, _ in seeds}) == 5
    assert group_copies([*seeds, ("wire", WIRE), ("own", OWN)]) == {}


def test_a_rewrite_is_not_seen_and_the_docstring_says_so() -> None:
    assert group_copies([("wire", WIRE), ("spun", SPUN), ("freely", SPUN_FREELY)]) == {}
    assert "cannot see is a rewrite" in (Copies.__doc__ or "")


def test_the_figures_that_the_threshold_stands_on(split_seeds: "list[tuple[Article, tuple[Sentence, ...]]]") -> None:
    figures = {name: round(_contained(WIRE, text), 2) for name, text in COPIES.items()}
    assert figures == {"edited": 0.91, "headline": 1.0, "cut": 0.97, "introduced": 0.73}
    assert [round(_contained(WIRE, text), 2) for text in (SPUN, SPUN_FREELY, OWN)] == [0.07, 0.07, 0.0]
    seeds = [article.text for article, _ in split_seeds]
    assert max(_contained(a, b) for i, a in enumerate(seeds) for b in seeds[:i]) < 0.03


def test_a_digest_of_many_articles_does_not_make_them_copies_of_each_other() -> None:
    items = {f"item{i}": _words(i, 80) for i in range(5)}
    digest = "\n".join(items.values())
    assert group_copies([*items.items(), ("digest", digest)]) == {}


def test_no_chain_of_neighbours_joins_two_texts_that_share_little() -> None:
    words = _words(1, 400).split()
    chain = {str(start): " ".join(words[start : start + 120]) for start in range(0, 280, 40)}
    groups = group_copies(chain.items())
    together = [(a, b) for a in chain for b in chain if a < b and groups.get(a, -1) == groups.get(b, -2)]
    assert together
    assert all(abs(int(a) - int(b)) <= 80 for a, b in together)


@pytest.mark.parametrize(("one", "other"), [(LEEDS, BRISTOL), (PALU, IQUIQUE)])
def test_texts_of_one_form_on_different_things_are_no_copies(one: str, other: str) -> None:
    assert _contained(one, other) > CONTAINED, "the runs of words alone would say that they are"
    assert group_copies([("one", one), ("other", other), ("wire", WIRE)]) == {}


@pytest.mark.parametrize("text", [LEEDS, PALU])
def test_a_text_of_such_a_form_and_what_an_outlet_printed_of_it_are_copies(text: str) -> None:
    edited = "A Headline That Names Nobody\n\n" + text.replace(" shortly", " soon").replace("reports of", "news of")
    assert group_copies([("one", text), ("other", edited)]) == {"one": 0, "other": 0}
    assert group_copies([("one", text), ("other", text.upper())]) == {"one": 0, "other": 0}


def test_a_form_with_the_same_names_is_taken_for_a_copy_and_the_readme_says_so() -> None:
    same = LEEDS.replace("Daniel Okafor", "Martin Pryce").replace("34", "52")
    assert group_copies([("one", LEEDS), ("other", same)]) == {"one": 0, "other": 0}
    readme = " ".join((Path(__file__).parent.parent / "README.md").read_text("utf-8").split())
    assert "neither a rewrite" in readme
    assert "differ in few names and figures" in readme


def test_short_texts_are_copies_where_they_are_the_same() -> None:
    brief = "Storm kills twelve in Texas, officials said."
    assert group_copies([("a", brief), ("b", brief.upper()), ("c", brief.replace("Texas", "Ohio"))]) == {"a": 0, "b": 0}


@pytest.mark.parametrize("text", ["", "Storm.", "a b c", "!!! ???"])
def test_texts_of_less_than_a_shingle_are_copies_of_nothing(text: str) -> None:
    assert group_copies([("a", text), ("b", text)]) == {}


def test_an_article_may_come_in_parts_in_any_order() -> None:
    parts = [("wire", part) for part in WIRE.split("\n\n")] + [("copy", part) for part in EDITED.split("\n\n")]
    random.Random(0).shuffle(parts)  # noqa: S311 # keeps no secret
    assert group_copies(parts) == {"wire": 0, "copy": 0}


def test_groups_are_the_same_in_whatever_order_the_texts_come() -> None:
    texts = [("wire", WIRE), *COPIES.items(), ("own", OWN), ("spun", SPUN)]
    groups = group_copies(texts)
    assert group_copies(reversed(texts)) == groups


@given(st.integers(0, 10**6), st.integers(60, 3000), st.floats(0, 1))
def test_containment_estimated_from_sketches_is_near_the_true_one(seed: int, length: int, kept: float) -> None:
    """The standard deviation of the estimate is at most .05 where the texts are of a length."""
    whole = _words(seed, length).split()
    cut = max(4, int(kept * length))
    other = " ".join(whole[:cut] + _words(seed + 1, length - cut).split())
    truth = _contained(" ".join(whole), other)
    a, b = (_shingles(text)[:SKETCH] for text in (" ".join(whole), other))
    if abs(truth - CONTAINED) > 0.2:
        assert _is_copy(a, b) == (truth > CONTAINED)


def test_thousands_of_copies_and_thousands_of_others_are_told_apart() -> None:
    texts = [(f"copy{i}", f"{_words(i, 20)} {WIRE}") for i in range(500)]
    texts += [(f"other{i}", _words(1000 + i, 200)) for i in range(2000)]
    groups = group_copies(texts)
    assert set(groups) == {f"copy{i}" for i in range(500)}
    assert set(groups.values()) == {0}


def test_hashes_are_those_of_every_process() -> None:
    """They are not Python's own, which differ from run to run."""
    assert _shingles("the talks began in Istanbul").dtype == np.uint64
    assert _shingles("The talks began in Istanbul!").tolist() == [7382409154990388190, 18328961040905752618]


def _words(seed: int, count: int) -> str:
    """Words as news has them: a few very often, most seldom."""
    rng = random.Random(seed)  # noqa: S311 # keeps no secret
    return " ".join(f"w{int(rng.paretovariate(0.6)) % 20000}" for _ in range(count))
