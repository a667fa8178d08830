"""Replay: identical, or what differs, or why it cannot be told."""

import json
from functools import cache
from typing import Any

import pypdfium2
import pytest

from nmosd_cds.advice.advise import advise
from nmosd_cds.errors import KnowledgeError, ReportError
from nmosd_cds.exchange.patient_file import read_case
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.load import load_knowledge
from nmosd_cds.paths import examples_folder
from nmosd_cds.patient.case import case_text
from nmosd_cds.report.content import make_content
from nmosd_cds.report.pdf import advice_text, draw, make_pdf
from nmosd_cds.report.replay import replay
from nmosd_cds.report.stamp import Stamp, read_stamp, stamp_text


@cache
def knowledge() -> Knowledge:
    return load_knowledge()


@cache
def parts() -> tuple[Any, Any]:
    case = read_case(examples_folder() / "e.json")
    assert case.as_of is not None
    return case, advise(case, knowledge(), on=case.as_of)


def report(**changed: str) -> bytes:
    """A report with some of its files changed after it was made."""
    case, advice = parts()
    stamp = Stamp.of(advice, language="en", user=None, printed=None)
    files = {
        "case.json": case_text(case),
        "advice.json": advice_text(advice),
        "report.json": stamp_text(stamp),
    }
    said = {name: text.encode() for name, text in (files | changed).items()}
    return draw(make_content(case, advice, knowledge()), said)


@pytest.mark.parametrize("annex", [False, True])
def test_our_own_report_is_identical(annex: bool) -> None:
    case, advice = parts()
    assert replay(make_pdf(case, advice, knowledge(), annex=annex), knowledge) == ()


def test_a_report_stamped_with_an_annex_it_lacks_differs() -> None:
    said = json.loads(stamp_text(Stamp.of(parts()[1], language="en", user=None, printed=None)))
    lines = replay(report(**{"report.json": json.dumps(said | {"annex": True})}), knowledge)
    assert lines[0].startswith("The report has 2 pages, and would now have")


def test_another_advice_differs_with_its_place() -> None:
    said = json.loads(advice_text(parts()[1]))
    said["options"][0]["status"] = "possible"
    lines = replay(report(**{"advice.json": json.dumps(said)}), knowledge)
    assert len(lines) == 1 and lines[0].startswith("options[")
    assert 'printed "possible", now' in lines[0]


def test_another_case_differs() -> None:
    case = json.loads(case_text(parts()[0]))
    case["patient"]["name"] = "OTHER, Person"
    lines = replay(report(**{"case.json": json.dumps(case)}), knowledge)
    assert "The embedded case is not the one the report was stamped with." in lines
    assert any(line.startswith("Page 1, now:") and "OTHER" in line for line in lines)


def test_advice_that_is_no_json_differs() -> None:
    assert replay(report(**{"advice.json": "{"}), knowledge) == (
        "The embedded advice is not JSON.",
    )


def test_an_older_program_is_compared_by_its_advice_alone() -> None:
    said = json.loads(stamp_text(Stamp.of(parts()[1], language="en", user=None, printed=None)))
    older = json.dumps(said | {"app_version": "0.0.1"})
    assert replay(report(**{"report.json": older}), knowledge) == ()


def test_knowledge_that_is_not_here_is_a_knowledge_error() -> None:
    said = json.loads(stamp_text(Stamp.of(parts()[1], language="en", user=None, printed=None)))
    other = json.dumps(said | {"knowledge_sha256": "f" * 64})
    with pytest.raises(KnowledgeError, match="which is not here"):
        replay(report(**{"report.json": other}), knowledge)


@pytest.mark.parametrize("raw", [b"", b"no pdf", b"%PDF-1.4\n%%EOF"])
def test_what_is_no_pdf_is_not_ours(raw: bytes) -> None:
    with pytest.raises(ReportError):
        replay(raw, knowledge)


def test_a_pdf_without_our_files_is_not_ours() -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(100, 100)
    import io

    held = io.BytesIO()
    document.save(held)
    with pytest.raises(ReportError, match="three files"):
        replay(held.getvalue(), knowledge)


def test_a_damaged_case_inside_is_not_ours() -> None:
    with pytest.raises(ReportError, match=r"case\.json"):
        replay(report(**{"case.json": "{"}), knowledge)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format": "other"}', '{"format": "nmosd-cds-report-1", "x": 1}']
)
def test_a_stamp_that_is_not_ours_is_refused(text: str) -> None:
    with pytest.raises(ReportError, match="not the stamp"):
        read_stamp(text)


@pytest.mark.parametrize("wrong", [{"as_of": "2026-13-01"}, {"annex": "yes"}])
def test_a_stamp_with_a_wrong_value_is_refused(wrong: dict[str, str]) -> None:
    said = json.loads(stamp_text(Stamp.of(parts()[1], language="en", user=None, printed=None)))
    with pytest.raises(ReportError):
        read_stamp(json.dumps(said | wrong))


@pytest.mark.parametrize(
    ("name", "value"),
    [("language", 5), ("language", None), ("user", ["a"]), ("knowledge_version", {"a": 1})],
)
def test_a_stamp_with_something_else_than_text_is_not_ours(name: str, value: object) -> None:
    said = json.loads(stamp_text(Stamp.of(parts()[1], language="en", user=None, printed=None)))
    with pytest.raises(ReportError):
        replay(report(**{"report.json": json.dumps(said | {name: value})}), knowledge)


def test_a_stamp_nested_without_end_is_not_ours() -> None:
    with pytest.raises(ReportError):
        replay(report(**{"report.json": "[" * 200_000}), knowledge)


def test_an_advice_nested_without_end_differs() -> None:
    lines = replay(report(**{"advice.json": "[" * 200_000}), knowledge)
    assert lines == ("The embedded advice is not JSON.",)
