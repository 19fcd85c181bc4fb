"""Encodings: bytes of a text file into characters, as its byte-order mark, its own words or its letters tell."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from index.errors import SourceError

CONTROL_SHARE = 0.001
"""Control bytes that a text may have among its first SNIFFED bytes, as a share of them; two more are always allowed."""
SNIFFED = 65_536
_CONTROL = bytes(sorted(frozenset(range(32)) - {9, 10, 11, 12, 13, 27}))
_MARKS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_WESTERN = frozenset("‘’“”„…–—•€£§°©®™«»¡¿ªº·½\xa0àáâãäåæçèéêëìíîïñòóôõöøœùúûüÿßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØŒÙÚÛÜŸ")
_SAMPLE = 262_144
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""Encodings that pages name, and the wider ones that they mean (WHATWG Encoding Standard, labels)."""


def decode(data: bytes, file: str, declared: str | None = None) -> str:
    """Decode the bytes of a text file, UTF-8 first, else as it declares itself or its letters tell.

    A broken byte here and there in UTF-8 becomes U+FFFD. A byte-order mark stays in UTF-8 text.

    Args:
        data: the whole file.
        file: its name, for the errors.
        declared: the encoding that the file itself names, if any.

    Raises:
        SourceError: the bytes are no text, or no encoding fits them.
    """
    if mark := marked_encoding(data):
        try:
            return data.decode(mark)
        except UnicodeDecodeError:
            pass
    check_text(data[:SNIFFED], file)
    own = _named(declared)
    if own and own.startswith("iso2022"):
        return data.decode(own, "replace")  # its bytes are ASCII, so that it passes for UTF-8
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(older_encoding(data, file, own), "replace")


def older_encoding(data: bytes, file: str, own: str | None = None) -> str:
    """Return the encoding of bytes that are not all UTF-8: `own` if it fits, else as the letters tell.

    Raises:
        SourceError: no encoding fits them.
    """
    if own and _strict(data, own) is not None:
        return own
    text = data.decode("utf-8", "replace")
    if 10 * text.count("\ufffd") <= sum(char > "\x7f" for char in text):
        return "utf-8"
    return "cp1252" if _is_western(data) else _guessed(data, file)


def marked_encoding(data: bytes) -> str | None:
    """Return the encoding that a byte-order mark of UTF-16 or UTF-32 at the start names, or None."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def check_text(sample: bytes, file: str, share: float = CONTROL_SHARE) -> None:
    """Refuse what is no text.

    Raises:
        SourceError: the sample holds more than that share of control bytes.
    """
    if len(sample) - len(sample.translate(None, _CONTROL)) > 2 + len(sample) * share:
        raise SourceError(f"{file} is not text (it holds control bytes); convert it to UTF-8 text or remove it.")


def _named(declared: str | None) -> str | None:
    """Return Python's name of an encoding of text that a file names, or None."""
    try:
        name = codecs.lookup(declared or "").name
        "".encode(name)
    except (LookupError, ValueError):  # unknown, or a codec of no text such as hex
        return None
    return None if name.startswith(("utf-16", "utf-32")) else _WIDER.get(name, name)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except ValueError:
        return None


def _is_western(data: bytes) -> bool:
    """Tell whether Windows-1252 yields the letters and marks of West European languages, and few of those."""
    text = _strict(data, "cp1252")
    if text is None:
        return False
    foreign = [char for char in text if char > "\x7f"]
    few = sum(char.isalpha() for char in foreign) < 0.3 * sum(char.isalpha() for char in text)
    return few and _WESTERN.issuperset(foreign)


def _guessed(data: bytes, file: str) -> str:
    # A sample that ends within a character fits no encoding; no encoding takes more than four bytes for one.
    samples = (data[: _SAMPLE - cut] for cut in range(4 if len(data) > _SAMPLE else 1))
    best = next(filter(None, (from_bytes(sample).best() for sample in samples)), None)
    if best is None:
        raise SourceError(f"{file} is in no encoding that fits its bytes; save it as UTF-8.")
    if _strict(data, best.encoding) is None:
        raise SourceError(f"{file} is not all in one encoding ({best.encoding}); save it as UTF-8.")
    return best.encoding
