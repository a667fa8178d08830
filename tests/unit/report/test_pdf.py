"""The PDF: what is said is what is printed, on every page, in the same bytes."""

import io
import json
import re
from dataclasses import replace
from datetime import datetime
from typing import Any

import pypdfium2
import pytest
from report_builders import (
    a_person,
    an_advice,
    no_sources,
    pages_of,
    squeezed,
    texts_of,
    with_option,
)

from nmosd_cds import i18n
from nmosd_cds.advice.as_json import advice_to_json
from nmosd_cds.errors import ReportError
from nmosd_cds.exchange.patient_file import parse_case
from nmosd_cds.i18n import use_language
from nmosd_cds.report.content import make_content
from nmosd_cds.report.pdf import faces, make_pdf
from nmosd_cds.report.pdf.escape import escape
from nmosd_cds.report.pdf.setting import set_lines
from nmosd_cds.report.stamp import read_stamp

HOSTILE = [
    "<b>bold</b>",
    "<font color=\"[[[getattr(pow,'__globals__')]]]\">x</font>",
    '<img src="file:///etc/passwd">',
    '<a href="javascript:1">x</a>',
    "&lt;&#0;]]>",
    "%s%n{0.__class__}${7*7}",
    "'; DROP TABLE cases;--",
    "=cmd|' /C calc'!A0",
    "(unbalanced \\( \\051 ) \\",
    "1 × 10⁶ cells/kg ≥ 3.5 ≤ 4 − 5",
    "Ω é ş ı İ Ð ß ñ Ћ",
    "x" * 5000,
    "e" + "\u0301" * 500,
    "𠮷䶮 王小明",
    "evil\u202egnirts",
    "null NA NaN None 1e5 007 １２",
]


def attachments(pdf: bytes) -> dict[str, bytes]:
    document = pypdfium2.PdfDocument(pdf)
    found = [document.get_attachment(at) for at in range(document.count_attachments())]
    files = {one.get_name(): bytes(one.get_data()) for one in found}
    document.close()
    return files


def body_of(page: str) -> str:
    """A page without head, banner and foot, squeezed."""
    return squeezed(page).partition("MOG-IgGNegative")[2].rpartition("Prototype,not")[0]


def made(**more: Any) -> bytes:
    return make_pdf(a_person(), an_advice(**more), no_sources())


def test_two_runs_give_the_same_bytes() -> None:
    assert made() == made()


def test_every_text_of_the_report_is_on_its_pages() -> None:
    case, advice = a_person(), an_advice()
    content = make_content(case, advice, no_sources(), annex=True)
    printed = squeezed("".join(pages_of(make_pdf(case, advice, no_sources(), annex=True))))
    blocks = (*content.summaries[0], *content.detail, *content.annex)
    parts = (content.banner, blocks, content.foot.origin)
    for text in texts_of(parts):
        assert squeezed(escape(text).text) in printed, text


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_printed_as_it_is(text: str) -> None:
    advice = an_advice(sentence=text, alerts=(text,))
    first = replace(advice.option("ahsct"), deaths_note=text, short=text[:300])
    pdf = make_pdf(a_person(), with_option(advice, first), no_sources())
    pages = pages_of(pdf)
    # A very long text goes over pages, in a table with its labels repeated.
    times = 3 if len(escape(text).text) < 1000 else 1
    assert "".join(map(body_of, pages)).count(squeezed(escape(text).text)) >= times
    assert not re.search(rb"/JavaScript|/JS\b|/URI|/Launch|/SubmitForm|/Annots", pdf)
    assert ("stand as U+" in " ".join(" ".join(pages).split())) is escape(text).changed


def test_a_hostile_name_stands_on_every_page_and_leaves_room() -> None:
    name = "EXAMPLE, " + "Długie<b> " * 8
    pages = pages_of(make_pdf(a_person(name=name), an_advice(), no_sources()))
    assert len(pages) < 12
    assert all(squeezed(name) in squeezed(page) for page in pages)


def test_a_name_without_end_is_cut_and_says_so() -> None:
    pages = pages_of(make_pdf(a_person(name="A b " * 450), an_advice(), no_sources()))
    assert len(pages) < 12
    assert all("[cut: the text is longer]" in " ".join(page.split()) for page in pages)


def test_every_page_has_identifier_warning_and_number() -> None:
    pages = pages_of(made())
    for number, page in enumerate(pages, start=1):
        flat = " ".join(page.split())
        assert f"Page {number} of {len(pages)}" in flat
        assert "EX-004-417" in flat and flat.count("EXAMPLE, Mira") == 2
        assert "Decision support, not a prescription." in flat
        assert "Known allergies" in flat or "Allergies not recorded" in flat


def test_the_signatures_stand_on_the_first_page() -> None:
    assert "Neurologist, signature" in pages_of(made())[0]


def test_every_font_is_embedded_as_a_subset() -> None:
    pdf = made()
    names = set(re.findall(rb"/BaseFont /([A-Za-z0-9+-]+)", pdf))
    assert names and all(re.fullmatch(rb"[A-Z]{6}\+NotoSans(Italic)?-\w+", name) for name in names)
    assert len(re.findall(rb"/FontFile2", pdf)) == len(names)


def test_the_document_says_its_language_and_title() -> None:
    pdf = made()
    assert b"/Lang (en)" in pdf
    document = pypdfium2.PdfDocument(pdf)
    assert document.get_metadata_value("Title") == "NMOSD cellular therapy: options for discussion"
    assert "EXAMPLE" not in str(document.get_metadata_dict())
    assert document[0].get_size() == pytest.approx((595.28, 841.89), abs=0.1)


def test_three_files_are_inside_and_come_back() -> None:
    case, advice = a_person(), an_advice()
    pdf = make_pdf(case, advice, no_sources(), user="Dr A", printed=datetime(2026, 11, 22, 9, 5))
    files = attachments(pdf)
    assert sorted(files) == ["advice.json", "case.json", "report.json"]
    assert parse_case(files["case.json"], "case.json") == case
    assert json.loads(files["advice.json"]) == json.loads(json.dumps(advice_to_json(advice)))
    stamp = read_stamp(files["report.json"].decode())
    assert (stamp.language, stamp.seed, stamp.draws) == ("en", 20261122, 10000)
    assert (stamp.user, stamp.time) == ("Dr A", datetime(2026, 11, 22, 9, 5))


def test_printing_in_another_language_leaves_the_window_s_alone() -> None:
    use_language("en")
    last = i18n.languages()[-1]
    make_pdf(a_person(), an_advice(), no_sources(last), language=last)
    assert i18n.language() == "en"


def test_a_page_is_never_half_in_one_language_and_half_in_another() -> None:
    with pytest.raises(ValueError, match="knowledge in xx, report in en"):
        make_pdf(a_person(), an_advice(), no_sources("xx"))


def test_the_annex_begins_a_page_and_leaves_the_pages_before_it_alone() -> None:
    case, advice = a_person(), an_advice()
    bare = pages_of(make_pdf(case, advice, no_sources()))
    full = pages_of(make_pdf(case, advice, no_sources(), annex=True))
    assert len(full) > len(bare)
    assert body_of(full[0]) == body_of(bare[0])
    assert body_of(full[len(bare)]).startswith("AnnexEveryargument")
    assert not any("RulesthatApply".casefold() in squeezed(page).casefold() for page in bare)


def test_no_line_about_a_person_is_kept_after_drawing() -> None:
    made()
    assert set_lines.cache_info().currsize == 0


def test_a_missing_font_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr("nmosd_cds.paths.fonts_folder", lambda: tmp_path)
    faces.face.cache_clear()
    with pytest.raises(ReportError, match="NotoSans-.*cannot be read"):
        faces.face(faces.REGULAR)
    faces.face.cache_clear()


def test_no_word_is_drawn_outside_the_margins() -> None:
    document = pypdfium2.PdfDocument(io.BytesIO(made()))
    for page in document:
        text = page.get_textpage()
        for at in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(at)
            if text.get_text_range(at, 1).strip():
                assert left >= 36 and right <= 560 and bottom >= 8 and top <= 832
    document.close()


def test_an_interval_that_leaves_the_axis_ends_in_an_arrow_and_not_off_the_page() -> None:
    advice = an_advice()
    option = advice.option("ahsct")
    wide = replace(option.arguments[0].figures[0], low=-0.4, high=1.6)
    narrow = replace(option.arguments[0].figures[1], low=None, high=None, share=0.4)
    argument = replace(option.arguments[0], figures=(wide, narrow), total=None)
    changed = with_option(advice, replace(option, arguments=(argument,)))
    pdf = make_pdf(a_person(), changed, no_sources(), annex=True)
    pages = " ".join(" ".join(pages_of(pdf)).split())
    assert "no interval printed" in pages and "not in arithmetic" not in pages
