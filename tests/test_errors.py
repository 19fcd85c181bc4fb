import inspect
import sys

import pytest

from index.errors import BylineError

ERRORS = inspect.getmembers(sys.modules[BylineError.__module__], inspect.isclass)


@pytest.mark.parametrize("error", [error for _, error in ERRORS])
def test_every_error_can_be_caught_as_one_and_says_what_it_was_given(error: type[Exception]) -> None:
    assert issubclass(error, BylineError)
    assert str(error("One sentence.")) == "One sentence."
