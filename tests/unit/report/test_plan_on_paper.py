"""The plan on paper: what is open by name, dates by hand, sources side by side in the annex."""

from datetime import date

from advice_builder import a_changed, the_knowledge

from nmosd_cds.advice.advise import advise
from nmosd_cds.advice.model import Advice
from nmosd_cds.report.model import Facts, texts_in
from nmosd_cds.report.plan import plan_blocks, short_plan_blocks

ON = date(2026, 11, 22)


def _advice(**row: object) -> Advice:
    drug = {"drug": "rituximab", "start": "2020", **row}
    treatments = {"complete_since": "2019", "rows": [drug]}
    return advise(a_changed("b", treatments=treatments), the_knowledge(), on=ON)


def _short(advice: Advice) -> dict[str, str]:
    return {
        label: "".join(texts_in(line))
        for block in short_plan_blocks(advice)
        if isinstance(block, Facts)
        for label, line in block.rows
    }


def test_the_page_names_what_is_open_and_counts_what_is_known() -> None:
    advice = advise(a_changed("b"), the_knowledge(), on=ON)
    ahsct = advice.option("ahsct")
    lines = [one for one in ahsct.plan if one.section in ("work-up", "baseline")]
    asked = [one for one in lines if one.state]
    said = _short(advice)["Work-up"]
    assert f"{sum(one.is_ticked for one in asked)} of {len(asked)} known" in said
    for one in asked:
        assert one.is_ticked or one.label in said


def test_the_annex_dates_both_intervals_and_names_every_source() -> None:
    advice = _advice(ongoing=True, last_dose="2026-08-31")
    said = " ".join(texts_in(tuple(plan_blocks(advice))))
    option = advice.option("car-t-bcma")
    assert option.status == "unconfirmed" and "14 of 17" in said
    # 31-Aug and a week; 31-Aug and six months.
    assert "07-Sep-2026" in said and "28-Feb-2027" in said
    for line in option.plan:
        for one in line.ranges:
            assert one.says in said


def test_no_drug_stands_on_the_page_without_the_danger_of_stopping() -> None:
    rows = _short(_advice(ongoing=True))
    assert "rituximab" in rows["Washout"]
    assert "14 of 17" in rows["Bridge"] and "4 of 6" in rows["Bridge"]


def test_a_conflict_with_an_allergy_is_said_once() -> None:
    case = a_changed("b", allergies={"rows": [{"substance": "sulfonamides"}]})
    said = _short(advise(case, the_knowledge(), on=ON))["Prophylaxis"]
    assert said.count("Allergy conflict") == 1 and "sulfonamide" in said
