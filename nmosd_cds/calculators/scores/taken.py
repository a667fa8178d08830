"""What a case already answers of a score: only values that are known exactly, in the score's units.

A limit (`<0.1`), a partial date or an incomplete list is not an exact value and is left open.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from nmosd_cds.calculators.answered import chosen
from nmosd_cds.calculators.scores.asked import Asked
from nmosd_cds.calculators.scores.score import Score
from nmosd_cds.patient.answer import Quantity
from nmosd_cds.patient.field import FieldSpec, field_specs
from nmosd_cds.patient.model import Attack, Patient
from nmosd_cds.patient.quantity import converter

_DAYS_PER_MONTH = Decimal("365.25") / 12
_DIGITS = 6
_Taker = Callable[[Patient, date], object]


def taken(score: Score, patient: Patient, *, on: date) -> dict[str, object]:
    """The inputs of a score that a case answers, as its file of inputs writes them.

    Args:
        on: Day of the assessment, for an age and for a window of time.

    Source:
        nmosd-cds-project.
    """
    found: dict[str, object] = {}
    for one in score.inputs:
        taker = _TAKERS.get((score.name, one.name)) or _TAKERS.get(("", one.name))
        value = taker(patient, on) if taker else _of_field(one, patient)
        if value is not None:
            found[one.name] = value
    return found


def _of_field(one: Asked, patient: Patient) -> object:
    if not one.field:
        return None
    spec = field_specs(Patient)[one.field]
    answer = getattr(patient, one.field)
    if answer is None or answer.state != "known":
        return None
    if isinstance(answer, Quantity):
        return _number(spec, answer, one.unit)
    if one.kind == "choice":
        return answer.raw if answer.raw in dict(one.choices) else None
    value: object = answer.raw
    return value


def _number(spec: FieldSpec, answer: Quantity, unit: str) -> float | None:
    if answer.value is None or answer.comparator is not None or spec.unit is None:
        return None
    rules = converter(answer.unit or spec.unit, spec.unit, spec.substance)(answer.value)
    if unit == spec.unit:
        return _rounded(rules)
    one = converter(unit, spec.unit, spec.substance)(Decimal(1))
    return _rounded(rules / one)


def _rounded(number: Decimal) -> float:
    return float(round(number, _DIGITS))


def _age(patient: Patient, on: date) -> int | None:
    born = patient.birth_date.value if patient.birth_date is not None else None
    if born is None:
        return None
    least, most = (_years(day, on) for day in (born.last, born.first))
    return least if least == most else None


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _sex(patient: Patient, _on: date) -> str | None:
    return {"female": "F", "male": "M"}.get(chosen(patient.sex) or "")


def _body_mass(patient: Patient, _on: date) -> float | None:
    specs = field_specs(Patient)
    weight, height = (
        _number(specs[name], answer, unit) if answer is not None else None
        for name, answer, unit in (
            ("weight", patient.weight, "kg"),
            ("height", patient.height, "cm"),
        )
    )
    if weight is None or height is None:
        return None
    return round(weight / (height / 100) ** 2, 1)


def _attacks(patient: Patient) -> tuple[date | None, list[Attack]]:
    """The day since when every attack is listed, and the attacks; None: rows may be missing."""
    listed = patient.attacks
    if listed is None or listed.complete_since is None:
        return None, []
    return listed.complete_since.last, list(listed.rows)


def _days(rows: list[Attack]) -> list[date] | None:
    """Every onset as a day; None if one of them is not known to the day."""
    values = [row.onset.value if row.onset is not None else None for row in rows]
    if any(value is None or not value.is_day for value in values):
        return None
    return sorted(value.first for value in values if value is not None)


def _window(patient: Patient, on: date) -> tuple[date, list[date]] | None:
    since, rows = _attacks(patient)
    days = _days(rows)
    return (since, days) if since is not None and since < on and days is not None else None


def _start(patient: Patient, on: date) -> str | None:
    found = _window(patient, on)
    return found[0].isoformat() if found else None


def _end(patient: Patient, on: date) -> str | None:
    return on.isoformat() if _window(patient, on) else None


def _onsets(patient: Patient, on: date) -> list[str] | None:
    found = _window(patient, on)
    return [day.isoformat() for day in found[1]] if found else None


def _months(patient: Patient, on: date) -> list[float] | None:
    found = _window(patient, on)
    if found is None or (on - found[0]).days < 2 * 365:
        return None
    return [float(round(Decimal((on - day).days) / _DAYS_PER_MONTH, 1)) for day in found[1]]


def _eye(*, worse: bool) -> _Taker:
    def take(patient: Patient, _on: date) -> float | None:
        rows: Any = patient.acuity_series.rows if patient.acuity_series is not None else ()
        dated = [row for row in rows if row.date is not None and row.date.value is not None]
        if not dated or len(dated) < len(rows):
            return None
        newest = max(dated, key=lambda row: row.date.value.first)
        eyes = [_decimal_acuity(eye) for eye in (newest.right, newest.left)]
        known = [eye for eye in eyes if eye is not None]
        if len(known) < 2:
            return None
        return min(known) if worse else max(known)

    return take


def _decimal_acuity(eye: Quantity | None) -> float | None:
    if eye is None or eye.value is None or eye.comparator is not None:
        return None
    value = float(eye.value)
    return value if eye.unit == "decimal" else round(10**-value, 3)


# By score and input; an empty score is every score.
_TAKERS: dict[tuple[str, str], _Taker] = {
    ("", "age"): _age,
    ("", "sex"): _sex,
    ("", "bmi"): _body_mass,
    ("", "worse_eye_decimal"): _eye(worse=True),
    ("", "better_eye_decimal"): _eye(worse=False),
    ("arr", "start"): _start,
    ("arr", "end"): _end,
    ("arr", "onsets"): _onsets,
    ("relapse_activity", "months_before_reference"): _months,
}
