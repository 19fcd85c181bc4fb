"""A folder that nobody may list; where the tests run as root, for whom there is none, the system's own error of it."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

UNPRIVILEGED = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
"""What stands before a command for closed folders to be closed to it."""
needs_closed = pytest.mark.skipif(
    bool(UNPRIVILEGED) and shutil.which("setpriv") is None, reason="nothing is closed to root"
)


@contextmanager
def closed(folder: Path) -> Iterator[None]:
    mode = folder.stat().st_mode
    folder.chmod(0)
    try:
        if not os.access(folder, os.R_OK):
            yield
            return
        scandir = os.scandir

        def refuse(path: Any) -> Any:
            if Path(os.fsdecode(path)) == folder:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
            return scandir(path)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "scandir", refuse)
            yield
    finally:
        folder.chmod(mode)
