"""Where things stand on the timeline: worked by hand for a few, as a law for any history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timeline_builder import (
    ON,
    Sevens,
    attack,
    drug,
    history,
    laid_out,
    on_a_scale,
    pairs,
    with_numbers,
)

from nmosd_cds.gui.timeline.attack_places import label_of, place_attacks
from nmosd_cds.gui.timeline.drug_places import place_drugs
from nmosd_cds.gui.timeline.events import (
    SCORES,
    SIGHT,
    CellsMark,
    Freshness,
    History,
    Level,
    ScoreMark,
    SightMark,
)
from nmosd_cds.gui.timeline.layout import UNDATED, lanes_of
from nmosd_cds.gui.timeline.paper import (
    Rect,
    Shelves,
    Words,
    coarse_date,
    last_years,
    moved,
    ticks_of,
    whole_range,
    wrapped,
    zoomed,
)
from nmosd_cds.gui.timeline.series_places import place_scores
from nmosd_cds.logic.truth import Truth
from nmosd_cds.patient.dates import PartialDate, read_date

SITES = ("optic-nerve-right", "optic-nerve-left", "spinal-cord", "area-postrema", "cerebrum")
GROUPS = (("classical", ""), ("b-cell", "CD20"), ("b-cell", "CD19"), ("il6r", ""), ("c5", ""))


def test_ten_days_on_a_hundred_pixels_take_ten_each() -> None:
    scale = on_a_scale("2024-01-01", "2024-01-10", 100, 200)
    assert scale.per_day == 10
    assert scale.x(date(2024, 1, 1)) == 100 and scale.end(date(2024, 1, 10)) == 200
    assert scale.middle(date(2024, 1, 3)) == 125
    assert scale.day_at(129.9) == date(2024, 1, 3) and scale.day_at(130) == date(2024, 1, 4)
    assert scale.day_at(-50) == date(2024, 1, 1) and scale.day_at(999) == date(2024, 1, 10)


def test_a_span_is_cut_at_the_edges_of_what_is_shown() -> None:
    scale = on_a_scale("2024-01-01", "2024-01-10", 100, 200)
    assert scale.clipped(date(2023, 1, 1), date(2024, 1, 2)) == (100, 120)
    assert scale.shows(date(2023, 1, 1), date(2024, 1, 1))
    assert not scale.shows(date(2023, 1, 1), date(2023, 12, 31))


def test_touching_boxes_do_not_meet() -> None:
    assert not Rect(0, 0, 10, 10).meets(Rect(10, 0, 5, 5))
    assert Rect(0, 0, 10, 10).meets(Rect(9, 9, 5, 5))


def test_text_breaks_at_blanks_and_between_hanzi_and_is_never_cut() -> None:
    assert wrapped("Optic nerve, left", 80, Sevens()) == ("Optic", "nerve, left")
    assert wrapped("Diencephalon", 20, Sevens()) == ("Diencephalon",)
    assert wrapped("视神经脊髓炎", 22, Sevens()) == ("视神经", "脊髓炎")


def test_rows_fill_from_the_first_with_room() -> None:
    shelves = Shelves(2)
    assert [shelves.put(0, 10), shelves.put(5, 15), shelves.put(12, 20)] == [0, 1, 0]
    assert shelves.put(21, 30) == 1


def test_the_whole_range_reaches_from_the_first_day_to_a_little_after_today() -> None:
    # 2,000 days: 2 % are 40 before, 5 % are 100 after.
    first, last = whole_range([date(2021, 6, 1)], date(2026, 11, 22))
    assert first == date(2021, 4, 22) and last == date(2027, 3, 2)


def test_two_years_end_a_little_after_today() -> None:
    first, last = last_years(2, date(2026, 11, 22))
    assert first == date(2024, 11, 22) and last == date(2026, 12, 28)


def test_zoom_keeps_the_day_under_the_hand_where_it_is() -> None:
    first, last = zoomed(date(2024, 1, 1), date(2024, 12, 30), date(2024, 7, 1), 0.5)
    # 365 days become 182; the 182nd day of 365 stays in the middle.
    assert (last - first).days + 1 == 182
    assert (date(2024, 7, 1) - first).days == 91


@pytest.mark.parametrize("factor", [0.0001, 10_000])
def test_zoom_has_ends(factor: float) -> None:
    first, last = zoomed(date(2024, 1, 1), date(2024, 12, 30), date(2024, 7, 1), factor)
    assert 60 <= (last - first).days + 1 <= 36_525


def test_the_range_moves_whole() -> None:
    assert moved(date(2024, 1, 1), date(2024, 2, 1), 10) == (date(2024, 1, 11), date(2024, 2, 11))


def test_years_get_labels_as_close_as_they_fit() -> None:
    # 10 years on 1,000 pixels: every year. On 210: 21 a year, and a label takes 40.
    years = [tick.label for tick in ticks_of(on_a_scale("2010-01-01", "2019-12-31"), Sevens())]
    assert years == [str(year) for year in range(2010, 2020)]
    few = ticks_of(on_a_scale("2010-01-01", "2019-12-31", 100, 310), Sevens())
    assert [tick.label for tick in few] == ["2010", "2012", "2014", "2016", "2018"]


def test_months_get_labels_where_they_fit() -> None:
    ticks = ticks_of(on_a_scale("2024-01-01", "2024-12-31"), Sevens())
    assert [tick.label for tick in ticks][:3] == ["Jan-2024", "Feb-2024", "Mar-2024"]


@pytest.mark.parametrize(
    ("per_day", "wanted"), [(6.0, "2024-03-09"), (0.3, "2024-03"), (0.1, "2024")]
)
def test_a_place_becomes_a_date_no_sharper_than_the_hand(per_day: float, wanted: str) -> None:
    assert str(coarse_date(date(2024, 3, 9), per_day)) == wanted


def test_an_attack_stands_on_its_day_at_the_height_of_its_severity() -> None:
    scale = on_a_scale("2020-01-01", "2022-09-26")  # 1,000 days, a pixel each
    marks = (
        attack(0, "2020-04-10", sites=("spinal-cord",), severity="mild", recovery="full"),
        attack(1, "2021-05-15", sites=("spinal-cord",), severity="severe", recovery="none"),
    )
    panel = place_attacks(History(ON, attacks=marks), scale, Sevens(), 0)
    mild, severe = panel.places
    # 2020 has 366 days: 10 April is the 101st day, 15 May 2021 the 501st.
    assert mild.body.x + mild.body.wide / 2 == pytest.approx(100 + 100.5)
    assert severe.body.x + severe.body.wide / 2 == pytest.approx(100 + 500.5)
    # Two levels of 19 pixels between severe and mild.
    assert mild.body.y - severe.body.y == pytest.approx(38)
    assert mild.stem is not None and mild.stem.bottom == pytest.approx(panel.base)


def test_a_year_alone_is_a_bracket_over_the_year_and_has_no_stem() -> None:
    scale = on_a_scale("2023-01-01", "2025-09-26")  # 1,000 days
    marks = (attack(0, "2024", sites=("spinal-cord",), severity="mild"),)
    (place,) = place_attacks(History(ON, attacks=marks), scale, Sevens(), 0).places
    assert place.stem is None and place.bracket is not None
    assert (place.bracket.x, place.bracket.right) == (100 + 365, 100 + 365 + 366)


def test_an_attack_of_unknown_severity_is_not_drawn_as_a_mild_one() -> None:
    scale = on_a_scale("2023-01-01", "2025-09-26")
    marks = (attack(0, "2023-05-01", severity="mild"), attack(1, "2025-05-01"))
    panel = place_attacks(History(ON, attacks=marks), scale, Sevens(), 0)
    mild, unknown = panel.places
    assert unknown.body.y > mild.body.y
    assert [words.lines[0] for words in panel.levels] == ["Severe", "Moderate", "Mild", "Not known"]


def test_attacks_of_one_day_stand_below_each_other() -> None:
    scale = on_a_scale("2023-01-01", "2025-09-26")
    marks = with_numbers([attack(0, "2024-05-01", severity="mild") for _n in range(3)])
    panel = place_attacks(History(ON, attacks=marks), scale, Sevens(), 0)
    assert len({place.body.y for place in panel.places}) == 3


def test_a_bar_reaches_from_the_first_to_the_last_certain_day() -> None:
    scale = on_a_scale("2023-01-01", "2025-09-26")
    marks = (drug(0, "2023-03-02", "2024"),)
    (bar,) = place_drugs(History(ON, drugs=marks), scale, Sevens(), 0).bars
    # 2 March is day 61; the end lies in 2024, days 366 to 731.
    assert bar.sure is not None
    assert (bar.sure.x, bar.sure.right) == (160, pytest.approx(100 + 366))
    assert [(one.x, one.right) for one in bar.unsure] == [
        (pytest.approx(466), pytest.approx(100 + 731))
    ]


def test_a_drug_that_is_taken_ends_today_and_one_of_unknown_end_is_open() -> None:
    scale = on_a_scale("2025-01-01", "2027-09-27")
    marks = with_numbers(
        [drug(0, "2025-02-01"), drug(1, "2025-02-01", ongoing=Truth.UNKNOWN), drug(2, None, "2026")]
    )
    bars = place_drugs(History(ON, drugs=marks), scale, Sevens(), 0).bars
    assert bars[0].sure is not None and bars[0].sure.right == scale.end(ON)
    assert [bar.is_open for bar in bars] == [(False, False), (False, True), (True, False)]
    assert bars[1].sure is None and bars[2].sure is None  # a stub, not a length


def test_the_edss_steps_at_each_measurement_and_is_dashed_to_today() -> None:
    scale = on_a_scale("2025-01-01", "2027-09-27")
    rows = [{"date": "2025-01-11", "value": 4.0}, {"date": "2025-01-31", "value": 6.5}]
    told = history(edss_series={"rows": rows})
    panel = place_scores(told, scale, Sevens(), 0)
    flat, turn, since = panel.steps
    assert (flat.x0, flat.x1, flat.how) == (110.5, 130.5, "known") and flat.y0 == flat.y1
    assert (turn.x0, turn.x1) == (130.5, 130.5) and turn.y1 < turn.y0  # 6.5 stands higher
    assert since.how == "since" and since.x1 == scale.end(ON)


def test_what_has_to_be_said_of_the_newest_score_makes_room() -> None:
    marks = tuple(
        ScoreMark(
            field=SCORES, row=at, when=read_date(f"{year}-{month:02d}-15"), answers={},
            value=Decimal(at % 9 + 1),
        )
        for at, (year, month) in enumerate((y, m) for y in range(2016, 2027) for m in range(1, 10))
    )  # fmt: skip
    told = History(ON, scores=marks, scores_state=Freshness("stale"))
    panel = place_scores(told, on_a_scale("2016-01-01", "2026-12-01", 100, 500), Sevens(), 0)
    assert any("stale" in " ".join(words.lines) for words in panel.words)


def test_up_and_down_go_through_the_lanes_from_top_to_bottom() -> None:
    told = History(
        ON,
        attacks=(attack(0, "2020"), attack(1, None)),
        drugs=(drug(0, "2020"), drug(1, "2021", group=("c5", ""))),
    )
    made = laid_out(told)
    assert lanes_of(made.items) == ["attacks", "treatments/classical/", "treatments/c5/", UNDATED]


dates = st.one_of(
    st.none(),
    st.dates(date(2008, 1, 1), date(2026, 11, 1)).map(
        lambda day: PartialDate(day.year, day.month, day.day)
    ),
    st.dates(date(2008, 1, 1), date(2026, 10, 1)).map(lambda day: PartialDate(day.year, day.month)),
    st.integers(2008, 2026).map(PartialDate),
)
attacks = st.builds(
    lambda when, **more: replace(attack(0, None, **more), when=when),
    dates,
    sites=st.lists(st.sampled_from(SITES), max_size=3, unique=True).map(tuple),
    severity=st.sampled_from(("", "mild", "moderate", "severe")),
    recovery=st.sampled_from(("", "full", "partial", "none")),
    wrong=st.sampled_from(((), ("is 3 days after another",))),
)
drugs = st.builds(
    lambda start, stop, **more: replace(drug(0, None, **more), when=start, stop=stop),
    dates,
    dates,
    group=st.sampled_from(GROUPS),
    ongoing=st.sampled_from((Truth.TRUE, Truth.FALSE, Truth.UNKNOWN)),
    failed=st.sampled_from((Truth.TRUE, Truth.FALSE, Truth.UNKNOWN)),
    attacks=st.lists(st.tuples(dates.filter(bool), st.booleans()), max_size=3).map(tuple),
)
scores = st.builds(
    lambda when, n: ScoreMark(field=SCORES, row=0, when=when, answers={}, value=Decimal(n)),
    dates,
    st.integers(0, 10),
)
sight = st.builds(
    lambda when, right, left: SightMark(
        field=SIGHT,
        row=0,
        when=when,
        answers={},
        right=Level(Decimal(right), Decimal(right)),
        left=Level(Decimal(left), Decimal(3)),
    ),
    dates,
    st.integers(0, 2),
    st.integers(0, 2),
)
cells = st.builds(
    lambda when: CellsMark(
        field="prior_cell_therapy", row=-1, when=when, answers={}, kinds=("msc",)
    ),
    dates,
)


def histories() -> st.SearchStrategy[History]:
    """Any history."""
    return st.builds(
        lambda attacks, drugs, scores, sight, cells, state: History(
            ON,
            attacks=with_numbers(attacks),
            drugs=with_numbers(sorted(drugs, key=lambda one: GROUPS.index(one.group))),
            scores=with_numbers(scores),
            sight=with_numbers(sight),
            cells=tuple(cells),
            scores_state=Freshness(state),
        ),
        st.lists(attacks, max_size=40),
        st.lists(drugs, max_size=25),
        st.lists(scores, max_size=15),
        st.lists(sight, max_size=6),
        st.lists(cells, max_size=1),
        st.sampled_from(("", "current", "stale", "unsure")),
    )


widths = st.sampled_from((560, 690, 900, 1334, 1900))
zooms = st.sampled_from((1.0, 1.5, 2.0))


@given(histories(), widths, zooms)
@settings(max_examples=100)
def test_nothing_overlaps_nothing_is_cut_and_nothing_is_lost(
    told: History, room: float, zoom: float
) -> None:
    _check(told, room, zoom)


@pytest.mark.parametrize("seed", range(12))
def test_the_same_holds_with_forty_attacks_and_twenty_five_drugs(seed: int) -> None:
    for room, zoom in ((560, 1.0), (1334, 1.0), (1334, 2.0)):
        _check(_crowded(Random(seed)), room, zoom)


def _crowded(chance: Random) -> History:
    def when() -> PartialDate:
        day = date(2009, 1, 1) + timedelta(days=chance.randrange(6500))
        return read_date(chance.choice([f"{day}"] * 4 + [f"{day:%Y-%m}", f"{day:%Y}"]))

    taken = [
        replace(
            drug(0, None, group=chance.choice(GROUPS), failed=chance.choice(list(Truth))),
            when=chance.choice([when(), when(), None]),
            stop=when(),
        )
        for _n in range(25)
    ]
    return History(
        ON,
        attacks=with_numbers(
            replace(
                attack(
                    0,
                    None,
                    sites=tuple(chance.sample(SITES, chance.choice((0, 1, 1, 2)))),
                    severity=chance.choice(("", "mild", "moderate", "severe")),
                ),
                when=when(),
            )
            for _n in range(40)
        ),
        drugs=with_numbers(sorted(taken, key=lambda one: GROUPS.index(one.group))),
    )


def _check(told: History, room: float, zoom: float) -> None:
    made = laid_out(told, room, zoom, caption="A washout is itself a danger.")
    labels = [place.words.box for place in made.attacks.places]
    bodies = [place.body for place in made.attacks.places]
    assert not any(one.meets(other) for one, other in pairs([*labels, *bodies]))
    leaders = [place.leader for place in made.attacks.places if place.leader is not None]
    beside = [place.words.box for place in made.attacks.places if place.leader is None]
    assert not any(leader.meets(box) for leader in leaders for box in beside)
    bars = [bar.whole for bar in made.lanes.bars]
    assert not any(one.meets(other) for one, other in pairs(bars))
    for bar in made.lanes.bars:
        words = [one.box for one in (bar.name, bar.note) if one is not None]
        words += [bar.cross] if bar.cross is not None else []
        assert not any(one.meets(other) for one, other in pairs(words))
        assert bar.note is None or not bar.note.box.meets(bar.bar)
    for panel in (made.scores, made.sight):
        boxes = [words.box for words in panel.words if words.lines[0]]
        assert not any(one.meets(other) for one, other in pairs(boxes))
        assert not any(box.meets(dot.box) for box in boxes for dot in panel.dots)
    # Each lane keeps to itself, and every word is on the picture.
    bands = [(top, bottom) for _name, top, bottom in made.bands]
    assert all(one[1] <= other[0] for one, other in zip(bands, bands[1:], strict=False))
    for words in _words(made):
        assert words.box.x >= 0 and words.box.bottom <= made.tall
    # Whole labels, in their lines.
    for place in made.attacks.places:
        assert " ".join(place.words.lines) == label_of(place.mark)
    # Each row of the draft once: at its time or below the picture.
    assert len(made.items) == len(told.marks)
    for item in made.items:
        has_date = item.mark.when is not None or getattr(item.mark, "stop", None) is not None
        assert (item.lane == UNDATED) == (not has_date)
        assert item.box is not None


def _words(made) -> list[Words]:  # type: ignore[no-untyped-def]  # a Layout
    found = [place.words for place in made.attacks.places]
    found += chain.from_iterable(
        [bar.name, *([bar.note] if bar.note else [])] for bar in made.lanes.bars
    )
    found += [one.words for one in (*made.undated, *made.legend, *made.cells.cells)]
    return [*found, *made.scores.words, *made.sight.words]
