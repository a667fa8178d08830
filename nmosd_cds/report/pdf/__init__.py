"""`make_pdf`: the report as a PDF, the same bytes for the same input; the only reportlab."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from nmosd_cds.advice.as_json import advice_to_json
from nmosd_cds.advice.model import Advice
from nmosd_cds.i18n import _, in_language
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.patient.case import Case, case_text
from nmosd_cds.report.content import make_content
from nmosd_cds.report.model import AlertBox, Banner, Block, ReportContent
from nmosd_cds.report.pdf import style
from nmosd_cds.report.pdf.attachments import attach
from nmosd_cds.report.pdf.escape import Gate, clipped
from nmosd_cds.report.pdf.pages import all_boxes, draw_page, fill, frame_of, summary_boxes
from nmosd_cds.report.pdf.setting import forget_lines
from nmosd_cds.report.stamp import Stamp, stamp_text

_LONGEST_NAME = 200
_LONGEST_VALUE = 400
CASE_FILE, ADVICE_FILE, STAMP_FILE = "case.json", "advice.json", "report.json"


def make_pdf(
    case: Case,
    advice: Advice,
    knowledge: Knowledge,
    *,
    language: str = "en",
    user: str | None = None,
    printed: datetime | None = None,
    annex: bool = False,
) -> bytes:
    """The report of one advice.

    Args:
        case: The case the advice is for.
        advice: The answer, made in the same language.
        knowledge: Where the citations come from, read in the same language.
        language: Of the words; English where there is no catalogue.
        user: Who prints it; None: nobody is named.
        printed: When it is printed; None: no time is named.
        annex: Whether everything needed to check the answer line by line follows.

    Returns:
        A4 pages with embedded fonts and three attachments; the same input gives the same bytes.

    Raises:
        ReportError: a font is missing.
        ValueError: the knowledge is in another language, so half the page would be.
    """
    with in_language(language) as used:
        if knowledge.language != used:
            raise ValueError(f"knowledge in {knowledge.language}, report in {used}")
        content = make_content(case, advice, knowledge, user=user, printed=printed, annex=annex)
        stamp = Stamp.of(advice, language=used, user=user, printed=printed, annex=annex)
        files = {
            CASE_FILE: case_text(case),
            ADVICE_FILE: advice_text(advice),
            STAMP_FILE: stamp_text(stamp),
        }
        return draw(content, {name: text.encode() for name, text in files.items()})


def advice_text(advice: Advice) -> str:
    """The advice as it is embedded."""
    return json.dumps(advice_to_json(advice), ensure_ascii=False, sort_keys=True) + "\n"


def draw(content: ReportContent, files: dict[str, bytes]) -> bytes:
    """Draw what is said, and embed files."""
    try:
        return _drawn(content, files)
    finally:
        forget_lines()


def _drawn(content: ReportContent, files: dict[str, bytes]) -> bytes:
    gate = Gate()
    fullest = gate.passed(content.summaries[0])
    content = replace(content, **_framed(gate, content))
    detail = gate.passed((*content.detail, *content.annex))
    notice = (_spelt_notice(),) if gate.changed else ()
    frame = frame_of(content)

    def summary(number: int) -> tuple[Block, ...]:
        said = gate.passed(content.summaries[number]) if number else fullest
        return (*notice, *said)

    pages = fill(summary_boxes(summary, len(content.summaries), frame), frame)
    pages += fill(all_boxes(detail), frame) if detail else []
    held = io.BytesIO()
    canvas = Canvas(
        held,
        pagesize=(style.PAGE_WIDTH, style.PAGE_HEIGHT),
        invariant=1,
        pageCompression=1,
        lang=content.language,
        initialFontName="NotoSans-Regular",
    )
    canvas.setTitle(content.title)
    canvas.setAuthor("NMOSD-CDS")
    canvas.setSubject(content.foot.warning)
    canvas.setCreator("NMOSD-CDS")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    for number, page in enumerate(pages, start=1):
        draw_page(canvas, page, content, frame, number, len(pages))
    attach(canvas, files)
    canvas.save()
    return held.getvalue()


def _framed(gate: Gate, content: ReportContent) -> dict[str, Any]:
    """What stands on every page, escaped and never so long that it fills them."""
    banner, foot = content.banner, content.foot
    rows = tuple(
        tuple(replace(one, value=clipped(one.value, _LONGEST_VALUE)) for one in row)
        for row in banner.rows
    )
    return {
        "title": content.title,
        "as_of": content.as_of,
        "banner": gate.passed(Banner(clipped(banner.name, _LONGEST_NAME), rows)),
        "foot": gate.passed(replace(foot, identity=clipped(foot.identity, _LONGEST_NAME))),
    }


def _spelt_notice() -> AlertBox:
    said = _(
        "Some signs of the entries are not in the report's font, or hide others; they stand as U+ "
        "and their code. Read those entries in the case itself."
    )
    return AlertBox(_("Print."), (said,))
