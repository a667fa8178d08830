"""Partial dates are spans of days, and months are English whatever the computer's language."""

from datetime import date

import pytest

from nmosd_cds.patient.dates import PartialDate, day_of, read_date


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-03-15", date(2024, 3, 15), date(2024, 3, 15)),
    ],
)
def test_a_partial_date_is_a_span_of_days(text: str, first: date, last: date) -> None:
    read = read_date(text)
    assert (read.first, read.last) == (first, last)
    assert str(read) == text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (" Mar 2024 ", PartialDate(2024, 3)),
        ("March, 2024", PartialDate(2024, 3)),
        ("Sept. 2024", PartialDate(2024, 9)),
        ("3 oct 2026", PartialDate(2026, 10, 3)),
        ("03-Oct-2026", PartialDate(2026, 10, 3)),
        ("29-Feb-2024", PartialDate(2024, 2, 29)),
    ],
)
def test_a_month_in_letters_is_read(text: str, read: PartialDate) -> None:
    assert read_date(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "2024-3",
        "2024-13",
        "2024-02-30",
        "0000",
        "03/04/2026",
        "2024-03-01T00:00",
        "31-Feb-2026",
        "Ma 2024",
        "Marzipan 2024",
        "2024-03\n-01",
        "２０２４",
    ],
)
def test_what_is_not_a_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="write 2024, 2024-03 or 2024-03-01"):
        read_date(text)


def test_dates_sort_by_their_first_day_and_then_by_their_last() -> None:
    dates = [PartialDate(2024), PartialDate(2024, 1), PartialDate(2024, 1, 1), PartialDate(2023)]
    assert [str(one) for one in sorted(dates)] == ["2023", "2024-01-01", "2024-01", "2024"]


def test_a_day_is_a_date_without_doubt() -> None:
    assert day_of(date(2024, 3, 1)) == PartialDate(2024, 3, 1)
    assert PartialDate(2024, 3, 1).is_day
    assert not PartialDate(2024, 3).is_day
