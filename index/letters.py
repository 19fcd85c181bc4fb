"""Letters: which older encoding of Latin letters a text is in, told by how often each language has which letters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import log

import numpy as np

MARKS = frozenset("‘’“”‚„…–—•€£§°©®™«»‹›¡¿ªº·½\xa0")
"""Marks that stand in texts of any language; other signs are rare, and many of them tell of another encoding."""
RARE = 0.001
"""Share of a letter that a language has not."""
MOSTLY_ASCII = 0.3
"""Share of letters beyond ASCII that no language in Latin letters reaches; Czech has one in six."""
STRANGE = 0.1
"""Share of letters of other languages, as in names, and of other signs that a text may have, and one more."""


@dataclass(frozen=True, slots=True)
class _Language:
    encodings: tuple[str, ...]
    prior: float
    """How likely it is before a letter is seen; lower where one word would be taken for it, `naďve` for `naïve`."""
    letters: str
    """Its letters beyond ASCII, each with how many of a thousand of these it makes up."""

    def shares(self) -> dict[str, float]:
        """Return the letters with their shares."""
        pairs = re.findall(r"([^\W\d])(\d+)", self.letters)
        return {letter: int(number) / 1000 for letter, number in pairs}


_FOREIGN = re.compile(rb"[\x80-\xff]+")
_CENTRAL = ("cp1250", "iso8859-2")
_BALTIC = ("cp1257", "iso8859-13")
_LANGUAGES = (
    # English, or any mixture of names from the West of Europe.
    _Language(("cp1252",), 1, " ".join(f"{letter}16" for letter in "àáâãäåæçèéêëìíîïñòóôõöøœùúûüÿß")),
    _Language(("cp1252",), 1, "é530 è205 à95 ê67 ç34 ù27 â17 ô17 û9 î9 ï2 ë2 œ3"),  # French
    _Language(("cp1252",), 1, "ü365 ä306 ö187 ß142"),  # German
    _Language(("cp1252",), 1, "í254 é226 á179 ó141 ñ125 ú74 ü3"),  # Spanish
    _Language(("cp1252",), 1, "é242 ã221 á127 í115 ç101 ó70 à46 ú42 ê32 õ20 â10 ô10"),  # Portuguese
    _Language(("cp1252",), 1, "à349 è250 ò150 ù121 ì71 é59"),  # Italian
    _Language(("cp1252",), 1, "å391 ä332 ö277 é5"),  # Swedish, Finnish
    _Language(("cp1252",), 1, "å479 ø306 æ206 é9"),  # Danish, Norwegian
    _Language(("cp1252",), 1, "é456 í150 ó148 à94 ò61 è52 ü39"),  # Catalan
    _Language(("cp1252",), 1, "ë979 ç17"),  # Albanian
    _Language(("cp1252",), 0.01, "ð288 þ171 á141 í124 ó70 ú57 ö53 æ50 é36 ý11"),  # Icelandic
    _Language(_CENTRAL, 0.05, "ł322 ó162 ę121 ż115 ś109 ą103 ć31 ń23 ź13"),  # Polish
    _Language(_CENTRAL, 0.05, "í240 ě138 á131 é93 ž89 ř83 č71 š54 ý54 ů30 ú11 ň3 ť2 ď2 ó2"),  # Czech
    _Language(_CENTRAL, 0.05, "á160 č116 ý113 ž109 í91 š77 é76 ú75 ľ57 ť36 ô28 ď21 ó15 ä15 ň10"),  # Slovak
    _Language(_CENTRAL, 0.05, "á294 é261 ö126 ő95 ó72 ü59 í43 ú33 ű18"),  # Hungarian
    _Language(_CENTRAL, 0.05, "č331 š216 ć198 ž171 đ82"),  # Croatian, Slovenian
    _Language((*_CENTRAL, "iso8859-16"), 0.05, "ă428 î164 ş145 ș145 â144 ţ118 ț118"),  # Romanian
    _Language(("cp1254",), 0.05, "ı412 ü168 ş135 ö100 ğ93 ç91 i45 â5 î2"),  # Turkish, whose İ counts as i
    _Language(_BALTIC, 0.01, "ė269 ų202 š147 ž116 ū66 ą62 į61 č60 ę17"),  # Lithuanian
    _Language(_BALTIC, 0.01, "ā414 ē164 ī158 š85 ņ48 ļ46 ū38 ž20 č11 ķ10 ģ7"),  # Latvian
    _Language(_BALTIC, 0.01, "ä387 õ343 ü215 ö49 š4"),  # Estonian
)


def latin_encoding(data: bytes) -> str | None:
    """Return the encoding in which the text reads most like a language in Latin letters, or None if it is like none."""
    if _in_pairs(data):
        return None
    counts = np.bincount(np.frombuffer(data, np.uint8), minlength=256)
    plain = int(sum(counts[ord(letter)] for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    foreign = {byte: int(counts[byte]) for byte in range(128, 256) if counts[byte]}
    best: tuple[float, str] | None = None
    for language in _LANGUAGES:
        for encoding in language.encodings:
            found = _likelihood(foreign, plain, language, encoding)
            if found is not None and (best is None or found > best[0]):
                best = found, encoding
    return best[1] if best else None


def _in_pairs(data: bytes) -> bool:
    """Tell whether all letters beyond ASCII stand in even numbers, as the halves of Korean or Chinese characters do."""
    runs = [run for run in _FOREIGN.findall(data) if not MARKS.issuperset(run.decode("cp1252", "replace"))]
    return sum(map(len, runs)) >= 4 and all(len(run) % 2 == 0 for run in runs)


def _likelihood(foreign: dict[int, int], plain: int, language: _Language, encoding: str) -> float | None:
    """Return the logarithm of how likely a language has such letters, or None where it cannot be."""
    shares = language.shares()
    letters = strange = 0
    total = log(language.prior)
    for byte, count in foreign.items():
        char = bytes([byte]).decode(encoding, "ignore").lower()[:1]
        if char in MARKS:
            continue
        if not char.isprintable():
            return None
        letters += count if char.isalpha() else 0
        strange += count if char not in shares else 0
        total += count * log(shares.get(char, RARE if char.isalpha() else RARE / 2))
    if letters >= MOSTLY_ASCII * (plain + letters) > 0 or strange > 1 + STRANGE * letters:
        return None
    return total
