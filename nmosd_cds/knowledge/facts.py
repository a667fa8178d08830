"""Every fact a rule may ask for: the fields of a patient, and what calculators derive from them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from nmosd_cds.calculators import derived_fact_specs
from nmosd_cds.logic.fact import FactSpec
from nmosd_cds.patient.known import patient_fact_specs


@cache
def known_fact_specs() -> Mapping[str, FactSpec]:
    """Specs by name, fields first.

    Raises:
        ValueError: two facts have one name.
    """
    specs: dict[str, FactSpec] = {}
    for spec in (*patient_fact_specs().values(), *derived_fact_specs().values()):
        if spec.name in specs:
            raise ValueError(f"Two facts are named `{spec.name}`.")
        specs[spec.name] = spec
    return specs
