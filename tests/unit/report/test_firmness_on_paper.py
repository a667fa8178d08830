"""How firm the order is, on paper and in the terminal: every number here was made up by hand."""

from dataclasses import replace

import pytest
from report_builders import (
    a_person,
    ahsct,
    an_advice,
    an_option,
    no_sources,
    pages_of,
    squeezed,
    staying,
    texts_of,
    with_option,
)
from robust_builders import (
    CHANGED,
    DIVIDES,
    READ_OF_PATIENT,
    TOO_CLOSE,
    effect,
    tornado,
    with_all,
)

from nmosd_cds.advice.model import (
    Advice,
    EffectLine,
    EvidenceFit,
    FitLine,
    Robustness,
    ScenarioLine,
    TradeOff,
)
from nmosd_cds.logic.truth import Truth
from nmosd_cds.report import firmness
from nmosd_cds.report.content import make_content
from nmosd_cds.report.effects import behind, compared, lead, studies_words
from nmosd_cds.report.fit import alike_counted, counted_words, fit_rows
from nmosd_cds.report.model import (
    ReportContent,
    StackedBars,
    Swings,
    Table,
    WeightGrid,
    plain,
)
from nmosd_cds.report.options import DENSITIES
from nmosd_cds.report.pdf import make_pdf
from nmosd_cds.report.text import make_text

HAZARD = "AHSCT is ahead only if the hazard without cells is above 0.2 a year."


def full(**more: int) -> Advice:
    return with_all(an_advice(), **more)


def content(advice: Advice | None = None) -> ReportContent:
    return make_content(a_person(), advice or full(), no_sources(), annex=True)


def tables(made: ReportContent) -> list[list[list[str]]]:
    """Every table of the annex: its heads, then its rows as words."""
    return [
        [
            [column.label for column in block.columns],
            *(["".join(map(plain, cell.lines)) for cell in row.cells] for row in block.rows),
        ]
        for block in made.annex
        if isinstance(block, Table)
    ]


def table_of(made: ReportContent, head: str) -> list[list[str]]:
    (found,) = [one for one in tables(made) if head in one[0]]
    return found


@pytest.mark.parametrize("number", range(len(DENSITIES)))
def test_page_one_always_says_that_it_is_close_what_changes_it_and_what_divides(
    number: int,
) -> None:
    words = "\n".join(texts_of(content().summaries[number]))
    for said in (TOO_CLOSE, CHANGED, DIVIDES, HAZARD, "not a chance of benefit"):
        assert words.count(said) == 1, said


def test_a_trade_off_that_the_hazard_names_already_is_said_once() -> None:
    advice = full()
    both = replace(advice.robustness, threshold=f"{HAZARD} {DIVIDES}")
    lines = firmness.dividing_lines(replace(advice, robustness=both))
    assert lines == (f"{HAZARD} {DIVIDES}",)
    assert firmness.main_division(replace(advice, robustness=both)) == lines


def test_page_one_names_one_trade_off_and_the_annex_all() -> None:
    advice = full()
    more = TradeOff("ahsct", "burden", "late_harm", None, "AHSCT does not lead at any burden.")
    robustness = replace(advice.robustness, trade_offs=(*advice.robustness.trade_offs, more))
    made = content(replace(advice, robustness=robustness))
    assert more.words not in "\n".join(texts_of(made.summaries[0]))
    assert f"{HAZARD} {DIVIDES} {more.words}" in texts_of(made.annex)


def test_what_the_outcome_says_already_is_not_repeated_beside_it() -> None:
    advice = replace(full(), sentence=f"Both are defensible. {TOO_CLOSE}")
    assert firmness.firm_lines(advice) == (CHANGED,)


def test_the_short_page_gives_each_share_with_its_range_over_the_scenarios() -> None:
    words = "\n".join(texts_of(content().summaries[-1]))
    assert (
        "AHSCT first 44 of 100 (21 to 44 over 2 scenarios), Continue eculizumab 56 (56 to 79)"
        in (words)
    )


def test_the_bars_of_the_detail_have_the_numbers_of_the_advice() -> None:
    made = content()
    (bars,) = [block for block in made.detail if isinstance(block, StackedBars)]
    assert bars.keys == ("first", "second")
    assert {row.label: row.parts for row in bars.rows} == {
        "AHSCT": (0.44, 0.56),
        "Continue eculizumab": (0.56, 0.44),
    }
    (swings,) = [block for block in made.detail if isinstance(block, Swings)]
    assert swings.base == 0.44
    first, outcome, scenario = swings.rows
    assert (first.low, first.high) == (0.12, 0.79)
    assert first.low_means == "it counts least: under 4 of 100"
    assert outcome.label == "AHSCT: first relapse within 24 months"
    assert (scenario.low, scenario.high) == (0.35, None)
    (grid,) = [block for block in made.annex if isinstance(block, WeightGrid)]
    assert [one.name for one in grid.columns] == ["AHSCT", "Continue eculizumab"]
    assert [one.said for one in grid.columns] == [
        "first in 44 of 100; in 62 of 100 if exactly these weights held",
        "first in 56 of 100; in 71 of 100 if exactly these weights held",
    ]
    assert grid.rows[0] == ("First relapse within 24 months", (0.30, 0.17))
    assert len(grid.rows) == 8


def test_the_detail_says_in_words_whose_weights_they_are_and_how_all_of_it_reads() -> None:
    assert (
        "AHSCT: first in 44 of 100; in 62 of 100 if exactly these weights held; most weight, of "
        "100: first relapse within 24 months 30, change of EDSS at 12 months 18. "
        "Continue eculizumab: first in 56 of 100; in 71 of 100 if exactly these weights held; most "
        "weight, of 100: burden of the treatment 18, first relapse within 24 months 17. "
        "Both defensible in 1 of 2; one ahead in 1 of 2. Looser tiers: no option changes its tier. "
        "Never first, so no weighting speaks for it: BCMA CAR-T. "
        f"Patient, 15-Nov-2026: {READ_OF_PATIENT}. "
        "Board, 20-Nov-2026: both are defensible, as without preferences. "
        "10,000 draws, seed 20261122, Monte Carlo error at most 0.5 of 100."
    ) in texts_of(content().detail)


def test_where_nobody_stated_a_preference_that_is_said() -> None:
    advice = full()
    alone = replace(advice.robustness, preferences=advice.robustness.preferences[:1])
    made = content(replace(advice, robustness=alone))
    words = "\n".join(texts_of(made.detail))
    assert words.count("None stated. The order is the one without preferences.") == 1
    assert not [one for one in tables(made) if "No preferences" in one[0]]


def test_a_scenario_that_changes_the_leader_says_so_and_who_leads() -> None:
    rows = table_of(content(), "Scenario")
    assert rows == [
        ["Scenario", "AHSCT", "Continue eculizumab", "Who leads"],
        ["Usual assumptions", "44 of 100", "56 of 100", "As usual"],
        ["Flat weights", "21 of 100", "79 of 100", "Changed: Continue eculizumab"],
    ]


def test_options_in_pairs_and_the_sets_side_by_side_none_first() -> None:
    made = content()
    assert table_of(made, "better than AHSCT") == [
        ["Option", "better than AHSCT", "better than continue eculizumab"],
        ["AHSCT", "itself", "44 of 100"],
        ["Continue eculizumab", "56 of 100", "itself"],
    ]
    heads, *rows = table_of(made, "No preferences")
    assert heads[1:] == ["No preferences", "Patient, 15-Nov-2026", "Board, 20-Nov-2026"]
    found = {row[0]: row[1:] for row in rows}
    assert found["Harms shown before"] == ["not applicable", "yes", "no"]
    assert found["In use now"] == ["no", "yes", "no"]
    assert found["AHSCT first"] == ["44 of 100", "81 of 100", "30 of 100"]
    assert found["Who leads"][1] == "AHSCT"
    assert found["Weight of first relapse within 24 months"] == [
        "17 of 100 (2 to 34)",
        "30 of 100 (3 to 60)",
        "17 of 100 (2 to 34)",
    ]


@pytest.mark.parametrize(("count", "rest"), [(12, 0), (14, 2)])
def test_the_annex_draws_twelve_swings_and_lists_the_rest(count: int, rest: int) -> None:
    made = content(full(swings=count))
    (swings,) = [block for block in made.annex if isinstance(block, Swings)]
    assert len(swings.rows) == 12
    more = [one for one in tables(made) if one[0][0] == "What varies"]
    assert [len(one) - 1 for one in more] == ([rest] if rest else [])
    if rest:
        assert more[0][-1][1].startswith("43 of 100 (it counts least), 45 of 100 (it counts most)")


def test_nothing_scored_leaves_all_of_it_out() -> None:
    policies = ScenarioLine("tiers", "Looser tiers", "none", {}, (), "no option changes its tier")
    made = content(replace(an_advice(), robustness=Robustness(scenarios=(policies,))))
    kinds = {type(block) for block in (*made.detail, *made.annex)}
    assert not kinds & {StackedBars, Swings, WeightGrid}
    assert "weighting" not in "\n".join(texts_of((made.detail, made.annex)))


def test_the_terminal_says_the_same_numbers() -> None:
    text = " ".join(make_text(content()).split())
    for said in (
        TOO_CLOSE,
        CHANGED,
        DIVIDES,
        "AHSCT: first 44 of 100, second 56 of 100",
        "How much a first relapse within 24 months counts: 12 of 100 (it counts least: under 4 of "
        "100), 79 of 100 (it counts most: over 61 of 100)",
        "All regimens: 35 of 100 (judged by all regimens)",
        "AHSCT: first in 44 of 100; in 62 of 100 if exactly these weights held",
        "Harm to fertility 5; Burden of the treatment 10",
    ):
        assert said in text, said


def test_every_word_and_number_of_the_drawings_is_on_the_pages() -> None:
    pages = pages_of(make_pdf(a_person(), full(), no_sources(), annex=True))
    first, text = squeezed(pages[0]), squeezed(" ".join(pages))
    for said in (TOO_CLOSE, CHANGED, DIVIDES):
        assert squeezed(said) in first
    for said in (
        "12 it counts least: under 4 of 100",
        "79 it counts most: over 61 of 100",
        "35 judged by all regimens",
        "What moves the share of AHSCT: 44 of 100",
    ):
        assert squeezed(said) in text


def known(criterion: str, **more: object) -> EffectLine:
    line = effect(criterion, "derived")
    said = {"how": "3 of 12 (one-study); 4 of 40 (other-study).", "studies": ("one-study",)}
    return replace(line, **{**said, "n": 12, "certainty": "low", **more})


def test_a_cell_says_estimate_kind_n_certainty_and_studies() -> None:
    line = known("relapse_24m", estimate=0.25, low=0.1, high=0.4)
    assert lead(line, None)[:2] == ("+0.2 points", "+0.1 to +0.4")  # no criterion, no share
    assert behind(line) == "derived, n 12, certainty low"
    assert studies_words(line, {}) == "one-study"
    kinds = ("judgement", "absent", "not-reported", "not-applicable")
    said = ("judgement", "absent", "not reported", "not applicable")
    assert tuple(behind(effect("burden", kind)) for kind in kinds) == said


def test_the_effects_table_has_the_possible_and_open_and_on_demand_the_excluded() -> None:
    line = (known("relapse_24m", estimate=0.25, low=0.1, high=0.4),)
    advice = with_option(an_advice(), ahsct(effects=line))
    advice = with_option(advice, staying(effects=line))
    barred = an_option("bm-msc", status="excluded", effects=line, tier=None)
    advice = replace(advice, options=(*advice.options, barred))
    assert [one.id for one in compared(advice)] == ["ahsct", "no-cellular-therapy"]
    more = compared(advice, with_excluded=True)
    assert [one.id for one in more] == ["ahsct", "no-cellular-therapy", "bm-msc"]
    words = texts_of(content(advice).annex)
    assert any(one.startswith("Never compared head to head") for one in words)
    assert "derived, n 12, certainty low" in words
    assert "AHSCT: 3 of 12 (one-study); 4 of 40 (other-study)." in words
    assert "one-study not among the sources" in words


def test_the_fit_counts_n_of_n_and_says_what_a_difference_means() -> None:
    lines = (
        FitLine("Age", "45", "19 to 57", Truth.TRUE, 29, 32),
        FitLine("Follow-up", "24 months", "5.5 months", Truth.FALSE, 0, 12, "Shorter than asked."),
        FitLine("EDSS", "4.5", "not reported", Truth.UNKNOWN, means="It cannot be compared."),
    )
    option = ahsct(fit=EvidenceFit(32, 24, lines))
    assert counted_words(option) == (
        "n 32, 24 of 32 with this serostatus, alike in 1 of 3 features"
    )
    assert [alike_counted(line) for line in lines] == [
        "Alike, 29 of 32 patients",
        "Not alike, 0 of 12 patients",
        "Not known to be alike",
    ]
    other = staying(fit=EvidenceFit(None, None, lines[:1]))
    rows = {row[0]: row[1:] for row in fit_rows((option, other))}
    assert rows["Patients studied"] == (
        "",
        "n 32, 24 of 32 with this serostatus, alike in 1 of 3 features",
        "nobody counted",
    )
    assert rows["Follow-up"] == (
        "24 months",
        "Not alike, 0 of 12 patients. Studied: 5.5 months. Shorter than asked.",
        "Not compared by this.",
    )
    words = texts_of(content(with_option(an_advice(), option)).annex)
    assert {"Shorter than asked.", "Not alike, 0 of 12 patients"} <= set(words)


def test_the_largest_swing_stands_first() -> None:
    reach = [max(abs(one.low - 0.44), abs(one.high - 0.44)) for one in tornado(14).lines]
    assert reach == sorted(reach, reverse=True)
