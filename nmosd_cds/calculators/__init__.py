"""Derived facts and scores, one file each. A file that is not in the tuple fails a test."""

from __future__ import annotations

from collections.abc import Iterable

from nmosd_cds.calculators.acute_attack import ACUTE_ATTACK, DAYS_STABLE
from nmosd_cds.calculators.age import AGE_YEARS
from nmosd_cds.calculators.attack_counts import (
    ANNUALISED_RELAPSE_RATE,
    ATTACKS_12_MONTHS,
    ATTACKS_24_MONTHS,
    DAYS_SINCE_LAST_ATTACK,
    HIGH_ACTIVITY,
)
from nmosd_cds.calculators.autoimmune_disease import AUTOIMMUNE
from nmosd_cds.calculators.class_state import CLASS_STATES, OWN_STATE
from nmosd_cds.calculators.current_state import BETTER_EYE_ACUITY, EDSS_CURRENT, PLEGIC
from nmosd_cds.calculators.derived import DerivedFact, Known
from nmosd_cds.calculators.disease_course import DISEASE_COURSE
from nmosd_cds.calculators.drug_state import DRUG_STATES
from nmosd_cds.calculators.earlier_cells import EARLIER_CELLS
from nmosd_cds.calculators.failed_drugs import (
    FAILURE_UNPROVEN,
    ONE_BIOLOGIC_FAILED,
    ONE_IMMUNOSUPPRESSANT_OVER_1_YEAR,
    WEAK_FAILURES,
)
from nmosd_cds.calculators.haematotoxicity import CAR_HEMATOTOX_RISK
from nmosd_cds.calculators.hepatitis_b import HEPATITIS_B
from nmosd_cds.calculators.indication import INDICATION
from nmosd_cds.calculators.ipnd_2015 import IPND_MET, RED_FLAG
from nmosd_cds.calculators.pregnancy import PREGNANCY
from nmosd_cds.calculators.present_drugs import (
    MASKS_INFLAMMATION,
    MONTHS_SINCE_ANY_DRUG,
    MONTHS_SINCE_B_CELL_DRUG,
    MONTHS_SINCE_LAST_BIOLOGIC,
    ON_HARMFUL_DRUG,
    ON_TERATOGENIC_DRUG,
)
from nmosd_cds.calculators.serostatus import SEROSTATUS
from nmosd_cds.calculators.standard_care import RESCUE_USE, STANDARD_CARE
from nmosd_cds.calculators.trial_place import (
    ABOVE_TRIAL_AGE,
    AUTHORISED_SETTING,
    DECLINED,
    INTO_THE_EYE,
    NAMED_TRIAL,
    PAID_BY_PATIENT,
)
from nmosd_cds.calculators.tried_drugs import TRIED_DRUGS
from nmosd_cds.logic.fact import Fact, FactSpec

DERIVED_FACTS: tuple[DerivedFact, ...] = (
    AGE_YEARS,
    ATTACKS_12_MONTHS,
    ATTACKS_24_MONTHS,
    DAYS_SINCE_LAST_ATTACK,
    ANNUALISED_RELAPSE_RATE,
    HIGH_ACTIVITY,
    ACUTE_ATTACK,
    DAYS_STABLE,
    INDICATION,
    SEROSTATUS,
    IPND_MET,
    RED_FLAG,
    EDSS_CURRENT,
    BETTER_EYE_ACUITY,
    PLEGIC,
    HEPATITIS_B,
    CAR_HEMATOTOX_RISK,
    PREGNANCY,
    *AUTOIMMUNE,
    *EARLIER_CELLS,
    STANDARD_CARE,
    RESCUE_USE,
    *CLASS_STATES,
    *DRUG_STATES,
    WEAK_FAILURES,
    FAILURE_UNPROVEN,
    ONE_BIOLOGIC_FAILED,
    ONE_IMMUNOSUPPRESSANT_OVER_1_YEAR,
    *TRIED_DRUGS,
    *DISEASE_COURSE,
    ON_HARMFUL_DRUG,
    MASKS_INFLAMMATION,
    ON_TERATOGENIC_DRUG,
    MONTHS_SINCE_LAST_BIOLOGIC,
    MONTHS_SINCE_B_CELL_DRUG,
    MONTHS_SINCE_ANY_DRUG,
    OWN_STATE,
    AUTHORISED_SETTING,
    NAMED_TRIAL,
    PAID_BY_PATIENT,
    INTO_THE_EYE,
    ABOVE_TRIAL_AGE,
    DECLINED,
)


def derived_fact_specs() -> dict[str, FactSpec]:
    """What rules may ask of every derived fact, by name; per-option ones without suffix."""
    return {fact.name: fact.spec for fact in DERIVED_FACTS}


def derived_facts(known: Known, options: Iterable[str]) -> dict[str, Fact]:
    """Every derived fact of a case, by name.

    Args:
        known: What is known, asked about no option.
        options: Ids of the options; a per-option fact is named `name@option-id`.
    """
    return {**plain_facts(known), **option_facts(known, options)}


def plain_facts(known: Known) -> dict[str, Fact]:
    """The derived facts that exist once."""
    return {fact.name: fact.fact(known) for fact in DERIVED_FACTS if not fact.per_option}


def option_facts(known: Known, options: Iterable[str]) -> dict[str, Fact]:
    """The derived facts that exist once per option, as `name@option-id`."""
    of_options = [fact for fact in DERIVED_FACTS if fact.per_option]
    facts = {}
    for option in options:
        asked = known.for_option(option)
        for fact in of_options:
            facts[f"{fact.name}@{option}"] = fact.fact(asked)
    return facts
