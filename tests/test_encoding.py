import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoding import decode
from index.errors import SourceError

ENGLISH = "Putin’s “decorative” team – said Erdoğan – left. Café. "
POLISH = "Ukraiński prezydent Wołodymyr Zełenski przyjechał do Turcji. Rozmowy zaczęły się w piątek. " * 3
RUSSIAN = "Президент Украины Владимир Зеленский прибыл в Анкару. Переговоры начались в пятницу. " * 3
JAPANESE = "ロシアとウクライナの和平交渉が金曜日にイスタンブールで始まった。" * 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", [ENGLISH, POLISH, RUSSIAN, JAPANESE, "plain", "\u2028 a\r\nb\rc\n"])
def test_unicode_is_read_in_any_of_its_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf_16_is_read_in_both_byte_orders(mark: bytes) -> None:
    order = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert decode(mark + ENGLISH.encode(order), "a.txt") == ENGLISH


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Putin’s “decorative” team – said nothing.", "cp1252"),
        ("It’s naïve.", "cp1252"),
        ("Le président a été reçu à Ankara. Les négociations ont commencé.", "latin-1"),
        ("Die Gespräche begannen „pünktlich“, hieß es.", "cp1252"),
        ("¿Qué pasó en España? El año pasado, nada.", "latin-1"),
        (POLISH, "cp1250"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        ("俄罗斯与乌克兰的和平谈判于周五在伊斯坦布尔开始。" * 5, "gb18030"),
        ("بدأت المحادثات بين روسيا وأوكرانيا في اسطنبول يوم الجمعة. " * 5, "cp1256"),
    ],
)
def test_older_encodings_are_told_by_their_letters(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


def test_a_long_file_in_an_older_encoding_is_read_to_its_end() -> None:
    text = "a" + JAPANESE * 1000
    assert decode(text.encode("shift_jis"), "a.txt") == text


def test_a_broken_byte_in_utf_8_spoils_one_character_only() -> None:
    data = ENGLISH.encode() * 5 + b"\xff" + ENGLISH.encode() * 5
    assert decode(data, "a.txt") == ENGLISH * 5 + "\ufffd" + ENGLISH * 5


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Zelensky’s aides said it’s … ", b"\xe2\x80"),
        ("Le café était fermé. ", b"\xc3"),
        ("They met at a café. ", b"\xe2\x80"),
        ("They met at last. ", b"\xe2\x80"),
        ("Görüşmeler başladı. ", b"\xc4"),
        (RUSSIAN, b"\xd0"),
        (JAPANESE, b"\xe3\x81"),
    ],
)
def test_utf_8_that_is_cut_within_a_character_is_utf_8_however_few_letters_tell_it(text: str, cut: bytes) -> None:
    assert decode(text.encode() + cut, "a.txt") == text + "\ufffd"
    assert decode(text.encode() + cut, "a.html", "iso-8859-1") == text + "\ufffd"


@pytest.mark.parametrize("text", ["«CAFÉ», he said.", "It made „Spaß“.", "“CAFÉ” – closed.", "Where is the café"])
def test_letters_that_pass_for_a_character_of_utf_8_make_no_utf_8(text: str) -> None:
    assert decode(text.encode("cp1252"), "a.txt") == text


@pytest.mark.parametrize(
    ("text", "older", "encoding"),
    [
        (ENGLISH, "The café was closed – “for good”, he said.", "cp1252"),
        (ENGLISH, "Die Gespräche begannen „pünktlich“, hieß es.", "cp1252"),
        (RUSSIAN, "Zelenskyy’s aides said so.", "cp1252"),
        (POLISH, "Rozmowy zaczęły się w piątek. Ukraiński prezydent przyjechał.", "cp1250"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"])
def test_lines_in_an_older_encoding_among_lines_of_utf_8_are_read_as_each_is_written(
    text: str, older: str, encoding: str, end: str
) -> None:
    data = end.encode().join([text.encode(), older.encode(encoding), b"Plain.", text.encode() * 3])
    assert decode(data, "a.txt") == end.join([text, older, "Plain.", text * 3])
    assert decode(data, "a.html", "utf-8") == end.join([text, older, "Plain.", text * 3])


@pytest.mark.parametrize(
    "text",
    [
        "CAFÉ» closed.\nThe café was shut.",
        "It made Spaß\nand “CAFÉ” – closed.\nÉ», said the café’s owner.",
    ],
)
def test_lines_that_pass_for_utf_8_make_no_utf_8_of_an_older_text(text: str) -> None:
    assert decode(text.encode("cp1252"), "a.txt") == text


def test_a_character_that_is_cut_in_a_line_of_utf_8_is_one_lost_character() -> None:
    data = "\n".join([ENGLISH, "They met", ENGLISH]).encode().replace(b"They met", b"They \xe2\x80 met")
    assert decode(data, "a.txt") == f"{ENGLISH}\nThey \ufffd met\n{ENGLISH}"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [ENGLISH * 2, POLISH, RUSSIAN, "談判 began on Friday.\r\n" * 5])
def test_utf_16_without_a_byte_order_mark_is_read_where_it_is_long_enough_to_be_told(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


def test_iso_2022_jp_is_told_by_its_escapes_also_where_it_is_cut() -> None:
    data = JAPANESE.encode("iso2022_jp")
    assert decode(data, "a.txt") == JAPANESE
    assert decode(data[:-4], "a.txt").startswith(JAPANESE[:-1])
    assert decode(b"The talks \x1b[1mbegan\x1b[0m.", "a.txt") == "The talks \x1b[1mbegan\x1b[0m."


def test_byte_order_mark_and_line_ends_stay_in_the_text() -> None:
    assert decode(b"\xef\xbb\xbfA.\r\nB.\rC.\n", "a.txt") == "\ufeffA.\r\nB.\rC.\n"


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)),
        b"\x7fELF\x02\x01\x01" + bytes(64),
        bytes(range(256)) * 10,
        b"PK\x03\x04\x14\0\0\0\x08\0" * 3,
        "a text without its mark".encode("utf-16-le"),
    ],
    ids=["png", "elf", "all bytes", "zip", "utf-16 without a mark"],
)
def test_a_binary_file_is_an_error_that_names_it(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"^a\.txt is not text .* convert it to UTF-8 text or remove it\.$"):
        decode(data, "a.txt")


def test_a_stray_control_character_makes_no_binary_file() -> None:
    assert decode(b"The talks began.\x1a", "a.txt") == "The talks began.\x1a"
    assert decode(b"The\0 talks began.", "a.txt") == "The\0 talks began."


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_a_source_error(data: bytes) -> None:
    try:
        assert isinstance(decode(data, "a.txt"), str)
    except SourceError as error:
        assert str(error).startswith("a.txt is ")  # noqa: PT017 # both ends are right


@given(st.text(max_size=200))
def test_utf_8_is_read_as_it_is(text: str) -> None:
    if not text.encode().startswith((b"\xff\xfe", b"\xfe\xff")) and not any(ord(c) < 32 for c in text):
        assert decode(text.encode(), "a.txt") == text
