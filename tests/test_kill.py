"""Killed at random instants, run once more: every article is there once, and every chunk is found."""

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from counted import Hashed

from index.corpus import Corpus
from index.errors import StoreError
from index.indexing import index_paths
from index.store import Store

TESTS = Path(__file__).parent
RUN = (
    "import logging, sys; from pathlib import Path\n"
    "from counted import Hashed; from index.indexing import index_paths\n"
    "logging.basicConfig(format='%(message)s'); print('begun', flush=True)\n"
    "report = index_paths([Path(sys.argv[1])], Path(sys.argv[2]), Hashed(float(sys.argv[3])))\n"
    "print(report.articles, report.chunks)"
)


def _start(folder: Path, store: Path, seconds: float = 0.0) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", RUN, str(folder), str(store), str(seconds)]
    process = subprocess.Popen(command, cwd=TESTS, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    return process


def _write(folder: Path, count: int, word: str = "storm") -> None:
    folder.mkdir(exist_ok=True)
    for i in range(count):
        lines = [f"Sentence {j} of {word} number {i} says that {'very ' * 40}little happened." for j in range(4)]
        (folder / f"{i:03}.txt").write_text(f"The {word} number {i}\n\n" + "\n\n".join(lines))


def _check(folder: Path, store: Path) -> None:
    corpus = Corpus(Store(store, "hashed@1"))
    assert sorted(a.file for a in corpus.articles.values()) == sorted(path.name for path in folder.iterdir())
    assert len(corpus.ids) == len(list(corpus.store.chunks())) >= 2 * len(corpus.articles)
    for article_id, article in corpus.articles.items():
        assert corpus.sentences(article_id)[0].text == (folder / article.file).read_text()
    vectors = corpus.store.vectors(corpus.ids)
    lost = [id_ for id_, vector in vectors.items() if corpus.store.nearest(np.asarray(vector), 1)[0][1] < 0.999]
    assert (len(vectors), lost) == (len(corpus.ids), [])


def test_runs_killed_at_random_are_finished_by_the_next_and_readers_see_old_or_new(tmp_path: Path) -> None:
    folder, store = tmp_path / "articles", tmp_path / "store"
    chance = random.Random(7)  # noqa: S311 # chooses instants, keeps no secret
    _write(folder, 60)
    index_paths([folder], store, Hashed())
    before = sorted(Corpus(Store(store, "hashed@1")).ids)
    _write(folder, 90, "flood")
    for _ in range(5):
        process = _start(folder, store, 0.003)
        time.sleep(chance.random() * 3)
        process.kill()
        process.communicate()
        seen = Corpus(Store(store, "hashed@1"))
        assert sorted(seen.ids) == before or len(seen.articles) == 90
    index_paths([folder], store, Hashed())
    _check(folder, store)
    assert [path.name for path in sorted(store.iterdir())][1:] == ["lock"]


def test_what_a_killed_first_run_has_embedded_is_not_embedded_again(tmp_path: Path) -> None:
    folder, store = tmp_path / "articles", tmp_path / "store"
    _write(folder, 100)
    process = _start(folder, store, 0.01)
    journal: list[Path] = []
    while not journal or journal[0].stat().st_size < 9_000:
        assert process.poll() is None
        time.sleep(0.01)
        journal = list(store.glob("vectors-*"))
    process.kill()
    process.communicate()
    with pytest.raises(StoreError, match="was never finished"):
        Store(store, "hashed@1")
    embedder = Hashed()
    report = index_paths([folder], store, embedder)
    assert 0 < report.chunks == len(embedder.texts) <= len(Corpus(Store(store, "hashed@1")).ids) - 100
    _check(folder, store)


def test_of_four_processes_at_once_each_waits_or_says_that_the_index_is_busy(tmp_path: Path) -> None:
    folder, store = tmp_path / "articles", tmp_path / "store"
    _write(folder, 60)
    processes = [_start(folder, store, 0.002) for _ in range(4)]
    ends = [process.communicate() for process in processes]
    codes = [process.returncode for process in processes]
    done = [int(out.split()[1]) for code, (out, _) in zip(codes, ends, strict=True) if code == 0]
    assert done, ends
    assert sorted(done)[:-1] == [0] * (len(done) - 1)
    busy = [err for code, (_, err) in zip(codes, ends, strict=True) if code != 0]
    assert all("try again when it is done" in err for err in busy)
    _check(folder, store)


@pytest.mark.parametrize("kilobytes", [0, 60, 500, 1200])
def test_a_full_disk_is_one_sentence_and_the_old_index_still_answers(tmp_path: Path, kilobytes: int) -> None:
    """A limit on the size of a file is like a full disk: at once, while the old rows are copied, or Chroma writes."""
    folder, store = tmp_path / "articles", tmp_path / "store"
    _write(folder, 30)
    index_paths([folder], store, Hashed())
    before = Corpus(Store(store, "hashed@1")).ids
    _write(folder, 120, "flood")
    code = (
        "import resource, signal, sys, json; from pathlib import Path; from counted import Hashed\n"
        "import chromadb, llama_index.vector_stores.chroma\n"
        "from index.indexing import index_paths; from index.errors import StoreError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]) * 1024,) * 2)\n"
        "try:\n index_paths([Path(sys.argv[1])], Path(sys.argv[2]), Hashed())\n"
        "except StoreError as error:\n print(json.dumps(str(error)))"
    )
    command = [sys.executable, "-c", code, str(folder), str(store), str(kilobytes)]
    result = subprocess.run(command, cwd=TESTS, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert list(store.glob("*.half")) == []
    error = json.loads(result.stdout)
    if kilobytes:
        assert error.startswith(f"The index in {store} cannot be written (")
        assert error.endswith("make room for it and run `byline index` again: until then it is what it was.")
    else:
        assert error == f"The index in {store} cannot be opened; make room on its disk and try again."
    assert Corpus(Store(store, "hashed@1")).ids == before
    assert index_paths([folder], store, Hashed()).articles == 120
    _check(folder, store)
