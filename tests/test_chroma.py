"""A store on a Chroma server: a real `chroma run` on loopback, which these tests start."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from command import Command
from counted import STORM, Counted
from server import chroma_server, free_port, guarded, saying, web_server

from index.corpus import Corpus, Newest
from index.errors import StoreError
from index.indexing import index_paths
from index.minilm import MiniLM
from index.settings import Server
from index.store import Store
from qa.library import Library

BYLINE = Path(sys.executable).with_name("byline")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with chroma_server(tmp_path_factory.mktemp("chroma")) as server:
        yield server


@pytest.fixture
def server(running: Server, request: pytest.FixtureRequest) -> Server:
    """The running server, with a corpus of this test's own."""
    return replace(running, name=f"test-{abs(hash(request.node.nodeid))}")


def _process(*args: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BYLINE, *args], cwd=cwd, env={**os.environ, **env}, capture_output=True, text=True, check=False
    )


def _interrupt(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def _but_for_publishing(say: Callable[..., None]) -> Callable[..., None]:
    """Write down in the server's metadata all but which generation is the newest: there the run is cut off."""

    def said(store: Store, **what: object) -> None:
        if "generation" in what:
            raise KeyboardInterrupt
        say(store, **what)

    return said


def _chunk(corpus: Corpus, file: str) -> str:
    """The id of the only chunk of a file."""
    (id_,) = (i for i, p in zip(corpus.ids, corpus.places, strict=True) if corpus.articles[p.article_id].file == file)
    return id_


def _near(store: Path, embedder: MiniLM | Counted, server: Server, question: str) -> list[str]:
    corpus = Corpus(Store(store, embedder.fingerprint, server=server))
    near = corpus.nearest(embedder.embed([question])[0], 10)
    return [corpus.articles[corpus.places[number].article_id].file for number, _ in near]


def test_seeds_on_a_server_are_asked_from_a_fresh_process_as_they_are_from_a_folder(
    byline: Command, seeds: Path, tmp_path: Path, server: Server, seed_store: Path
) -> None:
    shutil.copytree(seeds, tmp_path / "seeds")
    address = f"{server.url}/{server.name}"
    first = byline("index", "seeds", "--json", cwd=tmp_path, BYLINE_CHROMA=address)
    assert len(json.loads(first.stdout)["added"]) == 5, first.stderr
    assert list((tmp_path / ".byline").rglob("chroma")) == []
    again = json.loads(byline("index", "seeds", "--json", cwd=tmp_path, BYLINE_CHROMA=address).stdout)
    assert (again["unchanged"], again["chunks"]) == (5, 0)
    question = ("ask", "Who heads the Ukrainian delegation?", "--json")
    far = json.loads(_process(*question, cwd=tmp_path, BYLINE_CHROMA=address).stdout)
    near = json.loads(byline(*question, "--store", seed_store, cwd=tmp_path).stdout)
    for answer in (far, near):
        del answer["seconds"]
    assert far == near
    assert far["citations"]
    assert not far["refused"]


def test_changes_and_removals_reach_the_server(folder: Path, store: Path, counted: Counted, server: Server) -> None:
    index_paths([folder], store, counted, server=server)
    (folder / "banks.md").unlink()
    (folder / "storm.txt").write_text(STORM)
    report = index_paths([folder], store, counted, server=server)
    assert (report.added, report.removed, counted.texts) == (("storm.txt",), ("banks.md",), 3)
    assert sorted(_near(store, counted, server, "news")) == ["storm.txt", "talks.txt"]
    assert index_paths([folder], store, counted, server=server).chunks == 0


def test_a_reader_with_an_open_store_finds_what_another_process_wrote(
    folder: Path, store: Path, counted: Counted, server: Server
) -> None:
    index_paths([folder], store, counted, server=server)
    reader = Newest(store, counted.fingerprint, server)
    before = reader.corpus()
    (folder / "storm.txt").write_text(STORM)
    (folder / "banks.md").unlink()
    address = f"{server.url}/{server.name}"
    _process("index", str(folder), "--store", str(store), cwd=folder, BYLINE_CHROMA=address)
    assert not before.store.is_newest
    vector = counted.embed([STORM])[0]
    assert [number for number, _ in before.nearest(vector, 9)] == [before.numbers[_chunk(before, "talks.txt")]]
    now = reader.corpus()
    (nearest, _), *_ = now.nearest(vector, 1)
    assert now.articles[now.places[nearest].article_id].file == "storm.txt"
    assert now is reader.corpus()


@pytest.mark.parametrize("step", ["Store.add", "save_catalogue", "publish", "Store._say", "Store.remove", "sweep"])
def test_a_run_on_a_server_that_is_cut_off_shows_the_old_index_or_the_new_one_and_the_next_mends_it(
    folder: Path, store: Path, counted: Counted, server: Server, monkeypatch: pytest.MonkeyPatch, *, step: str
) -> None:
    """A reader without the catalogue sees the rows themselves; `_say` is cut off where the generation is published."""
    index_paths([folder], store, counted, server=server)
    (folder / "storm.txt").write_text(STORM)
    (folder / "banks.md").unlink()
    with monkeypatch.context() as patch:
        patch.setattr(f"index.draft.{step}", _but_for_publishing(Store._say) if step == "Store._say" else _interrupt)
        with pytest.raises(KeyboardInterrupt):
            index_paths([folder], store, counted, server=server)
    published = step in ("Store.remove", "sweep")
    seen = ["storm.txt" if published else "banks.md", "talks.txt"]
    for path in (store, store.with_name("elsewhere")):
        assert sorted(_near(path, counted, server, "news")) == seen
    texts = counted.texts
    assert index_paths([folder], store, counted, server=server).articles == 2
    assert counted.texts == texts
    opened = Store(store, counted.fingerprint, server=server)
    assert sorted(_near(store, counted, server, "news")) == ["storm.txt", "talks.txt"]
    assert (opened.count(), opened._articles.count()) == (2, 2)
    assert not (opened._articles.metadata or {}).get("draft")
    assert [path.name for path in (store / "server").iterdir()] == [opened.generation]


def test_a_removal_that_was_not_published_is_taken_back(
    folder: Path, store: Path, counted: Counted, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_paths([folder], store, counted, server=server)
    banks = (folder / "banks.md").read_text()
    (folder / "banks.md").unlink()
    with monkeypatch.context() as patch:
        patch.setattr("index.store.Store._say", _but_for_publishing(Store._say))
        with pytest.raises(KeyboardInterrupt):
            index_paths([folder], store, counted, server=server)
    (folder / "banks.md").write_text(banks)
    (folder / "storm.txt").write_text(STORM)
    index_paths([folder], store, counted, server=server)
    elsewhere = store.with_name("elsewhere")
    assert sorted(_near(elsewhere, counted, server, "news")) == ["banks.md", "storm.txt", "talks.txt"]


def test_what_lies_in_the_local_folder_is_made_again_from_the_server(
    folder: Path, store: Path, counted: Counted, server: Server
) -> None:
    index_paths([folder], store, counted, server=server)
    shutil.rmtree(store)
    assert sorted(_near(store, counted, server, "news")) == ["banks.md", "talks.txt"]
    report = index_paths([folder], store, counted, server=server)
    assert (report.unchanged, counted.texts) == (2, 3)
    assert [path.name for path in store.glob("server/0*/*") if path.is_dir()] == ["lexical"]


def test_moving_a_corpus_to_a_server_is_indexing_it_there_with_the_vectors_that_it_has(
    folder: Path, store: Path, counted: Counted, server: Server
) -> None:
    local = index_paths([folder], store, counted)
    moved = index_paths([folder], store, counted, server=server)
    assert (moved.added, moved.articles) == (local.added, local.articles)
    assert (moved.chunks, counted.texts) == (0, 2)
    for path in store.glob("0*"):
        shutil.rmtree(path)
    assert sorted(_near(store, counted, server, "news")) == ["banks.md", "talks.txt"]


def test_two_corpora_of_one_name_are_kept_apart_by_an_error_that_gives_the_way_out(
    folder: Path, store: Path, tmp_path: Path, counted: Counted, server: Server
) -> None:
    index_paths([folder], store, counted, server=server)
    other = tmp_path / "other"
    other.mkdir()
    (other / "storm.txt").write_text(STORM)
    says = rf"^The index {server.name} at {server.url} is written from .*{store}; give this one a name of its own, "
    with pytest.raises(StoreError, match=says + rf"BYLINE_CHROMA={server.url}/NAME\.$"):
        index_paths([other], tmp_path / "second", counted, server=server)
    index_paths([other], tmp_path / "second", counted, server=replace(server, name=f"{server.name}-2"))
    assert sorted(_near(store, counted, server, "news")) == ["banks.md", "talks.txt"]
    assert _near(tmp_path / "reader", counted, replace(server, name=f"{server.name}-2"), "news") == ["storm.txt"]


def test_a_corpus_that_the_server_has_not_is_an_error_that_says_how_it_is_made(tmp_path: Path, server: Server) -> None:
    says = rf"^There is no index {server.name} at {server.url}; make one with `byline index FOLDER`\.$"
    with pytest.raises(StoreError, match=says):
        Store(tmp_path, "test@1", server=server)
    assert list(tmp_path.iterdir()) == []


def test_a_corpus_that_another_embedder_made_is_an_error_that_names_both(
    folder: Path, store: Path, counted: Counted, embedder: MiniLM, server: Server
) -> None:
    index_paths([folder], store, counted, server=server)
    says = rf"was made by the embedder {counted.fingerprint}, not another@1; give this one a name of its own, BYLINE_CH"
    with pytest.raises(StoreError, match=says):
        index_paths([folder], store, Counted(embedder, fingerprint="another@1"), server=server)
    with pytest.raises(StoreError, match=says):
        Store(store, "another@1", server=server)


def test_more_rows_than_a_request_takes_are_written_and_read_in_parts(
    folder: Path, store: Path, counted: Counted, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.chroma.LOCAL_ROWS", 3)
    text = "\n\n".join(f"Sentence {i} of this rather long article: {'word ' * 80}ends here." for i in range(10))
    (folder / "long.txt").write_text(text)
    report = index_paths([folder], store, counted, server=server)
    opened = Store(store, counted.fingerprint, server=server)
    assert opened._batch == opened._page == 3
    assert report.chunks == len({id_ for id_, *_ in opened.chunks()}) > 6


def test_a_server_that_is_not_there_is_an_error_that_names_it(byline: Command, tmp_path: Path) -> None:
    server = Server("127.0.0.1", free_port())
    with pytest.raises(StoreError, match=rf"^No Chroma server answers at {server.url} \(.*refused\); start it with"):
        Store(tmp_path, "test@1", server=server)
    result = byline("ask", "who?", cwd=tmp_path, BYLINE_CHROMA=server.url)
    assert result.returncode == 1
    assert result.stderr.startswith(f"byline: No Chroma server answers at {server.url}")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(("status", "body"), [(200, "0.6.3"), (404, {"detail": "Not Found"}), (200, {}), (200, "2.0")])
def test_a_server_of_another_version_or_none_at_all_is_an_error_that_says_so(
    tmp_path: Path, status: int, body: object
) -> None:
    with web_server(saying(status, body)) as server:
        says = rf"^The server at {server.url} is no Chroma 1\.x \(it says .*\); start one with `chroma run`, or correct"
        with pytest.raises(StoreError, match=says):
            Store(tmp_path, "test@1", server=server)


def test_a_server_that_dies_while_it_is_asked_is_an_error_in_one_sentence(
    folder: Path, tmp_path: Path, embedder: MiniLM, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    with chroma_server(tmp_path / "chroma") as server:
        index_paths([folder], store, embedder, server=server)
        monkeypatch.setenv("BYLINE_CHROMA", server.url)
        library = Library.open(store, embedder)
        assert library.ask("Where did the talks begin?").citations
    stopped = rf"^The Chroma server at {server.url} stopped answering; start it and try again\.$"
    with pytest.raises(StoreError, match=stopped):
        library.ask("Which banks are under sanctions?")
    with chroma_server(tmp_path / "chroma", server.port):
        assert library.ask("Which banks are under sanctions?").citations


def test_the_key_of_chroma_cloud_is_sent_with_every_request(folder: Path, store: Path, counted: Counted, server: Server
) -> None:  # fmt: skip
    with web_server(guarded(server, "right")) as listening:
        proxy = replace(listening, name=server.name)
        for key, says in ((None, "wants a key; set"), ("wrong", "refuses the key in")):
            with pytest.raises(StoreError, match=rf"^The server at {proxy.url} {says} CHROMA_API_KEY\.$"):
                index_paths([folder], store, counted, server=replace(proxy, key=key))
        keyed = replace(proxy, key="right")
        assert index_paths([folder], store, counted, server=keyed).articles == 2
        assert sorted(_near(store, counted, keyed, "news")) == ["banks.md", "talks.txt"]


def test_the_index_of_a_folder_that_was_renamed_goes_on_on_a_server(
    folder: Path, store: Path, counted: Counted, server: Server
) -> None:
    index_paths([folder], store, counted, server=server)
    moved = folder.rename(folder.with_name("moved"))
    report = index_paths([moved], store, counted, server=server)
    assert (report.unchanged, report.root, counted.texts) == (2, str(moved), 2)
    assert Store(store, counted.fingerprint, server=server).root == moved
    assert sorted(_near(store, counted, server, "news")) == ["banks.md", "talks.txt"]
