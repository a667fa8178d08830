"""The twelve fictional patients on paper: one page of summary, and what a panel has to find."""

import re
from functools import cache

import pytest
from report_builders import pages_of, squeezed

from nmosd_cds.advice.advise import advise
from nmosd_cds.advice.as_json import advice_to_json
from nmosd_cds.exchange.patient_file import read_case
from nmosd_cds.knowledge.load import load_knowledge
from nmosd_cds.paths import examples_folder
from nmosd_cds.report.advice_schema import advice_schema
from nmosd_cds.report.content import make_content
from nmosd_cds.report.pdf import make_pdf
from nmosd_cds.report.text import make_text

NAMES = "abcdefghijkl"
# Hand-written: what EXAMPLES asks to be seen on the first page, blanks left out.
FIRST_PAGE = {
    "a": ["Notexhausted", "C5inhibitor", "AHSCTnotyet:"],
    "b": ["Exhausted(projectrule", "3of32", "0of32", "Conditional", "inatiewith"],
    "c": ["AHSCTfornow:", "lupus", "1of13"],
    "d": ["Notapplicable", "Notrankable"],
    "e": ["Outofscope", "MOGAD", "1:320"],
    "f": ["Outofscope", "Donotstop", "AHSCT,DonorHSCT"],
    "g": ["Notrankable", "AQP4-IgG", "Missing:AQP4-IgG"],
    "h": ["Outofscope", "Under18"],
    "i": ["Carlisle", "Bronina", "Fixeddeficitsarenotexpectedtorecover"],
    "j": ["HBVDNA", "detectable", "IgGbelow4g/L", "Earlierthrombosis"],
    "k": ["Decided", "Quiescent"],
    "l": ["Outofscope", "acute"],
}
ABSENT = {"a": ["weightings"], "d": ["Exhausted(", "Notexhausted"], "e": ["AHSCTneeds"]}


@cache
def report(name: str) -> tuple[tuple[str, ...], str, dict[str, object]]:
    """Pages, text and JSON of an example."""
    knowledge = load_knowledge()
    case = read_case(examples_folder() / f"{name}.json")
    assert case.as_of is not None
    advice = advise(case, knowledge, on=case.as_of)
    pages = pages_of(make_pdf(case, advice, knowledge))
    text = make_text(make_content(case, advice, knowledge))
    return tuple(pages), text, advice_to_json(advice)


@pytest.mark.parametrize("name", NAMES)
def test_the_summary_is_one_page(name: str) -> None:
    first, *others = report(name)[0]
    assert "Neurologist, signature" in first
    assert not any("signature" in page and "Neurologist" in page for page in others)


@pytest.mark.parametrize("name", NAMES)
def test_the_first_page_says_what_a_panel_looks_for(name: str) -> None:
    first = squeezed(report(name)[0][0])
    for words in FIRST_PAGE[name]:
        assert words.casefold() in first.casefold(), words
    for words in ABSENT.get(name, []):
        assert words.casefold() not in first.casefold(), words


@pytest.mark.parametrize("name", NAMES)
def test_nothing_on_paper_orders_anybody(name: str) -> None:
    ordering = r"(?<![-\w])(?:recommended|start|give)(?![-\w])"
    # Labels of entries ("Start: May-2019") are dates of the past, rule ids are no words.
    said = re.sub(r"\bStart: ", "", " ".join(" ".join(report(name)[0]).split()))
    assert re.findall(ordering, said, re.IGNORECASE) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_text_says_what_the_first_page_says(name: str) -> None:
    text = squeezed(report(name)[1]).casefold()
    for words in FIRST_PAGE[name]:
        assert words.casefold() in text, words


@pytest.mark.parametrize("name", NAMES)
def test_the_json_is_as_the_schema_says(name: str) -> None:
    from builders import schema_accepts

    schema = advice_schema()
    advice = report(name)[2]
    for key, part in schema["properties"].items():
        value = advice[key]
        for one in value if isinstance(value, list) else [value]:
            assert schema_accepts(part.get("items", part), one, schema), (key, one)
