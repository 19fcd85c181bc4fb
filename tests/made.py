"""Files that the tests make: PDF and Word documents as small as they can be, and broken ones of every kind."""

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Sequence

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TALKS = (
    "The talks between the two delegations began on Friday in Istanbul and lasted two hours.",
    "Both sides agreed to exchange a thousand prisoners each, the foreign minister said.",
    "Nobody could say when the next round of talks would be held, or where.",
)
"""Three sentences of an article."""


def pdf(pages: Sequence[Sequence[str]], info: str = "", catalog: str = "") -> bytes:
    """Return a PDF whose pages show the given lines, each text as ASCII; `info` and `catalog` are PDF source."""
    contents = []
    for lines in pages:
        shown = " T* ".join(f"({_plain(line)}) Tj" for line in lines)
        contents.append(f"BT /F1 10 Tf 12 TL 50 750 Td {shown} ET")
    return instructed_pdf(contents, info, catalog)


def placed_pdf(*pages: Sequence[tuple[float, float, str]]) -> bytes:
    """Return a PDF whose pages draw each text, in letters 10 points high, at its place from the left and the bottom."""
    return instructed_pdf(
        ["\n".join(f"BT /F1 10 Tf {x} {y} Td ({_plain(text)}) Tj ET" for x, y, text in placed) for placed in pages]
    )


def instructed_pdf(contents: Sequence[str], info: str = "", catalog: str = "") -> bytes:
    """Return a PDF whose pages carry out the given instructions, with the font `/F1`."""
    pages = range(len(contents))
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in pages)
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, content in enumerate(contents):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    objects.append(f"<< {info} >>")
    body, places = "%PDF-1.7\n", []
    for number, source in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{source}\nendobj\n"
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    table = f"xref\n0 {size}\n0000000000 65535 f \n{rows}"
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R /Info {size - 1} 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return (body + table + trailer).encode("latin-1")


def _plain(line: str) -> str:
    return line.translate({40: "", 41: "", 92: ""})


def raw_pdf(objects: Sequence[bytes], pages: int = 1) -> bytes:
    """Return a PDF whose pages all show object 5, with what object 6 names; `objects` are numbered from 5."""
    kids = "4 0 R " * pages
    resources = "/Font << /F1 3 0 R >> /XObject 6 0 R"
    first = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R /Resources << {resources} >> >>",
    ]
    parts = [source.encode() for source in first] + [*objects]
    body, places = b"%PDF-1.7\n", []
    for number, source in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, source)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(parts) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, rows)
    return body + table + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))


def drawing(content: str, named: str = "null") -> list[bytes]:
    """Return objects 5 and 6 of `raw_pdf`: instructions, packed, and what `/X` names in them."""
    packed = zlib.compress(content.encode())
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    return [stream, f"<< /X {named} >>".encode()]


def form(content: str, named: str = "null") -> bytes:
    """Return a form for `raw_pdf`; `named` is what `/X` names in it."""
    packed = zlib.compress(content.encode())
    resources = f"<< /Font << /F1 3 0 R >> /XObject << /X {named} >> >>".encode()
    head = b"<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources %s" % resources
    return head + b" /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)


def locked_pdf(user: str, algorithm: str = "AES-256") -> bytes:
    """Return a PDF that only opens with a password; an empty one opens for everybody."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([TALKS]))))
    writer.encrypt(user, "owner", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def paragraph(text: str, style: str = "") -> str:
    """Return a paragraph of a Word document as XML; the text is XML too."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def docx(body: str, core: str = "", prolog: str = "", **notes: str) -> bytes:
    """Return a Word document with the given XML as its body, as its properties and as its notes by their kind."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?>{prolog}<w:document xmlns:w="{WORD}" '
            'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f"<w:body>{body}</w:body></w:document>",
        )
        for kind, shown in notes.items():
            archive.writestr(f"word/{kind}.xml", f'<w:{kind} xmlns:w="{WORD}">{shown}</w:{kind}>')
        if core:
            archive.writestr(
                "docProps/core.xml",
                '<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/">'
                f"{core}</cp:coreProperties>",
            )
    return out.getvalue()


def page(body: str, head: str = "", attributes: str = "") -> str:
    """Return a web page."""
    return f"<!DOCTYPE html><html {attributes}><head>{head}</head><body>{body}</body></html>"


def article_page(*extra: str, head: str = "", attributes: str = "") -> str:
    """Return a web page with the article TALKS in it and other elements between its paragraphs."""
    shown = "".join(f"<p>{sentence}</p>" for sentence in TALKS)
    return page(f"<nav>Home News Sport</nav><article>{''.join(extra)}{shown}</article>", head, attributes)


def of_every_format() -> dict[str, bytes]:
    """Return a small file of each format by its name, with some of all that its reader tells apart."""
    first, second, third = TALKS
    header = "From: Jane Doe <j@post.example>\nSubject: The talks\nDate: Fri, 16 May 2025 10:00:00 +0000\n"
    forwarded = "".join(f"---------- Forwarded message ---------\n{header}\n{line}\n\n" for line in (first, second))
    packed = f"{first}\n\n{second}".replace("i", "=69")
    parts = f"--x\nContent-Transfer-Encoding: quoted-printable\n\n{packed}\n\n--x\n"
    attached = f"Content-Type: message/rfc822\n\n{header}Content-Type: text/html\n\n<p>{third}</p>\n--x--\n"
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Lindmouth", "412"))
    note = f'<w:footnote w:id="1">{paragraph(third)}</w:footnote>'
    published = '<meta property="article:published_time" content="2025-05-16">'
    head = f'<title>The talks</title>{published}<meta name="author" content="Jane Doe">'
    columns = [(x, 700 - 12 * n, text[6 * n :][:40]) for n in range(6) for x, text in ((50, first), (310, second))]
    record = {
        "id": 7,
        "title": "The talks",
        "author": "Jane Doe",
        "date": "2025-05-16",
        "text": f"<p>{first}</p><p>{second}</p>",
    }
    table = io.StringIO()
    csv.writer(table, delimiter=";").writerows([[*record], [*record.values()], [8, "", "", "", third]])
    return {
        "forwarded.txt": forwarded.encode(),
        "mail.txt": f'{header}Content-Type: multipart/mixed; boundary="x"\n\n{parts}{attached}'.encode(),
        "notes.md": f"---\ntitle: The talks\ndate: 2025-05-16\n---\n# Talks\n\n{first}\n\n> {third}\n".encode(),
        "page.html": article_page("<table><tr><td>Lindmouth</td><td>412</td></tr></table>", head=head).encode(),
        "pages.pdf": pdf([TALKS[:2], TALKS[2:]], "/Title (The talks) /Author (Jane Doe)"),
        "columns.pdf": placed_pdf(columns),
        "word.docx": docx(
            f"{paragraph('The talks', 'Title')}{paragraph(first)}<w:tbl><w:tr>{cells}</w:tr></w:tbl>",
            "<dc:creator>Jane Doe</dc:creator>",
            footnotes=note,
        ),
        "list.json": json.dumps([record, {"status": "ok"}, {"text": f"{first}\n\n{third}"}]).encode(),
        "lines.jsonl": f"{json.dumps(record)}\n{{\n{json.dumps({'text': third})}\n".encode(),
        "table.csv": table.getvalue().encode("utf-16"),
    }
