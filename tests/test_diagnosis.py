from index.diagnosis import Diagnosis


def test_a_diagnosis_tells_what_is_to_be_written_anew() -> None:
    found = Diagnosis()
    found.add("a.txt is missing in the index", "id")
    assert (found.damaged, found.outdated, found.broken) == ({"id"}, True, False)
    assert str(found.findings[0]) == "a.txt is missing in the index; run `byline doctor --fix`."


def test_a_file_that_cannot_be_read_is_told_once_and_is_not_to_be_fixed() -> None:
    found = Diagnosis()
    for _ in range(2):
        found.add_unread("a.txt", "cannot be read (no such device); make it readable or remove it.")
    (finding,) = found.findings
    assert str(finding) == (
        "a.txt, whose articles stay in the index, cannot be read (no such device); make it readable or remove it."
    )
    assert (finding.fixable, found.outdated, found.damaged) == (False, False, set())
