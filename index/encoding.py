"""Encodings: bytes of a text file into characters, as its byte-order mark, its own words or its letters tell."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from index.errors import SourceError
from index.letters import MARKS, latin_encoding

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
UNMARKED = 64
"""Characters that UTF-16 without a byte-order mark must have to be told; fewer may be numbers of a binary file."""
_SAMPLE = 262_144
_CUT_MARK = b"\xe2\x80"
"""A quotation mark or dash of UTF-8, cut at the end of the file; otherwise it would be `â€`, which nobody writes."""
_CUT = re.compile(rb"\xe2\x80(?![\x80-\xbf])")
_BEYOND = re.compile(rb"[\x80-\xff]")
SURE = 4
"""Characters of UTF-8 beyond ASCII that no text in an older encoding has by chance in lines that are UTF-8."""
_SHIFTS = re.compile(rb"\x1b(?:\$[@B]|\$\([DOPQ]|\([JI])")
"""Escapes by which ISO-2022-JP changes to Japanese letters."""
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

    Where most of it is UTF-8, only the lines that are not are decoded otherwise. A broken byte here and there in UTF-8
    becomes U+FFFD. A byte-order mark stays in UTF-8 text. UTF-16 without one, and ISO-2022-JP, are told by their bytes.

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
    if unmarked := unmarked_encoding(data):
        return data.decode(unmarked, "replace")
    check_text(data[:SNIFFED], file)
    own = _named(declared)
    if own and own.startswith("iso2022"):
        return data.decode(own, "replace")  # its bytes are ASCII, so that it passes for UTF-8
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        mixed = _mixed(data, own)
        return data.decode(older_encoding(data, file, own), "replace") if mixed is None else mixed


def older_encoding(data: bytes, file: str, own: str | None = None) -> str:
    """Return the encoding of bytes that are not all UTF-8: UTF-8 after all, `own` if it fits, or as letters tell.

    Raises:
        SourceError: no encoding fits them.
    """
    if _nearly_utf_8(data):
        return "utf-8"
    if own and _strict(data, own) is not None:
        return own
    return latin_encoding(data) or _guessed(data, file)


def marked_encoding(data: bytes) -> str | None:
    """Return the encoding that a byte-order mark of UTF-16 or UTF-32 at the start names, or None."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def unmarked_encoding(data: bytes) -> str | None:
    """Return UTF-16 or ISO-2022-JP where the bytes are those of one of them and of nothing else, or None."""
    sample = data[:SNIFFED]
    if _SHIFTS.search(sample) and sample.isascii():
        return "iso2022_jp_ext"
    zeros = sample[0::2].count(0), sample[1::2].count(0)
    if len(sample) < 2 * UNMARKED or min(zeros) or not max(zeros):
        return None
    encoding = "utf-16-le" if zeros[1] else "utf-16-be"
    text = sample.decode(encoding, "replace")
    odd = sum(not (char.isprintable() or char.isspace()) or char == "\ufffd" for char in text)
    return encoding if odd <= 1 + 0.02 * len(text) else None


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


def _nearly_utf_8(data: bytes) -> bool:
    """Tell whether the bytes are UTF-8 but for a few: one, where they are letters and marks of the West of Europe."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = [char for char in text if char > "\x7f" and char != "\ufffd"]
    if 4 * broken <= len(whole):
        return True
    # No older encoding has such pairs of bytes by chance, but `É»`, which is a phonetic letter in UTF-8.
    return broken == 1 and all(map(_usual, whole)) and (bool(whole) or data.endswith(_CUT_MARK))


def _mixed(data: bytes, own: str | None) -> str | None:
    """Decode each line by itself where most bytes beyond ASCII are UTF-8, and a few lines are older; else None."""
    lines = data.splitlines(keepends=True)
    older = [
        line for line in lines if _strict(line, "utf-8") is None and not (_CUT.search(line) or _nearly_utf_8(line))
    ]
    odd = b"".join(older)
    others = frozenset(older)
    whole = [char for line in lines if line not in others for char in line.decode("utf-8", "replace") if char > "\x7f"]
    sure = len(whole) >= SURE or all(_usual(char) for char in whole)
    if not odd or not sure or len("".join(whole).encode()) <= len(_BEYOND.findall(odd)):
        return None
    encoding = own if own and own != "utf-8" and _strict(odd, own) is not None else latin_encoding(odd)
    if encoding is None:
        return None
    return "".join(line.decode(encoding if line in others else "utf-8", "replace") for line in lines)


def _usual(char: str) -> bool:
    """Tell whether it is a letter or mark of the West of Europe."""
    return char <= "\u017f" or char in MARKS


def _guessed(data: bytes, file: str) -> str:
    # A sample that ends within a character fits no encoding; no encoding takes more than four bytes for one.
    samples = (data[: _SAMPLE - cut] for cut in range(4 if len(data) > _SAMPLE else 1))
    best = next(filter(None, (from_bytes(sample).best() for sample in samples)), None)
    if best is None:
        raise SourceError(f"{file} is in no encoding that fits its bytes; save it as UTF-8.")
    if _strict(data, best.encoding) is None:
        raise SourceError(f"{file} is not all in one encoding ({best.encoding}); save it as UTF-8.")
    return best.encoding
