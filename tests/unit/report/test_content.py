"""What the report says, on hand-made advice: every claim here is written by hand."""

import re
from dataclasses import replace
from datetime import datetime

import pytest
from report_builders import (
    a_figure,
    a_finding,
    a_person,
    ahsct,
    an_advice,
    an_option,
    car_t,
    no_sources,
    said,
    texts_of,
    with_option,
)

from nmosd_cds.advice.model import Advice, ArgumentLine, Completions, PlanLine, Robustness
from nmosd_cds.logic.truth import Truth
from nmosd_cds.report.content import make_content
from nmosd_cds.report.model import AlertBox, ArgumentTable, Forest, ReportContent, Table, plain
from nmosd_cds.report.options import DENSITIES
from nmosd_cds.report.text import make_text
from nmosd_cds.report.wording import inside


def content(advice: Advice | None = None) -> ReportContent:
    return make_content(a_person(), advice or an_advice(), no_sources(), annex=True)


def page_one(advice: Advice | None = None) -> str:
    return "\n".join(texts_of(content(advice).summaries[0]))


@pytest.mark.parametrize(
    "sentence",
    [
        "eculizumab since Feb-2024. Do not stop it for this page.",
        "Active. 2 attacks in 12 months. Last attack 02-Sep-2026. "
        "High-activity rule of the trials: met.",
        "Exhausted (project rule; no agreed definition exists). All are closed. "
        "C5 failed (eculizumab, 20-Dec-2025).",
        "Conditional on HBV DNA",
        "AHSCT  rank 1, in a tie with Continue eculizumab",
        "BCMA CAR-T needs: HBV DNA and trial places",
        "Deaths, all causes 3 of 32 (2–25 %), related 0 of 32 (0–10.9 %). None in so few people "
        "does not prove safety. Caution: G-CSF can make disease flare. It is used for "
        "mobilisation.",
        "C5 inhibitor failed: An adequate trial failed. Until: Another drug is found.",
        "1 option without a human NMOSD outcome for this serostatus: Treg.",
        "No cellular option was ever compared with an approved drug. No pivotal cell-therapy "
        "outcome in NMOSD has a second independent study.",
        "Also missing: Trial places (not known). Not known either, and read by cautions only: "
        "1 fact, named under Not assessed.",
        "How firm is the order? Share of simulated weightings, not a chance of benefit. "
        "Usual assumptions: AHSCT first 44 of 100, Continue eculizumab 56. "
        "All regimens: AHSCT first 35 of 100, Continue eculizumab 65. "
        "AHSCT is ahead only if the hazard without cells is above 0.2 a year.",
        "Neurologist, signature",
    ],
)
def test_page_one_says(sentence: str) -> None:
    assert sentence in page_one().split("\n")


def test_page_one_says_what_it_is_not_for() -> None:
    for words in ("attack in progress", "MOGAD", "under 18", "pregnancy or breastfeeding",
                  "choice among approved drugs", "use by patients alone"):  # fmt: skip
        assert words in page_one()


def test_every_answer_of_a_question_has_its_row() -> None:
    tables = [block for block in content().summaries[0] if isinstance(block, Table)]
    rows = [texts_of(row.cells) for row in tables[1].rows]
    assert rows == [
        ["HBV DNA", "Not done", "detectable", "BCMA CAR-T excluded"],
        ["undetectable", "nothing bars it"],
    ]


@pytest.mark.parametrize("number", range(len(DENSITIES)))
def test_no_density_leaves_out_what_lowers_confidence(number: int) -> None:
    words = "\n".join(texts_of(content().summaries[number]))
    for kept in (
        "G-CSF can make disease flare.",
        "3 of 32 (2–25 %)",
        "was ever compared with an approved drug",
        "HBV DNA",
        "not a chance of benefit",
        "Allergic to co-trimoxazole.",
        "An adequate trial failed.",
        "Very low",
    ):
        assert kept in words


@pytest.mark.parametrize(
    "sentence",
    [
        "Off all drugs: 11 of 16 (41–89 %), that is 10 of 13 (46–95 %)  burt-2019; "
        "1 of 3 (46–95 %)  burton-2021",
        "Nobody was compared muraro-2025",
        "This tool (project rule)",
        "not known: Trial places",
        "Treg: No patient was found. ",
        "AHSCT: Allergy conflict: co-trimoxazole is on the list of allergies. "
        "Consider co-trimoxazole (recalled). sharrack-2020",
        "car-t-bcma.hepatitis-b Indication: active. Needs HBV DNA. greco-2015-ebmt",
        "LVEF: 62 %, 15-Oct-2026: ahsct.lvef",
        "Centre: yes: ahsct.centre",
        "CRP: <0.5 mg/L, 03-Oct-2026",
        "burt-2019 not among the sources",
        "44 of 100",
        "AHSCT is ahead only if the hazard without cells is above 0.2 a year.",
    ],
)
def test_the_annex_says(sentence: str) -> None:
    assert sentence in texts_of(content().annex)


@pytest.mark.parametrize(
    "sentence",
    [
        "Possible; certainty very low. No control group.",
        "Off all drugs: 11 of 16 (41–89 %)  burt-2019,  burton-2021",
        "Nobody was compared muraro-2025",
        "Both defensible in 2 of 2. 10,000 draws, seed 20261122, Monte Carlo error at most 0.5 of "
        "100.",
        "This tool (project rule)",
        "not known: Trial places",
        "Not answered before calling it failure: CH50 suppressed.",
        "AHSCT: Allergy conflict: co-trimoxazole is on the list of allergies. "
        "Consider co-trimoxazole (recalled).",
        "burt-2019 not among the sources",
        "All arguments and figures, all gates read, all inputs and full references: annex below.",
    ],
)
def test_the_detail_says(sentence: str) -> None:
    assert sentence in texts_of(content().detail)


def test_there_is_no_annex_unless_it_was_asked_for_and_the_detail_says_where_to_look() -> None:
    made = make_content(a_person(), an_advice(), no_sources())
    assert made.annex == ()
    assert texts_of(made.detail)[-1] == (
        "All arguments and figures, all gates read, all inputs and full references: annex on "
        "request, on screen, or in the embedded file."
    )


def test_the_detail_argues_what_is_possible_or_may_come_first() -> None:
    waiting = replace(car_t(), arguments=ahsct().arguments)
    advice = with_option(an_advice(), waiting)
    completions = Completions(True, ("ahsct", "car-t-bcma"), ())
    may_lead = replace(advice, robustness=replace(advice.robustness, completions=completions))
    assert argued(advice) == ["AHSCT"]
    assert argued(may_lead) == ["AHSCT", "BCMA CAR-T"]
    assert argued(replace(may_lead, outcome="out-of-scope")) == []


def argued(advice: Advice) -> list[str]:
    tables = [block for block in content(advice).detail if isinstance(block, ArgumentTable)]
    return [option.name for table in tables for option in table.options]


def test_long_lists_of_arguments_are_cut_and_counted() -> None:
    many = tuple(
        ArgumentLine(side, f"{side} {n}.") for side in ("for", "against") for n in "123456"
    )
    made = content(with_option(an_advice(), ahsct(arguments=many)))
    (table,) = [block for block in made.detail if isinstance(block, ArgumentTable)]
    (option,) = table.options
    assert [plain(line) for line in option.speaks_for][3:] == ["for 4", "2 more in the annex"]
    assert [plain(line) for line in option.speaks_against][4:] == [
        "against 5",
        "1 more in the annex",
    ]
    assert "for 6" in texts_of(made.annex) and "against 6" in texts_of(made.annex)


def test_a_long_argument_is_said_by_its_first_sentence_and_its_first_figures() -> None:
    text = "Fewer people relapsed. " + "This is a long reason that belongs to the annex. " * 3
    figures = tuple(a_figure(f"{n} of 13", n / 13, 13) for n in (1, 2, 3))
    argument = ArgumentLine("for", text, figures)
    lines = texts_of(content(with_option(an_advice(), ahsct(arguments=(argument,)))).detail)
    assert "Fewer people relapsed: 1 of 13 (46–95 %); 2 of 13 (46–95 %)  burt-2019; 1 more" in lines


def test_a_step_against_an_allergy_is_never_left_out_of_the_plan() -> None:
    steps = tuple(PlanLine("before", f"Consider test {n} " + "x" * 90, (), "seen") for n in "1234")
    last = PlanLine("before", "Consider a dye.", (), "seen", conflict="the dye is on the list")
    lines = texts_of(content(with_option(an_advice(), ahsct(plan=(*steps, last)))).detail)
    (row,) = [line for line in lines if "Allergy conflict: the dye is on the list." in line]
    assert row.startswith("AHSCT: Allergy conflict") and row.endswith("more in the annex.")


def test_a_washout_keeps_the_danger_of_stopping_beside_it() -> None:
    text = "Off drugs for 3 months. Stopping is a danger. Relapse followed in 14 of 17."
    step = PlanLine("bridge", text, (), "seen")
    lines = texts_of(content(with_option(an_advice(), ahsct(plan=(step,)))).detail)
    assert any(text in line for line in lines)


@pytest.mark.parametrize(
    ("label", "inside_a_sentence"),
    [
        ("Trial places", "trial places"),
        ("HBV DNA", "HBV DNA"),
        ("IgG", "IgG"),
        ("Anti-HBc", "anti-HBc"),
        ("AQP4-IgG", "AQP4-IgG"),
        ("C5 variant p.Arg885", "C5 variant p.Arg885"),
        ("Access to eculizumab", "access to eculizumab"),
    ],
)
def test_a_label_within_a_sentence_has_no_capital_but_its_own(
    label: str, inside_a_sentence: str
) -> None:
    assert inside(label) == inside_a_sentence


def test_the_detail_ends_with_validity_and_what_was_not_assessed() -> None:
    open_caution = a_finding("ahsct.ferritin", "cautions", Truth.UNKNOWN, missing=("ferritin",))
    advice = with_option(an_advice(), ahsct(findings=(open_caution,)))
    *_others, last, _where = texts_of(content(advice).detail)
    assert last.startswith(
        "Valid: re-run after any new attack or test, or after 30 days (project). "
        "Not assessed: Ferritin. "
    )


def test_a_requirement_that_is_not_met_is_said_with_its_reason() -> None:
    unmet = a_finding("ahsct.centre", "requires", Truth.FALSE, text="No centre.", facts={})
    lines = texts_of(content(with_option(an_advice(), ahsct(findings=(unmet,)))).annex)
    assert "ahsct.centre No centre. greco-2015-ebmt" in lines


def test_the_plot_has_parts_before_their_sum_and_marks_what_is_recalled() -> None:
    (forest,) = [block for block in content().annex if isinstance(block, Forest)]
    rows = [(row.study, row.kind, row.remark) for group in forest.groups for row in group.rows]
    assert rows == [
        ("burt-2019", "one", ""),
        ("burton-2021", "one", ""),
        ("2 studies", "pooled", ""),
        ("recalled-2001", "recalled", "not in arithmetic"),
    ]


@pytest.mark.parametrize("outcome", ["out-of-scope", "not-rankable"])
def test_no_plot_where_nothing_is_ranked(outcome: str) -> None:
    made = content(an_advice(outcome=outcome))
    assert not [one for one in (*made.detail, *made.annex) if isinstance(one, Forest)]


def test_nothing_ranked_by_score_says_nothing_of_shares() -> None:
    made = content(an_advice(robustness=Robustness()))
    assert "weightings" not in said(made)


def test_no_question_says_that_nothing_would_change_the_answer() -> None:
    assert "No missing fact would change this answer." in page_one(an_advice(questions=()))


def test_an_alert_that_is_the_headline_is_said_once() -> None:
    made = content(an_advice(alerts=("Conditional on HBV DNA",)))
    assert not [block for block in made.summaries[0] if isinstance(block, AlertBox)]


def test_no_drug_is_not_known_and_not_a_blank() -> None:
    advice = an_advice()
    bare = replace(advice.indication, present_drugs=(), present_sentence="")
    lines = page_one(replace(advice, indication=bare)).split("\n")
    assert lines[lines.index("Present drug") + 1] == "Not known"


def test_options_with_the_same_bar_share_a_line() -> None:
    advice = an_advice()
    twin = replace(advice.option("c5-inhibitor"), id="il6r", short="IL-6R inhibitor")
    assert "C5 inhibitor and IL-6R inhibitor failed:" in page_one(
        replace(advice, options=(*advice.options, twin))
    )


def test_a_caution_of_many_options_is_said_once() -> None:
    caution = a_finding("general.low-igg", "cautions", Truth.TRUE, text="IgG is low.")
    many = tuple(an_option(f"option-{n}", findings=(caution,)) for n in range(3))
    words = page_one(an_advice(options=many, robustness=Robustness()))
    assert words.count("IgG is low.") == 1
    assert "OPTION-0, OPTION-1 and OPTION-2: IgG is low." in words


def test_a_declined_option_says_so() -> None:
    assert "declined by the person" in page_one(with_option(an_advice(), car_t(declined=True)))


def test_every_foot_names_what_it_is_who_it_is_and_where_it_comes_from() -> None:
    made = make_content(
        a_person(), an_advice(), no_sources(), user="Dr A", printed=datetime(2026, 11, 22, 9, 5)
    )
    assert made.foot.warning == (
        "Prototype, not a medical device. Decision support, not a prescription."
    )
    assert made.foot.identity == "EXAMPLE, Mira, EX-004-417, example-x (fictional)."
    assert made.foot.origin == (
        "App 0.1.0. Knowledge 2026.11, hash 9c41…e07b, unsigned. Evidence to 2026-11-22. "
        "Printed 22-Nov-2026 09:05 by Dr A."
    )


def test_the_title_does_not_name_the_person() -> None:
    assert "EXAMPLE" not in content().title


def test_our_own_words_never_order() -> None:
    bare = an_advice(options=(), questions=(), alerts=(), inputs=(), robustness=Robustness())
    ordering = re.compile(
        r"\b(give|given|gives|start|started|starts|recommend\w*)\b", re.IGNORECASE
    )
    for advice in (bare, an_advice()):
        assert ordering.findall(said(content(advice))) == []


def test_dates_never_have_a_month_in_figures() -> None:
    assert re.findall(r"\d\d/\d\d/\d{4}", said(content())) == []


def test_the_text_says_all_of_it_in_the_width_of_a_terminal() -> None:
    text = make_text(content())
    assert "RULES THAT APPLY" in text
    assert max(map(len, text.splitlines())) <= 100
    flat = "".join(text.split())
    for block in (*content().summaries[0][:-1],):
        for words in texts_of(block):
            if block.__class__ is not Table:
                assert "".join(words.split()).casefold() in flat.casefold()


def test_a_terminal_gets_no_sign_that_steers_it() -> None:
    made = content(an_advice(sentence="a\x1b[31mred\u202eb"))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", make_text(made))


def test_the_summary_alone_leaves_the_detail_out() -> None:
    text = make_text(content(), detail=False)
    assert "OPTIONS" in text and "ARGUMENTS" not in text


@pytest.mark.parametrize(
    ("all_causes", "related", "said_of_deaths"),
    [
        (True, True, "Deaths, all causes 3 of 32 (2–25 %), related 0 of 32 (0–10.9 %)."),
        (True, False, "Deaths, all causes 3 of 32 (2–25 %); related: no count reported."),
        (False, True, "Deaths, all causes: no count reported; related 0 of 32 (0–10.9 %)."),
        (False, False, "Deaths, all causes: no count reported."),
    ],
)
def test_deaths_of_all_causes_come_first_and_a_missing_count_is_said(
    all_causes: bool, related: bool, said_of_deaths: str
) -> None:
    option = ahsct(findings=())
    if not all_causes:
        option = replace(option, deaths_all_causes=(), deaths_all_total=None)
    if not related:
        option = replace(option, deaths_related=(), deaths_related_total=None)
    assert said_of_deaths in page_one(with_option(an_advice(), option))


def test_deaths_that_cannot_be_added_stand_side_by_side() -> None:
    option = replace(ahsct(), deaths_all_total=None)
    two = replace(option, deaths_all_causes=option.deaths_all_causes * 2)
    words = page_one(with_option(an_advice(), two))
    assert "all causes 3 of 32 (46–95 %) burt-2019; 3 of 32 (46–95 %) burt-2019" in words


def test_an_excluded_option_without_a_bar_is_still_named() -> None:
    barless = replace(car_t(), status="excluded", needs=())
    assert "BCMA CAR-T" in page_one(with_option(an_advice(), barless)).split("\n")


def test_access_is_asked_for_by_its_drug() -> None:
    words = page_one(with_option(an_advice(), car_t(needs=("access_inebilizumab",))))
    assert "BCMA CAR-T needs: access to inebilizumab" in words


def with_a_report_of_others(advice: Advice) -> Advice:
    (treg,) = advice.with_status("no-evidence")
    told = replace(treg, arguments=(ArgumentLine("for", "One person with lupus was better."),))
    return with_option(advice, told)


OTHERS = "What was reported of them in others"


def test_the_annex_tells_what_was_reported_in_others_after_what_is_in_focus() -> None:
    lines = texts_of(content(with_a_report_of_others(an_advice())).annex)
    assert lines.index(OTHERS) > lines.index("Every argument")
    assert "One person with lupus was better" in lines


@pytest.mark.parametrize("outcome", ["not-rankable", "out-of-scope"])
def test_nothing_of_others_is_told_where_nothing_can_be_carried_over(outcome: str) -> None:
    advice = replace(with_a_report_of_others(an_advice()), outcome=outcome)
    assert OTHERS not in texts_of(content(advice).annex)


def test_without_a_report_of_others_the_annex_has_no_such_heading() -> None:
    assert OTHERS not in texts_of(content().annex)
