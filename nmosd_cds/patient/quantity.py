"""The closed table of units. A conversion is an exact factor, or the logarithm of an acuity.

Factors: SI prefixes and molar masses (creatinine 113.12 g/mol, bilirubin 584.66 g/mol), rounded
as laboratories print them. A unit that is not here does not exist for the program.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from nmosd_cds.i18n import N_, _
from nmosd_cds.i18n.joining import named

COMPARATORS = ("<", "<=", ">", ">=")

# (from, to): value in `to` = factor * value in `from`. The field says which pairs it allows.
_FACTORS: dict[tuple[str, str], Decimal] = {
    ("mg/dL", "g/L"): Decimal("0.01"),
    ("mg/dL", "mg/L"): Decimal(10),
    ("g/dL", "g/L"): Decimal(10),
    ("/uL", "10^9/L"): Decimal("0.001"),
    ("ug/L", "ng/mL"): Decimal(1),
    ("creatinine mg/dL", "umol/L"): Decimal("88.4"),
    ("bilirubin mg/dL", "umol/L"): Decimal("17.1"),
    ("mg/day", "mg/day"): Decimal(1),
}

SPELT = {
    "10^9/L": "× 10⁹/L",
    "umol/L": N_("micromol/L"),
    "ug/L": N_("microgram/L"),
    "/uL": N_("/microlitre"),
    "x ULN": N_("× upper limit of normal"),
    "kg/m2": "kg/m²",
    "mg/day": N_("mg/day"),
    "decimal": N_("decimal"),
    "patient-years": N_("patient-years"),
    "points": N_("points"),
    "weeks": N_("weeks"),
    "% predicted": N_("% predicted"),
}


def spelt(unit: str) -> str:
    """The unit as people read it; no `µ`, which is misread as `m`."""
    if unit == "years":
        # Of age: Chinese counts them with another word than those that pass.
        return named(N_("years of age"), unit)
    return _(SPELT[unit]) if unit in SPELT else unit


def converter(unit: str, to: str, substance: str | None = None) -> Callable[[Decimal], Decimal]:
    """The function that turns a value in one unit into another.

    Args:
        unit: Unit of the value.
        to: Unit wanted.
        substance: Name used in the table when the factor depends on the molecule.

    Raises:
        ValueError: the table has no such pair.
    """
    if unit == to:
        return lambda value: value
    if (unit, to) == ("decimal", "logMAR"):
        return lambda value: -value.log10()
    for key in ((f"{substance} {unit}", to), (unit, to)):
        if key in _FACTORS:
            factor = _FACTORS[key]
            return lambda value: value * factor
    raise ValueError(f"`{unit}` cannot be turned into `{to}`")


def reverses(unit: str, to: str) -> bool:
    """Whether a larger number in one unit is a smaller one in the other."""
    return (unit, to) == ("decimal", "logMAR")
