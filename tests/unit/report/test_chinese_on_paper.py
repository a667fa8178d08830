"""Chinese on paper: every sign there, in a face that has it, in lines that end where they may."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_builders import a_person, an_advice, no_sources, pages_of, squeezed

from nmosd_cds import paths
from nmosd_cds.errors import ReportError
from nmosd_cds.report.model import Run, words
from nmosd_cds.report.pdf import faces, make_pdf
from nmosd_cds.report.pdf.setting import set_lines

SIZE = 8.64
# What the Chinese standard of punctuation (GB/T 15834) keeps from the beginning of a line, from
# its end, and whole.
NEVER_FIRST = "、。，．：；！？）」』】》〉”’％%"
NEVER_LAST = "（「『【《〈“‘"
DOSE = "回输CAR-T细胞1 × 10⁶/kg（体重≤100 kg），CD4⁺T细胞＜200×10⁶/L。"
SENTENCE = (
    "末次发作后12个月内未复发者占62.5%（16例患者中10例），随访3至6个月；见“研究资料”——burt-2019"
    "《神经病学》第3期。低剂量IL-2每日100万单位，12 mg/kg，共5天；EDSS 3.5分……无进展。"
    "三个月后复查。"
)
UNITS = ("12个月", "100万单位", "5天", "3.5分", "第3期", "16例", "三个月", "3至6个月", "12 mg/kg")
CLAUSES = (
    "利妥昔单抗", "CAR-T细胞治疗", "（未知）", "“不用”", "12个月", "0.5 mg/kg", "第3项",
    "EDSS 3.5分", "≥ 3 周", "《共识》", "62.5%", "不要因本页而停用",
    "1 × 10⁶/kg", "王小明", "n=24", "3～6小时",
)  # fmt: skip


def shown(text: str, width: float) -> list[str]:
    return [
        "".join(piece.text for piece in line.pieces) for line in set_lines(words(text), width, SIZE)
    ]


def of_widths() -> Iterator[float]:
    return (60.0 + step * 1.7 for step in range(60))


def test_no_line_begins_or_ends_against_the_rules_of_punctuation() -> None:
    for width in of_widths():
        lines = shown(SENTENCE, width)
        assert not [line for line in lines[1:] if line[0] in NEVER_FIRST], width
        assert not [line for line in lines if line[-1] in NEVER_LAST], width
        assert all("——" in "".join(lines) and not line.startswith("—") for line in lines), width
        assert not [line for line in lines[1:] if line[0] == "…"], width


@pytest.mark.parametrize("unit", UNITS)
def test_a_number_keeps_its_unit(unit: str) -> None:
    for width in of_widths():
        lines = [line.replace("\u00a0", " ") for line in shown(SENTENCE, width)]
        assert any(unit in line for line in lines), width


@pytest.mark.parametrize("word", ["burt-2019", "CAR-T", "10⁶/kg", "CD4⁺T"])
def test_a_latin_word_or_a_number_is_not_broken(word: str) -> None:
    for width in of_widths():
        assert any(word in line for line in shown(f"{DOSE}{SENTENCE}", width)), width


@given(
    st.lists(st.tuples(st.sampled_from(CLAUSES), st.sampled_from("，、；。")), min_size=1),
    st.floats(80, 300),
    st.booleans(),
)
def test_whatever_is_said_keeps_the_rules(
    clauses: list[tuple[str, str]], width: float, bold: bool
) -> None:
    runs = tuple(Run("".join(pair), bold and at % 2 == 0) for at, pair in enumerate(clauses))
    lines = set_lines(runs, width, SIZE)
    texts = ["".join(piece.text for piece in line.pieces) for line in lines]
    whole = "".join("".join(pair) for pair in clauses)
    assert squeezed("".join(texts)) == squeezed(whole)
    assert all(line.width <= width + 0.1 for line in lines)
    assert not [text for text in texts if text[0] in NEVER_FIRST or text[-1] in NEVER_LAST]


def test_signs_stand_in_the_face_of_their_script() -> None:
    (line,) = set_lines((Run("试验“CAR-T”：Sjögren’s 12例", bold=True),), 400.0, SIZE)
    assert [(piece.text, piece.face) for piece in line.pieces] == [
        ("试验“", "NotoSansSC-Bold"),
        ("CAR-T", "NotoSans-Bold"),
        ("”：", "NotoSansSC-Bold"),
        ("Sjögren’s 12", "NotoSans-Bold"),
        ("例", "NotoSansSC-Bold"),
    ]


def test_hanzi_do_not_slope() -> None:
    (line,) = set_lines((Run("凭记忆 recalled", italic=True),), 400.0, SIZE)
    assert [piece.face for piece in line.pieces] == ["NotoSansSC-Regular", "NotoSans-Italic"]


@pytest.mark.parametrize("text", ["“CAR-T 2”", "Sjögren’s – 5", "a “b” c"])
def test_english_keeps_its_own_punctuation(text: str) -> None:
    (line,) = set_lines(words(text), 400.0, SIZE)
    assert {piece.face for piece in line.pieces} == {"NotoSans-Regular"}


def test_text_taken_from_the_file_is_the_text_that_was_printed() -> None:
    pdf = make_pdf(
        a_person(name="欧阳𬭩"), an_advice(sentence=DOSE, alerts=(SENTENCE,)), no_sources()
    )
    page = pages_of(pdf)[0]
    assert squeezed(DOSE) in squeezed(page) and squeezed(SENTENCE) in squeezed(page)
    flat = " ".join(page.replace("\u00a0", " ").split())
    assert "1 × 10⁶/kg（体重≤100 kg），CD4⁺T" in flat and "12 mg/kg，共5天" in flat


def test_a_chinese_name_stands_in_an_english_report() -> None:
    pages = pages_of(make_pdf(a_person(name="王小明, 㛃龘"), an_advice(), no_sources()))
    assert all("王小明, 㛃龘" in " ".join(page.split()) for page in pages)
    assert not any("stand as U+" in " ".join(page.split()) for page in pages)


def test_what_no_face_has_is_spelt_and_said() -> None:
    page = pages_of(make_pdf(a_person(name="王𠮷 محمد"), an_advice(), no_sources()))[0]
    assert "王U+20BB7" in page and "U+0645" in page
    assert "stand as U+" in " ".join(page.split())


def test_no_chinese_sign_is_drawn_outside_the_margins() -> None:
    pdf = make_pdf(a_person(name="王" * 30), an_advice(sentence=SENTENCE * 9), no_sources())
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        text = page.get_textpage()
        for at in range(text.count_chars()):
            left, _bottom, right, _top = text.get_charbox(at)
            if text.get_text_range(at, 1).strip():
                assert left >= 36 and right <= 560
    document.close()


def test_an_english_report_reads_no_chinese_face() -> None:
    tests = Path(__file__).parents[2]
    code = """
from report_builders import a_person, an_advice, no_sources
from nmosd_cds.report.pdf import make_pdf
from reportlab.pdfbase import pdfmetrics
pdf = make_pdf(a_person(name="Müller ≥ “x”"), an_advice(), no_sources())
print(sorted(name for name in pdfmetrics._fonts if "Noto" in name), b"NotoSansSC" in pdf)
"""
    folders = [str(tests / "unit" / "report"), *sys.path]
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {folders!r}\n{code}"],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.stdout.strip().endswith("'NotoSans-Regular'] False"), done.stdout + done.stderr
    assert "SC" not in done.stdout


def test_a_damaged_chinese_font_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    packed = (paths.fonts_folder() / "NotoSansSC-Rare.ttf.gz").read_bytes()
    (tmp_path / "NotoSansSC-Rare.ttf.gz").write_bytes(packed[:5000])
    monkeypatch.setattr("nmosd_cds.paths.fonts_folder", lambda: tmp_path)
    faces.face.cache_clear()
    with pytest.raises(ReportError, match="NotoSansSC-Rare.*cannot be read"):
        faces.face(faces.RARE)
    faces.face.cache_clear()
