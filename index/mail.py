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
from index.webpage import is_markup, read_fragment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from email.message import EmailMessage

MAX_HEADER = 100_000
"""Characters of a header; those of mail that went through many hands have some ten thousand."""
MOST = 5
"""Headers, one after the other, of mail that was forwarded again and again."""

_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,40}):(?:[ \t]|\r?$)", re.MULTILINE)
_ROW = re.compile(r"[^\n]*(?:\n|$)")
_FORWARDED = re.compile(r"(?i)(?:begin\s+)?(?:forwarded|original)\s+message\b[-_: ]*")
_ENVELOPE = re.compile(r"From \S+ .*\d{4}\s*")
_NEXT = re.compile(r"^From \S+ .*\d{4}[ \t]*\r?\n(?=[A-Za-z][A-Za-z0-9-]{1,40}:)", re.MULTILINE)
"""The envelope of another mail, and the line end between it and its header."""
_SHOWN = re.compile(rf"[^\s{BLANKS}]")
_KNOWN = frozenset("from subject date sent to cc message-id mime-version received reply-to return-path".split())
_UNLIKE = {
    "base64": re.compile(r"[^A-Za-z0-9+/=\s]|\S[ \t]+\S"),
    "quoted-printable": re.compile(r"\A[^=]*\Z|=(?![0-9A-Fa-f]{2}|[ \t]*\r?(?:\n|\Z))"),
}
"""What no body holds that is encoded so: a mail may be saved with its text decoded and its header as it was."""


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
    """Return the text of an e-mail whose body is encoded or in parts, with that of the mail attached to it.

    None for other mail, which is read as it stands, as are several in one file, and for other files.

    Args:
        data: the file.
        text: the same, decoded.
        file: its name, for the errors.

    Raises:
        FormatError: its text is HTML, and what reads that is not installed.
        SourceError: it holds no text, or is damaged.
    """
    header = _header(text, 0)
    if header is None or _FORWARDED.search(text[: header[0]]) or _has_next(text, header[1]):
        return None
    try:
        message = email.message_from_bytes(data.removeprefix(b"\xef\xbb\xbf").lstrip(), policy=policy.default)
        if not (message.is_multipart() or _is_encoded(message) or _is_html(message, text[header[1] :])):
            return None
        attached = [part.get_payload(0) for part in message.walk() if part.get_content_type() == "message/rfc822"]
        bodies = [_body(mail) for mail in (message, *attached)]
    except Exception as error:  # a broken header may trip any of the parsers of its fields
        raise SourceError(f"{file} is a damaged e-mail; save its text as .txt.") from error
    texts = [_read(*body, file) for body in bodies if body]
    if not texts:
        raise SourceError(f"{file} is an e-mail without text; save its text as .txt or remove it.")
    return "\n\n".join(texts)


def _has_next(text: str, start: int) -> bool:
    """Tell whether another mail follows in the file, as in a mailbox."""
    return any(_header(text, envelope.end()) for envelope in _NEXT.finditer(text, start))


def _body(message: Any) -> tuple[EmailMessage, bytes] | None:
    """Return the part of a mail that holds its text, and this, decoded where it is encoded."""
    part = message.get_body(("plain", "html"))
    if part is not None and not _is_encoded(part):
        del part["Content-Transfer-Encoding"]
    body = part.get_payload(decode=True) if part is not None else None
    return (part, body) if isinstance(body, bytes) else None


def _read(part: EmailMessage, body: bytes, file: str) -> str:
    shown = decode(body, file, part.get_content_charset())
    return read_fragment(shown, file) if _is_html(part, shown) else shown


def _is_html(part: EmailMessage, shown: str) -> bool:
    return part.get_content_type() == "text/html" and is_markup(shown)


def _is_encoded(part: EmailMessage) -> bool:
    """Tell whether a body is encoded as its header says."""
    unlike = _UNLIKE.get(str(part["Content-Transfer-Encoding"] or "").strip().lower())
    return unlike is not None and not unlike.search(str(part.get_payload()))


def _headers(text: str) -> Iterator[tuple[int, int]]:
    end = 0
    for _ in range(MOST):
        header = _header(text, end)
        if header is None:
            return
        yield header
        end = header[1]


def _header(text: str, start: int) -> tuple[int, int] | None:
    """Return the span of the header that begins at or after `start`, with the empty line after it.

    Lines like those of a header that no empty line and no text follow are themselves the text.
    """
    names: set[str] = set()
    begin = position = start
    ended = False
    while position < len(text) and position - start < MAX_HEADER:
        row = _ROW.match(text, position)
        line = row[0] if row else ""
        bare = line.strip(BLANKS + " \t\r\n")
        if names and not bare:
            position += len(line)
            ended = bool(_SHOWN.search(text, position))
            break
        if match := _FIELD.match(line.lstrip(BLANKS)):
            begin = begin if names else position
            names.add(match[1].lower())
        elif not (line[:1] in " \t" and names) and (names or not _leads(bare)):
            return None
        position += len(line)
    sure = len(names & _KNOWN) >= 2 and names & {"from", "subject"} and names & {"subject", "date", "sent", "to"}
    return (begin, position) if sure and ended else None


def _leads(line: str) -> bool:
    """Tell whether a line may stand before the first field: an empty one, an envelope, a mark of what is forwarded."""
    return not line or bool(_FORWARDED.fullmatch(line.lstrip("-_ ")) or _ENVELOPE.fullmatch(line))


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
