"""Gates on both sides of their limits, in whole cases; limits as the design states them."""

from __future__ import annotations

from typing import Any

import pytest
from advice_builder import ON, a_place, advice_on, places

TRIAL = {"trial_places": places(a_place())}
# Example b with a valid place: both AHSCT and BCMA CAR-T cells are possible.


def both(**patient: Any) -> tuple[str, str]:
    advice = advice_on("b", **TRIAL, **patient)
    return advice.option("ahsct").status, advice.option("car-t-bcma").status


def cautions(option: str, **patient: Any) -> set[str]:
    return {finding.rule for finding in advice_on("b", **TRIAL, **patient).option(option).cautions}


def test_the_case_behind_these_tables_leaves_both_possible() -> None:
    assert both() == ("possible", "possible")


HBV = [
    ("negative", "negative", None, "none-in-6-months", "possible", False),  # clear
    ("negative", "positive", None, "none-in-6-months", "unconfirmed", False),  # DNA not known
    ("positive", "negative", None, "none-in-6-months", "unconfirmed", False),
    ("negative", "positive", "detectable", "none-in-6-months", "excluded", False),  # active
    ("positive", "positive", "detectable", "none-in-6-months", "excluded", False),
    ("negative", "positive", "undetectable", "none-in-6-months", "possible", True),  # latent
    ("positive", "positive", "undetectable", "none-in-6-months", "unconfirmed", True),  # carrier
    ("positive", "negative", "undetectable", "none-in-6-months", "unconfirmed", True),
    (None, "negative", None, "none-in-6-months", "unconfirmed", False),
    ("negative", None, None, "none-in-6-months", "unconfirmed", False),
]


@pytest.mark.parametrize(("hbsag", "anti_hbc", "dna", "immunoglobulin", "status", "covered"), HBV)
def test_hepatitis_b_is_one_fact(
    hbsag: str | None,
    anti_hbc: str | None,
    dna: str | None,
    immunoglobulin: str,
    status: str,
    covered: bool,
) -> None:
    named = {"hbsag": hbsag, "anti_hbc": anti_hbc, "hbv_dna": dna}
    known = {name: value for name, value in named.items() if value is not None}
    blank = tuple(name for name in named if name not in known)
    advice = advice_on("b", **TRIAL, **known, immunoglobulin_last=immunoglobulin, without=blank)
    for option in ("ahsct", "car-t-bcma"):
        found = advice.option(option)
        assert found.status == status, option
        rules = {finding.rule for finding in found.cautions}
        assert ("general.hepatitis-b-latent" in rules) is covered


def test_active_hepatitis_b_waits_for_treatment() -> None:
    found = advice_on("b", anti_hbc="positive", hbv_dna="detectable").option("ahsct")
    assert found.why == "until"
    assert "Treated" in (found.bar.until if found.bar else "")


def test_a_carrier_is_possible_once_hepatology_has_agreed_and_barred_if_it_has_not() -> None:
    carrier = {"hbsag": "positive", "hbv_dna": "undetectable"}
    assert both(**carrier, hepatology_agreed=True) == ("possible", "possible")
    assert both(**carrier, hepatology_agreed=False) == ("excluded", "excluded")


def test_anti_hbc_alone_after_immunoglobulin_may_be_passive() -> None:
    passive = {"hbsag": "negative", "anti_hbc": "positive", "hbv_dna": "undetectable"}
    advice = advice_on("b", **TRIAL, **passive, immunoglobulin_last="within-6-months")
    findings = {f.rule: str(f.truth) for f in advice.option("ahsct").findings}
    assert findings["general.hepatitis-b-latent"] == "unknown"
    assert findings["general.hepatitis-b-active"] == "false"


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2026-11-22", "possible"),  # the day itself
        ("2026-11-09", "possible"),  # 13 days
        ("2026-11-08", "possible"),  # 14 days
        ("2026-11-07", "unconfirmed"),  # 15 days
        ("2026-11", "unconfirmed"),  # may be 21 days
        (None, "unconfirmed"),
    ],
)
def test_a_negative_pregnancy_test_counts_for_14_days(day: str | None, status: str) -> None:
    test = {"value": False} | ({"date": day} if day else {})
    assert both(pregnant=test) == (status, status)


def test_somebody_who_cannot_become_pregnant_needs_no_test() -> None:
    advice = advice_on("b", **TRIAL, can_become_pregnant=False, without=("pregnant",))
    assert advice.option("ahsct").status == "possible"
    male = advice_on("b", **TRIAL, sex="male", without=("pregnant", "can_become_pregnant"))
    assert male.option("ahsct").status == "possible"


BIRTHS = [
    # Age on 22 November 2026; AHSCT stops above 65, the named BCMA trial above 75.
    ("2008-11-23", 17, "excluded", "excluded", False, False),
    ("2008-11-22", 18, "possible", "possible", False, False),
    ("1970-11-23", 55, "possible", "possible", False, False),
    ("1970-11-22", 56, "possible", "possible", True, False),
    ("1965-11-23", 60, "possible", "possible", True, False),
    ("1965-11-22", 61, "possible", "possible", True, True),
    ("1960-11-23", 65, "possible", "possible", True, True),
    ("1960-11-22", 66, "excluded", "possible", False, True),
    ("1950-11-23", 75, "excluded", "possible", False, True),
    ("1950-11-22", 76, "excluded", "excluded", False, True),
]


@pytest.mark.parametrize(("born", "age", "ahsct", "car_t", "old_ahsct", "old_car_t"), BIRTHS)
def test_age_limits(
    born: str, age: int, ahsct: str, car_t: str, old_ahsct: bool, old_car_t: bool
) -> None:
    advice = advice_on("b", **TRIAL, birth_date=born)
    assert advice.option("ahsct").status == ahsct, age
    assert advice.option("car-t-bcma").status == car_t, age
    if age >= 18:
        rules = {finding.rule for finding in advice.option("ahsct").cautions}
        assert ("ahsct.age-56-to-65" in rules) is old_ahsct
        rules = {finding.rule for finding in advice.option("car-t-bcma").cautions}
        assert ("car-t-bcma.older-age" in rules) is old_car_t
    else:
        assert advice.outcome == "out-of-scope"


def test_a_birth_year_that_spans_a_limit_leaves_transplant_unconfirmed() -> None:
    assert both(birth_date="1960") == ("unconfirmed", "possible")


def lvef(value: float) -> dict[str, Any]:
    return {"lvef": {"value": value, "unit": "%", "date": ON}}


@pytest.mark.parametrize(
    ("value", "status", "ahsct_caution", "car_t_caution"),
    [
        (44, "excluded", False, False),
        (44.9, "excluded", False, False),
        (45, "possible", True, True),
        (49, "possible", True, True),
        # The strictest texts: more than 50 % (transplant), at least 50 % (CAR-T).
        (50, "possible", True, False),
        (51, "possible", False, False),
    ],
)
def test_ejection_fraction_limits(
    value: float, status: str, ahsct_caution: bool, car_t_caution: bool
) -> None:
    assert both(**lvef(value)) == (status, status)
    assert ("ahsct.lvef-low" in cautions("ahsct", **lvef(value))) is ahsct_caution
    assert ("car-t-bcma.lvef-band" in cautions("car-t-bcma", **lvef(value))) is car_t_caution


@pytest.mark.parametrize(
    ("value", "status", "caution"),
    [
        (29, "excluded", False),
        (30, "possible", True),
        (59, "possible", True),
        (60, "possible", False),
    ],
)
def test_creatinine_clearance_limits(value: int, status: str, caution: bool) -> None:
    clearance = {"creatinine_clearance": {"value": value, "unit": "mL/min", "date": ON}}
    assert both(**clearance) == (status, status)
    assert ("ahsct.creatinine-clearance-low" in cautions("ahsct", **clearance)) is caution
    assert ("car-t-bcma.renal" in cautions("car-t-bcma", **clearance)) is caution


@pytest.mark.parametrize(
    ("field", "unit", "low", "high", "option"),
    [
        ("dlco", "% predicted", 29, 30, 0),
        ("fvc", "% predicted", 49, 50, 0),
        ("spo2", "%", 91, 92, 1),
    ],
)
def test_lungs_stop_below_their_limit_only(
    field: str, unit: str, low: int, high: int, option: int
) -> None:
    for value, status in ((low, "excluded"), (high, "possible")):
        answer = {"value": value, "unit": unit, "date": ON}
        assert both(**{field: answer})[option] == status


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("hiv", "positive", ("excluded", "excluded")),
        ("hepatitis_c", "rna-positive", ("excluded", "excluded")),
        ("hepatitis_c", "antibody-only", ("possible", "possible")),
        ("tuberculosis", "active", ("excluded", "excluded")),
        ("tuberculosis", "latent-untreated", ("excluded", "excluded")),
        ("tuberculosis", "latent-treated", ("possible", "possible")),
        ("active_infection", True, ("excluded", "excluded")),
        ("plegia", {"value": "paraplegia", "date": "2026-11-10"}, ("excluded", "possible")),
    ],
)
def test_infection_and_plegia(field: str, value: Any, expected: tuple[str, str]) -> None:
    assert both(**{field: value}) == expected


def test_blindness_alone_never_excludes() -> None:
    eyes = {eye: {"value": 1.6, "unit": "logMAR"} for eye in ("right", "left")}
    series = {"rows": [{"date": "2026-11-10", **eyes}]}
    assert both(acuity_series=series) == ("possible", "possible")


def test_ecog_limited_by_neurology_alone_stops_nothing() -> None:
    assert both(ecog=3, ecog_limit_neurological=True) == ("possible", "possible")
    assert "general.performance" not in cautions("ahsct", ecog=3, ecog_limit_neurological=True)


def test_allogeneic_transplant_is_never_ranked_even_inside_a_programme() -> None:
    place = a_place(therapy="allo-hsct", registry_number="NCT00787722")
    advice = advice_on("b", trial_places=places(place), setting={"allogeneic_programme": True})
    assert advice.option("allo-hsct").rank is None
