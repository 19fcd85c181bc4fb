"""What a catalogue is after articles came and went is what it would be if only those that are left had ever come."""

from collections.abc import Sequence
from pathlib import Path

from agency import EDITED, OWN, WIRE
from counted import BANKS, STORM, TALKS, Hashed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.article import Article, make_article
from index.catalogue import Catalogue, load_catalogue, saved_chunks
from index.chunk import Chunk, make_chunks
from index.growing import Growing, make_catalogue, save_catalogue
from index.indexing import index_paths
from index.sentence import split_sentences
from index.store import Store

TEXTS = (
    TALKS,
    BANKS,
    STORM,
    WIRE,
    EDITED,
    OWN,
    "President Putin met Mr. Putin. They spoke.",
    "Talks. The talks of talks.",
)
ARTICLES = tuple(make_article(f"{number}.txt", text) for number, text in enumerate(TEXTS))


def chunks(article: Article) -> Sequence[Chunk]:
    return make_chunks(article, split_sentences(article))


def add(growing: Growing, article: Article) -> None:
    for chunk in chunks(article):
        growing.add(article, chunk.id, chunk.start, chunk.end, chunk.text)


def remove(growing: Growing, article: Article) -> None:
    rows = [(chunk.id, article.id, chunk.start, chunk.end, chunk.text) for chunk in chunks(article)]
    growing.remove([article.id], rows)


def is_same(one: Catalogue, other: Catalogue) -> bool:
    """Tell whether two catalogues say the same; a word may be written as an article that went wrote it."""
    a, b = one.lexical.vocabulary.entries, other.lexical.vocabulary.entries
    counts = [{key: (e.passages, e.capital, e.inside, e.before) for key, e in found.items()} for found in (a, b)]
    scores = [{key: found.lexical.scores({key: 1.0}).tolist() for key in a} for found in (one, other)]
    parts = [(found.articles, found.ids, found.places, found.groups) for found in (one, other)]
    return counts[0] == counts[1] and scores[0] == scores[1] and parts[0] == parts[1]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, len(ARTICLES) - 1), max_size=14), st.sets(st.integers(0, 13), max_size=3))
def test_what_came_and_went_leaves_no_trace(tmp_path: Path, moves: list[int], rests: set[int]) -> None:
    growing, there = Growing(), list[int]()
    for step, number in enumerate(moves):
        if number in there:
            there.remove(number)
            remove(growing, ARTICLES[number])
        else:
            there.append(number)
            add(growing, ARTICLES[number])
        if step in rests:
            growing = _written_and_read(growing, tmp_path / f"{len(list(tmp_path.iterdir()))}")
    fresh = Growing()
    for number in there:
        add(fresh, ARTICLES[number])
    assert is_same(growing.grown(), fresh.grown())


def _written_and_read(growing: Growing, generation: Path) -> Growing:
    """Write a catalogue, as one run does, and read it, as the next does."""
    store = _Written(generation)
    save_catalogue(store, growing.articles.keys(), growing)  # type: ignore[arg-type] # only its folder is used
    if not growing.articles:  # of nothing there is nothing to go on from
        assert not saved_chunks(generation)
        return Growing()
    read = Growing.load(generation)
    assert read is not None
    saved = load_catalogue(generation)
    assert saved is not None
    assert is_same(saved, read.grown())
    return read


class _Written:
    def __init__(self, folder: Path) -> None:
        self.folder = folder


def test_a_run_that_adds_and_removes_saves_what_the_store_holds(folder: Path, store: Path) -> None:
    index_paths([folder], store, Hashed())
    (folder / "banks.md").unlink()
    for name, text in (("storm.txt", STORM), ("wire.txt", WIRE), ("copy.txt", EDITED)):
        (folder / name).write_text(text)
    index_paths([folder], store, Hashed())
    (folder / "storm.txt").write_text(STORM.replace("Houston", "Dallas"))
    index_paths([folder], store, Hashed())
    opened = Store(store, Hashed.fingerprint)
    saved = load_catalogue(opened.folder)
    assert saved is not None
    assert "brussel" not in saved.lexical.vocabulary.entries
    assert is_same(saved, make_catalogue(opened))


def test_a_run_that_adds_one_reads_no_text_of_the_others(folder: Path, store: Path) -> None:
    index_paths([folder], store, Hashed())
    (read,) = store.glob("0*")
    growing = Growing.load(read)
    assert growing is not None
    assert {article.file for article in growing.articles.values()} == {"banks.md", "talks.txt"}
    (read / "lexical" / "words.json").write_text("{")
    assert Growing.load(read) is None
    (folder / "storm.txt").write_text(STORM)
    assert index_paths([folder], store, Hashed()).articles == 3
    opened = Store(store, Hashed.fingerprint)
    saved = load_catalogue(opened.folder)
    assert saved is not None
    assert is_same(saved, make_catalogue(opened))


def test_a_catalogue_that_has_other_chunks_than_the_store_is_not_gone_on_from(folder: Path, store: Path) -> None:
    index_paths([folder], store, Hashed())
    (folder / "storm.txt").write_text(STORM)
    index_paths([folder], store, Hashed())
    opened = Store(store, Hashed.fingerprint)
    rows = list(opened.chunks())
    gone = {article_id for _, article_id, *_ in rows[:1]}
    own = [row for row in rows if row[1] in gone]
    strays = [("stray", *row[1:]) for row in own]
    others = [(*row[:4], "Other words.") for row in own]
    for held, fits in (([], False), (strays, False), (others, False), (own, True)):
        growing = Growing.load(opened.folder)
        assert growing is not None
        assert growing.remove(gone, held) == fits
    assert growing.chunks == len(rows) - len(own)
