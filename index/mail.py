"""Mail: the lines at the head of an e-mail that was saved as text, what they say, and a body that is encoded."""

from __future__ import annotations

import email
import re
from email import policy
from typing import TYPE_CHECKING, Any

from index.dates import read_date
from index.encoding import decode
from index.errors import SourceError
from index.fields import LONGEST, Fields, read_name
from index.punctuation import BLANKS
from index.webpage import read_fragment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from email.message import EmailMessage

MAX_HEADER = 100_000
"""Characters of a header; those of mail that went through many hands have some ten thousand."""
MOST = 5
"""Headers, one after the other, of mail that was forwarded again and again."""

_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,40}):(?:[ \t]|\r?$)", re.MULTILINE)
_ROW = re.compile(r"[^\n]*(?:\n|$)")
_FORWARDED = re.compile(r"(?i)[-_ ]*\b(?:begin\s+)?(?:forwarded|original)\s+message\b[-_: ]*")
_ENVELOPE = re.compile(r"From \S+ .*\d{4}\s*")
_KNOWN = frozenset("from subject date sent to cc message-id mime-version received reply-to return-path".split())
_ENCODED = frozenset(("quoted-printable", "base64"))


def header_end(text: str) -> int:
    """Return where the body of an e-mail begins, after the empty line that ends its header; 0 where there is none.

    The header of a mail that it forwards, where nothing stands before that, belongs to it.
    """
    return max((end for _, end in _headers(text)), default=0)


def read_header(text: str) -> Fields:
    """Return subject, day and the name of the sender, as author, that the header of an e-mail says."""
    said = Fields()
    for start, end in _headers(text):
        header = text[start:end].lstrip(BLANKS)
        said = said.or_else(_said(email.message_from_string(header, policy=policy.default)))
    return said


def read_mail(data: bytes, text: str, file: str) -> str | None:
    """Return the text of an e-mail whose body is encoded or in parts; None for other mail and other files.

    Args:
        data: the file.
        text: the same, decoded.
        file: its name, for the errors.

    Raises:
        FormatError: its text is HTML, and what reads that is not installed.
        SourceError: it holds no text, or is damaged.
    """
    header = _header(text, 0)
    if header is None or _FORWARDED.search(text[: header[0]]):
        return None
    try:
        message = email.message_from_bytes(data.removeprefix(b"\xef\xbb\xbf").lstrip(), policy=policy.default)
        encoded = str(message["Content-Transfer-Encoding"] or "").strip().lower() in _ENCODED
        if not (encoded or message.is_multipart() or message.get_content_type() == "text/html"):
            return None
        part = message.get_body(("plain", "html"))
        body = part.get_payload(decode=True) if part is not None else None
    except Exception as error:  # a broken header may trip any of the parsers of its fields
        raise SourceError(f"{file} is a damaged e-mail; save its text as .txt.") from error
    if part is None or not isinstance(body, bytes):
        raise SourceError(f"{file} is an e-mail without text; save its text as .txt or remove it.")
    shown = decode(body, file, part.get_content_charset())
    return read_fragment(shown, file) if part.get_content_type() == "text/html" else shown


def _headers(text: str) -> Iterator[tuple[int, int]]:
    end = 0
    for _ in range(MOST):
        header = _header(text, end)
        if header is None:
            return
        yield header
        end = header[1]


def _header(text: str, start: int) -> tuple[int, int] | None:
    """Return the span of the header that begins at or after `start`, with the empty line after it."""
    names: set[str] = set()
    begin = position = start
    while position < len(text) and position - start < MAX_HEADER:
        row = _ROW.match(text, position)
        line = row[0] if row else ""
        bare = line.strip(BLANKS + " \t\r\n")
        if names and not bare:
            position += len(line)
            break
        if match := _FIELD.match(line.lstrip(BLANKS)):
            begin = begin if names else position
            names.add(match[1].lower())
        elif not (line[:1] in " \t" and names) and (names or not _leads(bare)):
            return None
        position += len(line)
    sure = len(names & _KNOWN) >= 2 and names & {"from", "subject"} and names & {"subject", "date", "sent", "to"}
    return (begin, position) if sure else None


def _leads(line: str) -> bool:
    """Tell whether a line may stand before the first field: an empty one, an envelope, a mark of what is forwarded."""
    return not line or bool(_FORWARDED.fullmatch(line) or _ENVELOPE.fullmatch(line))


def _said(message: EmailMessage) -> Fields:
    sizes = {name.lower(): len(value) for name, value in message.raw_items()}

    def of(name: str) -> Any:
        try:
            return message[name] if sizes.get(name, 0) <= 2 * LONGEST else None
        except Exception:  # noqa: BLE001 # a broken field costs only itself
            return None

    senders: Sequence[Any] = getattr(of("from"), "addresses", ())
    return Fields(
        title=read_name(of("subject")),
        published=read_date(str(of("date") or of("sent") or "")),
        author=read_name(senders[0].display_name) if len(senders) == 1 else None,
    )
