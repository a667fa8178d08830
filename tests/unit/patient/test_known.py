"""Answers as sets of possible values, with the words that explain them."""

from decimal import Decimal
from typing import Any

import pytest
from builders import a_case

from nmosd_cds.logic.fact import Choices, Fact, Interval
from nmosd_cds.patient.codec import from_json
from nmosd_cds.patient.field import FieldSpec, field_specs
from nmosd_cds.patient.known import (
    fact_of,
    patient_fact_specs,
    patient_facts,
    shown_answer,
    spec_of,
    titre_interval,
)
from nmosd_cds.patient.model import Attack, Patient, Setting

D = Decimal


def facts(**answers: Any) -> dict[str, Fact]:
    case = a_case(**answers)
    return patient_facts(case.patient, case.setting)


def fact(model: Any, name: str, raw: Any) -> Fact:
    spec = field_specs(model)[name]
    answer, problems = from_json(spec, raw, name)
    assert not problems
    found = fact_of(spec, answer)
    assert found is not None
    return found


def interval(low: str | None, high: str | None, ends: str = "[]") -> Interval:
    return Interval(
        D(low) if low else None, D(high) if high else None, ends[0] == "(", ends[1] == ")"
    )


@pytest.mark.parametrize(
    ("raw", "possible"),
    [
        ({"value": D("3.1"), "unit": "g/L"}, interval("3.1", "3.1")),
        ({"value": 310, "unit": "mg/dL"}, interval("3.10", "3.10")),
        ({"value": D("0.1"), "comparator": "<", "unit": "g/L"}, interval("0", "0.1", "[)")),
        ({"value": D("0.1"), "comparator": "<=", "unit": "g/L"}, interval("0", "0.1")),
        ({"value": 40, "comparator": ">", "unit": "g/L"}, interval("40", "150", "(]")),
        ({"value": 40, "comparator": ">=", "unit": "g/L"}, interval("40", "150")),
        ({"value": 400, "comparator": "<", "unit": "mg/dL"}, interval("0", "4", "[)")),
        ({"state": "not-done"}, Interval()),
        ({"state": "unavailable"}, Interval()),
        ("unknown", Interval()),
    ],
)
def test_a_quantity_is_an_interval_in_its_first_unit(raw: Any, possible: Interval) -> None:
    assert fact(Patient, "igg", raw).possible == possible


@pytest.mark.parametrize(
    ("raw", "possible"),
    [
        ({"value": D("0.1"), "unit": "decimal"}, interval("1", "1")),
        ({"value": D("0.1"), "comparator": "<", "unit": "decimal"}, interval("1", "3", "(]")),
        ({"value": D("0.1"), "comparator": ">=", "unit": "decimal"}, interval("-0.5", "1")),
        ({"value": 1, "comparator": "<", "unit": "logMAR"}, interval("-0.5", "1", "[)")),
    ],
)
def test_decimal_acuity_turns_the_comparator_round(raw: Any, possible: Interval) -> None:
    assert fact(Attack, "acuity_right", raw).possible == possible


def test_a_settled_fact_misses_nothing_and_an_open_one_names_its_field() -> None:
    known = facts(ecog=2, crp={"value": 5, "comparator": "<", "unit": "mg/L"})
    assert known["ecog"] == Fact(Interval.point(2), (), "2", ("ecog",))
    assert known["crp"].missing == ("crp",)
    assert known["igg"] == Fact(Interval(), ("igg",), "not known", ("igg",))


def test_a_choice_keeps_its_domain() -> None:
    known = facts(sex="female", hbv_dna={"state": "not-done", "date": "2026-10-03"}, pregnant=False)
    assert known["sex"].possible == Choices(frozenset({"female"}), ("female", "male"))
    domain = ("detectable", "undetectable")
    words = "not done, 03-Oct-2026"
    assert known["hbv_dna"] == Fact(
        Choices(frozenset(domain), domain), ("hbv_dna",), words, ("hbv_dna",)
    )
    assert known["pregnant"].possible == Choices(frozenset({"false"}), ("true", "false"))
    assert known["breastfeeding"].possible.is_unknown


def test_the_setting_and_each_drug_are_facts_too() -> None:
    known = facts(setting={"accredited_centre": True, "access": {"inebilizumab": "refused"}})
    assert known["accredited_centre"].shown == "yes"
    refused = known["access_inebilizumab"]
    assert refused.possible.is_settled and refused.shown == "Refused"
    assert known["access_rituximab"].missing == ("access_rituximab",)
    assert known["access_rituximab"].cut_from == ("access_rituximab",)


@pytest.mark.parametrize(
    ("titre", "comparator", "possible"),
    [
        ("1:320", None, interval("320", "320")),
        ("1:1280", ">", interval("1280", None, "(]")),
        ("1:100", "<", interval("1", "100", "[)")),
    ],
)
def test_a_titre_is_its_denominator(titre: str, comparator: str | None, possible: Interval) -> None:
    assert titre_interval(titre, comparator) == possible
    spec = FieldSpec(name="titre", kind="titre", label="Titre")
    answer, _problems = from_json(spec, {"value": titre, "comparator": comparator}, "titre")
    found = fact_of(spec, answer)
    assert found is not None and found.possible == possible
    assert found.shown == f"{comparator or ''}{titre}"


@pytest.mark.parametrize(
    ("model", "name", "raw", "words"),
    [
        (
            Patient,
            "creatinine_clearance",
            {"value": 41, "date": "2026-10-03"},
            "41 mL/min, 03-Oct-2026",
        ),
        (
            Patient,
            "crp",
            {"value": D("0.50"), "comparator": "<", "unit": "mg/L", "date": "2026-10"},
            "<0.50 mg/L, Oct-2026",
        ),
        (Patient, "platelets", {"value": 150, "unit": "10^9/L"}, "150 × 10⁹/L"),
        (Patient, "aqp4_igg", {"value": "positive", "date": "2026"}, "Positive, 2026"),
        (Patient, "karnofsky", 70, "70 %"),
        (Patient, "stable_since", "2026-03-01", "01-Mar-2026"),
        (
            Patient,
            "core_characteristics",
            ["optic-neuritis", "cerebral"],
            "Optic neuritis; Cerebral syndrome with typical MRI",
        ),
        (Patient, "core_characteristics", {"value": [], "complete": True}, "none"),
        (Patient, "goals_of_care", "To walk", "To walk"),
        (Patient, "igg", {"state": "unavailable"}, "unavailable"),
        (Setting, "open_trials", ["NCT04561557"], "NCT04561557"),
        (Attack, "nadir_edss", D("6.5"), "6.5"),
    ],
)
def test_an_answer_in_words(model: Any, name: str, raw: Any, words: str) -> None:
    spec = field_specs(model)[name]
    answer, problems = from_json(spec, raw, name)
    assert not problems
    assert shown_answer(spec, answer) == words  # type: ignore[arg-type]


def test_identifiers_dates_texts_and_lists_give_no_fact() -> None:
    names = set(patient_fact_specs())
    assert not names & {
        "name",
        "hospital_number",
        "birth_date",
        "stable_since",
        "goals_of_care",
        "attacks",
        "core_characteristics",
        "open_trials",
    }
    assert spec_of(field_specs(Patient)["name"]) is None
    assert fact_of(field_specs(Patient)["attacks"], None) is None


def test_every_fact_has_its_spec_and_no_two_share_a_name() -> None:
    specs = patient_fact_specs()
    assert set(facts()) == set(specs)
    assert all(name == spec.name for name, spec in specs.items())
    assert not set(field_specs(Patient)) & set(field_specs(Setting))


def test_what_rules_may_ask_of_a_fact() -> None:
    specs = patient_fact_specs()
    igg, sex, pregnant = specs["igg"], specs["sex"], specs["pregnant"]
    assert (igg.kind, igg.unit, igg.label, igg.needs) == ("number", "g/L", "IgG", ("igg",))
    assert (sex.kind, sex.choices) == ("choice", ("female", "male"))
    assert (pregnant.kind, pregnant.choices) == ("yes-no", ("true", "false"))
    assert specs["access_rituximab"].needs == ("access_rituximab",)
