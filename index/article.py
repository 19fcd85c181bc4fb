"""Articles: the text of one file or record, with every character where it has it, and what it says about itself."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from index.errors import SourceError
from index.masthead import read_masthead

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.fields import Fields

MAX_CHARS = 16 * 1024 * 1024
"""Characters of an article: some five times War and Peace."""
READING = 3
"""Raised whenever some file is read otherwise than before, in its fields, its sentences or its chunks: the articles of
an index made before have other ids, and the next run reads all of them again, but embeds only texts that are new."""
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Article:
    """One article and what its file says about it; what the file does not say is None."""

    id: str
    """Hash of all that was read of it (see `identify`): the same article read again has the same id."""
    file: str
    """Path relative to the indexed folder, with forward slashes, its letters coded as on disk."""
    record: int | None
    """Which record of the file, from 0; None for a file that holds one article."""
    title: str | None
    outlet: str | None
    published: str | None
    """ISO 8601 date, or None where the file does not say."""
    text: str
    """All characters of the file, boilerplate included, line ends untouched; offsets count these.

    For a record these are the characters of its text field; for web pages, PDF, Word, an e-mail that is encoded or in
    parts and the HTML of a record those that were extracted.
    """
    author: str | None = None
    """Who wrote it; several names with commas between them."""
    language: str | None = None
    """ISO 639-1 code, only where the file names its language."""
    url: str | None = None
    """Where it was published, http or https, only where the file says so."""
    pages: tuple[int, ...] = ()
    """For a PDF the offset in `text` at which each page begins, from the first on; empty for all else."""
    key: str | None = None
    """What a record calls itself, in its field `id`."""

    def page(self, offset: int) -> int | None:
        """Return the number, from 1, of the page on which a character of the text stands; None without pages."""
        return max(1, bisect_right(self.pages, offset)) if self.pages else None


def make_article(  # noqa: PLR0913 # each is another part of what was read
    file: str,
    text: str,
    record: int | None = None,
    said: Fields | None = None,
    pages: Sequence[int] = (),
    *,
    titled: bool = True,
    key: str | None = None,
) -> Article:
    """Make the article that `text` holds.

    Half of a surrogate pair, which is no character and cannot be stored, becomes U+FFFD; no offset moves.

    Args:
        file: its path, relative and with forward slashes.
        text: the text.
        record: which record of the file, from 0, or None.
        said: what the file says of it; where that is silent, what the text shows at its head is taken.
        pages: the offset at which each page begins, if there are pages.
        titled: whether a line at its head may be the title.
        key: what the record calls itself.

    Raises:
        SourceError: there is no letter or digit in the text, or it is longer than MAX_CHARS.
    """
    if len(text) > MAX_CHARS:
        raise SourceError(f"{file} holds more than {MAX_CHARS:,} characters in one article; split it.")
    text = _SURROGATE.sub("\ufffd", text)
    if not any(c.isalnum() for c in text):
        raise SourceError(f"{file} holds no text; remove it or put an article into it.")
    fields = read_masthead(text, said, titled=titled)
    article = Article(
        "",
        file,
        record,
        fields.title,
        fields.outlet,
        fields.published,
        text,
        author=fields.author,
        language=fields.language,
        url=fields.url,
        pages=tuple(pages),
        key=key and _SURROGATE.sub("\ufffd", key),
    )
    return replace(article, id=identify(article))


def identify(article: Article) -> str:
    """Return the id of an article: 24 hexadecimal digits of a hash of its file, its record and all that was read of it.

    Any change makes another id, and so does another READING.
    """
    read = {name: value for name, value in asdict(article).items() if name != "id"}
    key = repr((READING, sorted(read.items()))).encode("utf-8", "backslashreplace")
    return hashlib.blake2b(key, digest_size=12).hexdigest()


def read_article(path: Path, root: Path) -> Article:
    """Read a file below `root` that holds one article.

    Raises:
        SourceError: the file cannot be read as an article, or holds no record that can.
    """
    from index.reading import read_file

    first = next((item for item in read_file(path, root) if isinstance(item, Article)), None)
    if first is None:
        file = path.relative_to(root).as_posix()
        raise SourceError(f"{file} holds no article that can be read; mend it or remove it.")
    return first
