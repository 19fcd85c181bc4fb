"""Trouble: what went wrong when a language model was asked, told by the errors that its class raises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 20.0
"""Seconds beyond which no server that asks to be left alone is waited for."""

_STATUS = {401: "key", 403: "key", 404: "unknown", 413: "long", 429: "busy", 503: "busy", 529: "busy"}
_PASSING = frozenset({"busy", "failed", "cut"})
_TOO_LONG = ("context_length", "context length", "context size", "context window", "exceed_context", "too long")
_UNREACHED = frozenset({"ConnectError", "ConnectTimeout", "ConnectionRefusedError", "ProxyError"})
_LATE = frozenset({"TimeoutError", "TimeoutException", "APITimeoutError"})
_TOLD = frozenset({"APIError", "ResponseError"})
"""What providers' classes raise for an error that the server tells in the middle of its answer."""
_BROKEN_OFF = frozenset({"RemoteProtocolError", "ReadError", "WriteError", "ConnectionResetError"})
_UNREADABLE = frozenset(
    {"Unreadable", "JSONDecodeError", "UnicodeDecodeError", "ValidationError", "APIResponseValidationError"}
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong, as `qa.prompts.TROUBLE` words it."""

    kind: str
    """A key of `qa.prompts.TROUBLE`."""
    status: int | None = None
    """The HTTP status that the server answered with; None where it did not."""
    name: str = ""
    """The class of the error, and of a library that is missing, which."""
    wait: float | None = None
    """Seconds that the server asks to be left alone, where it does."""

    @property
    def passes(self) -> bool:
        """Whether the same question, asked a moment later, may fare better."""
        return self.kind in _PASSING and (self.wait or 0.0) <= PATIENCE


def trouble_of(error: BaseException) -> Trouble:
    """Return what went wrong, from an error of a provider's class or of what it stands on, by its causes too.

    Providers' errors are told by their names, statuses and headers, so that no provider is imported for it.
    """
    chain = list(_causes(error))
    name = type(error).__name__
    status = next((s for e in chain if isinstance(s := getattr(e, "status_code", None), int) and s >= 400), None)
    if status is not None:
        return _answered(chain, status, name)
    return Trouble(_unanswered(chain), name=name)


def unopened(error: BaseException) -> Trouble:
    """Return the trouble of a model that could not be opened: no server has been asked, so none is at fault."""
    name = type(error).__name__
    if isinstance(error, ImportError):  # what it says names a library; others may name an address with its password
        name = f"{name}: {' '.join(str(error).split()).partition('. ')[0].rstrip('.')}"
    return Trouble("broken", name=name)


def _unanswered(chain: list[BaseException]) -> str:
    """Return the kind of trouble of a server that gave no status, or of one that had begun to answer."""
    names = {kind.__name__ for e in chain for kind in type(e).__mro__}
    if _too_long(chain):
        return "long"
    kinds = (("down", _UNREACHED), ("slow", _LATE), ("cut", _BROKEN_OFF), ("nonsense", _UNREADABLE), ("cut", _TOLD))
    return next((kind for kind, errors in kinds if names & errors), "broken")


def _answered(chain: list[BaseException], status: int, name: str) -> Trouble:
    kind = _STATUS.get(status, "failed" if status >= 500 else "nonsense")
    if status in (400, 422):
        kind = "failed"
    if status in (400, 413, 422, 500) and _too_long(chain):
        kind = "long"
    return Trouble(kind, status, name, _wait(chain))


def _too_long(chain: list[BaseException]) -> bool:
    return any(text in str(error).lower() for error in chain for text in _TOO_LONG)


def _wait(chain: list[BaseException]) -> float | None:
    for error in chain:
        headers = getattr(getattr(error, "response", None), "headers", None)
        if headers is not None and (text := str(headers.get("retry-after", ""))).isdigit():
            return float(text)
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
