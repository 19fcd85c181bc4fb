import pytest

from index.dates import read_date, read_line


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2025-05-16", "2025-05-16"),
        ("2025/5/6", "2025-05-06"),
        ("2025-05-16T10:30:00Z", "2025-05-16"),
        ("16 May 2025", "2025-05-16"),
        ("May 16, 2025", "2025-05-16"),
        ("May 16th, 2025", "2025-05-16"),
        ("Friday, 16 May, 2025 10:30 GMT", "2025-05-16"),
        ("Sept. 3, 2024", "2024-09-03"),
        ("Marble 12, 2020", None),
        ("Janet 5, 1999", None),
        ("Decorum 5, 1999", None),
        ("Published 16 May 2025, updated May 16th, 2025 (16.05.2025)", "2025-05-16"),
        ("Event of 3 May 2025, published 1 June 2025", None),
        ("2025-05-03 to 2025-06-01", None),
        ("16 May 2025, 17.05.2025", None),
        ("Ref 1234-5-6 of 2 June 2025", None),
        ("May 2025", None),
        ("31 February 2025", None),
        ("2025-13-01", None),
        ("0000-01-01", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_are_read_where_they_can_mean_one_day_only(value: str, date: str | None) -> None:
    assert read_date(value) == date


@pytest.mark.parametrize("line", ["05/16/2025", "16.05.2025", "05/06/2025"])
def test_a_line_of_figures_is_no_date(line: str) -> None:
    assert read_line(line) is None


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2025-05-16T23:30:00-04:00", "2025-05-16"),
        ("Fri, 16 May 2025 10:30:00 GMT", "2025-05-16"),
        ("20250516", "2025-05-16"),
        ("20250516T103000Z", "2025-05-16"),
        (20250516, "2025-05-16"),
        (202505161230, "2025-05-16"),
        (20250516123000, "2025-05-16"),
        (987654321000, "2001-04-19"),
        ("16.05.2025", "2025-05-16"),
        ("16.05.2025 10:30", "2025-05-16"),
        ("05/16/2025", "2025-05-16"),
        ("5-16-2025", "2025-05-16"),
        ("05/05/2025", "2025-05-05"),
        ({"$date": "2025-05-16T10:30:00Z"}, "2025-05-16"),
        ({"$date": 1747391400000}, "2025-05-16"),
        ({"$date": {"$numberLong": "1747391400000"}}, "2025-05-16"),
        (1747391400, "2025-05-16"),
        ("1747391400", "2025-05-16"),
        (1747391400000, "2025-05-16"),
        (1747391400.5, "2025-05-16"),
        ("05/06/2025", None),
        ("05.06.2025", None),
        ("31/02/2025", None),
        ("192.16.05.2025", None),
        ({"$date": {"$date": 1747391400000}}, None),
        ("20251332", None),
        (True, None),
        (-1, None),
        (12, None),
        (float("nan"), None),
        (float("inf"), None),
        (10**400, None),
        ("9" * 5000, None),
        (None, None),
        ({"year": 2025}, None),
    ],
)
def test_a_field_of_a_record_may_also_hold_a_compact_date_or_a_unix_time(value: object, date: str | None) -> None:
    assert read_date(value) == date
