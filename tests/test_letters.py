import pytest

from index.encoding import decode
from index.letters import latin_encoding

TEXTS = {
    "Polish": "Ukraiński prezydent przyjechał do Turcji. Rozmowy między stronami zaczęły się w piątek, źródła milczą.",
    "Turkish": "Görüşmeler cuma günü İstanbul’da başladı. Cumhurbaşkanı, tarafların anlaşmaya yakın olduğunu söyledi.",
    "Hungarian": "A tárgyalások pénteken kezdődtek. A külügyminiszter szerint előrelépés történt, később döntenek.",
    "Czech": "Jednání začala v pátek. Ministr zahraničí řekl, že obě strany dosáhly pokroku, příměří ale není.",
    "Croatian": "Pregovori su počeli u petak. Ministar je rekao da će se strane još jednom sastati, a spor je žešći.",
    "Romanian": "Negocierile au început vineri. Ministrul a declarat că părţile se vor întâlni şi că situaţia e grea.",
    "Latvian": "Sarunas sākās piektdien Stambulā. Ārlietu ministrs sacīja, ka puses ir tuvu vienošanās panākšanai.",
    "Lithuanian": "Derybos prasidėjo penktadienį Stambule. Užsienio reikalų ministras sakė, kad šalys arti.",
    "Icelandic": "Viðræðurnar hófust á föstudag. Utanríkisráðherrann sagði að þær hefðu gengið vel.",
    "French": "Le président a été reçu à Ankara. Les négociations ont commencé vendredi, où rien n’allait.",
    "Portuguese": "As negociações começaram na sexta-feira. O ministro disse que as posições estão próximas.",
    "German": "Die Gespräche begannen „pünktlich“, hieß es. Über die nächste Runde wird später entschieden.",
}


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        ("Polish", "cp1250"),
        ("Polish", "iso8859-2"),
        ("Turkish", "cp1254"),
        ("Hungarian", "cp1250"),
        ("Hungarian", "iso8859-2"),
        ("Czech", "cp1250"),
        ("Czech", "iso8859-2"),
        ("Croatian", "cp1250"),
        ("Croatian", "iso8859-2"),
        ("Romanian", "cp1250"),
        ("Romanian", "iso8859-2"),
        ("Latvian", "cp1257"),
        ("Lithuanian", "cp1257"),
        ("Lithuanian", "iso8859-13"),
        ("Icelandic", "cp1252"),
        ("French", "cp1252"),
        ("Portuguese", "cp1252"),
        ("German", "cp1252"),
    ],
)
def test_each_language_is_read_in_the_encodings_that_it_is_written_in(language: str, encoding: str) -> None:
    data = TEXTS[language].encode(encoding)
    assert decode(data, "a.txt") == TEXTS[language]
    assert decode(data * 20, "a.txt") == TEXTS[language] * 20


@pytest.mark.parametrize(
    "text", ["It’s naïve.", "1º de mayo, 5 km²", "Müller, Peña, Gonçalves, Malmö, Ørsted", "She said: “No”", "Tiếng é"]
)
def test_a_few_letters_in_english_are_those_of_western_europe(text: str) -> None:
    data = text.encode("cp1252", "ignore")
    assert decode(data, "a.txt") == data.decode("cp1252")


def test_names_of_another_language_change_nothing() -> None:
    text = TEXTS["Polish"] * 3 + " W Köln był François Müller."
    assert decode(text.encode("cp1250", "replace"), "a.txt") == text.encode("cp1250", "replace").decode("cp1250")
    assert "İstanbul" in decode("Müller and Erdoğan met in İstanbul, Peña said.".encode("cp1254"), "a.txt")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Президент прибыл в Анкару.", "cp1251"),
        ("Президент прибыл в Анкару.", "koi8-r"),
        ("Ο πρόεδρος έφτασε στην Άγκυρα.", "cp1253"),
        ("俄罗斯与乌克兰的和平谈判", "gb18030"),
        ("The word is 상품을 역사에 in Korean, they said, and so it was.", "cp949"),
    ],
)
def test_other_scripts_are_no_latin_letters(text: str, encoding: str) -> None:
    assert latin_encoding(text.encode(encoding)) is None
