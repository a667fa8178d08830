"""Trials in text, PDF and JSON."""

import json
from typing import Any

import pytest
from advice_builder import a_changed, advice_on, advised, the_knowledge

from nmosd_cds.advice.as_json import advice_to_json
from nmosd_cds.report.advice_schema import advice_schema
from nmosd_cds.report.content import make_content
from nmosd_cds.report.model import Table, texts_in
from nmosd_cds.report.text import make_text


def text_of(name: str, *, annex: bool = False, **changes: Any) -> str:
    case = a_changed(name, **changes)
    content = make_content(case, advised(case), the_knowledge(), annex=annex)
    return " ".join(make_text(content, width=400).split())


def test_the_page_lists_the_trials_that_may_take_somebody() -> None:
    said = text_of("b")
    assert "TRIALS: WHAT THEIR LISTS SAY. THE TRIAL DECIDES" in said
    for words in ("CT103A (BCMA), Wuhan", "Siriraj pilot", "CNCT19 (CD19), Juventas", "BAFF-R"):
        assert words in said
    assert (
        "CT103A (BCMA), Wuhan (BCMA CAR-T, recruiting (Jun-2026)): no listed criterion fails."
        in said
    )
    assert "Siriraj pilot, Bangkok (AHSCT, recruiting (undated, read Nov-2026)):" in said
    assert "no listed criterion fails so far, 5 of 12 not settled." in said
    assert "9 more take nobody or are not known to recruit. No list was read as a whole." in said
    assert "ATTEND" not in said


def test_a_trial_open_at_the_hospital_has_its_own_row() -> None:
    assert "Recruiting (Jun-2026), open here" in text_of("j")


def test_a_failing_line_is_named_in_a_few_words() -> None:
    said = text_of("b", birth_date="1961-03-14")
    assert "BAFF-R CAR-T, Tianjin" in said and "fails “Age 18 to 60”." in said


def test_the_annex_holds_every_list_line_by_line() -> None:
    said = text_of("b", annex=True)
    assert "TRIALS, LINE BY LINE" in said
    knowledge = the_knowledge()
    for trial in knowledge.trials.values():
        for one in trial.criteria:
            assert " ".join(one.criterion.text.rstrip(".").split()) in said, one.criterion.id
    assert "Passed. Keeps out: HIV positive." in said
    assert "Fails. Keeps out: Immunosuppressant or immunomodulator within 3 months before." in said
    references = said.partition("REFERENCES ")[2]
    assert "siriraj-pilot Pilot study of own stem cell transplantation" in references
    assert "In another disease, so that they never match:" in said


def test_no_page_of_an_attack_in_progress_lists_trials() -> None:
    name = next(n for n in "abcdefghijkl" if advice_on(n).outcome == "out-of-scope")
    assert "TRIALS: WHAT" not in text_of(name)


@pytest.mark.parametrize("name", "abcdefghijkl")
def test_no_trial_stands_on_the_first_page(name: str) -> None:
    case = a_changed(name)
    content = make_content(case, advised(case), the_knowledge())
    for summary in content.summaries:
        headings = [
            column.label for one in summary if isinstance(one, Table) for column in one.columns
        ]
        assert "Its list for this person" not in headings
        assert not any("CNCT19" in text for text in texts_in(summary))


def test_the_json_says_the_same() -> None:
    advice = advice_on("j")
    found = json.loads(json.dumps(advice_to_json(advice)))["trials"]
    assert [one["id"] for one in found] == [one.id for one in advice.trials]
    first = found[0]
    assert (first["id"], first["answer"], first["open_here"]) == (
        "nct04561557", "no-listed-criterion-fails", True,
    )  # fmt: skip
    assert {"id": "age", "answer": "met", "facts": {"Age": "42"}}.items() <= {
        key: first["criteria"][0][key] for key in ("id", "answer", "facts")
    }.items()
    baffr = next(one for one in found if one["id"] == "nct06561009")
    assert {"field": "contraception", "label": "Contraception"} in baffr["questions"]
    assert "trials" in advice_schema()["required"]
