import base64
import quopri
import time
from pathlib import Path

import pytest
from made import TALKS

from index.article import Article
from index.errors import SourceError
from index.mail import MAX_HEADER, header_end, read_header, read_mail
from index.masthead import read_masthead
from index.reading import read_file
from index.sentence import split_sentences

BODY = "\n\n".join(TALKS) + "\n"
HEADER = (
    "From: Jane Doe <jane@post.example>\n"
    "To: readers@post.example\n"
    "Subject: =?utf-8?q?Talks_in_=C4=B0stanbul?=\n =?utf-8?q?_begin?=\n"
    "Date: Fri, 16 May 2025 23:30:00 +0300\n"
    "MIME-Version: 1.0\n"
)
TITLE = "Talks in İstanbul begin"


def read(folder: Path, data: str) -> Article:
    (folder / "a.txt").write_bytes(data.encode())
    (item,) = read_file(folder / "a.txt", folder)
    assert isinstance(item, Article)
    return item


def evidence(article: Article) -> list[str]:
    return [article.text[s.start : s.end] for s in split_sentences(article) if not s.boilerplate]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("before", ["", "\ufeff", "\n", "From jane@post.example Fri May 16 10:00:00 2025\n"])
def test_a_mail_is_what_its_header_says_and_the_header_is_no_evidence(tmp_path: Path, before: str, end: str) -> None:
    data = f"{before}{HEADER}\n{BODY}".replace("\n", end)
    article = read(tmp_path, data)
    assert (article.title, article.author, article.outlet) == (TITLE, "Jane Doe", None)
    assert article.published == "2025-05-16"
    assert article.text == data, "no offset moves"
    assert evidence(article) == list(TALKS)


def test_a_sender_with_the_name_of_an_outlet_is_the_outlet() -> None:
    said = read_masthead("From: The Daily Post <news@post.example>\nSubject: The talks\n\n" + BODY)
    assert (said.title, said.outlet, said.author) == ("The talks", "The Daily Post", None)


def test_an_address_without_a_name_names_nobody() -> None:
    said = read_header("From: news@post.example\nSubject: The talks\n\n" + BODY)
    assert (said.title, said.author, said.published) == ("The talks", None, None)


@pytest.mark.parametrize("day", ["Date: Fri, 16 May 2025 10:00", "Sent: Friday, May 16, 2025 10:00 AM"])
@pytest.mark.parametrize("mark", ["---------- Forwarded message ---------", "-----Original Message-----"])
def test_the_mark_of_a_forwarded_mail_is_no_title_and_the_mail_says_what_it_is(mark: str, day: str) -> None:
    text = f"{mark}\nFrom: Jane Doe <jane@post.example>\n{day}\nSubject: The talks\nTo: <me@here.example>\n\n\n{BODY}"
    said = read_masthead(text)
    assert (said.title, said.author, said.published) == ("The talks", "Jane Doe", "2025-05-16")
    assert text[header_end(text) :].strip() == BODY.strip()
    outer = read_masthead(f"From: John Roe <j@here.example>\nSubject: Fwd: The talks\n\n{text}")
    assert (outer.title, outer.author) == ("Fwd: The talks", "John Roe")
    assert read_masthead(f"{mark}\n\n{BODY}").title is None


def test_a_mark_of_a_forwarded_mail_within_a_mail_is_no_evidence(tmp_path: Path) -> None:
    article = read(tmp_path, f"{HEADER}\n{TALKS[0]}\n\n---------- Forwarded message ---------\n\n{TALKS[1]}\n")
    assert evidence(article) == list(TALKS[:2])


@pytest.mark.parametrize("coding", ["quoted-printable", "base64"])
def test_an_encoded_body_is_decoded(tmp_path: Path, coding: str) -> None:
    body = f"It’s the café’s {'long ' * 30}day.\n\n{BODY}".encode()
    packed = quopri.encodestring(body) if coding == "quoted-printable" else base64.encodebytes(body)
    kind = "Content-Type: text/plain; charset=utf-8"
    article = read(tmp_path, f"{HEADER}{kind}\nContent-Transfer-Encoding: {coding}\n\n{packed.decode()}")
    assert article.text == body.decode()
    assert (article.title, article.author, article.published) == (TITLE, "Jane Doe", "2025-05-16")


def test_of_a_mail_in_parts_the_plain_text_is_read_else_the_html(tmp_path: Path) -> None:
    kind = 'Content-Type: multipart/alternative; boundary="x"'
    html = f"--x\nContent-Type: text/html\n\n<p>{'</p><p>'.join(TALKS)}</p>\n"
    plain = f"--x\nContent-Type: text/plain\n\n{BODY}\n"
    assert read(tmp_path, f"{HEADER}{kind}\n\n{plain}{html}--x--\n").text.split() == BODY.split()
    assert read(tmp_path, f"{HEADER}{kind}\n\n{html}--x--\n").text.split("\n") == list(TALKS)


def test_a_mail_without_text_is_an_error_that_names_it(tmp_path: Path) -> None:
    picture = 'Content-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: image/png\n\nabc\n--x--\n'
    with pytest.raises(SourceError, match=r"^a\.txt is an e-mail without text; save its text as \.txt or remove it\.$"):
        read(tmp_path, HEADER + picture)


ENVELOPE = "From jane@post.example Fri May 16 10:00:00 2025\n"
PARTS = f'Content-Type: multipart/alternative; boundary="x"\n\n--x\nContent-Type: text/plain\n\n{BODY}\n--x--\n'
PACKED = f"Content-Transfer-Encoding: base64\n\n{base64.encodebytes(BODY.encode()).decode()}"
SECOND = "From: John Roe <john@post.example>\nSubject: The storm\n\nThe storm destroyed two hundred houses.\n"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("first", [PARTS, PACKED])
def test_several_mails_in_one_file_are_read_as_they_stand(tmp_path: Path, first: str, end: str) -> None:
    data = f"{ENVELOPE}{HEADER}{first}\n{ENVELOPE}{SECOND}".replace("\n", end)
    assert read(tmp_path, data).text == data


def test_a_line_like_an_envelope_that_no_header_follows_begins_no_other_mail(tmp_path: Path) -> None:
    quoted = f"{BODY}\n{ENVELOPE}And no mail follows this.\n"
    assert read(tmp_path, f"{ENVELOPE}{HEADER}{PARTS.replace(BODY, quoted)}").text.split() == quoted.split()


def test_the_text_of_an_attached_mail_follows_that_of_the_mail(tmp_path: Path) -> None:
    inner = f"--y\nContent-Type: message/rfc822\n\n{SECOND}\n--y--\n"
    outer = f'Content-Type: multipart/mixed; boundary="y"\n\n--y\nContent-Type: text/plain\n\n{BODY}\n'
    article = read(tmp_path, f"{HEADER}{outer}{inner}")
    assert (article.title, article.author) == (TITLE, "Jane Doe")
    assert evidence(article) == [*TALKS, "The storm destroyed two hundred houses."]
    only = f'Content-Type: multipart/mixed; boundary="y"\n\n{inner}'
    assert evidence(read(tmp_path, f"{HEADER}{only}")) == ["The storm destroyed two hundred houses."]


@pytest.mark.parametrize(
    ("said", "body"),
    [
        ("Content-Transfer-Encoding: base64", BODY),
        ("Content-Transfer-Encoding: base64", "The talks began on Friday\n"),
        ("Content-Transfer-Encoding: quoted-printable", BODY),
        ("Content-Transfer-Encoding: quoted-printable", "The page /talks?id=2025 says that x=y and began.\n"),
        ("Content-Type: text/html", "The talks began: x < y and y > z, as <Jane> said.\n\nThey agreed.\n"),
        ('Content-Type: multipart/alternative; boundary="x"', BODY),
    ],
)
def test_a_mail_that_was_saved_decoded_is_read_as_it_stands(tmp_path: Path, said: str, body: str) -> None:
    data = f"{HEADER}{said}\n\n{body}"
    assert read(tmp_path, data).text == data
    if "multipart" not in said:
        within = f'{HEADER}Content-Type: multipart/mixed; boundary="x"\n\n--x\n{said}\n\n{body}\n--x--\n'
        assert read(tmp_path, within).text.strip() == body.strip()


@pytest.mark.parametrize("end", ["", "\n", "\n\n \n", "\nAnd so on.\n\nThe talks began."])
def test_lines_that_no_empty_line_and_no_text_follow_are_no_header(tmp_path: Path, end: str) -> None:
    text = f"From: Kyiv, where the talks began\nTo: Istanbul, said the minister.\nCost: It cost 4,000 euros.{end}"
    assert header_end(text) == 0
    assert "Cost: It cost 4,000 euros." in "\n".join(evidence(read(tmp_path, text)))


def test_a_header_longer_than_any_is_none() -> None:
    assert header_end(f"{HEADER}X-More: {'a' * MAX_HEADER}\nX-End: 1\n\n{BODY}") == 0


@pytest.mark.parametrize("line", [" ", "-", "-_ ", "begin ", "From a 2025 ", "0000 "])
def test_no_line_before_a_header_takes_long_to_be_looked_through(line: str) -> None:
    text = f"{(line * 99_000)[:99_000]}\n{HEADER}{PACKED}"
    began = time.process_time()
    read_mail(text.encode(), text, "a.txt")
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"Subject: the talks.\n\n{BODY}",
        f"Title: The talks\nDate: 16 May 2025\n\n{BODY}",
        f"From: Ankara\nThe delegations flew to Istanbul.\nSubject: talks\n\n{BODY}",
        f"Moscow: no talks.\nKyiv: talks.\n\n{BODY}",
        f"{BODY}\n\n{HEADER}\n",
        "",
    ],
)
def test_other_texts_have_no_header(text: str) -> None:
    assert header_end(text) == 0
    assert read_mail(text.encode(), text, "a.txt") is None
    assert read_header(text).title is None
