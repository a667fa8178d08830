"""What people type is read as they meant it, or asked about; from the specification, not from it.

Each table says what a clinician would expect, in English and Chinese prints.
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmosd_cds.patient import codec
from nmosd_cds.patient.field import FieldSpec, field_specs
from nmosd_cds.patient.model import Acuity, EdssScore, Patient
from nmosd_cds.patient.quantity import spelt
from nmosd_cds.patient.typed import Typed, beside_number, day_typed, typed_of
from nmosd_cds.patient.typed_dates import days_of

ON = date(2026, 11, 22)
PATIENT = field_specs(Patient)
EDSS = field_specs(EdssScore)["value"]
ACUITY = field_specs(Acuity)["right"]
TITRE = FieldSpec(name="titre", kind="titre", label="Titre")


def spec(name: str) -> FieldSpec:
    return {"edss": EDSS, "acuity": ACUITY, "titre": TITRE}.get(name) or PATIENT[name]


def typed(name: str, text: str) -> Typed:
    return typed_of(spec(name), text, ON)


def read(name: str, text: str) -> str:
    """What the form takes without asking, as a file would give it back; empty if it asks."""
    found = typed(name, text)
    if not found.is_read:
        return ""
    answer, problems = codec.from_text(spec(name), found.reads_as or text, "")
    assert problems == []
    return "not known" if answer is None else codec.to_text(spec(name), answer)


def offered(name: str, text: str) -> list[str]:
    return [offer.text for offer in typed(name, text).offers]


@pytest.mark.parametrize(
    ("name", "text", "meant"),
    [
        ("edss", "6", "6"),
        ("edss", "6,0", "6.0"),
        ("edss", "6.0", "6.0"),
        ("edss", "６．０", "6.0"),
        ("edss", "6，5", "6.5"),
        ("edss", "6。5", "6.5"),
        ("edss", "未做", "not done"),
        ("igg", "600 mg/dL", "600 mg/dL"),
        ("igg", "6 g/l", "6 g/L"),
        ("igg", "6,2 g/L", "6.2 g/L"),
        ("igg", "６．２ ｇ／Ｌ", "6.2 g/L"),
        ("igg", ".5 g/L", "0.5 g/L"),
        ("igg", "6.2克/升", "6.2 g/L"),
        ("igg", "620毫克/分升", "620 mg/dL"),
        ("igg", "1.234,5 mg/dL", "1234.5 mg/dL"),
        ("igg", "1,234.5 mg/dL", "1234.5 mg/dL"),
        ("igg", "1 234 mg/dL", "1234 mg/dL"),
        ("igg", "1'234 mg/dL", "1234 mg/dL"),
        ("igg", "<5 g/L", "<5 g/L"),
        ("igg", "＜5 g/L", "<5 g/L"),
        ("igg", "≤ 5 g/L", "<=5 g/L"),
        ("igg", "≧5 g/L", ">=5 g/L"),
        ("igg", "小于5 g/L", "<5 g/L"),
        ("igg", "大于等于5克/升", ">=5 g/L"),
        ("igg", "不超过 5 g/L", "<=5 g/L"),
        ("igg", "less than 5 g/L", "<5 g/L"),
        ("igg", "at least 5 g/L", ">=5 g/L"),
        ("igg", "less than 1,5 g/L", "<1.5 g/L"),
        ("platelets", "1,2 x10^9/L", "1.2 10^9/L"),
        ("platelets", "1.2×10⁹/L", "1.2 10^9/L"),
        ("platelets", "5.6*10^9/L", "5.6 10^9/L"),
        ("platelets", "150 /nl", "150 10^9/L"),
        ("platelets", "150000个/μL", "150000 /uL"),
        ("ferritin", "88 µg/L", "88 ug/L"),
        ("ferritin", "88 ug/L", "88 ug/L"),
        ("ferritin", "88 mcg/L", "88 ug/L"),
        ("ferritin", "88微克/升", "88 ug/L"),
        ("creatinine", "64 微摩尔/升", "64 umol/L"),
        ("weight", "61", "61 kg"),
        ("weight", "61,5", "61.5 kg"),
        ("weight", "61公斤", "61 kg"),
        ("height", "165厘米", "165 cm"),
        ("stated_age", "45岁", "45"),
        ("dlco", "88%", "88 % predicted"),
        ("aminotransferases", "2x ULN", "2 x ULN"),
        ("aminotransferases", "2倍上限", "2 x ULN"),
        ("ecog", "1", "1"),
        ("ecog", "1.0", "1"),
        ("ecog", "１", "1"),
        ("acuity", "0,1 decimal", "0.1 decimal"),
        ("titre", ">1:320", ">1:320"),
        ("titre", "＞1：320", ">1:320"),
        ("titre", "1∶1,280", "1:1280"),
        ("titre", "1/320", "1:320"),
        ("hbsag", "neg", "negative"),
        ("hbsag", "Negative", "negative"),
        ("hbsag", "-", "negative"),
        ("hbsag", "(−)", "negative"),
        ("hbsag", "阴性", "negative"),
        ("hbsag", "阴性(-)", "negative"),
        ("hbsag", "pos", "positive"),
        ("hbsag", "＋", "positive"),
        ("hbsag", "(+)", "positive"),
        ("hbsag", "阳性", "positive"),
        ("hbsag", "未查", "not done"),
        ("hbsag", "not tested", "not done"),
        ("hbsag", "结果未出", "unavailable"),
        ("hbsag", "不详", "not known"),
        ("hbsag", "未知", "not known"),
        ("hbsag", "unknown", "not known"),
        ("hbv_dna", "未检出", "undetectable"),
        ("hbv_dna", "not detected", "undetectable"),
        ("hbv_dna", "阳性", "detectable"),
        ("aqp4_igg", "pos 1:320 cba", "positive, 1:320, cell-based"),
        ("aqp4_igg", "阳性 ＞1：320 细胞法", "positive, >1:320, cell-based"),
        ("aqp4_igg", "neg elisa", "negative, elisa"),
        ("pregnant", "是", "yes"),
        ("pregnant", "否", "no"),
        ("sex", "女", "female"),
        ("previous_thrombosis", "无", "none"),
        ("stable_since", "mar24", "2024-03"),
        ("stable_since", "today", "2026-11-22"),
        ("goals_of_care", "To walk, 1,200 m", "To walk, 1,200 m"),
    ],
)
def test_what_leaves_no_choice_is_read(name: str, text: str, meant: str) -> None:
    assert read(name, text) == meant


@pytest.mark.parametrize(
    ("name", "text", "readings"),
    [
        ("edss", "3.25", ["3", "3.5"]),
        ("edss", "0.5", ["0", "1"]),
        ("edss", "6,2", ["6", "6.5"]),
        ("igg", "6.2", ["6.2 g/L", "6.2 mg/dL"]),
        ("igg", "620", ["620 mg/dL"]),  # 620 g/L is outside what can be
        ("igg", "620 g/L", ["620 mg/dL"]),
        ("igg", "<620 g/L", ["<620 mg/dL"]),
        ("igg", "1,234 mg/dL", ["1234 mg/dL", "1.234 mg/dL"]),  # the usual one first
        ("platelets", "150,000 /uL", ["150000 /uL", "150.000 /uL"]),
        ("platelets", "5.6×109/L", ["5.6 10^9/L"]),
        ("titre", "320", ["1:320"]),
        ("titre", ">320", [">1:320"]),
        ("acuity", "20/200", ["0.1 decimal"]),
        ("hbsag", "nd", ["not done", "negative"]),
        ("hbv_dna", "ND", ["not done", "undetectable"]),
        ("hbsag", "n/a", ["not done", "unavailable"]),
        ("crp", "nd", ["not done"]),
        ("stable_since", "01.03.2024", ["01-Mar-2024", "03-Jan-2024"]),
        ("stable_since", "2 weeks ago", ["08-Nov-2026", "Nov-2026"]),
    ],
)
def test_what_has_two_readings_is_offered_and_not_taken(
    name: str, text: str, readings: list[str]
) -> None:
    assert read(name, text) == ""
    assert offered(name, text) == readings
    assert typed(name, text).said


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("hbsag", "reactive"),
        ("hbsag", "weak positive"),
        ("hbsag", "弱阳性"),
        ("hbsag", "±"),
        ("hbsag", "+-"),
        ("hbv_dna", "<20 IU/mL"),
        ("igg", "~5 g/L"),
        ("igg", "约5 g/L"),
        ("igg", "5-10 g/L"),
        ("igg", "6 mmol/L"),
        ("igg", "1.2.3 g/L"),
        ("edss", "<6"),
        ("edss", "11"),
        ("ecog", "1.5"),
        ("pregnant", "-"),
        ("prednisolone_dose", "5 mg"),  # a dose, not a dose a day
        ("stable_since", "31.02.2024"),
        ("stable_since", "soon"),
    ],
)
def test_what_cannot_be_known_is_neither_read_nor_guessed(name: str, text: str) -> None:
    assert read(name, text) == ""
    assert offered(name, text) == []


def test_an_estimate_and_a_borderline_result_are_said_in_a_sentence() -> None:
    assert "is an estimate" in typed("igg", "~5 g/L").said
    assert "neither positive nor negative" in typed("hbsag", "弱阳性").said


@pytest.mark.parametrize("text", ["9999999999", "99,999,999,999", "9.999.999.999"])
def test_a_number_that_no_unit_allows_leaves_the_word_to_the_problem(text: str) -> None:
    assert typed("igg", text) == Typed(text)
    assert codec.from_text(PATIENT["igg"], text, "")[1]


def test_a_point_before_three_digits_is_read_as_it_stands_and_asked() -> None:
    found = typed("igg", "1.234 mg/dL")
    assert (found.is_read, found.reads_as, found.shown) == (True, "", "1.234 mg/dL")
    assert [offer.text for offer in found.offers] == ["1234 mg/dL"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("edss", "6.0", ""),
        ("edss", "6", ""),
        ("edss", "6,0", "6.0"),
        ("edss", "６．０", "6.0"),
        ("hbsag", "negative", ""),
        ("hbsag", "Negative", ""),
        ("hbsag", "neg", "Negative"),
        ("hbsag", "阴性", "Negative"),
        ("hbsag", "未做", "not done"),
        ("igg", "6.2 g/L", ""),
        ("igg", "6.2 g/l", ""),
        ("igg", "＜6.2 g/L", "<6.2 g/L"),
        ("stable_since", "2024-03-01", ""),
        ("stable_since", "1 Mar 2024", "01-Mar-2024"),
        ("stable_since", "01 mar 2024", ""),
        ("stable_since", "yesterday", "21-Nov-2026"),
        ("aqp4_igg", "positive, 1:320, cell-based", ""),
        ("aqp4_igg", "pos", "Positive"),
    ],
)
def test_a_reading_is_shown_unless_it_is_what_was_typed(name: str, text: str, said: str) -> None:
    assert typed(name, text).shown == said


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Mar 2024", ["2024-03"]),
        ("march 2024", ["2024-03"]),
        ("mar24", ["2024-03"]),
        ("3/2024", ["2024-03"]),
        ("03.2024", ["2024-03"]),
        ("2024/3", ["2024-03"]),
        ("2024", ["2024"]),
        ("2024年", ["2024"]),
        ("2024年3月", ["2024-03"]),
        ("２０２４年３月１日", ["2024-03-01"]),
        ("2024.3.1", ["2024-03-01"]),
        ("2024/3/1 08:30", ["2024-03-01"]),
        ("20240301", ["2024-03-01"]),
        ("1 Mar 2024", ["2024-03-01"]),
        ("1mar24", ["2024-03-01"]),
        ("1st March 2024", ["2024-03-01"]),
        ("March 1, 2024", ["2024-03-01"]),
        ("13.03.2024", ["2024-03-13"]),
        ("03/13/2024", ["2024-03-13"]),
        ("03/03/2024", ["2024-03-03"]),
        ("01.03.2024", ["2024-03-01", "2024-01-03"]),
        ("Mar 24", ["2024-03", "2026-03-24"]),
        ("Dec 24", ["2024-12", "2025-12-24"]),
        ("81", []),
        ("12 Mar 81", ["1981-03-12"]),
        ("today", ["2026-11-22"]),
        ("今天", ["2026-11-22"]),
        ("yesterday", ["2026-11-21"]),
        ("昨天", ["2026-11-21"]),
        ("10 days ago", ["2026-11-12"]),
        ("3 months ago", ["2026-08"]),
        ("three months ago", ["2026-08"]),
        ("11 months ago", ["2025-12"]),
        ("3个月前", ["2026-08"]),
        ("两年前", ["2024"]),
        ("2 years ago", ["2024"]),
        ("last month", ["2026-10"]),
        ("去年", ["2025"]),
        ("31.02.2024", []),
        ("2024-13", []),
        ("", []),
        ("1" * 500, []),
    ],
)
def test_dates_keep_the_precision_that_was_said(text: str, dates: list[str]) -> None:
    assert [str(one) for one in days_of(text, ON)] == dates


def test_a_number_in_another_unit_is_shown_in_the_one_that_rules_use() -> None:
    answer, _problems = codec.from_text(PATIENT["igg"], "<600 mg/dL", "")
    assert beside_number(PATIENT["igg"], answer).converted == "<6 g/L"
    # 20/200 is 1.0 logMAR; a better decimal acuity is a smaller logMAR.
    answer, _problems = codec.from_text(ACUITY, ">0.1 decimal", "")
    assert beside_number(ACUITY, answer).converted == "<1.00 logMAR"


def test_an_unusual_number_asks_for_the_unit_it_would_be_usual_in() -> None:
    answer, _problems = codec.from_text(PATIENT["igg"], "140 g/L", "")
    assert [o.text for o in beside_number(PATIENT["igg"], answer).likelier] == ["140 mg/dL"]
    answer, _problems = codec.from_text(PATIENT["igg"], "7 g/L", "")
    assert beside_number(PATIENT["igg"], answer).likelier == ()


NAMES = sorted(name for name, one in PATIENT.items() if one.kind != "rows")


@given(st.sampled_from([*NAMES, "edss", "acuity", "titre"]), st.text(max_size=40))
def test_any_text_is_read_offered_or_left(name: str, text: str) -> None:
    found = typed(name, text)
    assert found.text == text
    assert "{typed}" not in found.said.replace(text.strip() or " ", "")
    for one in [found.reads_as, *(offer.text for offer in found.offers)]:
        if one:
            assert day_typed(one, ON).is_read or codec.from_text(spec(name), one, "")[1] == []
    if found.is_read:
        assert codec.from_text(spec(name), found.reads_as or text, "")[1] == []


FULL_WIDTH = str.maketrans("0123456789.<>:/()", "０１２３４５６７８９．＜＞：／（）")


@given(
    st.sampled_from(["igg", "crp", "platelets", "creatinine", "ferritin"]),
    st.decimals(min_value=1, max_value=99, places=2),
    st.sampled_from(["", "<", "<=", ">", ">="]),
    st.sampled_from([".", ","]),
    st.booleans(),
    st.data(),
)
def test_a_measured_number_survives_any_way_of_writing_it(
    name: str, number: object, sign: str, mark: str, wide: bool, data: st.DataObject
) -> None:
    field = PATIENT[name]
    unit = data.draw(st.sampled_from(field.units))
    text = f"{sign}{number} {unit}"
    written = f"{sign}{str(number).replace('.', mark)} {spelt(unit)}"
    meant = codec.from_text(field, text, "")
    if meant[1]:
        return  # outside what the field allows
    assert read(name, written.translate(FULL_WIDTH) if wide else written) == codec.to_text(
        field,
        meant[0],  # type: ignore[arg-type]  # read without a problem
    )


@given(st.sampled_from([*NAMES, "edss", "acuity", "titre"]), st.data())
def test_what_was_accepted_is_read_again_as_the_same(name: str, data: st.DataObject) -> None:
    text = data.draw(
        st.sampled_from(
            ["neg", "阳性", "1,5", "＜5", "6,0", "mar24", "today", "未做", "?", "5 g/l"]
        )
    )
    first = typed(name, text)
    if first.accepted:
        again = typed(name, first.accepted)
        assert again.is_read and not again.shown


@given(st.dates(min_value=date(1927, 1, 1), max_value=ON))
def test_a_day_survives_every_unambiguous_way_of_writing_it(day: date) -> None:
    month = day.strftime("%b")
    for text in (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.day} {month} {day.year}",
        f"{day.day}{month}{day.year % 100:02d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{month} {day.day}, {day.year}",
    ):
        assert [str(one) for one in days_of(text, ON)] == [day.isoformat()], text
    assert day.isoformat() in [str(one) for one in days_of(f"{day.day}.{day.month}.{day.year}", ON)]
