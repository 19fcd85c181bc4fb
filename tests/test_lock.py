import subprocess
import sys
import threading
from pathlib import Path

import pytest
from filelock import FileLock

from index.errors import StoreError
from index.lock import MOMENT, writer, writing

HOLD = (
    "import sys; from pathlib import Path; from index.lock import writing\n"
    "with writing(Path(sys.argv[1])):\n"
    "    print('held', flush=True); sys.stdin.read()"
)


@pytest.fixture
def holder(tmp_path: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_store_that_another_process_writes_to_is_busy(tmp_path: Path, holder: "subprocess.Popen[str]") -> None:
    busy = rf"^Another process is indexing into {tmp_path}; try again when it is done\.$"
    with pytest.raises(StoreError, match=busy), writing(tmp_path, wait=0):
        pass
    holder.communicate()
    with writing(tmp_path, wait=0):
        pass


def test_who_waits_says_so_first(
    tmp_path: Path, holder: "subprocess.Popen[str]", caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("WARNING", logger="byline"):
        with pytest.raises(StoreError, match="try again when it is done"), writing(tmp_path, wait=0.1):
            pass
        assert caplog.messages == [f"Another process is indexing into {tmp_path}; waiting for it."]
        holder.communicate()
        with writing(tmp_path):
            pass
    assert len(caplog.messages) == 1


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path, holder: "subprocess.Popen[str]") -> None:
    holder.kill()
    holder.communicate()
    with writing(tmp_path, wait=0):
        pass


def test_the_lock_is_free_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="in the middle"), writing(tmp_path):
        raise ValueError("in the middle")
    with writing(tmp_path, wait=0):
        pass


def test_the_folder_is_made_where_it_is_missing(tmp_path: Path) -> None:
    with writing(tmp_path / "new" / "store"):
        assert (tmp_path / "new" / "store").is_dir()


def test_a_folder_that_cannot_be_made_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=rf"^{tmp_path / 'file'} cannot hold an index"), writing(tmp_path / "file"):
        pass


@pytest.mark.parametrize("left", ["nothing", "the number of a process that died"])
def test_who_only_tests_the_lock_is_not_taken_for_one_who_writes(
    tmp_path: Path, left: str, caplog: pytest.LogCaptureFixture
) -> None:
    died = None if left == "nothing" else 12345
    if died:
        (tmp_path / "writer").write_text(str(died))
    for look in (lambda: writer(tmp_path) == (died, False), lambda: _writes(tmp_path)):
        tested = FileLock(tmp_path / "lock", thread_local=False)
        tested.acquire()
        end = threading.Timer(MOMENT / 5, tested.release)
        end.start()
        assert look()
        end.join()
    assert caplog.messages == []


def _writes(store: Path) -> bool:
    with writing(store):
        return writer(store)[1]


def test_a_process_that_writes_is_told_by_its_number(tmp_path: Path, holder: "subprocess.Popen[str]") -> None:
    assert writer(tmp_path) == (holder.pid, True)
    holder.communicate()
    assert writer(tmp_path) == (None, False)
