"""The tuple of derived facts is complete, named as agreed, and cites what exists."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from definitions_builder import NUMBERS, a_definitions, what_is_known

from nmosd_cds import calculators
from nmosd_cds.calculators import DERIVED_FACTS, derived_fact_specs, derived_facts
from nmosd_cds.calculators.derived import DerivedFact
from nmosd_cds.patient.field import field_specs
from nmosd_cds.patient.model import DrugAccess, Patient, Setting

ROOT = Path(__file__).parents[3]
FOUND = pkgutil.iter_modules(calculators.__path__)
MODULES = [module.name for module in FOUND if not module.ispkg]
AGREED = set(
    """
    age_years attacks_12_months attacks_24_months days_since_last_attack annualised_relapse_rate
    days_stable edss_current better_eye_acuity months_since_last_biologic acute_attack
    high_activity ipnd_met red_flag plegic weak_failures active_autoimmune_disease active_lupus
    lupus coexisting_autoimmune one_biologic_failed one_immunosuppressant_over_1_year
    masks_inflammation on_teratogenic_drug failure_unproven indication serostatus hepatitis_b
    car_hematotox_risk pregnancy standard_care rescue_use c5_state b_cell_state il6r_state
    eculizumab_state ravulizumab_state
    inebilizumab_state rituximab_state satralizumab_state tocilizumab_state own_state
    authorised_setting paid_by_patient into_the_eye above_trial_age declined named_trial
    one_drug_failed one_drug_not_tolerated attack_on_usual_drug one_year_of_treatment
    disease_months attacks_ever severe_attack_ever moderate_attack_18_months on_harmful_drug
    months_since_b_cell_drug months_since_any_drug earlier_car_t earlier_cell_therapy
    """.split()
)


def test_the_names_are_the_agreed_ones() -> None:
    assert set(derived_fact_specs()) == AGREED
    assert len(DERIVED_FACTS) == len(AGREED)


@pytest.mark.parametrize("module", MODULES)
def test_every_fact_of_a_file_is_in_the_tuple(module: str) -> None:
    found = vars(importlib.import_module(f"nmosd_cds.calculators.{module}")).values()
    declared = [each for each in found if isinstance(each, DerivedFact)]
    for several in (each for each in found if isinstance(each, tuple)):
        declared += [each for each in several if isinstance(each, DerivedFact)]
    assert all(fact in DERIVED_FACTS for fact in declared)


@pytest.mark.parametrize("fact", DERIVED_FACTS, ids=lambda fact: fact.name)
def test_a_fact_needs_only_fields_there_are(fact: DerivedFact) -> None:
    fields = {*field_specs(Patient), *field_specs(Setting)}
    fields |= {f"access_{drug}" for drug in field_specs(DrugAccess)}
    assert set(fact.needs) <= fields


@pytest.mark.parametrize("module", MODULES)
def test_every_citation_exists(module: str) -> None:
    text = (ROOT / "nmosd_cds" / "calculators" / f"{module}.py").read_text(encoding="utf-8")
    cited = re.findall(r"Source:\n +(.+)\.\n", text) + re.findall(r'source="([^"]+)"', text)
    keys = {key.strip() for line in cited for key in re.sub(r"\([^)]*\)", "", line).split(",")}
    stems = {path.stem for path in (ROOT / "resources" / "evidence").rglob("*.yaml")}
    assert keys <= stems


def test_a_fact_of_an_option_carries_its_name() -> None:
    facts = derived_facts(what_is_known(), ("ahsct", "c5-inhibitor"))
    assert {name for name in facts if "@" in name} == {
        f"{name}@{option}"
        for name in (
            "own_state", "authorised_setting", "named_trial", "paid_by_patient",
            "into_the_eye",
            "above_trial_age", "declined",
        )
        for option in ("ahsct", "c5-inhibitor")
    }  # fmt: skip


def test_of_a_person_about_whom_nothing_is_known_only_the_reference_place_is_settled() -> None:
    options = tuple(a_definitions().options)
    settled = {
        n for n, f in derived_facts(what_is_known(), options).items() if f.possible.is_settled
    }
    references = ("c5-inhibitor", "anti-cd19-antibody", "anti-cd20-antibody", "il6r-inhibitor")
    expected = {f"authorised_setting@{option}" for option in (*references, "no-cellular-therapy")}
    # An option without a limit of age: nobody is above it.
    without_limit = (*references, "no-cellular-therapy", "ahsct", "bm-msc")
    assert settled == expected | {f"above_trial_age@{option}" for option in without_limit}


def test_no_number_is_read_that_the_definitions_do_not_name() -> None:
    read = set()
    for module in MODULES:
        text = (ROOT / "nmosd_cds" / "calculators" / f"{module}.py").read_text(encoding="utf-8")
        read |= set(re.findall(r'numbers\["(\w+)"\]', text))
        read |= {f"{name}_days" for name in re.findall(r'\.days\("(\w+)"\)', text)}
        read |= {f"{name}_months" for name in re.findall(r'\.months\("(\w+)"\)', text)}
    assert read == set(NUMBERS)
