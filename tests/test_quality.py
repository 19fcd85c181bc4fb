"""The measurement of a bench folder, on one made of the seeds."""

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bench.baselines import baselines
from bench.pool import make_pool
from bench.quality import compare, main
from qa.evaluation import Respondent, evaluate

if TYPE_CHECKING:
    from qa.library import Library

QUERIES = [
    {"id": "q1", "question": "Who is Boris Bondarev?", "answers": ["diplomat"], "relevant": ["s1"]},
    {"id": "q2", "question": "What did the Vatican say?", "answers": [], "relevant": [], "answerable": False,
     "related_passage": "s3"},
]  # fmt: skip


@pytest.fixture
def bench(tmp_path: Path, seeds: Path) -> Path:
    folder = tmp_path / "bench"
    folder.mkdir()
    records = [
        {"id": f"s{i}", "title": "A title" if i else "", "text": file.read_text("utf-8")}
        for i, file in enumerate(sorted(seeds.glob("*.txt")))
    ]
    _write(folder / "corpus.jsonl.gz", records[:4])
    _write(folder / "more.jsonl.gz", records[4:])
    _write(folder / "queries.jsonl.gz", QUERIES)
    return folder


def _write(file: Path, rows: list[dict[str, object]]) -> None:
    file.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))


def test_every_record_becomes_an_article_under_its_title(bench: Path, tmp_path: Path, seeds: Path) -> None:
    pool = make_pool(bench, tmp_path / "articles", articles=None, limit=None)
    files = sorted(file.name for file in pool.folder.iterdir())
    assert files == ["s0.txt", "s1.txt", "s2.txt", "s3.txt", "s4.txt"]
    text = sorted(seeds.glob("*.txt"))[1].read_text("utf-8")
    assert (pool.folder / "s1.txt").read_text("utf-8") == f"A title\n\n{text}"
    assert (pool.folder / "s0.txt").read_text("utf-8") == min(seeds.glob("*.txt")).read_text("utf-8")


def test_a_sample_keeps_what_the_questions_are_about_and_drops_what_was_there(bench: Path, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    make_pool(bench, folder, articles=None, limit=None)
    for count, kept in ((1, {"s1", "s3"}), (3, {"s0", "s1", "s3"}), (9, {"s0", "s1", "s2", "s3", "s4"})):
        pool = make_pool(bench, folder, articles=count, limit=None)
        assert {file.stem for file in folder.iterdir()} == kept
        assert pool.articles == len(kept)
    assert make_pool(bench, folder, articles=1, limit=1).golds[0].id == "q1"
    assert {file.stem for file in folder.iterdir()} == {"s1"}


def test_the_baselines_find_files_of_the_same_articles(library: "Library", tmp_path: Path) -> None:
    made = list(baselines(library.corpus, tmp_path, 5))
    assert [b.name for b in made] == ["BM25", "dense", "QueryFusionRetriever", "CitationQueryEngine"]
    names = {article.file for article in library.articles()}
    for baseline in made:
        files = baseline.find("Who is Boris Bondarev?")
        assert "001_b6bebbcff7196aa2.txt" in files, baseline.name
        assert set(files) <= names
    assert made[0].find("xyzzy") == []
    again = list(baselines(library.corpus, tmp_path, 5))[-1]
    assert again.find("Who is Boris Bondarev?") == made[-1].find("Who is Boris Bondarev?")


def test_a_baseline_is_measured_by_the_same_questions(bench: Path, tmp_path: Path, library: "Library") -> None:
    pool = make_pool(bench, tmp_path / "articles", articles=None, limit=None)
    done = evaluate(pool.golds, Respondent(library))
    bm25 = next(baselines(library.corpus, tmp_path, 5))
    found, seconds = compare(bm25, done)
    assert found.asked == 1
    assert found.measures["Hits@10"] == 0  # the seeds have other names than the records
    assert seconds > 0


def test_all_is_printed_side_by_side_and_written(
    bench: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scores = tmp_path / "scores.json"
    assert main([str(bench), "--store", str(tmp_path / "store"), "--json", str(scores)]) == 0
    printed = capsys.readouterr().out
    row = json.loads(scores.read_text("utf-8"))
    assert list(row["found"]) == ["Byline", "BM25", "dense", "QueryFusionRetriever", "CitationQueryEngine"]
    assert all(f"\n{name} " in printed for name in row["found"])
    assert row["found"]["Byline"]["measures"]["Hits@5"] == 1
    assert row["articles"] == 5
