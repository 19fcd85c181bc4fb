"""What a model writes is shown when one piece of evidence holds all of it, and with that evidence's number."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from checked import Bench, Written, is_right, read_written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.check import Checker, Verdict
from qa.detail import read_details
from qa.split import split_parts
from qa.verbatim import held_quotations
from qa.written import claims_silence, is_chatter, without_marks
from qa.written import read_written as part

if TYPE_CHECKING:
    from index.minilm import MiniLM
    from qa.evidence import Evidence

WRITTEN = read_written()
KINDS = sorted({w.kind for w in WRITTEN if not w.by})


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, embedder: "MiniLM") -> Bench:
    return Bench(tmp_path_factory.mktemp("written"), embedder)


@pytest.fixture(scope="module")
def flood(bench: Bench) -> Checker:
    return Checker(bench.evidence["flood"], bench.vocabulary, bench.reader)


def _number(evidence: "list[Evidence]", words: str) -> int:
    return next(n for n, e in enumerate(evidence, start=1) if words in e.text)


@pytest.mark.parametrize("half", ["fitted", "mended"])
def test_what_passes_is_supported_by_what_is_cited_and_most_of_what_is_true_passes(bench: Bench, half: str) -> None:
    true = passed = right = 0
    for written in (w for w in WRITTEN if w.half == half):
        checked, evidence = bench.check(written)
        true += bool(written.by)
        passed += checked.verdict is Verdict.SUPPORTED
        right += checked.verdict is Verdict.SUPPORTED and is_right(written, checked, evidence)
    assert right >= 0.98 * passed
    assert right >= LEAST[half] * true


LEAST = {"fitted": 0.75, "mended": 0.63}
"""Share of the supported sentences that must pass."""


@pytest.mark.parametrize(
    ("says", "words"),
    [
        ("The Lenn flooded 340 homes in Harrow on Tuesday [9].", "340 homes"),
        ("The Lenn flooded 340 homes in Harrow on Tuesday [99].", "340 homes"),
        ("The Lenn flooded 340 homes in Harrow on Tuesday.", "340 homes"),
        ("No deaths have been reported [3].", "No deaths"),
    ],
)
def test_the_right_citation_is_attached_whatever_the_model_gave(
    bench: Bench, flood: Checker, says: str, words: str
) -> None:
    checked = flood.check(says)
    assert checked.numbers == (_number(bench.evidence["flood"], words),)
    assert "[" not in checked.text


@given(st.integers(0, 10**6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_number_that_does_not_exist_is_ever_cited(bench: Bench, flood: Checker, number: int) -> None:
    checked = flood.check(f"The army sent 60 soldiers with boats [{number}].")
    assert checked.numbers
    assert all(1 <= n <= len(bench.evidence["flood"]) for n in checked.numbers)


def test_every_sentence_of_the_seeds_passes_as_itself_with_its_own_number(bench: Bench) -> None:
    evidence = bench.evidence["seeds"][:40]
    checker = Checker(evidence, bench.vocabulary, bench.reader)
    for number, piece in enumerate(evidence, start=1):
        checked = checker.check(piece.text)
        assert checked.verdict is Verdict.SUPPORTED
        quoted = [re.sub(r"\W+", " ", evidence[n - 1].text) for n in checked.numbers]
        assert number in checked.numbers or re.sub(r"\W+", " ", piece.text) in quoted
        assert checked.support == 1.0


def test_a_sentence_that_joins_two_facts_cites_both(bench: Bench) -> None:
    joined = next(w for w in WRITTEN if w.kind == "merged-ok" and w.on == "merger")
    checked, evidence = bench.check(joined)
    assert {evidence[n - 1].text[:14] for n in checked.numbers} >= {"Brandt chief e", "Solveig shares"}


def test_words_that_are_not_verbatim_lose_their_quotation_marks_and_say_so(flood: Checker) -> None:
    kept = flood.check("“We lost the old bridge in an hour,” Stroud told reporters.")
    assert ("“" in kept.text, kept.unquoted) == (True, False)
    taken = flood.check("Stroud “criticised Nair” for coming a day late.")
    assert (taken.text, taken.unquoted) == ("Stroud criticised Nair for coming a day late.", True)


def test_he_is_the_one_of_the_sentence_before_or_nobody(flood: Checker) -> None:
    assert flood.check("She criticised Nair for coming a day late.").verdict is Verdict.UNSUPPORTED
    before = "Mayor Ellen Stroud said the town had not seen such water since 1953."
    assert flood.check("She criticised Nair for coming a day late.", before).verdict is Verdict.SUPPORTED
    other = "Priya Nair announced £2.5 million for repairs."
    assert flood.check("She criticised Nair for coming a day late.", other).verdict is Verdict.UNSUPPORTED


def test_a_name_alone_is_shown_only_where_it_is_what_the_evidence_answers(bench: Bench) -> None:
    evidence = list(bench.evidence["flood"])
    at = next(n for n, e in enumerate(evidence) if "Stroud" in e.text and "1953" in e.text)
    alone = Checker(evidence, bench.vocabulary, bench.reader).check("Ellen Stroud")
    assert (alone.verdict, alone.reason) == (Verdict.UNSUPPORTED, "answer")
    start = evidence[at].article.text.index("Stroud", evidence[at].sentence.start) - len("Ellen ")
    evidence[at] = replace(evidence[at], answer=(start, start + len("Ellen Stroud")), answerable=0.9)
    asked = Checker(evidence, bench.vocabulary, bench.reader)
    assert asked.check("Ellen Stroud").numbers == (at + 1,)
    assert asked.check("Priya Nair").verdict is Verdict.UNSUPPORTED


def test_the_first_of_what_the_model_cited_rightly_stays_first(bench: Bench) -> None:
    evidence = bench.evidence["seeds"]
    places = [n for n, e in enumerate(evidence, 1) if "headed by" in e.text and "Umerov" in e.text]
    checker = Checker(evidence, bench.vocabulary, bench.reader)
    found = checker.check(f"Rustem Umerov heads the Ukrainian delegation [{places[-1]}].").numbers
    assert found


@pytest.mark.parametrize(
    "text",
    [
        "Here is the answer:",
        "I hope this helps!",
        "As an AI language model, I cannot say.",
        "Let me know if you need more.",
        "Sure!",
        "Based on the provided articles:",
        "What else do you want to know?",
        "…",
    ],
)
def test_chatter_is_told_apart(text: str) -> None:
    assert is_chatter(text)


@pytest.mark.parametrize(
    "text", ["“I feel disrespected,” Zelenskyy said.", "Trump said “you will see”.", "The talks began on Friday."]
)
def test_what_is_quoted_is_no_chatter(text: str) -> None:
    assert not is_chatter(text)


@pytest.mark.parametrize(
    "text",
    [
        "The articles do not mention the price.",
        "There is no information about this in the provided context.",
        "It is not clear who won.",
        "The evidence doesn't say when.",
        "This is not mentioned in the sources.",
    ],
)
def test_a_claim_that_the_articles_are_silent_is_told_apart(text: str) -> None:
    assert claims_silence(text)


@pytest.mark.parametrize(
    "text", ["Russia did not mention the attack.", "Putin said no.", "The report was not published."]
)
def test_silence_in_the_news_is_news(text: str) -> None:
    assert not claims_silence(text)


@pytest.mark.parametrize(
    ("sentence", "text", "cited"),
    [
        ("It rained [1][2].", "It rained.", (1, 2)),
        ("It rained [1, 3].", "It rained.", (1, 3)),
        ("It rained [2-4].", "It rained.", (2, 3, 4)),
        ("It rained【3】.", "It rained.", (3,)),
        ("It rained (source 2).", "It rained.", (2,)),
        ("According to [2], it rained.", "It rained.", (2,)),
        ("Source [1] states that it rained.", "It rained.", (1,)),
        ("- **It rained** [1]", "It rained", (1,)),
        ("It rained [here](http://evil.example).", "It rained here.", ()),
        ("It rained.<|im_end|>", "It rained.", ()),
        ("It rained for [two] days.", "It rained for [two] days.", ()),
    ],
)
def test_a_sentence_is_parted_from_its_marks(sentence: str, text: str, cited: tuple[int, ...]) -> None:
    written = part(sentence)
    assert (written.text, written.cited) == (text, cited)


@given(st.text(alphabet="ab [],;()0123456789-【】“”.\n*#§", max_size=60))
def test_no_text_breaks_the_parting_and_no_mark_is_left(text: str) -> None:
    assert not re.search(r"[\[【]\s*\d+\s*[\]】]", part(text).text)


ARTICLE = "He called it “a sham … from the start”. ‘No deal,’ she said.\nThe deal is dead, he wrote."


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ('He called it "a sham … from the start".', True),
        ("It was “a   sham”.", True),
        ("It was “a Sham,” he said.", True),
        ("It was “a sham … the start”.", True),
        ("It was “a shame”.", False),
        ("It was “from the start … a sham”.", False),
        ("“No deal,” she said.", True),
        ("“The deal is dead,” he said.", False),
        ("An opened “mark is no quotation.", False),
        ("No quotation at all.", True),
    ],
)
def test_a_quotation_is_held_when_it_is_verbatim_within_quotation_marks(text: str, held: bool) -> None:  # noqa: FBT001 - a table
    assert held_quotations(text, [ARTICLE]) is held


def test_taking_marks_off_leaves_the_words() -> None:
    assert without_marks("“A,” he said: «B».") == "A, he said: B."


def test_a_sentence_is_parted_only_where_both_parts_are_statements(bench: Bench) -> None:
    def parts(text: str) -> list[tuple[str, str]]:
        return list(split_parts(text, bench.vocabulary))

    assert parts("Putin stayed away, and Umerov led the delegation.") == [
        ("Putin stayed away.", "Umerov led the delegation.")
    ]
    assert parts("Trump said that Putin stayed away and Umerov led the delegation.") == [
        ("Trump said that Putin stayed away.", "Trump said Umerov led the delegation.")
    ]
    assert parts("Russia and Ukraine met in Istanbul.") == []
    assert parts("If Putin comes, and Trump agrees, the talks will start.") == []


def test_the_set_holds_every_kind_of_corruption_and_most_of_it_was_scored_before_it_was_read() -> None:
    assert len(WRITTEN) >= 400
    assert {"number", "name", "date", "negation", "roles", "speaker", "quote-invented", "merged", "added"} <= set(KINDS)
    assert sum(w.half != "fitted" for w in WRITTEN) >= len(WRITTEN) / 2


def _swapped(written: Written, bench: Bench) -> str | None:
    """Return the sentence with its first two names exchanged, where that says something else."""
    details = read_details(written.says, bench.vocabulary)
    names = [n.text for n in details.names]
    if len(set(names)) < 2 or re.search(r"\b(?:and|between|meet|met|play)\b", written.says):
        return None
    if re.search(r"^(?: of | in |, an? |’s |'s |-)", written.says[details.names[0].end :]):
        return None
    one, other = names[0], next(n for n in names if n != names[0])
    return re.sub(f"{one}|{other}", lambda m: other if m[0] == one else one, written.says)


def test_no_supported_sentence_passes_with_two_names_exchanged(bench: Bench) -> None:
    passed = []
    for written in (w for w in WRITTEN if w.by and w.on != "seeds" and w.kind == "paraphrase"):
        swapped = _swapped(written, bench)
        if swapped and bench.check(Written(written.half, written.on, "swap", swapped, []))[0].text:
            passed.append(swapped)
    assert passed == []
