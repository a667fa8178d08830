"""A pasted print: what is certain is recognised, what is not is left with a sentence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmosd_cds.patient.codec import from_text
from nmosd_cds.patient.field import FieldSpec, field_specs
from nmosd_cds.patient.lab_block import Block, read_block
from nmosd_cds.patient.lab_names import NAMES, OTHERS, key_of, keys
from nmosd_cds.patient.model import Patient

ON = date(2026, 11, 22)
SPECS: dict[str, FieldSpec] = {
    name: spec for name, spec in field_specs(Patient).items() if spec.kind != "rows"
}


def block(*lines: str) -> Block:
    return read_block(SPECS, "\n".join(lines), ON)


def found(*lines: str) -> list[tuple[str, str, str]]:
    return [
        (one.field, one.text, str(one.date) if one.date else "") for one in block(*lines).recognised
    ]


def left(*lines: str) -> str:
    return " ".join(one.why for one in block(*lines).left)


def test_every_name_means_a_field_and_only_one() -> None:
    assert set(NAMES) <= set(SPECS)
    written = [key_of(name) for names in NAMES.values() for name in names]
    fields = {
        key: {f for f, names in NAMES.items() if key in map(key_of, names)} for key in written
    }
    assert [key for key, of in fields.items() if len(of) > 1] == []
    assert not {key_of(name) for name in OTHERS} & set(written)
    assert all(keys()[key] for key in written)


@pytest.mark.parametrize(
    ("line", "field", "text"),
    [
        ("HBsAg 阴性", "hbsag", "negative"),
        ("HBsAg (-)", "hbsag", "negative"),
        ("HBsAg 乙肝表面抗原 阴性(-)", "hbsag", "negative"),
        ("乙肝表面抗原阴性", "hbsag", "negative"),
        ("Anti-HBc: POSITIVE", "anti_hbc", "positive"),
        ("HBcAb +", "anti_hbc", "positive"),
        ("HBV DNA 未检出", "hbv_dna", "undetectable"),
        ("IgG 6.2 g/L", "igg", "6.2 g/L"),
        ("IgG = 6,2 g/L (7.0-16.0) ↓", "igg", "6.2 g/L"),
        ("免疫球蛋白G 620 mg/dL L", "igg", "620 mg/dL"),
        ("C-reactive protein <0.5 mg/L (0-5)", "crp", "<0.5 mg/L"),
        ("CRP ＜0.5 mg/L", "crp", "<0.5 mg/L"),
        ("CRP >200 mg/L ↑", "crp", ">200 mg/L"),
        ("C反应蛋白 小于0.5 mg/L", "crp", "<0.5 mg/L"),
        ("PLT 241 x10^9/L", "platelets", "241 10^9/L"),
        ("WBC 6.2 10⁹/L", "white_cells", "6.2 10^9/L"),
        ("Hb 13.2 g/dL H", "haemoglobin", "13.2 g/dL"),
        ("肌酐 64 μmol/L 参考范围 45-84", "creatinine", "64 umol/L"),
        ("AQP4-IgG positive 1:320 CBA", "aqp4_igg", "positive, 1:320, cell-based"),
        ("AQP4抗体 阳性 ＞1：1280", "aqp4_igg", "positive, >1:1280"),
        ("LVEF 62 %", "lvef", "62 %"),
        ("CRP  2.0  mg/L  0 - 5", "crp", "2.0 mg/L"),
        ("HIV Ag/Ab | negative", "hiv", "negative"),
        ("HIV 未查", "hiv", "not done"),
        ("妊娠试验 阴性", "pregnant", "no"),
    ],
)
def test_a_line_is_recognised(line: str, field: str, text: str) -> None:
    assert found(line) == [(field, text, "")]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("IgG 6.2 g/L 12-Mar-2026", "2026-03-12"),
        ("IgG 6.2 g/L 2026-03-12 08:30", "2026-03-12"),
        ("IgG 6.2 g/L (2026年3月12日)", "2026-03-12"),
        ("IgG 6.2 g/L 13.03.2026", "2026-03-13"),
    ],
)
def test_a_line_may_carry_its_day(line: str, day: str) -> None:
    assert found(line) == [("igg", "6.2 g/L", day)]


@pytest.mark.parametrize(
    "heading",
    [
        "Collected: 12-Mar-2026 08:30",
        "采样时间：2026-03-12 08:30",
        "Date 12 Mar 2026",
        "12-Mar-2026",
    ],
)
def test_a_heading_gives_its_day_to_the_lines_below(heading: str) -> None:
    assert found(heading, "IgG 6.2 g/L") == [("igg", "6.2 g/L", "2026-03-12")]


def test_the_day_of_the_sample_wins_and_birth_or_printing_is_no_day() -> None:
    lines = ("Reported: 14-Mar-2026", "Collected: 12-Mar-2026", "Printed: 20-Mar-2026")
    born = "Date of birth: 14-Mar-1981"
    assert found(*lines, born, "IgG 6.2 g/L") == [("igg", "6.2 g/L", "2026-03-12")]
    assert found("Reported: 14-Mar-2026", "IgG 6.2 g/L") == [("igg", "6.2 g/L", "2026-03-14")]
    assert found("出生日期：1981-03-14", "IgG 6.2 g/L") == [("igg", "6.2 g/L", "")]


def test_a_table_with_a_heading_is_read_by_its_columns() -> None:
    rows = (
        "序号\t项目\t英文缩写\t结果\t提示\t单位\t参考范围",
        "1\t乙肝表面抗原\tHBsAg\t阴性(-)\t\t\t阴性",
        "2\t血红蛋白\tHGB\t132\t\tg/L\t115-150",
        "3\t中性粒细胞百分比\tNEUT%\t62\t\t%\t40-75",
        "4\t中性粒细胞绝对值\tNEUT#\t3.9\t↑\t×10^9/L\t1.8-6.3",
        "5\tC反应蛋白\tCRP\t<0.5\t\tmg/L\t<5",
    )
    assert found("2026-03-12", *rows) == [
        ("hbsag", "negative", "2026-03-12"),
        ("haemoglobin", "132 g/L", "2026-03-12"),
        ("neutrophils", "3.9 10^9/L", "2026-03-12"),
        ("crp", "<0.5 mg/L", "2026-03-12"),
    ]
    assert "NEUT%" in block(*rows).left[0].line


def test_a_table_without_a_heading_is_read_where_only_one_cell_is_a_result() -> None:
    assert found("HGB\t132\tg/L\t115-150\t12-Mar-2026") == [
        ("haemoglobin", "132 g/L", "2026-03-12")
    ]
    assert found("WBC\t6.2\t5.8\t10^9/L") == []
    assert "more than one result" in left("WBC\t6.2\t5.8\t10^9/L")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Sodium 140 mmol/L", "No name of a test"),
        ("eGFR 88 mL/min", "not a field of the form"),
        ("HBeAg 阳性", "not a field of the form"),
        ("IgG4 0.4 g/L", "not a field of the form"),
        ("直接胆红素 3 umol/L", "not a field of the form"),
        ("血小板 241", "needs its unit"),
        ("IgG 620 g/L", "Is another unit meant?"),
        ("HBV DNA ND", "not done, or not detected"),
        ("ferritin 1,200 ng/mL", "decimal or a thousand"),
        ("platelets 5.6×109/L", "exponent"),
        ("丙肝抗体 阳性", "is not one choice"),
        ("T-SPOT 阳性", "is not one choice"),
        ("HBsAg 弱阳性", "neither positive nor negative"),
        ("ALT 35 U/L", "is not a unit"),
        ("IgG 6.2 g/L 03/04/2026", "date can be read in more than one way"),
        ("IgG", "no result"),
        ("IgG pending", ""),
    ],
)
def test_a_line_that_leaves_a_choice_is_left(line: str, why: str) -> None:
    if why:
        assert found(line) == []
        assert why in left(line)
    else:
        assert found(line) == [("igg", "unavailable", "")]


def test_two_results_of_one_test_are_left_unless_one_is_later() -> None:
    assert found("IgG 6.2 g/L", "IgG 6.2 g/L") == [("igg", "6.2 g/L", "")]
    assert found("IgG 6.2 g/L", "IgG 6.3 g/L") == []
    assert found("IgG 6.2 g/L 12-Mar-2026", "IgG 6.3 g/L 12-Apr-2026") == [
        ("igg", "6.3 g/L", "2026-04-12")
    ]
    # The one that could not be read may be the one that matters.
    assert found("丙肝抗体 阳性", "丙肝抗体 阴性") == []


def test_nothing_is_lost_and_blank_lines_are_nothing() -> None:
    assert block("", "   ", "\t") == Block()
    assert len(block("abc def", "ghi").left) == 2
    assert "too long" in left("x\n" * 1000)


TESTS = sorted(name for name in NAMES if SPECS[name].kind == "quantity")


@given(
    st.sampled_from(TESTS),
    st.decimals(min_value=1, max_value=99, places=1),
    st.sampled_from(["", "<", "<=", ">", ">="]),
    st.sampled_from([" ", ": ", " = ", "\t", "  "]),
    st.data(),
)
def test_a_comparator_is_never_cut(
    field: str, number: object, sign: str, gap: str, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(NAMES[field]))
    unit = data.draw(st.sampled_from(SPECS[field].units))
    for one in block(f"{name}{gap}{sign}{number} {unit}").recognised:
        answer, problems = from_text(SPECS[field], one.text, "")
        assert problems == [] and answer is not None
        assert (answer.comparator or "") == sign  # type: ignore[attr-defined]  # a quantity
        assert one.field == field and str(answer.raw) == str(number)


@given(st.text(max_size=200))
def test_any_block_is_read_or_left(text: str) -> None:
    for one in read_block(SPECS, text, ON).recognised:
        assert from_text(SPECS[one.field], one.text, "")[1] == []


@pytest.mark.parametrize(
    "line", ["HBsAg: -", "HBsAg -", "HBsAg \u2014", "HBsAg\t-\t<0.05", "HIV --"]
)
def test_a_stroke_alone_is_no_negative_result(line: str) -> None:
    """Prints put it where there is no result; a sign in brackets is the result of the reader."""
    assert found(line) == []
    assert "no result" in left(line)


def test_a_heading_that_holds_a_result_is_not_passed_over() -> None:
    assert found("\u59d3\u540d: Example HBsAg positive") == []
    assert "begin with one test" in left("\u59d3\u540d: Example HBsAg positive")
    assert "begin with one test" in left("previous HBsAg positive")
    assert block("Name: Example", "Sex: female").left == ()
