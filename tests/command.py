"""`byline` run in this process, for tests of what it says: a process of its own takes seconds to begin."""

import io
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from ui.cli import main


@dataclass(frozen=True, slots=True)
class Ended:
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


class Command:
    """Runs commands one after the other, each in a folder and with variables of its own."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self._capture = capture

    def __call__(self, *args: object, cwd: Path, stdin: str = "", **env: str) -> Ended:
        self._capture.readouterr()
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(cwd)
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
            for name, value in env.items():
                patch.setenv(name, value)
            code = main([str(arg) for arg in args])
        return Ended(code, *self._capture.readouterr())
