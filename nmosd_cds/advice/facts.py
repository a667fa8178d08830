"""Every fact of a case at one date. The only place where rows become facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nmosd_cds.advice.criteria import list_fails
from nmosd_cds.calculators import option_facts, plain_facts
from nmosd_cds.calculators.derived import Known, ListFails
from nmosd_cds.calculators.trial_place import named_numbers
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.logic.fact import Fact, Facts, FactSpec
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
    return facts_from(known_of(patient, knowledge, on=on, setting=setting), knowledge)


def facts_from(known: Known, knowledge: Knowledge) -> dict[str, Fact]:
    """The same of what calculators look at, which keeps what they read."""
    facts = patient_facts(known.patient, known.setting)
    facts.update(plain_facts(known))
    # A place in a trial is judged by the trial's list, which reads the facts found so far.
    placed = known.with_lists(_lists(known, knowledge, facts))
    facts.update(option_facts(placed, tuple(knowledge.options)))
    return facts


def _lists(known: Known, knowledge: Knowledge, facts: Facts) -> dict[str, ListFails]:
    """Whether the lists fail of the trials that the person's places name."""
    named = named_numbers(known)
    return {
        one.trial.registry.upper(): list_fails(one, facts)
        for one in knowledge.trials.values()
        if one.trial.registry is not None and one.trial.registry.upper() in named
    }


def spec_of_fact(knowledge: Knowledge, name: str) -> FactSpec:
    """The description of a fact; `name@option` is described by its plain name."""
    plain = name.partition("@")[0]
    spec = knowledge.fact_specs[plain]
    return spec if plain == name else replace(spec, name=name)
