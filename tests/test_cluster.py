"""Clusters: the gold files are read against their articles, and a wrong one is named."""

import json
from pathlib import Path

import pytest

from index.errors import QuestionError
from qa.cluster import read_clusters

CLUSTERS = Path(__file__).parent / "clusters"
GOLD = {
    "event": "A bridge opens.",
    "groups": [
        {
            "about": "it opened",
            "questions": ["When?"],
            "sentences": [["a.txt", "It opened on Monday."], ["b.txt", "Monday saw it opened."]],
        }
    ],
    "apart": [{"why": "two bridges", "sentences": [["a.txt", "It is long."], ["b.txt", "The other is long."]]}],
    "reports": [["a.txt"], ["b.txt"]],
    "conflicts": [
        {
            "about": "length",
            "kind": "difference",
            "questions": ["How long?"],
            "versions": [
                {"text": "long", "sentences": [["a.txt", "It is long."]]},
                {"text": "short", "sentences": [["b.txt", "It is short."]]},
            ],
        }
    ],
    "agreeing": ["When?", "Where?"],
    "quotations": [
        {
            "speaker": ["Anna Berg"],
            "about": "the view",
            "questions": ["What did she say?"],
            "wordings": [{"direct": True, "places": [["a.txt", "What a view"]]}],
        }
    ],
    "names": {"same": [["Berg", "Bergh"]], "apart": [["Berg", "Burg"]]},
}
A = "It opened on Monday. It is long. “What a view,” said Anna Berg. It is long.\n"
B = "Monday saw it opened. It is short. The other is long.\n"


@pytest.fixture
def cluster(tmp_path: Path) -> Path:
    folder = tmp_path / "bridge"
    folder.mkdir()
    (folder / "a.txt").write_text(A, "utf-8")
    (folder / "b.txt").write_text(B, "utf-8")
    (folder / "gold.json").write_text(json.dumps(GOLD), "utf-8")
    return folder


def test_every_field_is_read(cluster: Path) -> None:
    (read,) = read_clusters(cluster)
    assert (read.name, read.event, read.folder) == ("bridge", "A bridge opens.", cluster)
    assert [place.quote for place in read.statements[0].places] == ["It opened on Monday.", "Monday saw it opened."]
    assert read.apart[0][1].file == "b.txt"
    assert read.reports == (("a.txt",), ("b.txt",))
    assert [side.text for side in read.disputes[0].sides] == ["long", "short"]
    assert read.disputes[0].change is False
    assert read.remarks[0].wordings[0].direct is True
    assert (read.same, read.different) == ((("Berg", "Bergh"),), (("Berg", "Burg"),))
    assert read.questions == ("When?", "How long?", "What did she say?", "Where?")


def test_words_are_known_at_every_place_where_the_article_has_them(cluster: Path) -> None:
    (read,) = read_clusters(cluster)
    place = read.disputes[0].sides[0].places[0]
    assert [A[start:end] for start, end in place.spans] == ["It is long."] * 2


def test_a_file_may_lie_elsewhere_than_its_articles_and_a_folder_may_hold_several(cluster: Path) -> None:
    other = cluster.parent / "elsewhere.json"
    other.write_text(json.dumps({**GOLD, "articles": "bridge"}), "utf-8")
    assert [read.name for read in read_clusters(other)] == ["elsewhere"]
    assert [read.name for read in read_clusters(cluster.parent)] == ["bridge", "elsewhere"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"reports": [["a.txt"]]}, "each of a.txt, b.txt in one of its reports"),
        ({"apart": [{"sentences": [["a.txt", "It is wide."]]}]}, "a.txt does not have: “It is wide.”"),
        ({"apart": [{"sentences": [["c.txt", "It is long."]]}]}, "c.txt does not have"),
        ({"apart": [{"sentences": [["a.txt", ""]]}]}, "a.txt does not have"),
        ({"conflicts": [{**GOLD["conflicts"][0], "kind": "quarrel"}]}, 'the kind "quarrel"'),  # type: ignore[index, dict-item]
        ({"groups": [{"about": "nothing"}]}, "is no cluster (KeyError('sentences'))"),
        ({"quotations": 3}, "is no cluster"),
    ],
)
def test_a_wrong_file_is_named_with_what_is_wrong(cluster: Path, change: dict[str, object], says: str) -> None:
    (cluster / "gold.json").write_text(json.dumps({**GOLD, **change}), "utf-8")
    with pytest.raises(QuestionError) as raised:
        read_clusters(cluster)
    assert says in str(raised.value)
    assert "gold.json" in str(raised.value)


@pytest.mark.parametrize(("name", "says"), [("none", "holds no cluster"), ("bad.json", "is not JSON")])
def test_what_is_no_cluster_is_named(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "bad.json").write_text("{", "utf-8")
    with pytest.raises(QuestionError, match=says):
        read_clusters(tmp_path / name)


def test_our_clusters_are_ten_to_build_with_ten_to_measure_with_and_the_seeds() -> None:
    dev, test = read_clusters(CLUSTERS / "dev"), read_clusters(CLUSTERS / "test")
    (seeds,) = read_clusters(CLUSTERS / "seeds.json")
    assert len(dev) == len(test) == 10
    assert {len(list(cluster.folder.glob("*.txt"))) for cluster in (*dev, *test, seeds)} == {5}
    for cluster in (*dev, *test, seeds):
        assert len({place.file for statement in cluster.statements for place in statement.places}) >= 4, cluster.name
        assert len(cluster.agreeing) >= 5, cluster.name
        assert all(len({p.file for p in s.places}) > 1 for s in cluster.statements), cluster.name


def test_the_questions_on_which_articles_agree_are_enough_and_apart_from_those_on_which_they_differ() -> None:
    clusters = [c for part in ("dev", "test", "seeds.json") for c in read_clusters(CLUSTERS / part)]
    assert sum(len(cluster.agreeing) for cluster in clusters) >= 50
    for cluster in clusters:
        assert not {q for d in cluster.disputes for q in d.questions} & set(cluster.agreeing), cluster.name
