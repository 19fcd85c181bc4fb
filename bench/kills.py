"""Kill indexing at random instants: `python -m bench.kills [CORPUS.jsonl.gz] [--kills 50] [--articles 500]`.

Half of the articles are indexed; then all of them, by a process that is killed with SIGKILL at a random instant, again
and again, each time after some files were edited, renamed or removed. A reader looks in after each kill: it must see a
whole index. At last one run is let through: every article must be there once, and the doctor must find nothing.
Without a corpus, articles are made up.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from bench.ingest import write_files
from index.corpus import Corpus
from index.doctor import examine
from index.indexing import index_paths
from index.minilm import MiniLM
from index.store import Store

INDEX = (
    "import sys; from pathlib import Path; from index.indexing import index_paths; from index.minilm import MiniLM\n"
    "print('begun', flush=True); print(index_paths([Path(sys.argv[1])], Path(sys.argv[2]), MiniLM()).articles)"
)


def make_up(count: int, folder: Path) -> None:
    """Write articles of a few sentences each."""
    for i in range(count):
        lines = [f"Line {j} of report {i} says that {'very ' * 30}little happened on day {i * j}." for j in range(5)]
        (folder / f"{i:06}.txt").write_text(f"Report number {i}\n\n" + "\n\n".join(lines), "utf-8")


def disturb(folder: Path, chance: random.Random) -> None:
    """Edit, rename and remove a few files."""
    files = sorted(folder.iterdir())
    edited, renamed, removed = chance.sample(files, 3)
    edited.write_text(edited.read_text("utf-8") + f"\n\nA line was added, number {chance.random()}.\n", "utf-8")
    renamed.rename(folder / f"renamed-{chance.randrange(10**9)}.txt")
    if len(files) > 20:
        removed.unlink()


def check(folder: Path, store: Path, embedder: MiniLM) -> list[str]:
    """Return what is wrong with an index that should be in step with a folder."""
    corpus = Corpus(Store(store, embedder.fingerprint))
    files = Counter(article.file for article in corpus.articles.values())
    wrong = [str(finding) for finding in examine(store, embedder).findings]
    if files != Counter(path.name for path in folder.iterdir()):
        wrong.append("the articles are not those of the folder, each once")
    rows = [row[0] for row in corpus.store.chunks()]
    if len(rows) != len(set(rows)):
        wrong.append("a chunk is there twice")
    return wrong


def main() -> int:
    """Kill, look, repair; exit with 1 where anything is lost, doubled or hidden."""
    parser = argparse.ArgumentParser(description="Kill indexing at random instants.")
    parser.add_argument("corpus", type=Path, nargs="?")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--articles", type=int, default=500)
    args = parser.parse_args()
    chance, embedder = random.Random(1), MiniLM()
    with tempfile.TemporaryDirectory() as home:
        folder, store = Path(home) / "articles", Path(home) / "store"
        folder.mkdir()
        for count in (args.articles // 2, args.articles):
            write_files(args.corpus, count, folder) if args.corpus else make_up(count, folder)
            if count < args.articles:
                index_paths([folder], store, embedder)
        for kill in range(args.kills):
            disturb(folder, chance)
            process = subprocess.Popen(
                [sys.executable, "-c", INDEX, str(folder), str(store)], stdout=subprocess.PIPE, text=True
            )
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.expovariate(1 / 8))
            process.kill()
            process.wait()
            seen = Corpus(Store(store, embedder.fingerprint))
            assert len(seen.ids) == len(set(seen.ids)) > 0
            print(f"kill {kill + 1}: {len(seen.articles)} articles in {seen.generation}", flush=True)
        report = index_paths([folder], store, embedder)
        wrong = check(folder, store, embedder)
    print(json.dumps({"kills": args.kills, "articles": report.articles, "embedded": report.chunks, "wrong": wrong}))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
