"""Sources and their figures as tables of words."""

from decimal import Decimal
from typing import Any

import pytest

from nmosd_cds.evidence.study import Arm, Figure
from nmosd_cds.knowledge.catalogue import Wanted, catalogue, matching
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.load import load_knowledge
from nmosd_cds.report.source_table import (
    confirmed_words,
    figure_heads,
    figure_rows,
    flag_words,
    interval_of,
    option_word,
    source_heads,
    source_lines,
    source_rows,
    value_words,
    wanted_words,
)
from nmosd_cds.report.spreadsheet import csv_bytes


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return load_knowledge()


def _figure(**parts: Any) -> Figure:
    return Figure(**{"id": "f", "kind": "count", "label": "What", "flag": "seen", **parts})


def _arm(*figures: Figure) -> Arm:
    return Arm(id="all", option="ahsct", figures=figures)


def test_a_count_has_the_exact_interval_and_it_is_ours() -> None:
    # By hand: 1 - 0.025 ** (1 / 12) = 0.265.
    found = interval_of(_figure(count=0, of=12), _arm())
    assert (found.words, found.is_ours) == ("0–26 %", True)
    assert found.method == "computed by us, exact (Clopper and Pearson)"


def test_a_printed_interval_is_never_replaced() -> None:
    figure = _figure(
        kind="ratio", value=Decimal("0.014"), low=Decimal("0.000"), high=Decimal("0.103")
    )
    found = interval_of(figure, _arm())
    assert (found.words, found.method, found.is_ours) == ("0.000–0.103", "as printed", False)
    percent = _figure(
        kind="percentage", value=Decimal(98), unit="%", low=Decimal(89), high=Decimal(100)
    )
    assert interval_of(percent, _arm()).words == "89–100 %"


def test_relapses_over_person_time_have_the_limit_that_champion_prints() -> None:
    events = _figure(kind="events", outcome="relapse_events", value=Decimal(0))
    years = _figure(kind="person-time", value=Decimal("84.0"))
    found = interval_of(events, _arm(events, years))
    assert found.words == "0.000–0.044 a patient-year" and found.is_ours
    assert "84.0 patient-years" in found.method


@pytest.mark.parametrize(
    ("parts", "others"),
    [
        ({"count": 3, "of": 4, "flag": "memory"}, ()),
        ({"count": 3, "of": 4, "unit": "centres"}, ()),
        ({"kind": "percentage", "value": Decimal(80), "unit": "%", "of": 12}, ()),
        ({"kind": "events", "outcome": "relapse_events", "value": Decimal(2)}, ()),
        (
            {"kind": "events", "outcome": "relapse_events", "value": Decimal(2)},
            (_figure(kind="person-time", value=Decimal(8), flag="memory"),),
        ),
        (
            {"kind": "events", "outcome": "infection", "value": Decimal(2)},
            (_figure(kind="person-time", value=Decimal(8)),),
        ),
    ],
)
def test_nothing_is_computed_from_memory_or_from_what_is_no_sample(
    parts: dict[str, Any], others: tuple[Figure, ...]
) -> None:
    figure = _figure(**parts)
    found = interval_of(figure, _arm(figure, *others))
    assert (found.words, found.method, found.is_ours) == ("", "", False)


def test_values_in_words() -> None:
    assert value_words(_figure(count=12, of=13)) == "12 of 13"
    assert value_words(_figure(count=2, of=3, unit="centres")) == "2 of 3 centres"
    printed = _figure(count=11, of=16, printed_percent=Decimal(69))
    assert value_words(printed) == "11 of 16 (printed: 69 %)"
    assert value_words(_figure(kind="text", text="Two died.")) == "Two died."
    assert value_words(_figure(count=None, of=13)) == "not printed"
    mean = _figure(kind="mean", statistic="median", value=Decimal(57), unit="months", of=12)
    assert value_words(mean) == "median 57 months, n 12"
    assert value_words(_figure(kind="index", value=Decimal("0.8"))) == "0.8"


def test_every_figure_is_a_row_with_its_flag_second_sighting_and_address(known: Knowledge) -> None:
    rows = figure_rows(known.sources["burt-2019"])
    assert all(len(row) == len(figure_heads()) for row in rows)
    cells = [dict(zip(figure_heads(), row, strict=True)) for row in rows]
    enrolled = next(one for one in cells if one["Value"].startswith("12 of 13"))
    assert enrolled["Flag"] == "read"
    assert enrolled["Confirmed"] == "seen again in another copy of the same text"
    assert enrolled["Read at"].startswith("https://")
    assert figure_rows(known.sources["eculizumab"]) == ()
    recalled = figure_rows(known.sources["sheba-poc-2025"])
    notes = [row[-1] for row in recalled if row[figure_heads().index("Flag")] == "recalled"]
    assert notes and all("recalled, not in arithmetic" in note for note in notes)
    derived = figure_rows(known.sources["fu-2016"])
    assert any("derived: " in row[-1] for row in derived)


def test_flags_and_second_sightings_have_words() -> None:
    assert [flag_words(one) for one in ("seen", "memory", "other")] == ["read", "recalled", "other"]
    assert confirmed_words(None) == "not confirmed by a second source"
    assert confirmed_words("different-document") == "confirmed by a different document"


def test_the_list_as_rows_and_as_lines(known: Knowledge) -> None:
    rows = matching(catalogue(known), Wanted(text="burt-2019"))
    cells = source_rows(rows, known)
    first = dict(zip(source_heads(), cells[0], strict=True))
    assert first["Therapy"] == "AHSCT" and first["n"] == "13" and first["Year"] == "2019"
    assert first["Serostatus"] == "AQP4-positive in part"
    line = next(source_lines(rows, known))
    assert line.startswith("burt-2019 | ") and "n 13" in line
    bare = next(source_lines(matching(catalogue(known), Wanted(text="nct04561557")), known))
    assert "n " not in bare.split(" | ")


def test_what_is_wanted_in_words(known: Knowledge) -> None:
    wanted = Wanted(
        text=" burt ",
        kind="study",
        option="ahsct",
        design="registry",
        serology="mixed",
        directness="indirect",
        keys=frozenset(),
    )
    assert wanted_words(wanted, known) == (
        '"burt", study, AHSCT, registry, AQP4-positive in part, indirect, cited in this answer'
    )
    assert wanted_words(Wanted(), known) == ""


def test_what_was_given_has_a_name(known: Knowledge) -> None:
    assert option_word("ahsct", known) == "AHSCT"
    assert option_word("azathioprine", known) == "Azathioprine"
    assert option_word("unregulated-product", known) == "Unregulated product"


def test_a_spreadsheet_reads_every_sign_and_runs_nothing() -> None:
    content = csv_bytes(("a", "b"), [("=1+1", "Fernández")])
    assert content == "\ufeffa,b\n'=1+1,Fernández\n".encode()
