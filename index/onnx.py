"""Running an ONNX model on texts: tokenizing, padding, threads. The only file that knows onnxruntime and tokenizers."""

from __future__ import annotations

import hashlib
import os
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from tokenizers import Encoding, Tokenizer

_SPACE = re.compile(r"[ \t\r\n]")
# What every BERT tokenizer takes for a space. Python's \s holds characters that BERT drops, which join words.
_CPU_QUOTA = Path("/sys/fs/cgroup/cpu.max")


@dataclass(frozen=True, slots=True)
class Encoded:
    """A batch of texts, or of pairs of texts, as a BERT model takes it."""

    input_ids: NDArray[np.int64]
    """Word piece numbers, [texts, tokens], padded with 0 to the longest text of the batch."""
    attention_mask: NDArray[np.int64]
    """1 for a token, 0 for padding, [texts, tokens]."""
    token_type_ids: NDArray[np.int64]
    """1 in the second text of a pair, else 0, [texts, tokens]."""
    offsets: tuple[tuple[tuple[int, int], ...], ...]
    """For each text and token, without padding, its first character and one past its last, counted in the text of the
    pair that it belongs to; (0, 0) for the special tokens."""
    sequence_ids: tuple[tuple[int | None, ...], ...]
    """For each text and token, without padding: 0 first text, 1 second text, None special token."""


class OnnxModel:
    """A BERT model and its tokenizer. Loaded when first used; any number of threads may use one at the same time."""

    def __init__(self, path: Path, sha256: str, *, max_tokens: int, tokenizer: Path | None = None) -> None:
        """Name the files; nothing is read yet.

        Args:
            path: the ONNX file; its inputs are among input_ids, attention_mask and token_type_ids.
            sha256: what the ONNX file must hash to, 64 hexadecimal digits.
            max_tokens: longest text or pair, special tokens included; what is beyond is cut off.
            tokenizer: a tokenizer.json; None means the one beside the ONNX file.
        """
        self.path = path
        self.sha256 = sha256
        self.max_tokens = max_tokens
        self.tokenizer_path = tokenizer or path.with_name("tokenizer.json")
        self._lock = threading.Lock()
        self._loaded: tuple[Tokenizer, Any] | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the file names, not the weights."""
        return _rebuild, (self.path, self.sha256, self.max_tokens, self.tokenizer_path)

    def encode(self, texts: Sequence[str] | Sequence[tuple[str, str]]) -> Encoded:
        """Tokenize texts, or pairs of texts, into one padded batch. Of a pair that is too long, the longer text is cut.

        Raises:
            ModelError: a file of the model is missing or is not the right one.
        """
        return _padded(self._tokenized(texts))

    def run(self, batch: Encoded) -> dict[str, NDArray[np.float32]]:
        """Run the model on a batch; returns its outputs by name, the first dimension of each being the texts.

        Raises:
            ModelError: a file of the model is missing or is not the right one.
        """
        _, session = self._load()
        feed = {declared.name: getattr(batch, declared.name) for declared in session.get_inputs()}
        names = [declared.name for declared in session.get_outputs()]
        return dict(zip(names, session.run(names, feed), strict=True))

    def run_all(
        self, texts: Sequence[str] | Sequence[tuple[str, str]], size: int
    ) -> Iterator[tuple[list[int], Encoded, dict[str, NDArray[np.float32]]]]:
        """Run the model on texts, or pairs of texts, in batches of like length, a batch on each core.

        Yields the places of a batch's texts, the batch, and what came out for it; each text is in one.

        Args:
            texts: as `encode` takes them.
            size: word pieces of one batch, padding included; a longer text is a batch by itself.

        Raises:
            ModelError: a file of the model is missing or is not the right one.
        """
        encodings = self._tokenized(texts)
        groups = list(_by_length([len(encoding.ids) for encoding in encodings], size))
        batches = [_padded([encodings[place] for place in places]) for places in groups]
        outputs = _workers().map(self.run, batches) if len(batches) > 1 else map(self.run, batches)
        yield from zip(groups, batches, outputs, strict=True)

    def count_tokens(self, text: str) -> int:
        """Return the number of word pieces of a whole text, special tokens not included.

        Raises:
            ModelError: a file of the model is missing or is not the right one.
        """
        tokenizer, _ = self._load()
        encoding = tokenizer.encode(_encodable(text), add_special_tokens=False)
        return len(encoding.ids) + sum(len(rest.ids) for rest in encoding.overflowing)

    def _tokenized(self, texts: Sequence[str] | Sequence[tuple[str, str]]) -> list[Encoding]:
        tokenizer, _ = self._load()
        return tokenizer.encode_batch([self._shorten(text, tokenizer) for text in texts])

    def _shorten(self, text: str | tuple[str, str], tokenizer: Tokenizer) -> Any:
        """Spare the tokenizer most of a very long text, where that cannot change a token that the model sees."""
        if not isinstance(text, str):
            first, second = text
            return self._shorten(first, tokenizer), self._shorten(second, tokenizer)
        end = 16 * self.max_tokens
        while end < len(text):
            # No token crosses a space, so up to it the tokens are those of the whole text.
            space = _SPACE.search(text, end)
            if space is None:
                break
            head = _encodable(text[: space.start()])
            if tokenizer.encode(head, add_special_tokens=False).overflowing:
                return head
            end = 4 * space.start()
        return _encodable(text)

    def _load(self) -> tuple[Tokenizer, Any]:
        if self._loaded is None:
            with self._lock:
                if self._loaded is None:
                    self._loaded = self._load_tokenizer(), self._load_session()
        return self._loaded

    def _load_tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        if not self.tokenizer_path.is_file():
            raise _missing(self.tokenizer_path)
        try:
            tokenizer = Tokenizer.from_file(str(self.tokenizer_path))
        except Exception as error:  # tokenizers raises nothing narrower
            raise ModelError(f"{self.tokenizer_path} is damaged; install Byline again to get it back.") from error
        # Set here once and never again: a tokenizer's settings are shared by all threads that use it.
        tokenizer.no_padding()
        tokenizer.enable_truncation(self.max_tokens)
        tokenizer.encode_special_tokens = True  # "[SEP]" in an article is text
        return tokenizer

    def _load_session(self) -> Any:
        import onnxruntime

        if not self.path.is_file():
            raise _missing(self.path)
        data = self.path.read_bytes()
        found = hashlib.sha256(data).hexdigest()
        if found != self.sha256:
            raise ModelError(
                f"{self.path} is not the model file that belongs to this version of Byline (its sha256 begins with "
                f"{found[:12]}, not {self.sha256[:12]}); install Byline again to get it back."
            )
        options = onnxruntime.SessionOptions()
        # A batch on each core is a third faster than each batch on all cores, whose threads wait for one another.
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])


def _padded(encodings: Sequence[Encoding]) -> Encoded:
    width = max((len(encoding.ids) for encoding in encodings), default=0)
    input_ids, mask, types = (np.zeros((len(encodings), width), dtype=np.int64) for _ in range(3))
    for row, encoding in enumerate(encodings):
        length = len(encoding.ids)
        input_ids[row, :length] = encoding.ids
        mask[row, :length] = 1
        types[row, :length] = encoding.type_ids
    return Encoded(
        input_ids,
        mask,
        types,
        tuple(tuple(encoding.offsets) for encoding in encodings),
        tuple(tuple(encoding.sequence_ids) for encoding in encodings),
    )


def _by_length(lengths: Sequence[int], size: int) -> Iterator[list[int]]:
    """Yield the places of like lengths, the greatest first, so many that they fill `size`, padding included."""
    places: list[int] = []
    # The greatest first: so the cores are done at about the same time.
    for place in sorted(range(len(lengths)), key=lambda at: -lengths[at]):
        if places and (len(places) + 1) * lengths[places[0]] > size:
            yield places
            places = []
        places.append(place)
    if places:
        yield places


@cache
def _workers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_cores(), "byline-model")


if hasattr(os, "register_at_fork"):  # A forked process has none of the threads.
    os.register_at_fork(after_in_child=_workers.cache_clear)


def _rebuild(path: Path, sha256: str, max_tokens: int, tokenizer: Path) -> OnnxModel:
    return OnnxModel(path, sha256, max_tokens=max_tokens, tokenizer=tokenizer)


def _missing(path: Path) -> ModelError:
    return ModelError(f"{path} is missing; install Byline again to get it back.")


def _encodable(text: str) -> str:
    """Replace lone surrogates, which have no UTF-8 form, by question marks, one for one, so that offsets stay."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _cores() -> int:
    """Count the physical cores that this process may use: two threads on one core only get in each other's way."""
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set(range(os.cpu_count() or 1))
    cores = set()
    for number in allowed:
        siblings = Path(f"/sys/devices/system/cpu/cpu{number}/topology/thread_siblings_list")
        cores.add(siblings.read_text() if siblings.is_file() else str(number))
    quota, _, period = _CPU_QUOTA.read_text().partition(" ") if _CPU_QUOTA.is_file() else ("max", "", "")
    return len(cores) if quota == "max" else max(1, min(len(cores), round(int(quota) / int(period))))
