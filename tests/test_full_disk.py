"""A disk that is full is told from damage: nothing is read again for it, and the index stays what it was."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from chromadb.errors import InternalError

from index.damage import SCANT_BYTES, Guarded
from index.errors import DamageError, StoreError

SMALL = ["unshare", "--mount", "sh", "-c", 'mount -t tmpfs -o size=40m byline "$1" && shift && exec "$@"', "sh"]
"""Runs a command that has a disk of 40 MB, in a mount that ends with it; only root may."""
FILL = """
import shutil, sys; from pathlib import Path
from counted import Hashed; from index.errors import StoreError
from index.indexing import index_paths
home, disk = map(Path, sys.argv[1:])
index_paths([home / "first.jsonl"], disk / "store", Hashed())
usage = shutil.disk_usage(disk)
for spare in (1, 2, 3):  # MiB beside the copy of the index that a run begins with
    (disk / "other").write_bytes(bytes(usage.free - usage.used - spare * 2**20))
    try: index_paths([home], disk / "store", Hashed())
    except StoreError as error: print(type(error).__name__, error)
    (disk / "other").unlink()
print([path.name[:9] for path in (disk / "store").glob("0*")])
"""


def _can_mount(folder: Path) -> bool:
    try:
        return subprocess.run([*SMALL, folder, "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _records(start: int, count: int) -> str:
    texts = (" ".join(f"Minister {i} said word{j * i} at the talks." for j in range(60)) for i in range(start, count))
    return "".join(json.dumps({"text": text}) + "\n" for text in texts)


def test_a_disk_that_fills_up_while_chroma_writes_is_called_full_and_the_index_not_damaged(tmp_path: Path) -> None:
    home, disk = tmp_path / "articles", tmp_path / "disk"
    home.mkdir()
    disk.mkdir()
    if not _can_mount(disk):
        pytest.skip("only root may mount a small disk")
    (home / "first.jsonl").write_text(_records(0, 200))
    (home / "more.jsonl").write_text(_records(1000, 2500))
    command = [*SMALL, disk, sys.executable, "-c", FILL, home, disk]
    done = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, text=True, check=False)
    *runs, left = done.stdout.splitlines()
    assert all(line.startswith("StoreError ") and "make room" in line for line in runs), done
    assert (len(runs), left) == (3, "['00000001-']")
    assert done.stderr == ""


class _Failing:
    """A collection that can be neither written nor read, in the words of Chroma 1.5 on a full disk."""

    def upsert(self) -> None:
        raise InternalError("Error in compaction: Failed to apply logs to the metadata segment")

    get = upsert


@pytest.mark.parametrize("free", [SCANT_BYTES - 1, SCANT_BYTES])
@pytest.mark.parametrize(("call", "doing"), [("upsert", "written"), ("get", "read")])
def test_what_fails_is_damage_only_where_there_is_room(
    tmp_path: Path, free: int, call: str, doing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=free)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(StoreError, match=rf"^The index in {tmp_path} cannot be {doing}") as raised:
        getattr(Guarded(_Failing(), tmp_path, None, copied=True), call)()
    assert isinstance(raised.value, DamageError) == (free == SCANT_BYTES)
    assert ("disk is full; make room" in str(raised.value)) == (free < SCANT_BYTES)
