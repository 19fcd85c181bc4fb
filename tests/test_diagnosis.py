from index.diagnosis import Diagnosis


def test_a_diagnosis_tells_what_is_to_be_written_anew() -> None:
    found = Diagnosis()
    found.add("a.txt is missing in the index", "id")
    assert (found.damaged, found.outdated, found.broken) == ({"id"}, True, False)
    assert str(found.findings[0]) == "a.txt is missing in the index; run `byline doctor --fix`."
