"""Measure indexing: `python -m bench.ingest CORPUS.jsonl.gz [--articles 100 --articles 1000]`.

Side by side, in one run, on the same articles with the same embedder: Byline; the LlamaIndex starter
(SimpleDirectoryReader, SentenceSplitter, VectorStoreIndex on Chroma); and the bare embedder on Byline's chunks. Each
runs in a process of its own, whose peak memory is its own. The articles, records with a `text`, are written to files
first, the same for all. Imports are not timed. What counts are the ratios: seconds are those of one machine on one
day, and where others use the machine, only the ratios of processor time (`cpu s`) mean something.

The starter cuts chunks of 1,024 tokens, of which the embedder sees its first 256 word pieces, so it embeds less text;
`starter-256` is the starter with chunks that the embedder can see whole.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

CHUNK_TOKENS = 180
"""Tokens of `starter-256`: about as many as the embedder's 256 word pieces hold, to be safe."""


def run_byline(folder: Path, store: Path) -> dict[str, Any]:
    """Index the files, and once more."""
    import chromadb  # noqa: F401 # the starter has imported it too
    import llama_index.vector_stores.chroma  # noqa: F401 # the starter has imported it too

    from index.indexing import index_paths
    from index.minilm import MiniLM

    embedder = MiniLM()
    embedder.embed(["warm"])
    return _timed(lambda: index_paths([folder], store, embedder).chunks)


def run_starter(folder: Path, store: Path, chunk_size: int = 1024) -> dict[str, Any]:
    """Index the files as LlamaIndex's documentation does."""
    _copy_nltk(store.with_name("nltk"))
    import chromadb
    from llama_index.core import SimpleDirectoryReader, StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.vector_stores.chroma import ChromaVectorStore

    from index.embedder import MiniLMEmbedding

    embedder = MiniLMEmbedding()
    embedder.embed(["warm"])

    def index() -> int:
        client = chromadb.PersistentClient(str(store), chromadb.config.Settings(anonymized_telemetry=False))
        collection = client.get_or_create_collection("starter", embedding_function=None)
        context = StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection))
        before = collection.count()
        VectorStoreIndex.from_documents(
            SimpleDirectoryReader(str(folder)).load_data(),
            storage_context=context,
            transformations=[SentenceSplitter(chunk_size=chunk_size, chunk_overlap=min(200, chunk_size // 5))],
            embed_model=embedder,
        )
        return int(collection.count() - before)

    return _timed(index)


def _copy_nltk(folder: Path) -> None:
    """Give LlamaIndex a copy of its NLTK data: NLTK refuses files with several links, as uv installs them."""
    spec = find_spec("llama_index.core")
    assert spec is not None
    assert spec.origin is not None
    shutil.copytree(Path(spec.origin).parent / "_static" / "nltk_cache", folder, dirs_exist_ok=True)
    os.environ["NLTK_DATA"] = str(folder)


def run_starter_256(folder: Path, store: Path) -> dict[str, Any]:
    """Index the files with chunks that the embedder sees whole."""
    return run_starter(folder, store, CHUNK_TOKENS)


def run_bare(folder: Path, _: Path) -> dict[str, Any]:
    """Embed Byline's chunks, which are there before the clock runs."""
    from index.article import read_article
    from index.chunk import embedded_text, make_chunks
    from index.minilm import MiniLM
    from index.sentence import split_sentences

    embedder = MiniLM()
    embedder.embed(["warm"])
    articles = [read_article(path, folder) for path in sorted(folder.iterdir())]
    texts = [embedded_text(a.title, c.text) for a in articles for c in make_chunks(a, split_sentences(a))]
    return _timed(lambda: len(embedder.embed(texts)), again=False)


SYSTEMS: dict[str, Callable[[Path, Path], dict[str, Any]]] = {
    "byline": run_byline,
    "starter": run_starter,
    "starter-256": run_starter_256,
    "bare": run_bare,
}


def _timed(work: Callable[[], int], *, again: bool = True) -> dict[str, Any]:
    started, before = time.perf_counter(), time.process_time()
    chunks = work()
    seconds, cpu = time.perf_counter() - started, time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started = time.perf_counter()
    second = work() if again else None
    return {
        "chunks": chunks,
        "seconds": seconds,
        "cpu_seconds": cpu,
        "peak_mb": peak,
        "second_seconds": time.perf_counter() - started if again else None,
        "second_chunks": second,
    }


def measure(name: str, folder: Path, count: int) -> dict[str, Any]:
    """Run one system in a process of its own."""
    with tempfile.TemporaryDirectory() as home:
        store = Path(home) / "store"
        command = [sys.executable, "-m", "bench.ingest", "--system", name, str(folder), str(store)]
        result = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])
        bytes_ = sum(path.stat().st_size for path in store.rglob("*") if path.is_file())
    return {"system": name, "articles": count, **result, "rate": count / result["seconds"], "disk_mb": bytes_ / 1e6}


def write_files(corpus: Path, count: int, folder: Path) -> int:
    """Write the first `count` records as text files; return how many there were."""
    with gzip.open(corpus, "rt", encoding="utf-8") if corpus.suffix == ".gz" else corpus.open(encoding="utf-8") as file:
        written = 0
        for line in file:
            if written == count:
                break
            (folder / f"{written:06}.txt").write_text(json.loads(line)["text"], "utf-8")
            written += 1
    return written


def table(rows: list[dict[str, Any]]) -> str:
    """Return the figures of one corpus size, with the ratios that the goals name."""
    rates = {row["system"]: row["rate"] for row in rows}
    heads = f"{'peak MB':>9}{'disk MB':>9}{'first s':>9}{'cpu s':>8}{'second s':>10}"
    lines = [f"{'system':12}{'articles/s':>11}{'chunks':>8}{heads}"]
    for row in rows:
        again = "" if row["second_seconds"] is None else f"{row['second_seconds']:.2f}"
        lines.append(
            f"{row['system']:12}{row['rate']:11.2f}{row['chunks']:8}{row['peak_mb']:9.0f}{row['disk_mb']:9.1f}"
            f"{row['seconds']:9.1f}{row['cpu_seconds']:8.1f}{again:>10}"
        )
    byline = next(row for row in rows if row["system"] == "byline")
    for row in rows:
        if row is not byline:
            cpu = row["cpu_seconds"] / byline["cpu_seconds"]
            lines.append(f"byline / {row['system']}: {rates['byline'] / row['rate']:.2f} (by processor time {cpu:.2f})")
    lines.append(f"byline, second run / first: 1/{byline['seconds'] / byline['second_seconds']:.0f}")
    return "\n".join(lines)


def main() -> int:
    """Measure all systems at each size, and print tables, then one line of JSON."""
    parser = argparse.ArgumentParser(description="Measure indexing against its peers.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("store", type=Path, nargs="?", help=argparse.SUPPRESS)
    parser.add_argument("--system", choices=SYSTEMS, help=argparse.SUPPRESS)
    parser.add_argument("--articles", type=int, action="append", help="how many (repeat it; default: 100)")
    args = parser.parse_args()
    if args.system:
        print(json.dumps(SYSTEMS[args.system](args.corpus, args.store)))
        return 0
    everything = []
    for wanted in args.articles or [100]:
        with tempfile.TemporaryDirectory() as home:
            folder = Path(home) / "articles"
            folder.mkdir()
            count = write_files(args.corpus, wanted, folder)
            rows = [measure(name, folder, count) for name in SYSTEMS]
            shutil.rmtree(folder)
        print(f"{count} articles\n{table(rows)}\n", flush=True)
        everything += rows
    print(json.dumps(everything))
    return 0


if __name__ == "__main__":
    sys.exit(main())
