import io
import zipfile

import pytest
from made import TALKS, docx, paragraph

from index.docx import MAX_XML, read_docx
from index.errors import SourceError

SEEN, UNSEEN = "The talks began.", "SECRET"


def read(body: str, core: str = "") -> str:
    return read_docx(docx(body, core), "a.docx")[0]


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def test_paragraphs_stand_apart_with_their_tabs_and_line_breaks() -> None:
    lines = '<w:p><w:r><w:t xml:space="preserve">One </w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r></w:p>'
    assert read(paragraph(TALKS[0]) + "<w:p/>" + lines) == f"{TALKS[0]}\n\nOne \ttwo\nthree"


@pytest.mark.parametrize(
    "shown",
    [
        f"<w:ins>{run(SEEN)}</w:ins>",
        f"<w:moveTo>{run(SEEN)}</w:moveTo>",
        f"<w:hyperlink>{run(SEEN)}</w:hyperlink>",
        f"<w:sdt><w:sdtContent>{run(SEEN)}</w:sdtContent></w:sdt>",
        f"<w:smartTag>{run(SEEN)}</w:smartTag>",
        run(SEEN, '<w:vanish w:val="false"/>'),
        f"<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>{run(SEEN)}",
        run("The talks") + run(" began.", "<w:b/>"),
    ],
)
def test_text_is_read_wherever_word_puts_it(shown: str) -> None:
    assert read(f"<w:p>{shown}</w:p>") == SEEN


@pytest.mark.parametrize(
    "unseen",
    [
        f"<w:del><w:r><w:delText>{UNSEEN}</w:delText></w:r></w:del>",
        f"<w:del>{run(UNSEEN)}</w:del>",
        f"<w:moveFrom>{run(UNSEEN)}</w:moveFrom>",
        run(UNSEEN, "<w:vanish/>"),
        f"<w:r><w:instrText>{UNSEEN}</w:instrText></w:r>",
        f"<mc:AlternateContent><mc:Fallback>{run(UNSEEN)}</mc:Fallback></mc:AlternateContent>",
    ],
)
def test_deleted_and_hidden_text_is_left_out(unseen: str) -> None:
    assert read(f"<w:p>{run('The talks')}{unseen}{run(' began.')}</w:p>") == SEEN


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def test_a_row_of_a_table_is_a_line_and_a_text_box_a_paragraph() -> None:
    cells = f"<w:tbl>{row(paragraph('One'), paragraph('Two'))}</w:tbl>"
    box = f"<w:p>{run('Around')}<w:r><w:pict><w:txbxContent>{paragraph('Within')}</w:txbxContent></w:pict></w:r></w:p>"
    assert sorted(read(cells + box).split("\n\n")) == ["Around", "One | Two", "Within"]


def test_rows_follow_each_other_and_the_text_and_empty_cells_are_passed_over() -> None:
    rows = row(paragraph("Town"), paragraph("Jobs")) + row(paragraph("Halden"), "<w:p/>", paragraph("412"))
    shown = read(f"{paragraph(TALKS[0])}<w:tbl>{rows}</w:tbl>{paragraph(TALKS[1])}")
    assert shown.split("\n\n") == [TALKS[0], "Town | Jobs", "Halden | 412", TALKS[1]]


def test_a_table_within_a_cell_is_read_there() -> None:
    inner = f"<w:tbl>{row(paragraph('Two'), paragraph('Three'))}</w:tbl>"
    assert read(f"<w:tbl>{row(paragraph('One'), inner)}</w:tbl>") == "One | Two | Three"


def test_a_table_that_only_places_paragraphs_leaves_them_as_they_are() -> None:
    placed = row(paragraph(TALKS[0]) + paragraph(TALKS[1]), paragraph(TALKS[2]))
    assert read(f"<w:tbl>{placed}{row(paragraph(SEEN))}</w:tbl>").split("\n\n") == [*TALKS, SEEN]


def test_notes_stand_after_the_text_without_the_lines_that_part_them() -> None:
    def note(kind: str, text: str, type_: str = "") -> str:
        said = f' w:type="{type_}"' if type_ else ""
        return f'<w:{kind}{said} w:id="1">{paragraph(text)}</w:{kind}>'

    parting = "".join(note("footnote", UNSEEN, kind) for kind in ("separator", "continuationSeparator"))
    data = docx(
        f'<w:p>{run(TALKS[0])}<w:r><w:footnoteReference w:id="1"/></w:r></w:p>',
        footnotes=parting + note("footnote", TALKS[1]) + note("footnote", SEEN, "normal"),
        endnotes=note("endnote", UNSEEN, "separator") + note("endnote", TALKS[2]),
    )
    assert read_docx(data, "a.docx")[0].split("\n\n") == [TALKS[0], TALKS[1], SEEN, TALKS[2]]


@pytest.mark.parametrize("part", ["footnotes", "endnotes"])
def test_broken_notes_cost_only_themselves(part: str) -> None:
    notes = {"footnotes": paragraph(TALKS[1]), "endnotes": paragraph(TALKS[2])}
    whole = read_docx(docx(paragraph(TALKS[0]), **notes), "a.docx")[0].split("\n\n")
    broken = read_docx(docx(paragraph(TALKS[0]), **notes | {part: f"{notes[part]}<w:broken"}), "a.docx")[0]
    assert whole == list(TALKS)
    assert broken.split("\n\n") == [text for text in TALKS if text not in notes[part]]


def test_title_author_and_language_are_what_the_document_says() -> None:
    core = "<dc:title>Properties</dc:title><dc:creator>Jane Doe</dc:creator><dc:language>en-GB</dc:language>"
    _, said = read_docx(docx(paragraph(TALKS[0]), core), "a.docx")
    assert (said.title, said.author, said.language, said.published) == ("Properties", "Jane Doe", "en", None)
    _, said = read_docx(docx(paragraph("The Talks", "Title") + paragraph(TALKS[0]), core), "a.docx")
    assert said.title == "The Talks"


def test_an_author_that_a_program_filled_in_is_none() -> None:
    assert read_docx(docx(paragraph(TALKS[0]), "<dc:creator>python-docx</dc:creator>"), "a.docx")[1].author is None


def test_a_zip_archive_that_is_no_word_document_is_an_error() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(SourceError, match=r"^a\.docx is a zip archive but no Word document"):
        read_docx(out.getvalue(), "a.docx")


def test_a_document_that_unpacks_without_end_is_an_error_and_not_held() -> None:
    bomb = docx(paragraph("x" * (MAX_XML + 1)))
    assert len(bomb) < MAX_XML / 500
    with pytest.raises(SourceError, match=r"^a\.docx unpacks to over 64 MiB"):
        read_docx(bomb, "a.docx")


@pytest.mark.parametrize(
    "data",
    [
        docx(paragraph(TALKS[0]))[:-30],
        docx(paragraph(TALKS[0]), prolog='<!DOCTYPE d [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>'),
        docx("<w:p>"),
        docx("<w:p>\x00</w:p>"),
        docx(paragraph(TALKS[0])).replace(b"word/document.xml", b"word/document.xmk", 1),
        b"PK\x03\x04",
    ],
    ids=["cut off", "document type", "unclosed", "no XML", "two names", "nothing"],
)
def test_a_damaged_document_is_an_error_that_names_it(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"^a\.docx is a damaged Word document; save it anew\.$"):
        read_docx(data, "a.docx")


def _packed_anew(method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx(paragraph(TALKS[0])))) as old, zipfile.ZipFile(out, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return out.getvalue()


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED])
def test_a_damaged_stream_is_an_error_that_names_the_document_however_it_is_packed(method: int) -> None:
    data = bytearray(_packed_anew(method))
    assert read_docx(bytes(data), "a.docx")[0] == TALKS[0]
    data[data.index(b"word/document.xml") + len(b"word/document.xml") + 4] ^= 0xFF
    with pytest.raises(SourceError, match=r"^a\.docx is a damaged Word document; save it anew\.$"):
        read_docx(bytes(data), "a.docx")


def test_a_locked_document_is_an_error_that_says_so() -> None:
    data = bytearray(docx(paragraph(TALKS[0])))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flag of encryption, in both headers
        start = -1
        while (start := data.find(mark, start + 1)) >= 0:
            data[start + at] |= 1
    with pytest.raises(SourceError, match=r"^a\.docx is locked by a password; save it without one\.$"):
        read_docx(bytes(data), "a.docx")
