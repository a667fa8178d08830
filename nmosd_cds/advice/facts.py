"""Every fact of a case at one date. The only place where rows become facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nmosd_cds.calculators import derived_facts
from nmosd_cds.calculators.derived import Known
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.logic.fact import Fact, FactSpec
from nmosd_cds.patient.known import patient_facts
from nmosd_cds.patient.model import Patient, Setting


def known_of(
    patient: Patient, knowledge: Knowledge, *, on: date, setting: Setting | None = None
) -> Known:
    """What calculators look at."""
    return Known(patient, setting or Setting(), knowledge.definitions, on)


def facts_of(
    patient: Patient, knowledge: Knowledge, *, on: date, setting: Setting | None = None
) -> dict[str, Fact]:
    """Every fact rules may ask for, by name; what is not known is the whole domain.

    Args:
        on: Day of assessment; no clock is read.
        setting: None: nothing is known of the hospital.
    """
    known = known_of(patient, knowledge, on=on, setting=setting)
    facts = patient_facts(patient, known.setting)
    facts.update(derived_facts(known, tuple(knowledge.options)))
    return facts


def spec_of_fact(knowledge: Knowledge, name: str) -> FactSpec:
    """The description of a fact; `name@option` is described by its plain name."""
    plain = name.partition("@")[0]
    spec = knowledge.fact_specs[plain]
    return spec if plain == name else replace(spec, name=name)
