"""Every codec: what it takes, what it refuses and in which words, and that it gives it back."""

from decimal import Decimal
from typing import Any

import pytest

from nmosd_cds.patient import codec
from nmosd_cds.patient.answer import (
    Answer,
    Choice,
    Quantity,
    Rows,
    Score,
    Serology,
    Several,
    Text,
    Titre,
    When,
    Whole,
    YesNo,
)
from nmosd_cds.patient.dates import PartialDate
from nmosd_cds.patient.field import FieldSpec, field_specs
from nmosd_cds.patient.model import Attack, EdssScore, Patient, Setting

D = Decimal
PATIENT = field_specs(Patient)
SPECS = {
    "pregnant": PATIENT["pregnant"],
    "sex": PATIENT["sex"],
    "aqp4_igg": PATIENT["aqp4_igg"],
    "hbv_dna": PATIENT["hbv_dna"],
    "core_characteristics": PATIENT["core_characteristics"],
    "ecog": PATIENT["ecog"],
    "karnofsky": PATIENT["karnofsky"],
    "edss": field_specs(EdssScore)["value"],
    "igg": PATIENT["igg"],
    "crp": PATIENT["crp"],
    "weight": PATIENT["weight"],
    "platelets": PATIENT["platelets"],
    "creatinine": PATIENT["creatinine"],
    "acuity": field_specs(Attack)["acuity_right"],
    "stable_since": PATIENT["stable_since"],
    "goals": PATIENT["goals_of_care"],
    "name": PATIENT["name"],
    "attacks": PATIENT["attacks"],
    "sites": field_specs(Attack)["sites"],
    "donor": PATIENT["donor"],
    "trials": field_specs(Setting)["open_trials"],
    "titre": FieldSpec(name="titre", kind="titre", label="Titre"),
}
OCTOBER = PartialDate(2026, 10, 3)


def read(name: str, raw: Any) -> Any:
    answer, problems = codec.from_json(SPECS[name], raw, f"patient.{name}")
    assert not problems, problems
    return answer


def refusal(name: str, raw: Any) -> str:
    answer, problems = codec.from_json(SPECS[name], raw, f"patient.{name}")
    assert answer is None
    return "\n".join(problem.sentence for problem in problems)


def typed(name: str, text: str) -> Any:
    answer, problems = codec.from_text(SPECS[name], text, name)
    assert not problems, problems
    return answer


def typed_refusal(name: str, text: str) -> str:
    answer, problems = codec.from_text(SPECS[name], text, name)
    assert answer is None
    return "\n".join(problem.sentence for problem in problems)


@pytest.mark.parametrize(
    ("name", "raw", "answer"),
    [
        ("pregnant", True, YesNo(value=True)),
        ("pregnant", {"value": False, "date": "2026-10-03"}, YesNo(value=False, date=OCTOBER)),
        ("sex", "female", Choice(value="female")),
        ("sex", {"value": "male", "source": "letter"}, Choice(value="male", source="letter")),
        ("hbv_dna", {"state": "not-done"}, Choice(state="not-done")),
        (
            "hbv_dna",
            {"state": "unavailable", "date": "2026"},
            Choice(state="unavailable", date=PartialDate(2026)),
        ),
        (
            "aqp4_igg",
            {"value": "positive", "assay": "cell-based", "titre": "1:320", "date": "2026-10-03"},
            Serology(value="positive", assay="cell-based", titre="1:320", date=OCTOBER),
        ),
        (
            "aqp4_igg",
            {"value": "positive", "titre": ">1:1280"},
            Serology(value="positive", titre="1:1280", titre_comparator=">"),
        ),
        ("sites", ["spinal-cord"], Several(value=("spinal-cord",))),
        (
            "sites",
            {"value": ["brainstem", "cerebrum"], "complete": True},
            Several(value=("brainstem", "cerebrum"), complete=True),
        ),
        ("sites", {"value": [], "complete": True}, Several(value=(), complete=True)),
        ("trials", ["NCT04561557"], Several(value=("NCT04561557",))),
        ("ecog", 2, Whole(value=2)),
        ("ecog", D("2.0"), Whole(value=2)),
        ("karnofsky", {"value": 70, "unit": "%"}, Whole(value=70)),
        ("edss", D("5.5"), Score(value=D("5.5"))),
        ("edss", 4, Score(value=D(4))),
        ("igg", {"value": D("3.1"), "unit": "g/L"}, Quantity(value=D("3.1"), unit="g/L")),
        ("igg", {"value": 310, "unit": "mg/dL"}, Quantity(value=D(310), unit="mg/dL")),
        (
            "crp",
            {"value": D("0.5"), "comparator": "<", "unit": "mg/L"},
            Quantity(value=D("0.5"), comparator="<", unit="mg/L"),
        ),
        ("weight", 61, Quantity(value=D(61), unit="kg")),
        ("weight", {"value": 61.5}, Quantity(value=D("61.5"), unit="kg")),
        ("titre", "1:320", Titre(value="1:320")),
        ("titre", ">1:1280", Titre(value="1:1280", comparator=">")),
        ("titre", {"value": "1:320", "comparator": ">="}, Titre(value="1:320", comparator=">=")),
        ("stable_since", "2026", When(value=PartialDate(2026))),
        ("stable_since", "2026-10", When(value=PartialDate(2026, 10))),
        ("stable_since", "2026-10-03", When(value=OCTOBER)),
        ("goals", "  To walk.  ", Text(value="To walk.")),
        ("goals", "not done", Text(state="not-done")),
        ("goals", "", None),
        ("goals", "Not known", None),
    ],
)
def test_json_is_read(name: str, raw: Any, answer: Answer | None) -> None:
    assert read(name, raw) == answer


@pytest.mark.parametrize("name", sorted(SPECS))
@pytest.mark.parametrize("raw", ["unknown", "Unknown", None])
def test_unknown_is_not_answered_whatever_the_kind(name: str, raw: Any) -> None:
    assert read(name, raw) is None


@pytest.mark.parametrize("name", sorted(set(SPECS) - {"attacks"}))
def test_an_unknown_value_with_a_date_is_not_answered_either(name: str) -> None:
    assert read(name, {"value": "unknown", "date": "2026"}) is None
    assert typed(name, "  unknown ") is None
    assert typed(name, "") is None


@pytest.mark.parametrize("name", sorted(set(SPECS) - {"attacks"}))
@pytest.mark.parametrize(
    ("text", "state"), [("not done", "not-done"), ("Unavailable", "unavailable")]
)
def test_why_there_is_no_value_is_typed_and_given_back(name: str, text: str, state: str) -> None:
    answer = typed(name, text)
    assert (answer.state, answer.raw) == (state, None)
    assert codec.to_json(SPECS[name], answer) == {"state": state}
    assert codec.to_text(SPECS[name], answer) == state.replace("-", " ")


def test_an_empty_list_that_may_miss_anything_says_nothing() -> None:
    assert read("sites", []) is None
    assert read("attacks", {"rows": []}) is None
    assert read("attacks", {}) is None


def test_a_decimal_keeps_the_digits_that_were_reported() -> None:
    assert str(read("igg", {"value": D("3.10"), "unit": "g/L"}).value) == "3.10"
    assert codec.to_text(SPECS["igg"], typed("igg", "3.10 g/L")) == "3.10 g/L"


def test_minus_nought_is_nought() -> None:
    assert str(read("edss", D("-0")).value) == "0"


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("pregnant", "yes", "`yes` is neither true nor false. Write true or false."),
        ("pregnant", 1, "`1` is neither true nor false"),
        ("sex", "femal", "`femal` is not a choice. Did you mean `female`? Use female or male."),
        ("sex", ["female"], "is not a choice"),
        ("aqp4_igg", "pos?", "`pos?` is not a choice. Use positive or negative."),
        ("aqp4_igg", {"value": "positive", "assay": "cba"}, "`cba` is not a choice"),
        ("aqp4_igg", {"value": "positive", "titre": 320}, "`320` is not a titre"),
        ("aqp4_igg", {"value": "positive", "titer": "1:320"}, "Did you mean `titre`?"),
        ("sites", "spinal-cord", "is not a list. Write [...], also for one."),
        ("sites", ["brainstem", "brainstem"], "`brainstem` stands twice"),
        ("sites", ["brain"], "`brain` is not a choice"),
        ("sites", {"value": [], "complete": "yes"}, "complete: `yes` is neither true nor false"),
        ("trials", ["a;b"], "is not a name or number"),
        ("trials", ["complete"], "is not a name or number"),
        ("trials", [5], "is not a name or number"),
        ("ecog", D("2.5"), "`2.5` is not a whole number"),
        ("ecog", 5, "`5` is outside 0 to 4"),
        ("ecog", True, "`True` is not a number"),
        ("ecog", "2", "`2` is not a number. Write it without quotes."),
        ("ecog", {"value": 2, "unit": "points"}, "It has no unit"),
        ("karnofsky", {"value": 70, "unit": "points"}, "`points` is not a unit"),
        ("edss", D("3.25"), "`3.25` is not a step. Allowed: 0, 1, 1.5 ... 10."),
        ("edss", D("0.5"), "`0.5` is not a step"),
        ("edss", D("10.5"), "`10.5` is not a step"),
        ("edss", -1, "`-1` is not a step"),
        ("igg", D("3.1"), "needs its unit. Use g/L or mg/dL."),
        ("igg", {"value": 3, "unit": "g/l"}, "Did you mean `g/L`? Use g/L or mg/dL."),
        ("igg", {"value": 3, "unit": "mmol/L"}, "`mmol/L` is not a unit of IgG."),
        ("igg", {"value": 3, "unit": 5}, "`5` is not a unit of IgG."),
        ("igg", {"value": 151, "unit": "g/L"}, "`151 g/L` is outside 0 to 150 g/L"),
        ("igg", {"value": 15001, "unit": "mg/dL"}, "`15001 mg/dL` is outside 0 to 150 g/L"),
        ("igg", {"value": 0, "comparator": "<", "unit": "g/L"}, "`<0 g/L` is outside"),
        ("igg", {"value": 150, "comparator": ">", "unit": "g/L"}, "`>150 g/L` is outside"),
        ("igg", {"value": 3, "comparator": "~", "unit": "g/L"}, "`~` is not a comparator"),
        ("weight", 0, "`0 kg` is outside 1 to 400 kg"),
        ("weight", 7000, "`7000 kg` is outside"),
        ("weight", True, "`True` is not a number"),
        ("weight", "61", "Write it without quotes"),
        ("weight", float("nan"), "is not a finite number"),
        ("weight", D("Infinity"), "is not a finite number"),
        ("weight", D("1E+400"), "has more digits"),
        ("weight", D("1.0000000000000000001"), "has more digits"),
        ("weight", 2**63, "has more digits"),
        ("weight", 10**4000, "has more digits"),
        ("acuity", {"value": 0, "unit": "decimal"}, "`0 decimal` has no meaning"),
        ("acuity", {"value": -1, "unit": "decimal"}, "`-1 decimal` has no meaning"),
        ("titre", "1:0", "is not a titre"),
        ("titre", "320", "is not a titre"),
        ("titre", {"value": ">1:320", "comparator": "<"}, "two comparators that differ"),
        (
            "stable_since",
            "Mar 2024",
            "`Mar 2024` is not a date. Write 2024, 2024-03 or 2024-03-01.",
        ),
        ("stable_since", 2024, "is not a date"),
        ("stable_since", "2024-02-30", "is not a day that exists"),
        ("stable_since", "0000-00-00", "is not a day that exists"),
        ("stable_since", "9999", "is not a year of a life. 1900 to 2100."),
        ("stable_since", "0001-01-01", "is not a year of a life"),
        ("goals", 5, "`5` is not text"),
        ("goals", "a" * 2001, "is too long. At most 2000 characters."),
        ("goals", "a" * 10_000_000, "is too long"),
        ("sex", {"state": "known"}, "has no value"),
        ("sex", {"date": "2026"}, "has no value"),
        ("sex", {"state": "unknown"}, "`unknown` is not a state. Use known, not-done or unavail"),
        ("sex", {"state": ["x"]}, "is not a state"),
        ("sex", {"value": "male", "state": "not-done"}, "is not-done and yet has a value"),
        ("igg", {"state": "not-done", "unit": "g/L"}, "is not-done and yet has a unit"),
        ("sex", {"value": "male", "date": "soon"}, "`soon` is not a date"),
        ("sex", {"value": "male", "source": 5}, "`5` is not text"),
        ("sex", {"value": "male", "source": " "}, "is empty"),
        ("sex", {"valeu": "male", "value": "male"}, "`valeu` is not a field here. Did you mean"),
        ("attacks", [], "is not a list of rows"),
        ("attacks", {"rows": {}}, "is not a list of rows"),
        ("attacks", {"rows": [5]}, "patient.attacks.rows[0]: is not a group of fields"),
        ("attacks", {"rows": [], "complete": True}, "Did you mean `complete_since`?"),
        ("attacks", {"complete_since": "x"}, "patient.attacks.complete_since: `x` is not a date"),
        (
            "attacks",
            {"rows": [{}, {"onset": "2031-13", "nadir_edss": D("3.25")}]},
            "patient.attacks.rows[1].onset: `2031-13` is not a day that exists",
        ),
    ],
)
def test_json_is_refused_with_what_is_allowed(name: str, raw: Any, words: str) -> None:
    assert words in refusal(name, raw)


def test_every_problem_of_a_row_is_told() -> None:
    said = refusal("attacks", {"rows": [{"onset": "x", "nadir_edss": D("3.25"), "site": []}]})
    assert said.count("\n") == 2


@pytest.mark.parametrize(
    "sign", ["\u202e", "\u2066", "\u200f", "\x00", "\x1b", "\x85", "\ud800", "\n"]
)
def test_text_with_a_hidden_sign_is_refused(sign: str) -> None:
    said = refusal("goals", f"to{sign}walk")
    assert f"U+{ord(sign):04X}" in said
    said.encode()  # the sentence itself is safe to print


def test_a_zero_width_sign_is_refused_in_a_name_and_taken_in_a_note() -> None:
    assert "U+200D" in refusal("name", "Jo\u200dhn")
    assert read("goals", "👩\u200d👩").value == "👩\u200d👩"


HOSTILE = [
    "<b>bold</b>",
    "<font color=\"[[[getattr(pow,'__globals__')]]]\">",
    '<img src="file:///etc/passwd">',
    "&lt;&#0;",
    "]]>",
    "%s%n",
    "{0.__class__}",
    "${7*7}",
    "'; DROP TABLE cases;--",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "-2+3",
    "𠮷 䶮",
    "عربي",
    "null",
    "NA",
    "NaN",
    "None",
    "True",
    "1e5",
    "007",
    "1:10",
    "a" + "\u0301" * 1500,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_only_text(text: str) -> None:
    answer = read("goals", text)
    assert codec.to_json(SPECS["goals"], answer) == answer.value
    assert typed("goals", codec.to_text(SPECS["goals"], answer)) == answer


# "None" is a choice of `donor`, so it is left out here.
@pytest.mark.parametrize(
    "name", sorted(set(SPECS) - {"goals", "name", "attacks", "trials", "donor"})
)
@pytest.mark.parametrize(
    "text", [t for t in HOSTILE if t not in ("007", "1:10", "-2+3", "NA", "True")]
)
def test_a_hostile_text_is_refused_by_every_other_kind(name: str, text: str) -> None:
    assert typed_refusal(name, text)
    assert refusal(name, text)


def test_text_is_stored_in_one_form() -> None:
    assert read("goals", "cafe\u0301").value == "café"


@pytest.mark.parametrize(
    ("name", "text", "answer"),
    [
        ("pregnant", "yes", YesNo(value=True)),
        ("pregnant", "Y", YesNo(value=True)),
        ("pregnant", "是", YesNo(value=True)),
        ("pregnant", "n", YesNo(value=False)),
        ("aqp4_igg", "pos", Serology(value="positive")),
        ("aqp4_igg", "+", Serology(value="positive")),
        ("aqp4_igg", "＋", Serology(value="positive")),
        ("aqp4_igg", "阳性", Serology(value="positive")),
        ("aqp4_igg", "阴性", Serology(value="negative")),
        ("aqp4_igg", "NEG", Serology(value="negative")),
        ("aqp4_igg", "-", Serology(value="negative")),
        ("aqp4_igg", "pos 1:320", Serology(value="positive", titre="1:320")),
        (
            "aqp4_igg",
            "Positive, > 1:320, Cell-based assay",
            Serology(value="positive", titre="1:320", titre_comparator=">", assay="cell-based"),
        ),
        ("hbv_dna", "not detected", Choice(value="undetectable")),
        ("hbv_dna", "undet", Choice(value="undetectable")),
        ("sex", "F", Choice(value="female")),
        ("donor", "Matched sibling", Choice(value="matched-sibling")),
        ("donor", "haplo", Choice(value="haploidentical")),
        ("sites", "Optic nerve, right", Several(value=("optic-nerve-right",))),
        ("sites", "brainstem, cerebrum", Several(value=("brainstem", "cerebrum"))),
        (
            "sites",
            "Optic nerve, right; spinal-cord; complete",
            Several(value=("optic-nerve-right", "spinal-cord"), complete=True),
        ),
        ("sites", "complete", Several(value=(), complete=True)),
        ("trials", "NCT04561557; ChiCTR2000", Several(value=("NCT04561557", "ChiCTR2000"))),
        ("ecog", "2", Whole(value=2)),
        ("ecog", "２", Whole(value=2)),
        ("karnofsky", "70 %", Whole(value=70)),
        ("edss", "6.5", Score(value=D("6.5"))),
        ("edss", "6,5", Score(value=D("6.5"))),
        ("edss", "６．５", Score(value=D("6.5"))),
        ("igg", "600 mg/dL", Quantity(value=D(600), unit="mg/dL")),
        ("igg", "600MG/DL", Quantity(value=D(600), unit="mg/dL")),
        ("crp", "<5 mg/L", Quantity(value=D(5), comparator="<", unit="mg/L")),
        ("crp", "≥ 5 mg/L", Quantity(value=D(5), comparator=">=", unit="mg/L")),
        ("crp", "＜０.５ mg/L", Quantity(value=D("0.5"), comparator="<", unit="mg/L")),
        ("weight", "61", Quantity(value=D(61), unit="kg")),
        ("weight", "61.5kg", Quantity(value=D("61.5"), unit="kg")),
        ("platelets", "150 x10^9/L", Quantity(value=D(150), unit="10^9/L")),
        ("platelets", "150 × 10⁹/L", Quantity(value=D(150), unit="10^9/L")),
        ("platelets", "150 10*9/L", Quantity(value=D(150), unit="10^9/L")),
        ("platelets", "150000 /µL", Quantity(value=D(150000), unit="/uL")),
        ("platelets", "150000/mm³", Quantity(value=D(150000), unit="/uL")),
        ("platelets", "150000 /microlitre", Quantity(value=D(150000), unit="/uL")),
        ("creatinine", "80 µmol/l", Quantity(value=D(80), unit="umol/L")),
        ("creatinine", "80 micromol/L", Quantity(value=D(80), unit="umol/L")),
        ("acuity", "−0.1 logMAR", Quantity(value=D("-0.1"), unit="logMAR")),
        ("titre", "> 1 : 320", Titre(value="1:320", comparator=">")),
        ("titre", "1/320", Titre(value="1:320")),
        ("stable_since", "Mar 2024", When(value=PartialDate(2024, 3))),
        ("stable_since", "03-Oct-2026", When(value=OCTOBER)),
        ("stable_since", "２０２４-03", When(value=PartialDate(2024, 3))),
        ("goals", "To walk", Text(value="To walk")),
    ],
)
def test_what_people_type_is_read(name: str, text: str, answer: Answer) -> None:
    assert typed(name, text) == answer


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("pregnant", "maybe", "`maybe` is neither yes nor no. Write yes or no."),
        ("aqp4_igg", "pos?", "`pos?` is not one choice. Use positive or negative."),
        ("aqp4_igg", "1:320", "is not a result"),
        ("aqp4_igg", "pos, elisa, elisa", "is not a result"),
        ("donor", "ma", "`ma` is not one choice"),
        ("donor", "matched", "`matched` is not one choice"),
        ("igg", "6,5 g/L", "`6,5 g/L` has a comma. 6.5?"),
        ("platelets", "150,000 /uL", "has a comma. Write 1200 or 1.2, without a comma."),
        ("igg", "6.5", "needs its unit"),
        ("igg", "6.5 mmol/L", "`mmol/L` is not a unit of IgG"),
        ("igg", "6.5.1 g/L", "is not a number"),
        ("igg", ".5 g/L", "is not a number"),
        ("igg", "5-10 g/L", "is not a unit of IgG"),
        ("igg", "about 6", "is not a number. Write digits, for example 6.5."),
        ("ecog", "<2", "is not a whole number"),
        ("ecog", "1,5", "has a comma"),
        ("ecog", "2.0", "is not a whole number"),
        ("edss", "3.25", "is not a step"),
        ("edss", "<3", "is not a step"),
        ("edss", "3 points", "is not a step"),
        ("titre", "320", "is not a titre"),
        ("stable_since", "03/04/2026", "is not a date. Write 2024, 2024-03 or 2024-03-01."),
        ("stable_since", "31-Feb-2026", "is not a day that exists"),
        ("stable_since", "Marzipan 2024", "is not a date"),
        ("goals", "a" * 5000, "is too long"),
        ("trials", "a<b", "is not a name or number"),
    ],
)
def test_what_cannot_be_read_is_asked_about(name: str, text: str, words: str) -> None:
    assert words in typed_refusal(name, text)


@pytest.mark.parametrize("text", ["1:320", ">1:1280", "<=1:10"])
def test_a_titre_is_given_back_as_text(text: str) -> None:
    assert codec.to_text(SPECS["titre"], typed("titre", text)) == text


def test_rows_have_no_text() -> None:
    with pytest.raises(ValueError, match="has no text"):
        codec.from_text(SPECS["attacks"], "x", "attacks")
    with pytest.raises(ValueError, match="has no text"):
        codec.to_text(SPECS["attacks"], Rows[Attack](complete_since=OCTOBER))  # type: ignore[arg-type]


def test_a_sentence_repeats_only_the_beginning_of_a_long_word() -> None:
    assert len(refusal("sex", "f" * 200_000)) < 200
    assert len(refusal("sex", {"f" * 200_000: 1, "value": "male"})) < 200


def test_a_date_and_a_source_are_added_to_an_answer() -> None:
    answer = codec.dated(typed("igg", "3.1 g/L"), OCTOBER, "letter")
    assert answer == Quantity(value=D("3.1"), unit="g/L", date=OCTOBER, source="letter")
    assert codec.to_json(SPECS["igg"], answer) == {
        "value": D("3.1"),
        "unit": "g/L",
        "date": "2026-10-03",
        "source": "letter",
    }


def test_the_short_form_is_written_where_nothing_is_lost() -> None:
    assert codec.to_json(SPECS["pregnant"], YesNo(value=False)) is False
    assert codec.to_json(SPECS["sites"], Several(value=("brainstem",))) == ["brainstem"]
    assert codec.to_json(SPECS["titre"], Titre(value="1:320", comparator=">")) == {
        "value": "1:320",
        "comparator": ">",
    }


@pytest.mark.parametrize(
    ("name", "raw", "real"),
    [
        ("pregnant", "true", True),
        ("pregnant", {"value": "false", "date": "2026"}, {"value": False, "date": "2026"}),
        ("pregnant", "maybe", "maybe"),
        ("ecog", "2", D(2)),
        ("edss", "5.5", D("5.5")),
        ("igg", {"value": "3.1", "unit": "g/L"}, {"value": D("3.1"), "unit": "g/L"}),
        ("igg", {"value": "1e5", "unit": "g/L"}, {"value": "1e5", "unit": "g/L"}),
        ("sites", {"value": [], "complete": "true"}, {"value": [], "complete": True}),
        ("sex", "female", "female"),
        ("sex", {"state": "not-done"}, {"state": "not-done"}),
        ("stable_since", "2024", "2024"),
        ("attacks", "unknown", "unknown"),
        (
            "attacks",
            {"complete_since": "2024", "rows": [{"nadir_edss": "4", "onset": "2025"}, "x"]},
            {"complete_since": "2024", "rows": [{"nadir_edss": D(4), "onset": "2025"}, "x"]},
        ),
    ],
)
def test_the_text_of_yaml_becomes_numbers_and_truths(name: str, raw: Any, real: Any) -> None:
    assert codec.typed(SPECS[name], raw) == real


def test_a_very_long_list_is_refused_before_it_is_compared() -> None:
    assert "has more than 200 entries" in refusal("trials", ["NCT1"] * 100_000)
    assert "has more than 1000 rows" in refusal("attacks", {"rows": [{"x": 1}] * 100_000})


def test_many_unknown_fields_are_counted_and_not_all_told() -> None:
    said = refusal("sex", {"value": "male"} | {f"x{number}": 1 for number in range(10_000)})
    assert said.count("\n") == 20
    assert "patient.sex: has 9980 more unknown fields." in said
