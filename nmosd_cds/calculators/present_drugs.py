"""What the drugs of now and of late mean for the next step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from nmosd_cds.calculators.answered import truth_choices
from nmosd_cds.calculators.derived import Derived, DerivedFact, DrugDefinition, Known
from nmosd_cds.calculators.span import Span, span_of, whole_months
from nmosd_cds.calculators.treatment_history import Course, treatment_history
from nmosd_cds.i18n import N_
from nmosd_cds.logic.fact import Interval
from nmosd_cds.logic.truth import Truth, any_of, truth_of
from nmosd_cds.patient.field import field_specs
from nmosd_cds.patient.known import fact_of
from nmosd_cds.patient.model import Patient

B_CELL = "b-cell"


def masks_inflammation(known: Known) -> Derived:
    """Whether a drug taken now hides fever and CRP: an IL-6 receptor drug or a steroid.

    Source:
        nmosd-cds-project.
    """
    truth = any_of((_takes(known, lambda drug: drug.masks_inflammation), _takes_steroid(known)))
    return Derived(truth_choices(truth), ("treatments", "prednisolone_dose"))


def on_teratogenic_drug(known: Known) -> Derived:
    """Whether a drug taken now is teratogenic; a drug no text speaks of leaves it open.

    Source:
        nmosd-cds-project.
    """
    harmful = _takes(known, lambda drug: drug.is_teratogenic is True)
    unsaid = _takes(known, lambda drug: drug.is_teratogenic is None)
    if harmful is Truth.FALSE and unsaid is Truth.TRUE:
        # No answer about the person settles what no text says of the drug.
        return Derived(truth_choices(Truth.UNKNOWN), ())
    truth = Truth.UNKNOWN if harmful is Truth.FALSE and unsaid is not Truth.FALSE else harmful
    return Derived(truth_choices(truth), ("treatments",))


def on_harmful_drug(known: Known) -> Derived:
    """Whether a drug taken now is one that harms in NMOSD, such as those for multiple sclerosis.

    Source:
        palace-2019.
    """
    truth = _takes(known, lambda drug: drug.harms_in_nmosd)
    return Derived(truth_choices(truth), ("treatments",))


def months_since_last_biologic(known: Known) -> Derived:
    """Completed months since the last dose of any antibody drug; 0 while one is taken.

    Without a last dose it lies anywhere in the course. Where no antibody is listed it is at least
    the months for which the list is complete.

    Source:
        nmosd-cds-project.
    """
    return _months_since(known, _is_antibody, lambda course: course.drug is None)


def months_since_b_cell_drug(known: Known) -> Derived:
    """Completed months since the last dose of a drug of the B-cell class; 0 while one is taken.

    A drug without a name or without a file may be one.

    Source:
        nmosd-cds-project.
    """
    return _months_since(known, _is_b_cell_drug, lambda course: course.definition is None)


def months_since_any_drug(known: Known) -> Derived:
    """Completed months since the last dose of any preventive drug listed; 0 while one is taken.

    Source:
        nmosd-cds-project.
    """
    return _months_since(known, lambda _course: True, lambda _course: False)


def _months_since(
    known: Known, is_such: Callable[[Course], bool], may_be_such: Callable[[Course], bool]
) -> Derived:
    history = treatment_history(known)
    doses = [_last_dose(course, known.on) for course in history.courses if is_such(course)]
    ends = [course.end.last for course in history.courses if may_be_such(course)]
    latest = [dose.last for dose in doses] + ends
    latest.append(history.complete_from or known.on)
    high = max((dose.first for dose in doses), default=None)
    return Derived(
        Interval(
            Decimal(whole_months(max(latest), known.on)),
            None if high is None else Decimal(whole_months(high, known.on)),
        ),
        ("treatments",),
    )


def _is_antibody(course: Course) -> bool:
    return course.definition is not None and course.definition.is_antibody


def _is_b_cell_drug(course: Course) -> bool:
    return course.definition is not None and course.definition.mechanism_class == B_CELL


def _last_dose(course: Course, on: date) -> Span:
    if course.ongoing is Truth.TRUE:
        return Span(on, on)
    taken = Span(course.start.first, course.end.last)
    entered = span_of(course.row.last_dose, on) or taken
    dose = Span(max(entered.first, taken.first), min(entered.last, taken.last))
    if dose.first > dose.last:
        dose = entered  # outside its course, a Problem elsewhere: the dose counts
    return dose if course.ongoing is Truth.FALSE else Span(dose.first, on)


def _takes(known: Known, is_such: Callable[[DrugDefinition], bool]) -> Truth:
    history = treatment_history(known)
    truths = [Truth.FALSE if history.lists_present_drugs else Truth.UNKNOWN]
    for course in history.courses:
        # A drug without a name, or one of which no file speaks, may be such a drug.
        if course.definition is None and course.ongoing is not Truth.FALSE:
            truths.append(Truth.UNKNOWN)
        if course.definition is not None and is_such(course.definition):
            truths.append(course.ongoing)
    return any_of(truths)


def _takes_steroid(known: Known) -> Truth:
    fact = fact_of(field_specs(Patient)["prednisolone_dose"], known.patient.prednisolone_dose)
    assert fact is not None and isinstance(fact.possible, Interval)
    dose = fact.possible
    if dose.low is not None and (dose.low > 0 or (dose.low == 0 and dose.low_open)):
        return Truth.TRUE
    return truth_of(False) if dose.high == 0 else Truth.UNKNOWN


MASKS_INFLAMMATION = DerivedFact(
    name="masks_inflammation",
    kind="yes-no",
    label=N_("A drug that hides fever and CRP"),
    needs=("treatments", "prednisolone_dose"),
    compute=masks_inflammation,
    source="nmosd-cds-project",
)
ON_TERATOGENIC_DRUG = DerivedFact(
    name="on_teratogenic_drug",
    kind="yes-no",
    label=N_("Takes a teratogenic drug"),
    needs=("treatments",),
    compute=on_teratogenic_drug,
    source="nmosd-cds-project",
)
ON_HARMFUL_DRUG = DerivedFact(
    name="on_harmful_drug",
    kind="yes-no",
    label=N_("Takes a drug that harms in NMOSD"),
    needs=("treatments",),
    compute=on_harmful_drug,
    source="palace-2019",
)
MONTHS_SINCE_LAST_BIOLOGIC = DerivedFact(
    name="months_since_last_biologic",
    kind="number",
    label=N_("Months since the last antibody drug"),
    unit="months",
    needs=("treatments",),
    compute=months_since_last_biologic,
    source="nmosd-cds-project",
)
MONTHS_SINCE_B_CELL_DRUG = DerivedFact(
    name="months_since_b_cell_drug",
    kind="number",
    label=N_("Months since the last B-cell antibody"),
    unit="months",
    needs=("treatments",),
    compute=months_since_b_cell_drug,
    source="nmosd-cds-project",
)
MONTHS_SINCE_ANY_DRUG = DerivedFact(
    name="months_since_any_drug",
    kind="number",
    label=N_("Months since the last preventive drug"),
    unit="months",
    needs=("treatments",),
    compute=months_since_any_drug,
    source="nmosd-cds-project",
)
